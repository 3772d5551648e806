"""Two runs on the same questions, question by question."""

from collections.abc import Sequence
from typing import Any

from evaluation.intervals import mcnemar
from evaluation.questions import Question
from evaluation.scores import is_answerable, is_right

Record = dict[str, Any]


def compared(
    questions: Sequence[Question], first: Sequence[Record], second: Sequence[Record]
) -> dict[str, Any]:
    """What each run has right that the other has not, and how likely chance does as much."""
    rows = [
        {
            "id": question.get("id"),
            "question": question["question"],
            "first": is_served(question, one),
            "second": is_served(question, other),
        }
        for question, one, other in zip(questions, first, second, strict=True)
    ]
    gained = [row for row in rows if row["second"] and not row["first"]]
    lost = [row for row in rows if row["first"] and not row["second"]]
    return {
        "questions": len(rows),
        "first": sum(row["first"] for row in rows),
        "second": sum(row["second"] for row in rows),
        "gained": gained,
        "lost": lost,
        "p": mcnemar(len(lost), len(gained)),
    }


def is_served(question: Question, record: Record) -> bool:
    """Whether it was answered rightly, or refused where the documents hold no answer."""
    if is_answerable(question):
        return is_right(question, record)
    return bool(record["outcome"] == "insufficient")
