"""Answer: write Korean from the evidence, with a mark [n] for the n-th source cited."""

import asyncio
from typing import Any

from langchain_core.messages import AIMessage
from langgraph.config import get_stream_writer

from nodes.fallback import refuse
from nodes.library_answers import answer_on_library
from nodes.named_papers import PaperCatalogue
from nodes.profile import Answer, ModelProfile
from nodes.refusal import Refusal
from nodes.state import RunOptions, State
from nodes.strictness import apply_strictness
from nodes.translate import read_earlier_turns


async def answer(
    state: State, *, options: RunOptions, profile: ModelProfile, catalogue: PaperCatalogue
) -> dict[str, Any]:
    """Write the answer, or say the fixed sentence where the papers hold none after all."""
    if state.question.is_searched_for or state.question.is_overview:
        composed = apply_strictness(
            await profile.compose(state.question, state.evidence, length=options.length),
            state.evidence,
            strictness=options.strictness,
            language=state.question.language,
        )
    else:
        composed = await _answer_by_code(state, catalogue)
    if isinstance(composed, Refusal):
        return {**refuse(state.question.language), "refusal": composed}
    return {
        "messages": [AIMessage(composed.text)],
        "citations": list(composed.citations),
        "outcome": "quoted" if composed.is_quoted else "answered",
        "cut": composed.cut,
        "left_out": composed.left_out,
        "replaced": list(composed.replaced),
    }


async def _answer_by_code(state: State, catalogue: PaperCatalogue) -> Answer | Refusal:
    """What the library itself says, shown at once."""
    earlier = read_earlier_turns(state.messages)
    composed = await asyncio.to_thread(answer_on_library, state.question, earlier, catalogue)
    if isinstance(composed, Answer):
        get_stream_writer()({"answer": composed.text})
    return composed
