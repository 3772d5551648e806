"""Translate: turn the latest question, with the turns before it, into English that stands alone."""

import re
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AnyMessage

from nodes.errors import MAX_QUESTION, EmptyQuestion, LongQuestion, VagueQuestion
from nodes.kinds import find_kind
from nodes.profile import ModelProfile
from nodes.question import Question
from nodes.state import State

ANY_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# Turns before the question that it may lean on.
TURNS = 4
# Words that only join a question to the one before it.
JOINING = frozenset(
    "그럼 그러면 그래서 그리고 그런데 근데 또 왜 뭐 뭐야 뭔데 무엇 어떻게 어때 어떤데 진짜 정말 네 응 음 아 "
    "then so and why what how".split()
)


async def translate(state: State, *, profile: ModelProfile) -> dict[str, Any]:
    """Start the turn: the question in English, and nothing left of the turn before."""
    asked = read_latest_question(state.messages)
    history = state.messages[:-1][-TURNS:]
    if not history and set(re.findall(r"\w+", asked.lower())) <= JOINING:
        raise VagueQuestion
    question = Question(asked=asked, normalised=asked, english=asked, kind=find_kind(asked))
    if question.is_searched_for and (history or ANY_HANGUL.search(asked)):
        question = await profile.understand(asked, history)
    return {
        "question": question,
        "passages": [],
        "graded": [],
        "evidence": [],
        "citations": [],
        "searches": 0,
        "refusal": None,
        "outcome": None,
    }


def read_latest_question(messages: Sequence[AnyMessage]) -> str:
    """The latest question; EmptyQuestion or LongQuestion where we can't take it."""
    asked = messages[-1].text.strip() if messages else ""
    if not asked:
        raise EmptyQuestion
    if len(asked) > MAX_QUESTION:
        raise LongQuestion(len(asked))
    return asked
