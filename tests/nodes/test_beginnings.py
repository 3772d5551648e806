"""How prompts begin: what every question's has in common, to the letter."""

import pytest
from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

from nodes.beginnings import list_beginnings, write_beginning
from nodes.conversation import MAX_TITLES, write_titles, write_titles_beforehand
from nodes.small.prompts import PROMPTS, TRANSLATE

TITLES = ["BERT: Pre-training", "SOLAR 10.7B"]


def write_chat(messages: list[BaseMessage]) -> str:
    return "".join(f"<{message.type}>{message.text}" for message in messages)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_questions_prompt_begins_so(prompt: ChatPromptTemplate):
    values = dict.fromkeys(prompt.input_variables, "층이 몇 개인가요?")
    values["titles"] = write_titles(TITLES, "층이 몇 개인가요?")

    beginning = write_beginning(prompt, **write_titles_beforehand(TITLES))

    assert write_chat(prompt.format_messages(**values)).startswith(write_chat(beginning))
    assert beginning[-1].type == "human"
    assert len(beginning) > 3  # with the examples


def test_titles_that_depend_on_the_question_leave_no_beginning_worth_reading():
    titles = [f"Paper {number}" for number in range(MAX_TITLES + 1)]

    known = write_titles_beforehand(titles)

    assert known == {}
    assert list_beginnings([TRANSLATE], **known) == []
    assert len(list_beginnings(PROMPTS, **known)) == len(PROMPTS) - 2
