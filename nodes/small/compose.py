"""A small model's answer: thought out in English, then put into Korean."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from language.figures import figures, lacks_amount, scaled_in_korean, values
from language.glossary import terms_in_korean
from nodes.citing.check import NOT_KOREAN, UNVERIFIED
from nodes.citing.cite import Citing
from nodes.draft import CUT_OFF, LOOP, Draft, retell, write
from nodes.excerpts import asked_terms, excerpts
from nodes.prompts import ANSWER_PLAIN, IN_KOREAN, IN_KOREAN_UNASKED
from nodes.replies import reply_message
from nodes.small.cells import whole_row
from nodes.small.certainty import guesses
from nodes.small.subject import strays
from nodes.state import State

# The end of an answer that announces what never comes.
DANGLING = re.compile(r"(?<=[.!?])\s+[^.!?\n]*(?:다음과|아래와) 같(?:습니다|다)[.:]?\s*$")
# The heads of words, which tell them apart however they end.
WORD_HEAD = re.compile(r"[A-Za-z\d](?:[.-]?[A-Za-z\d])*|(?<!\S)[가-힣]{2}")
# What a question of yes or no is answered with, which the model leaves in English.
SAID = {"Yes, ": "네, ", "No, ": "아니요, "}
# A text with no more new words than this (0..1) says nothing new.
FEW_NEW = 0.2
# An answer in Korean has lost its meaning where it lies so much farther from its English than the
# question does (cosine). Measured on 63 answers: 12 are translated anew, 40 right instead of 39.
LOST = 0.03


async def answer_in_korean(
    state: State, model: BaseChatModel, embeddings: Embeddings, citing: Citing
) -> Draft | None:
    """The answer; None where its figures are no answer.

    Asked to put right what it said, a small model only finds another way to be wrong. So a
    translation that is useless, or says something else, is made anew by a prompt that doesn't
    show the question, and code minds the scale of figures.
    """
    english = await _in_english(state, model)
    if not english:
        return None
    citing = citing.anew(translated=english)
    draft = await _translated(english, state, model, embeddings, citing)
    corrected = _corrected(draft)
    return await retell(replace(draft, raw=corrected), citing.anew()) if corrected else draft


async def _in_english(state: State, model: BaseChatModel) -> str | None:
    """What the model makes of the evidence, or what a row of it says that the model told in part.

    None where the question asks for an amount, and the answer has none, one of something else, or
    one that the model was not sure of. Where it goes round in circles, it is cut to once.
    """
    asked = asked_terms(state.question, state.english)
    told = {"english": state.english, "excerpts": excerpts(state.evidence, asked)}
    reply = await reply_message(ANSWER_PLAIN | model.bind(logprobs=True), told)
    english = LOOP.sub(r"\1", reply.text.strip())
    row = whole_row(english, state.english, state.evidence, asked)
    if row != english:
        return row
    is_none = (
        lacks_amount(english, state.spelt, state.english)
        or strays(english, state.spelt, state.evidence)
        or guesses(reply, state.spelt, state.english)
    )
    return None if is_none else english


async def _translated(
    english: str, state: State, model: BaseChatModel, embeddings: Embeddings, citing: Citing
) -> Draft:
    """The English put into Korean; of two that may be wrong, a useful one, then the nearer.

    Figures and terms are Korean already: a small model takes gradients for slopes that slide.
    """
    told = terms_in_korean(scaled_in_korean(english), state.question)
    for word, korean in SAID.items():
        told = korean + told.removeprefix(word) if told.startswith(word) else told
    prompt = IN_KOREAN.format_messages(question=state.question, answer=told)
    draft = await write(model, prompt, citing.anew())
    useful = not _is_useless(draft, state.question, english)
    pairs = [(draft.raw, english), (state.question, state.english)]
    near, usual = await _nearness(pairs, embeddings)
    # An English question says nothing of how near a translation lies.
    if useful and (near >= usual - LOST or state.question == state.english):
        return draft
    other = await write(model, IN_KOREAN_UNASKED.format_messages(answer=told), citing.anew())
    (others,) = await _nearness([(other.raw, english)], embeddings)
    is_better = (not _is_useless(other, state.question, english), others) > (useful, near)
    return other if is_better else await retell(draft, citing.anew())


def _is_useless(draft: Draft, question: str, english: str) -> bool:
    """Whether, as a translation, it is empty, loops, or slips into another language.

    Or whether it says the question, or figures that neither the English nor any source has.
    """
    faults = draft.citing.faults
    strays = any(fault.label == NOT_KOREAN for fault in faults)
    unborne = any(fault.label == UNVERIFIED and not fault.instead for fault in faults)
    invents = unborne and {figure.value for figure in figures(draft.raw)} - values(english)
    loops = LOOP.search(draft.raw)
    return bool(not draft.text or strays or invents or loops or _repeats(draft.raw, question))


def _repeats(text: str, question: str) -> bool:
    """Whether a text has no figure, and next to no word, that the question doesn't have."""
    told, asked = WORD_HEAD.findall(text), set(WORD_HEAD.findall(question))
    new = [word for word in told if word not in asked]
    return len(new) <= FEW_NEW * len(told) and not re.search(r"\d", "".join(new))


async def _nearness(pairs: Sequence[tuple[str, str]], embeddings: Embeddings) -> list[float]:
    """How near the texts of each pair are in meaning: cosines."""
    texts = [text or " " for pair in pairs for text in pair]  # a server takes no empty one
    vectors = np.array(await asyncio.to_thread(embeddings.embed_documents, texts))
    cosines: list[float] = (vectors[::2] * vectors[1::2]).sum(axis=1).tolist()
    return cosines


def _corrected(draft: Draft) -> str | None:
    """The model's words with each sentence that code can put right; None where there is none."""
    raw = DANGLING.sub("", LOOP.sub(rf"\1{CUT_OFF}", draft.raw))
    for fault in draft.citing.faults:
        if fault.instead:
            raw = raw.replace(fault.sentence, fault.instead)
    return raw if raw != draft.raw else None
