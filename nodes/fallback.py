"""Fallback: say, in a fixed sentence, that the papers do not hold the answer."""

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage

from nodes.answer_language import Language
from nodes.state import State

INSUFFICIENT = "정보가 부족하여 답변할 수 없습니다."
SENTENCES: Mapping[Language, str] = {
    "Korean": INSUFFICIENT,
    "English": "There is not enough information to answer.",
}


async def fallback(state: State) -> dict[str, Any]:
    """Answer with the fixed sentence, and nothing else."""
    return refuse(state.question.language)


def refuse(language: Language) -> dict[str, Any]:
    """What the state is after a refusal."""
    return {
        "messages": [AIMessage(SENTENCES[language])],
        "evidence": [],
        "citations": [],
        "outcome": "insufficient",
    }
