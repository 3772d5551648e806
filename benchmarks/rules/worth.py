"""What a rule is worth: answers with it and without it, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from benchmarks.rules.switch import Aim, Rule
from evaluation.intervals import bootstrap_interval
from evaluation.questions import QuestionRow
from evaluation.scores import has_right_page, is_answerable, is_right

Record = dict[str, Any]

Absent = Literal["not recorded"]
"""Why a question has no record: it needs a call that was not recorded."""

FIGURES = ("right", "wrong", "refused", "falsely refused")
# What each aim comes to: figures that speak for a rule, and against it. A question without an
# answer that is not refused is answered wrongly.
SIGNS: Mapping[Aim, Mapping[str, int]] = {
    "answer": {"right": 1, "wrong": -1, "refused": 1},
    "citation": {"right page": 1},
}
# A rule that is worth less, in questions of the other files together, goes.
MIN_WORTH = 1
# What one question can be worth at most: a right answer in place of a wrong one.
MAX_WORTH = 2


class Pair(NamedTuple):
    """A question with what came of it with a rule, and without."""

    question: QuestionRow
    on: Record
    off: Record


@dataclass(frozen=True)
class Comparison:
    """The questions of one file, or of several, with a rule and without."""

    file: str
    pairs: Sequence[Pair]
    not_recorded: int = 0
    """Questions left out, since with or without the rule they need calls that were not recorded."""

    @property
    def changed(self) -> int:
        """How many questions a reader sees another answer to, or other citations."""
        return sum(_outcome(pair.on) != _outcome(pair.off) for pair in self.pairs)


class Worth(NamedTuple):
    """A figure in questions: with the rule, without, and how sure the difference is."""

    on: int
    off: int
    low: float
    high: float
    """The 95 % interval of the difference, on minus off, over other questions of the kind."""

    @property
    def difference(self) -> int:
        """On minus off."""
        return self.on - self.off


def compare_records(
    file: str,
    questions: Sequence[QuestionRow],
    on: Sequence[Record | Absent],
    off: Sequence[Record | Absent],
) -> Comparison:
    """The questions of a file that have a record both with the rule and without it."""
    both = list(zip(questions, on, off, strict=True))
    return Comparison(
        file,
        [
            Pair(question, first, second)
            for question, first, second in both
            if isinstance(first, dict) and isinstance(second, dict)
        ],
        not_recorded=sum("not recorded" in (first, second) for _, first, second in both),
    )


def sum_up(name: str, comparisons: Sequence[Comparison]) -> Comparison:
    """Several files as one."""
    pairs = [pair for one in comparisons for pair in one.pairs]
    return Comparison(
        name,
        pairs,
        not_recorded=sum(one.not_recorded for one in comparisons),
    )


def measure_worth(comparison: Comparison, figure: str) -> Worth:
    """A figure with the rule and without it; the interval resamples the questions."""
    marks = [
        (mark_record(pair.question, pair.on)[figure], mark_record(pair.question, pair.off)[figure])
        for pair in comparison.pairs
    ]
    low, high = bootstrap_interval([on - off for on, off in marks])
    count = len(marks)
    return Worth(
        sum(on for on, _ in marks), sum(off for _, off in marks), low * count, high * count
    )


def mark_record(question: QuestionRow, record: Record) -> dict[str, bool]:
    """Which figures an answer counts for."""
    is_answered, is_refused = (record["outcome"] == kind for kind in ("answered", "insufficient"))
    has_answer = is_answerable(question)
    right = has_answer and is_right(question, record)
    return {
        "right": right,
        "wrong": has_answer and is_answered and not right,
        "refused": not has_answer and is_refused,
        "falsely refused": has_answer and is_refused,
        "right page": has_answer and is_answered and has_right_page(question, record),
    }


def weigh(rule: Rule, comparison: Comparison) -> int:
    """What a rule is worth, in questions: what speaks for it less what speaks against it."""
    return sum(
        sign * measure_worth(comparison, figure).difference
        for figure, sign in SIGNS[rule.aim].items()
    )


def judge(rule: Rule, others: Comparison) -> str:
    """Whether a rule stays, by what it is worth in the other files together.

    Open where the questions that were left out might turn it.
    """
    worth, unknown = weigh(rule, others), MAX_WORTH * others.not_recorded
    if rule.safety and worth < MIN_WORTH:
        return f"stays: {rule.safety}"
    if unknown and worth - unknown < MIN_WORTH <= worth + unknown:
        return f"open: {others.not_recorded} not recorded"
    if not others.pairs:
        return "not measured"
    return "stays" if worth >= MIN_WORTH else "goes"


def _outcome(record: Record) -> tuple[Any, ...]:
    """What a reader sees of an answer."""
    cited = [(one["document"], one["page"], one["quote"]) for one in record.get("citations", [])]
    return record["outcome"], record.get("answer"), cited
