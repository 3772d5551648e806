"""Put a small model's English answer into Korean: by two prompts where the first has failed.

Asked to put right what it said, a small model only finds another way to be wrong. So a
translation that is useless is made anew by a prompt that doesn't show the question, and code minds
the scale of figures.
"""

import re
from collections.abc import Sequence

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from language.figures import find_figures, find_values, put_scales_in_korean
from language.glossary import put_terms_in_korean
from nodes.citing.checks import GARBLED, NOT_KOREAN, UNVERIFIED
from nodes.citing.draft import LOOP, Draft, collapse_loops, rewrite_draft, write_draft
from nodes.citing.stream import prepare_streams
from nodes.question import Question
from nodes.small.prompts import PUT_INTO_KOREAN, PUT_INTO_KOREAN_UNASKED
from retrieval.passages import Evidence

# The heads of words, which tell them apart however they end.
WORD_HEAD = re.compile(r"[A-Za-z\d](?:[.-]?[A-Za-z\d])*|(?<!\S)[가-힣]{2}")
# A text with no more new words than this (0..1) says nothing new.
NEW_WORDS_SHARE = 0.2


async def put_into_korean(
    english: str,
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> tuple[Draft, str]:
    """The Korean answer with what code can put right, and what the reader has seen of it."""
    new_stream = prepare_streams(question, evidence, embeddings, original=english)
    words = _prepare_words(english, question)
    prompt = PUT_INTO_KOREAN.format_messages(question=question.asked, answer=words)
    first = draft = await write_draft(model, prompt, new_stream())
    if _is_useless(draft, question, english):
        prompt = PUT_INTO_KOREAN_UNASKED.format_messages(answer=words)
        other = await write_draft(model, prompt, new_stream(), is_shown=False)
        draft = draft if _is_useless(other, question, english) else other
    corrected = _correct_draft(draft)
    if corrected != draft.raw:
        draft = await rewrite_draft(draft, corrected, new_stream())
    return draft, first.shown


def _prepare_words(english: str, question: Question) -> str:
    """The English with figures and terms in Korean: a model takes gradients for slopes that slide."""
    return put_terms_in_korean(put_scales_in_korean(english), question.asked)


def _is_useless(draft: Draft, question: Question, english: str) -> bool:
    """Whether, as a translation, it is empty, loops, slips into another language or garbles an ending.

    Or whether it says the question, or figures that neither the English nor any source has.
    """
    faults = draft.faults
    is_unsound = any(fault.label in (NOT_KOREAN, GARBLED) for fault in faults)
    is_unverified = any(fault.label == UNVERIFIED and not fault.corrected for fault in faults)
    invents = is_unverified and {figure.value for figure in find_figures(draft.raw)} - find_values(
        english
    )
    loops = LOOP.search(draft.raw)
    return bool(
        not draft.text
        or is_unsound
        or invents
        or loops
        or _repeats_question(draft.raw, question.asked)
    )


def _repeats_question(text: str, question: str) -> bool:
    """Whether a text has no figure, and next to no word, that the question doesn't have."""
    told, asked = WORD_HEAD.findall(text), set(WORD_HEAD.findall(question))
    new = [word for word in told if word not in asked]
    return len(new) <= NEW_WORDS_SHARE * len(told) and not re.search(r"\d", "".join(new))


def _correct_draft(draft: Draft) -> str:
    """The model's words, each sentence as code can put it right, loops cut off."""
    raw = collapse_loops(draft.raw)
    for fault in draft.faults:
        if fault.corrected:
            raw = raw.replace(fault.sentence, fault.corrected)
    return raw
