"""Score what was answered and what was found against what a question file says is right."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from evaluation.intervals import bootstrap_interval
from evaluation.questions import QuestionRow, read_objects
from language.catalogue import Text
from retrieval.errors import UserError
from retrieval.passages import Passage

Record = dict[str, Any]


# What an answer is scored against.
GOLD = ("answer_must_include", "evidence", "pages")


def _is_list(value: object, is_item: Callable[[object], bool]) -> bool:
    return isinstance(value, list) and all(map(is_item, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


GOLD_SHAPES: dict[str, Callable[[object], bool]] = {
    "answer_must_include": lambda value: _is_list(value, lambda one: _is_list(one, _is_text)),
    "evidence": lambda value: _is_list(value, _is_text),
    "pages": lambda value: _is_list(value, lambda one: isinstance(one, int)),
}


def is_search(record: Record) -> bool:
    """Whether it is what `munheon search --json` prints of a search that did not fail."""
    return "outcome" not in record


def read_records(
    path: Path, questions: Sequence[QuestionRow], *, searches: bool | None = None
) -> list[Record]:
    """The output of `munheon ask --json` or `munheon search --json` for these questions.

    `searches` says which of the two it has to be; UserError where it is neither, or the other. Of more
    records those count that have the id of a question: others may be of questions without gold.
    """
    records = read_objects(
        path, lambda record: _is_record(record, searches), needs=Text("asking.needs_record")
    )
    if len(records) > len(questions):
        ids = {question["id"] for question in questions if "id" in question}
        records = [record for record in records if record.get("id") in ids]
    if len(records) != len(questions):
        raise UserError(
            "asking.record_count", file=path, records=len(records), questions=len(questions)
        )
    return records


def _is_record(value: dict[str, Any], searches: bool | None) -> bool:
    if value.get("outcome") == "error":
        return True
    kinds = [key in value for key in ("outcome", "passages")]
    return any(kinds) and searches in (None, is_search(value))


def check_gold(questions: Sequence[QuestionRow]) -> None:
    """UserError for the first question that says its document but not what is right, or not so."""
    for number, question in enumerate(questions, start=1):
        if not is_answerable(question):
            continue
        missing = [name for name in GOLD if name not in question]
        if missing:
            raise UserError("asking.gold_missing", number=number, names=", ".join(missing))
        misshapen = [name for name, fits in GOLD_SHAPES.items() if not fits(question[name])]
        if misshapen:
            raise UserError("asking.gold_misshapen", number=number, names=", ".join(misshapen))


def is_answerable(question: QuestionRow) -> bool:
    """Whether the documents hold the answer: one is named, and not for something that it lacks."""
    is_absent = all(question.get(name) == [] for name in GOLD)
    return bool(question.get("document")) and not is_absent


def is_right(question: QuestionRow, record: Record) -> bool:
    """Whether the answer holds a string of every group that it must include, case ignored."""
    return record["outcome"] == "answered" and _holds_answer(question, record)


def is_quoted(question: QuestionRow, record: Record) -> bool:
    """Whether nothing but sources' words were shown, and the evidence or the answer among them."""
    if record["outcome"] != "quoted":
        return False
    quotes = [citation["quote"] for citation in record["citations"]]
    holds_evidence = any(
        has_evidence(quote, evidence) or has_evidence(evidence, quote)
        for quote in quotes
        for evidence in question["evidence"]
    )
    return holds_evidence or _holds_answer(question, record)


def is_wrong(question: QuestionRow, record: Record) -> bool:
    """Whether something was told, of a question that has an answer, that is neither it nor its evidence."""
    is_told = record["outcome"] in {"answered", "quoted"}
    return is_told and not is_right(question, record) and not is_quoted(question, record)


def _holds_answer(question: QuestionRow, record: Record) -> bool:
    """Whether an answer's words have a string of every group, case ignored."""
    text = record.get("answer", "").lower()
    return all(
        any(part.lower() in text for part in group) for group in question["answer_must_include"]
    )


def has_right_page(question: QuestionRow, record: Record) -> bool:
    """Whether some citation leads to a page that the answer stands on."""
    return _has_right_citation(question, record, page=True)


def has_evidence(text: str, evidence: str) -> bool:
    """Whether the words of the evidence stand in the text, whatever the line breaks."""
    return squeeze_text(evidence) in squeeze_text(text)


