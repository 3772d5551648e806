"""Put a small model's English answer into Korean: by two prompts where the first has failed.

Asked to put right what it said, a small model only finds another way to be wrong. So a
translation that is useless is made anew by a prompt that doesn't show the question.
"""

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from language.figures import find_figures, find_values, put_scales_in_korean
from language.glossary import put_terms_in_korean
from nodes.citing.checks import GARBLED, MIXED, NOT_KOREAN, UNVERIFIED
from nodes.citing.draft import LOOP, Draft, cut_loops, write_draft
from nodes.citing.relevance import share_new_words
from nodes.citing.stream import prepare_streams
from nodes.question import Question
from nodes.small.prompts import PUT_INTO_KOREAN, PUT_INTO_KOREAN_WITHOUT_QUESTION
from retrieval.passages import Evidence

# A text with no more new words than this (0..1) says nothing new.
NEW_WORDS_SHARE = 0.2


async def put_into_korean(
    english: str,
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
    is_shown: bool = True,
) -> Draft:
    """The Korean answer, loops cut off."""
    new_stream = prepare_streams(question, evidence, embeddings, original=english)
    words = prepare_words(english, question)
    prompt = PUT_INTO_KOREAN.format_messages(question=question.asked, answer=words)
    first = draft = await write_draft(model, prompt, new_stream, is_shown=is_shown)
    if _is_useless(draft, question, english):
        prompt = PUT_INTO_KOREAN_WITHOUT_QUESTION.format_messages(answer=words)
        other = await write_draft(model, prompt, new_stream, is_shown=False)
        draft = draft if _is_useless(other, question, english) else other
    return replace(await cut_loops(draft, new_stream()), shown=first.shown)


def prepare_words(english: str, question: Question) -> str:
    """The English with figures and terms in Korean: a model takes gradients for slopes that slide."""
    return put_terms_in_korean(put_scales_in_korean(english), question.asked)


def _is_useless(draft: Draft, question: Question, english: str) -> bool:
    """Whether a translation is empty, loops, slips into another language or garbles an ending.

    Or whether it says the question, or has a figure that the English lacks while the sources do
    not confirm all that it says.
    """
    labels = {fault.label for fault in draft.faults}
    new = {figure.value for figure in find_figures(draft.raw)} - find_values(english)
    return bool(
        not draft.text
        or labels & {NOT_KOREAN, GARBLED, MIXED}
        or (UNVERIFIED in labels and new)
        or LOOP.search(draft.raw)
        or share_new_words(draft.raw, question.asked) <= NEW_WORDS_SHARE
    )
