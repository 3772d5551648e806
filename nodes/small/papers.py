"""Which papers speak of what a question names."""

from collections.abc import Sequence
from pathlib import PurePath

from language.names import LIKE_A_WORD, find_names, list_missing_names
from language.terms import is_korean
from nodes.question import Question
from nodes.small.sides import find_sides
from retrieval.passages import Passage


def find_unknown_names(question: Question, passages: Sequence[Passage]) -> list[str]:
    """The names asked about that the paper with most of them leaves out; none where it has all."""
    left_out = [
        list_missing_names(_list_names_for(question, text), text)
        for text in _join_texts_by_paper(question, passages).values()
    ]
    return min(left_out, key=len, default=question.names)


def find_papers_on_names(question: Question, passages: Sequence[Passage]) -> set[str]:
    """The documents whose passages have every name: as it was typed, else also written in full.

    Another paper's learning rate is no answer, however near its words are.
    """
    texts = _join_texts_by_paper(question, passages)
    for in_full in (False, True):
        papers = {
            id
            for ids, text in texts.items()
            if not list_missing_names(_list_names_for(question, text), text, in_full=in_full)
            for id in ids
        }
        if papers:
            return papers
    return set()


def _list_names_for(question: Question, text: str) -> list[str]:
    """The names that a text has to have: a Korean one none that it may well write in Hangul.

    Those are what only a translation writes in Latin letters, and two of them (QA, AI).
    """
    if not is_korean(text):
        return question.names
    return [name for name in find_names(question.asked) if not LIKE_A_WORD.fullmatch(name)]


def _join_texts_by_paper(
    question: Question, passages: Sequence[Passage]
) -> dict[frozenset[str], str]:
    """What each paper says, its file name too, by the set of its documents.

    Where the question names several papers by their titles, theirs count together, and no others. Names of
    different papers say nothing of each other: KMMLU here and Aya there is no score.
    """
    texts: dict[str, str] = {}
    for passage in passages:
        before = texts.get(passage.document) or PurePath(passage.document).stem.replace("_", " ")
        texts[passage.document] = f"{before}\n{passage.searched_text}"
    compared = frozenset(side.document for side in find_sides(question, passages))
    papers = [compared] if compared else [frozenset([id]) for id in texts]
    return {paper: "\n".join(texts[id] for id in paper) for paper in papers}
