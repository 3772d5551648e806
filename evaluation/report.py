"""A run as one page that opens offline: figures with intervals, and every question's trace."""

from collections.abc import Sequence
from functools import cache
from statistics import fmean
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evaluation.compare import is_served
from evaluation.intervals import bootstrap_interval
from evaluation.questions import QuestionRow
from evaluation.retrieval import SCORED_DEPTH, question_kind, rank_evidence, score_search
from evaluation.scores import bound_scores, is_answerable, is_search, score_answers

Record = dict[str, Any]
Pair = tuple[QuestionRow, Record]
Interval = tuple[float, float]

TEMPLATE = "report.html.j2"
# A column of the chart a second; answers that begin later share the last one.
LAST_SECOND = 30
# How many characters of a passage are shown.
REPORT_SNIPPET = 600


def render_report(
    questions: Sequence[QuestionRow], records: Sequence[Record], *, replayed: bool = False
) -> str:
    """The whole page as HTML, of answers or of searches; nothing in it is fetched.

    No text of a paper is taken for markup. Where calls were `replayed`, their seconds are not
    the model's, and the page says so.
    """
    pairs = list(zip(questions, records, strict=True))
    has_searches = any(map(is_search, records))
    return _load_template().render(
        is_replayed=replayed,
        is_search=has_searches,
        shares=_share_served(pairs),
        depths=_measure_depths(pairs) if has_searches else [],
        times=_count_first_tokens(records),
        figures=_list_search_figures(pairs) if has_searches else _list_answer_figures(pairs),
        traces=[_trace_question(*pair) for pair in pairs],
    )


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=PackageLoader("evaluation", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _list_answer_figures(pairs: Sequence[Pair]) -> list[tuple[str, float, Interval | None]]:
    """Each figure of the answers by name, with its interval where it has one."""
    questions, records = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    intervals = bound_scores(questions, records)
    figures = score_answers(questions, records)
    return [(name, value, intervals.get(name)) for name, value in figures.items()]


def _list_search_figures(pairs: Sequence[Pair]) -> list[tuple[str, float, Interval | None]]:
    """Each figure of the searches by name, with its interval."""
    figures = [score_search(*pair) for pair in pairs if is_answerable(pair[0])]
    columns = {name: [one[name] for one in figures] for name in (figures or [{}])[0]}
    return [(name, fmean(values), bootstrap_interval(values)) for name, values in columns.items()]


def _measure_depths(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """For each k the share of questions whose evidence lies within the first k passages."""
    answerable = [pair for pair in pairs if is_answerable(pair[0])]
    deepest = [
        max(
            (
                rank or SCORED_DEPTH + 1
                for rank in rank_evidence(question, record.get("passages", []))
            ),
            default=SCORED_DEPTH + 1,
        )
        for question, record in answerable
    ]
    cutoffs = range(1, SCORED_DEPTH + 1)
    shares = [sum(rank <= k for rank in deepest) / max(len(deepest), 1) for k in cutoffs]
    return [
        {"height": share, "title": f"k = {k}: {share:.1%}"}
        for k, share in zip(cutoffs, shares, strict=True)
    ]


def _share_served(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """How many questions were served, of all and of each kind, with the interval of the share."""
    by_kind: dict[str, list[float]] = {"모두": []}
    for question, record in pairs:
        served = float(is_served(question, record))
        by_kind["모두"].append(served)
        by_kind.setdefault(question_kind(question), []).append(served)
    return [_summarise_share(kind, marks) for kind, marks in by_kind.items()]


def _summarise_share(kind: str, marks: Sequence[float]) -> dict[str, Any]:
    low, high = bootstrap_interval(marks)
    mean = fmean(marks)
    return {
        "kind": kind,
        "served": round(sum(marks)),
        "asked": len(marks),
        "mean": mean,
        "low": low,
        "high": high,
    }


def _count_first_tokens(records: Sequence[Record]) -> dict[str, Any]:
    """How many answers began in each second, as columns, and how many there are in all."""
    times = [
        record["seconds"]["first_token"]
        for record in records
        if "first_token" in record.get("seconds", {})
    ]
    counts = [0] * (LAST_SECOND + 1)
    for seconds in times:
        counts[min(int(seconds), LAST_SECOND)] += 1
    tallest = max([*counts, 1])
    columns = [
        {"height": count / tallest, "title": f"{second}초: {count}개"}
        for second, count in enumerate(counts)
    ]
    return {"columns": columns, "answers": len(times)}


def _trace_question(question: QuestionRow, record: Record) -> dict[str, Any]:
    """One question: what was asked, searched for, found, answered and cited, and what is right."""
    rows = [
        ("영어", record.get("english", "")),
        ("검색어", " / ".join(record.get("queries", []))),
        ("답", record.get("answer") or record.get("error", "")),
        ("정답", _write_gold(question)),
    ]
    return {
        "id": question.get("id") or "",
        "question": question["question"],
        "is_served": is_served(question, record),
        "rows": [(name, text) for name, text in rows if text],
        "citations": record.get("citations", []),
        "passages": [_trace_passage(question, one) for one in record.get("passages", [])],
    }


def _write_gold(question: QuestionRow) -> str:
    if not is_answerable(question):
        return "논문에 답이 없습니다."
    pages = ", ".join(map(str, question["pages"]))
    return f"{question.get('answer', '')} ({question['document']} {pages}쪽)"


def _trace_passage(question: QuestionRow, passage: dict[str, Any]) -> dict[str, Any]:
    """Where a passage stands, and, of a search, why it was found and what it says."""
    is_found = "text" in passage
    place = {
        "document": passage["document"],
        "pages": ", ".join(map(str, passage["pages"])),
        "is_found": is_found,
        "is_used": passage.get("relevant", False),
    }
    if not is_found:
        return place
    legs = [f"{name} {leg['rank']}위({leg['score']})" for name, leg in passage["legs"].items()]
    return {
        **place,
        "score": passage["score"],
        "legs": ", ".join(legs),
        "holds_evidence": any(rank_evidence(question, [passage])),
        "snippet": passage["text"][:REPORT_SNIPPET],
    }
