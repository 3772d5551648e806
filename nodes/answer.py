"""Answer: write Korean from the evidence, with a mark [n] for the n-th source cited."""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, UsageMetadata
from langgraph.config import get_stream_writer

from models.errors import BadReply
from nodes.check import NOT_KOREAN, UNVERIFIED, Check, says_what_is_missing
from nodes.cite import Citing, Ties
from nodes.excerpts import asked_terms, excerpts, numbered
from nodes.fallback import INSUFFICIENT, fallback
from nodes.figures import figures, lacks_amount, values
from nodes.prompts import ANSWER_CITING, ANSWER_PLAIN, IN_KOREAN, MEND, RENDER
from nodes.replies import reply_text, whole
from nodes.state import State

# Enough of the fixed sentence to know it by, however the model ends it.
REFUSAL = "정보가 부족하여"
# The end of an answer that announces what never comes.
DANGLING = re.compile(r"(?<=[.!?])\s+[^.!?\n]*(?:다음과|아래와) 같(?:습니다|다)[.:]?\s*$")
# Words that a model goes on repeating.
LOOP = re.compile(r"(\s?[^\W\d_].{5,80}?)\1\1+", re.DOTALL)
# The heads of words, which tell them apart however they end.
WORD_HEAD = re.compile(r"[A-Za-z\d](?:[.-]?[A-Za-z\d])*|(?<!\S)[가-힣]{2}")
# A text with no more new words than this (0..1) says nothing new.
FEW_NEW = 0.2
# Put where a model was stopped in mid-sentence.
CUT_OFF = "…"


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

    draft = await (_cited if cites else _plain)(state, model, citing)
    if not draft or draft.refuses or (draft.citing.bears_nothing and not cites):
        return await fallback(state)
    if not draft.text:
        raise BadReply("empty answer")
    if draft.citing.faults:
        draft = await _retold(draft, draft.citing.anew(labelled=True))
    message = AIMessage(draft.text, usage_metadata=draft.usage)
    return {
        "messages": [message],
        "citations": draft.citing.citations,
        "outcome": "answered",
    }


@dataclass(frozen=True)
class _Draft:
    """An answer as the model wrote it and as it can be shown."""

    raw: str
    text: str
    usage: UsageMetadata | None
    citing: Citing

    @property
    def refuses(self) -> bool:
        """Whether it says nothing but that the papers hold no answer."""
        says_so = REFUSAL in self.raw or says_what_is_missing(self.raw)
        return says_so and not self.citing.stated

    def is_useless(self, question: str, english: str) -> bool:
        """Whether, as a translation, it loops, slips into another language or says the question.

        Or whether it states figures that neither what it translates nor any source has.
        """
        strays = any(fault.label == NOT_KOREAN for fault in self.citing.faults)
        unborne = any(
            fault.label == UNVERIFIED and not fault.instead for fault in self.citing.faults
        )
        invents = unborne and {figure.value for figure in figures(self.raw)} - values(english)
        return bool(strays or invents or LOOP.search(self.raw) or _repeats(self.raw, question))


async def _cited(state: State, model: BaseChatModel, citing: Citing) -> _Draft:
    """The answer of a model that cites; what code finds wrong with it, it puts right once."""
    prompt = ANSWER_CITING.format_messages(
        question=state.question,
        english=state.english,
        excerpts=numbered(state.evidence),
        insufficient=INSUFFICIENT,
    )
    draft = await _written(model, prompt, citing.anew())
    return await _mended(draft, model, prompt, citing) if draft.citing.faults else draft


async def _plain(state: State, model: BaseChatModel, citing: Citing) -> _Draft | None:
    """The answer of a small model: thought out in English, then put into Korean.

    None where it has no figure though the question asks how many, or how much.

    Asked to put right what it said, it only finds another way to be wrong. So a useless
    translation is made anew by another prompt, and code corrects the scale of figures.
    """
    asked = asked_terms(state.question, state.english)
    values = {"english": state.english, "excerpts": excerpts(state.evidence, asked)}
    english = LOOP.sub(r"\1", await reply_text(ANSWER_PLAIN | model, values))
    if lacks_amount(english, state.english):
        return None
    citing = citing.anew(translated=english)
    prompt = IN_KOREAN.format_messages(question=state.question, answer=english)
    draft = await _written(model, prompt, citing.anew())
    if draft.is_useless(state.question, english):
        other = await _written(model, RENDER.format_messages(words=english), citing.anew())
        useful = other.text and not other.is_useless(state.question, english)
        draft = other if useful else await _retold(draft, citing.anew())
    corrected = _corrected(draft)
    return await _retold(replace(draft, raw=corrected), citing.anew()) if corrected else draft


def _repeats(text: str, question: str) -> bool:
    """Whether a text has no figure, and next to no word, that the question doesn't have."""
    told, asked = WORD_HEAD.findall(text), set(WORD_HEAD.findall(question))
    new = [word for word in told if word not in asked]
    return len(new) <= FEW_NEW * len(told) and not re.search(r"\d", "".join(new))


async def _mended(
    draft: _Draft,
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    citing: Citing,
) -> _Draft:
    """The answer put right by the model, or the draft where that is no better."""
    wrong = "\n".join(f'- "{fault.sentence}": {fault.reason}.' for fault in draft.citing.faults)
    again = [*prompt, AIMessage(draft.raw), *MEND.format_messages(faults=wrong)]
    mended = await _written(model, again, citing.anew())
    better = mended.text and len(mended.citing.faults) < len(draft.citing.faults)
    return mended if better else draft


def _corrected(draft: _Draft) -> str | None:
    """The model's words with each sentence that code can put right; None where there is none."""
    raw = DANGLING.sub("", LOOP.sub(rf"\1{CUT_OFF}", draft.raw))
    for fault in draft.citing.faults:
        if fault.instead:
            raw = raw.replace(fault.sentence, fault.instead)
    return raw if raw != draft.raw else None


async def _retold(draft: _Draft, citing: Citing) -> _Draft:
    """The draft's words shown anew, with other marks and labels."""
    text = (await citing.feed(draft.raw) + await citing.close()).strip()
    tell = get_stream_writer()
    tell({"answer": None})
    tell({"answer": text})
    return replace(draft, text=text, citing=citing)


async def _written(model: BaseChatModel, prompt: Sequence[BaseMessage], citing: Citing) -> _Draft:
    """Tell an answer while it is written; each starts anew what is shown."""
    tell = get_stream_writer()
    tell({"answer": None})
    raw, text, usage, reason = "", "", None, None
    async with aclosing(whole(model.astream(prompt))) as chunks:
        async for chunk in chunks:
            usage = getattr(chunk, "usage_metadata", None) or usage
            reason = chunk.response_metadata.get("finish_reason") or reason
            raw += chunk.text
            if LOOP.search(raw):
                break
            if shown := await citing.feed(chunk.text):
                text += shown
                tell({"answer": shown})
    cut = CUT_OFF if reason == "length" else ""
    if rest := await citing.feed(cut) + await citing.close():
        text += rest
        tell({"answer": rest})
    return _Draft(raw + cut, text.strip(), usage, citing)
