"""Fallback: say, in a fixed sentence, that the papers do not hold the answer."""

from typing import Any

from langchain_core.messages import AIMessage

from nodes.state import State

INSUFFICIENT = "정보가 부족하여 답변할 수 없습니다."


async def fallback(state: State) -> dict[str, Any]:
    """Answer with the fixed sentence, and nothing else."""
    return refuse()


def refuse() -> dict[str, Any]:
    """What the state is after a refusal."""
    return {
        "messages": [AIMessage(INSUFFICIENT)],
        "evidence": [],
        "citations": [],
        "outcome": "insufficient",
    }
