"""Objects are asked for in the best way that a model bears, and read from whatever it replies."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, Field

from models.chat.structure import add_instruction, list_structures, read_object
from nodes.strong.select import NamedSentences


class Verdict(BaseModel):
    """More than a list."""

    is_right: bool
    reason: str


class Names(BaseModel):
    """A list, and not of numbers."""

    names: list[str] = Field(description="Names.")


def tool_call(**arguments: Any) -> dict[str, Any]:
    return {"name": "NamedSentences", "args": arguments, "id": "call"}


TEXTS = {
    "alone": '{"sentences": [1, 3]}',
    "in a fence": '```json\n{"sentences": [1, 3]}\n```',
    "amid words": 'Sure! {"sentences": [1, 3]} I hope that helps {you}.',
    "behind braces": 'The set {1, 3}: {"sentences": [1, 3]}',
    "behind another object": '{"passage": 2} {"sentences": [1, 3]}',
    "twice": '{"sentences": [1, 3]}{"sentences": [1, 3]}',
}
UNREADABLE = ["", "Sentence one.", "{", '{"sentences": [1', '{"numbers": [1]}', "[1, 3]", "null"]
NUMBERS = {
    "1, 3": [1, 3],
    "Sentences 1 and 3.": [1, 3],
    "[1], [3]": [1, 3],
    "none": [],
    "None of them.": [],
    "[]": [],
    "없음": [],
    "1.": [1],
}


class TestRead:
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_json_is_found_wherever_it_stands(self, text: str):
        assert read_object(AIMessage(text), NamedSentences, "json") == NamedSentences(
            sentences=[1, 3]
        )

    @pytest.mark.parametrize("text", UNREADABLE)
    def test_what_holds_none_is_none(self, text: str):
        assert read_object(AIMessage(text), NamedSentences, "json") is None

    def test_a_tools_arguments_count_before_the_text(self):
        reply = AIMessage('{"sentences": [2]}', tool_calls=[tool_call(sentences=[1])])

        assert read_object(reply, NamedSentences, "tools") == NamedSentences(sentences=[1])

    def test_a_tools_wrong_arguments_give_way_to_the_text(self):
        reply = AIMessage('{"sentences": [2]}', tool_calls=[tool_call(numbers=[1])])

        assert read_object(reply, NamedSentences, "tools") == NamedSentences(sentences=[2])

    @pytest.mark.parametrize(("text", "numbers"), NUMBERS.items())
    def test_plain_numbers_count_where_they_were_asked_for(self, text: str, numbers: list[int]):
        reply = AIMessage(text)

        assert read_object(reply, NamedSentences, "numbers") == NamedSentences(sentences=numbers)
        if text != "[]":
            assert read_object(reply, NamedSentences, "json") is None

    @pytest.mark.parametrize("text", ["", "I see.", "The first."])
    def test_words_without_numbers_are_none(self, text: str):
        assert read_object(AIMessage(text), NamedSentences, "numbers") is None

    def test_a_figure_is_no_number_of_a_sentence(self):
        reply = AIMessage("Of SOLAR 10.7B: 3")

        assert read_object(reply, NamedSentences, "numbers") == NamedSentences(sentences=[3])


class TestWays:
    def test_each_is_plainer_than_the_one_before(self):
        assert list(list_structures(NamedSentences, "schema")) == [
            "schema",
            "tools",
            "json",
            "numbers",
        ]
        assert list(list_structures(NamedSentences, "json")) == ["json", "numbers"]

    @pytest.mark.parametrize("schema", [Verdict, Names])
    def test_numbers_alone_are_asked_for_where_they_can_say_it(self, schema: type[BaseModel]):
        assert list(list_structures(schema, "schema")) == ["schema", "tools", "json"]
        assert list(list_structures(schema, "numbers")) == ["json"]

    @pytest.mark.parametrize("structure", ["schema", "tools"])
    def test_no_words_are_added_where_the_call_says_it(self, structure: Any):
        messages = [SystemMessage("Pick."), HumanMessage("1. x")]

        assert add_instruction(messages, NamedSentences, structure) == messages

    @pytest.mark.parametrize(
        ("structure", "words"), [("json", "JSON object"), ("numbers", "numbers alone")]
    )
    def test_else_the_last_message_says_it(self, structure: Any, words: str):
        messages = [SystemMessage("Pick."), HumanMessage("1. x")]

        first, last = add_instruction(messages, NamedSentences, structure)

        assert first == messages[0]
        assert last.text.startswith("1. x\n\n")
        assert words in last.text
        assert "empty if none helps" in last.text
