"""Answer: write Korean from the evidence, with a mark [n] for the n-th source cited."""

from typing import Any

from langchain_core.messages import AIMessage

from nodes.fallback import refuse
from nodes.profile import ModelProfile
from nodes.refusal import Refusal
from nodes.state import State


async def answer(state: State, *, profile: ModelProfile) -> dict[str, Any]:
    """Write the answer, or say the fixed sentence where the papers hold none after all."""
    composed = await profile.compose(state.question, state.evidence)
    if isinstance(composed, Refusal):
        return {**refuse(), "refusal": composed}
    return {
        "messages": [AIMessage(composed.text)],
        "citations": list(composed.citations),
        "outcome": "quoted" if composed.is_quoted else "answered",
    }