def squeeze_text(text: str) -> str:
    """Text without white space and hyphens, ligatures undone: what a line break may change."""
    return re.sub(r"[\s\-\u00ad\u2010]+", "", unicodedata.normalize("NFKC", text))


def score_answers(questions: Sequence[QuestionRow], records: Sequence[Record]) -> dict[str, float]:
    """Shares of right and wrong answers, refusals and right citations; medians of the seconds taken."""
    timed = [record["seconds"] for record in records if record["outcome"] in {"answered", "quoted"}]
    return {
        **{name: _mean_share(marks) for name, marks in _mark_questions(questions, records).items()},
        "first_token": median(times["first_token"] for times in timed) if timed else 0.0,
        "total": median(times["total"] for times in timed) if timed else 0.0,
    }


def bound_scores(
    questions: Sequence[QuestionRow], records: Sequence[Record]
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each share."""
    return {
        name: bootstrap_interval(marks)
        for name, marks in _mark_questions(questions, records).items()
    }


def score_by_paper(
    questions: Sequence[QuestionRow], records: Sequence[Record]
) -> dict[str, dict[str, float]]:
    """For each paper that answers some questions: how many these are, and their shares by name."""
    pairs: dict[str, list[tuple[QuestionRow, Record]]] = {}
    for question, record in zip(questions, records, strict=True):
        if is_answerable(question):
            pairs.setdefault(question["document"], []).append((question, record))
    return {
        paper: {"questions": len(of_paper)}
        | {name: _mean_share([mark(*pair) for pair in of_paper]) for name, mark in OUTCOMES.items()}
        for paper, of_paper in sorted(pairs.items())
    }


def _is_falsely_refused(question: QuestionRow, record: Record) -> bool:
    return bool(record["outcome"] == "insufficient")


# What became of a question that has an answer.
OUTCOMES: Mapping[str, Callable[[QuestionRow, Record], bool]] = {
    "right": is_right,
    "wrong": is_wrong,
    "quoted": is_quoted,
    "falsely_refused": _is_falsely_refused,
}


def _mark_questions(
    questions: Sequence[QuestionRow], records: Sequence[Record]
) -> dict[str, list[bool]]:
    """What each share counts: one mark for each question that it is about."""
    pairs = list(zip(questions, records, strict=True))
    answerable = [(question, record) for question, record in pairs if is_answerable(question)]
    answered = [pair for pair in answerable if pair[1]["outcome"] in {"answered", "quoted"}]
    refused = [
        record["outcome"] == "insufficient"
        for question, record in pairs
        if not is_answerable(question)
    ]
    return {
        **{name: [mark(*pair) for pair in answerable] for name, mark in OUTCOMES.items()},
        "refused": refused,
        "cited_document": [_has_right_citation(*pair, page=False) for pair in answered],
        "cited_page": [has_right_page(*pair) for pair in answered],
        "errors": [record["outcome"] == "error" for record in records],
    }


def measure_verified_share(records: Sequence[Record], passages: Sequence[Passage]) -> float | None:
    """The share of citations whose words stand on the page that they name.

    Of the documents that the passages are from; None where none of them is cited.
    """
    texts: dict[tuple[str, int], list[str]] = {}
    for passage in passages:
        for page in passage.pages:
            texts.setdefault((passage.document, page), []).append(squeeze_text(passage.text))
    documents = {document for document, _ in texts}
    found = [
        any(
            squeeze_text(one["quote"]) in text
            for text in texts.get((one["document"], one["page"]), ())
        )
        for record in records
        for one in record.get("citations", [])
        if one["document"] in documents
    ]
    return _mean_share(found) if found else None


def sum_tokens(records: Sequence[Record]) -> dict[str, int]:
    """How many tokens the chat model read and wrote in all."""
    used = [record.get("tokens", {}) for record in records]
    return {name: sum(one.get(name, 0) for one in used) for name in ("input", "output")}


def _has_right_citation(question: QuestionRow, record: Record, *, page: bool) -> bool:
    """Whether some citation leads to the right document, or the right page of it."""
    pages = {*question["pages"], *question.get("alt_pages", [])}
    return any(
        citation["document"] == question["document"] and (not page or citation["page"] in pages)
        for citation in record["citations"]
    )


def _mean_share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
