"""Answer: write Korean from the evidence, with a mark [n] for the n-th source cited."""

from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from models.errors import BadReply
from nodes.citing.check import Check
from nodes.citing.cite import Citing, Ties
from nodes.draft import Draft, retell, write
from nodes.excerpts import numbered
from nodes.fallback import INSUFFICIENT, fallback
from nodes.prompts import ANSWER_CITING, MEND
from nodes.small.compose import answer_in_korean
from nodes.state import State


async def answer(
    state: State, *, model: BaseChatModel, embeddings: Embeddings, cites: bool
) -> dict[str, Any]:
    """Write the answer, telling the stream writer each piece of text as it can be shown.

    `cites` says whether the model marks its sources itself; where it doesn't, each sentence
    is tied to the source sentence that bears it. What is wrong with the answer to the end is
    labelled; where nothing that a small model says is borne, the papers hold no answer.
    """
    ties = Ties(state.evidence, embeddings)
    check = Check(state.question, state.english)
    citing = Citing(state.evidence if cites else [], ties, check)

    draft = await (
        _cited(state, model, citing)
        if cites
        else answer_in_korean(state, model, embeddings, citing)
    )
    if not draft or draft.refuses or (draft.citing.bears_nothing and not cites):
        return await fallback(state)
    if not draft.text:
        raise BadReply("empty answer")
    if draft.citing.faults:
        draft = await retell(draft, draft.citing.anew(labelled=True))
    message = AIMessage(draft.text, usage_metadata=draft.usage)
    return {
        "messages": [message],
        "citations": draft.citing.citations,
        "outcome": "answered",
    }


async def _cited(state: State, model: BaseChatModel, citing: Citing) -> Draft:
    """The answer of a model that cites; what code finds wrong with it, it puts right once."""
    prompt = ANSWER_CITING.format_messages(
        question=state.question,
        english=state.english,
        excerpts=numbered(state.evidence),
        insufficient=INSUFFICIENT,
    )
    draft = await write(model, prompt, citing.anew())
    return await _mended(draft, model, prompt, citing) if draft.citing.faults else draft


async def _mended(
    draft: Draft,
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    citing: Citing,
) -> Draft:
    """The answer put right by the model, or the draft where that is no better."""
    wrong = "\n".join(f'- "{fault.sentence}": {fault.reason}.' for fault in draft.citing.faults)
    again = [*prompt, AIMessage(draft.raw), *MEND.format_messages(faults=wrong)]
    mended = await write(model, again, citing.anew())
    better = mended.text and len(mended.citing.faults) < len(draft.citing.faults)
    return mended if better else draft
