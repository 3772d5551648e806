"""Score a search: where the evidence and its pages stand among the passages found."""

from collections.abc import Sequence
from math import log2
from statistics import fmean
from typing import Any

from evaluation.intervals import bootstrap_interval
from evaluation.questions import QuestionRow
from evaluation.scores import has_evidence, is_answerable

Record = dict[str, Any]

CUTOFFS = (1, 3, 5, 10)
# What a search must return for all figures.
SCORED_DEPTH = max(CUTOFFS)
KINDLESS = "other"


def rank_evidence(question: QuestionRow, passages: Sequence[dict[str, Any]]) -> list[int | None]:
    """For each piece of evidence the rank of the first passage that holds it."""
    own = [
        (rank, passage)
        for rank, passage in enumerate(passages, start=1)
        if passage["document"] == question["document"]
    ]
    return [
        next((rank for rank, passage in own if has_evidence(passage["text"], evidence)), None)
        for evidence in question["evidence"]
    ]


def rank_page(question: QuestionRow, passages: Sequence[dict[str, Any]]) -> int | None:
    """The rank of the first passage that touches a page which states the answer."""
    pages = {*question["pages"], *question.get("alt_pages", [])}
    return next(
        (
            rank
            for rank, passage in enumerate(passages, start=1)
            if passage["document"] == question["document"] and pages & set(passage["pages"])
        ),
        None,
    )


def score_search(question: QuestionRow, record: Record) -> dict[str, float]:
    """How well the search served one question; a search that failed found nothing.

    hit@k: all evidence is within the first k passages; recall@k: the share of its pieces;
    mrr: 1 / the rank of the first passage with evidence (Voorhees 1999); ndcg@10: a piece
    found at rank r gains 1 / log2(1 + r), averaged over the pieces (Järvelin & Kekäläinen
    2002, each piece being the one relevant item of its own search).
    """
    passages = record.get("passages", [])
    ranks = rank_evidence(question, passages)
    found = [rank for rank in ranks if rank is not None]
    pieces = max(len(ranks), 1)  # a question may name its page alone
    page = rank_page(question, passages)
    figures = {}
    for cutoff in CUTOFFS:
        within = sum(rank <= cutoff for rank in found) / pieces
        figures[f"evidence_hit@{cutoff}"] = float(within == 1)
        figures[f"page_hit@{cutoff}"] = float(page is not None and page <= cutoff)
        figures[f"recall@{cutoff}"] = within
    figures["mrr"] = 1 / min(found) if found else 0.0
    figures[f"ndcg@{SCORED_DEPTH}"] = (
        sum(1 / log2(1 + rank) for rank in found if rank <= SCORED_DEPTH) / pieces
    )
    return figures


def score_searches(questions: Sequence[QuestionRow], records: Sequence[Record]) -> dict[str, Any]:
    """The figures over all answerable questions and by kind, each a mean and its 95 % interval."""
    by_kind: dict[str, list[dict[str, float]]] = {}
    for question, record in zip(questions, records, strict=True):
        if is_answerable(question):
            figures = score_search(question, record)
            by_kind.setdefault(question_kind(question), []).append(figures)
    return {
        "all": _summarise_figures([one for ones in by_kind.values() for one in ones]),
        "kinds": {kind: _summarise_figures(ones) for kind, ones in sorted(by_kind.items())},
    }


def question_kind(question: QuestionRow) -> str:
    """What a question asks for, as its file says."""
    return str(question.get("kind", KINDLESS))


def _summarise_figures(ones: Sequence[dict[str, float]]) -> dict[str, Any]:
    columns = {name: [one[name] for one in ones] for name in ones[0]} if ones else {}
    return {
        "questions": len(ones),
        "figures": {
            name: {"mean": fmean(values), "interval": bootstrap_interval(values)}
            for name, values in columns.items()
        },
    }
