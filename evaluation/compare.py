"""Two runs on the same questions, question by question."""

from collections.abc import Sequence
from typing import Any

from evaluation.intervals import mcnemar_p
from evaluation.questions import QuestionRow
from evaluation.retrieval import question_kind, score_search
from evaluation.scores import is_answerable, is_right, is_search

Record = dict[str, Any]

FOUND_FIGURE = "evidence_hit@5"


def compare_runs(
    questions: Sequence[QuestionRow], first: Sequence[Record], second: Sequence[Record]
) -> dict[str, Any]:
    """What each run has right that the other has not, and how likely chance does as much.

    Searches are set against each other on the questions that have an answer.
    """
    rows = [
        {
            "id": question.get("id"),
            "question": question["question"],
            "first": is_served(question, one),
            "second": is_served(question, other),
        }
        for question, one, other in zip(questions, first, second, strict=True)
        if is_answerable(question) or not (is_search(one) or is_search(other))
    ]
    gained = [row for row in rows if row["second"] and not row["first"]]
    lost = [row for row in rows if row["first"] and not row["second"]]
    return {
        "questions": len(rows),
        "first": sum(row["first"] for row in rows),
        "second": sum(row["second"] for row in rows),
        "gained": gained,
        "lost": lost,
        "p": mcnemar_p(len(lost), len(gained)),
    }


def count_served_by_kind(
    questions: Sequence[QuestionRow], records: Sequence[Record]
) -> dict[str, tuple[int, int]]:
    """For each kind of question how many were served, of how many."""
    served: dict[str, list[bool]] = {}
    for question, record in zip(questions, records, strict=True):
        served.setdefault(question_kind(question), []).append(is_served(question, record))
    return {kind: (sum(ones), len(ones)) for kind, ones in sorted(served.items())}


def is_served(question: QuestionRow, record: Record) -> bool:
    """Whether it was answered rightly, or refused where the documents hold no answer.

    A search serves where all evidence is among the first five passages.
    """
    if is_search(record):
        return is_answerable(question) and bool(score_search(question, record)[FOUND_FIGURE])
    if is_answerable(question):
        return is_right(question, record)
    return bool(record["outcome"] == "insufficient")
