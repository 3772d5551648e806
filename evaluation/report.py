"""A run as one page that opens offline: figures with intervals, and every question's trace."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import fmean
from typing import Any

from evaluation.compare import is_served
from evaluation.intervals import interval
from evaluation.questions import Question
from evaluation.retrieval import DEPTH, evidence_ranks, kind_of, question_figures
from evaluation.scores import answer_figures, answer_intervals, is_answerable, is_search

Record = dict[str, Any]
Pair = tuple[Question, Record]

STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th { white-space: nowrap } th, td { text-align: left; padding: .2rem .8rem }
details { border-top: 1px solid #ccc; padding: .4rem 0 } summary { cursor: pointer }
.right { color: #075 } .wrong { color: #a20 } blockquote { margin: .3rem 1rem; color: #444 }
"""
REPLAYED = "<p>녹음한 모델 호출을 재생한 결과입니다. 걸린 시간은 모델의 시간이 아닙니다.</p>"
# A second each; answers that take longer share the last bar.
LONGEST = 30
WIDTH, HEIGHT = 300, 120
# How much of a passage is shown.
SNIPPET = 600


def page(
    questions: Sequence[Question], records: Sequence[Record], *, replayed: bool = False
) -> str:
    """The whole page, of answers or of searches; nothing in it is fetched.

    No text of a paper is taken for markup. Where calls were `replayed`, their seconds are not
    the model's, and the page says so.
    """
    pairs = list(zip(questions, records, strict=True))
    parts = _of_searches(pairs) if any(map(is_search, records)) else _of_answers(pairs)
    return (
        '<!doctype html><html lang="ko"><meta charset="utf-8"><title>문헌 평가</title>'
        f"<style>{STYLE}</style><h1>문헌 평가: 질문 {len(pairs)}개</h1>{REPLAYED if replayed else ''}"
        f"<h2>종류별로 맞은 비율 (95 % 구간)</h2>{_kinds(pairs)}{parts}"
        f"<h2>질문</h2>{''.join(_trace(*pair) for pair in pairs)}</html>"
    )


def _of_answers(pairs: Sequence[Pair]) -> str:
    """When answers began, and their figures."""
    questions, records = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    figures, intervals = answer_figures(questions, records), answer_intervals(questions, records)
    rows = {name: (value, intervals.get(name)) for name, value in figures.items()}
    return f"<h2>첫 글자까지 걸린 시간</h2>{_times(records)}<h2>수치</h2>{_figures(rows)}"


def _of_searches(pairs: Sequence[Pair]) -> str:
    """How deep the evidence lies, and the figures."""
    figures = [question_figures(*pair) for pair in pairs if is_answerable(pair[0])]
    summary = {name: [one[name] for one in figures] for name in (figures or [{}])[0]}
    rows = {name: (fmean(values), interval(values)) for name, values in summary.items()}
    return f"<h2>근거가 모두 든 처음 k개 구절</h2>{_depths(pairs)}<h2>수치</h2>{_figures(rows)}"


def _depths(pairs: Sequence[Pair]) -> str:
    """The share of questions whose evidence lies within the first k passages, for each k."""
    ranks = [
        evidence_ranks(question, record.get("passages", []))
        for question, record in pairs
        if is_answerable(question)
    ]
    depths = [max((rank or DEPTH + 1 for rank in ones), default=DEPTH + 1) for ones in ranks]
    shares = [sum(depth <= k for depth in depths) / len(depths or [0]) for k in range(1, DEPTH + 1)]
    titles = [f"k = {k}: {share:.1%}" for k, share in enumerate(shares, start=1)]
    return f"{_columns(shares, titles)}<p>왼쪽 끝 k = 1, 오른쪽 끝 k = {DEPTH}.</p>"


def _kinds(pairs: Sequence[Pair]) -> str:
    by_kind: dict[str, list[float]] = {"모두": []}
    for question, record in pairs:
        served = float(is_served(question, record))
        by_kind["모두"].append(served)
        by_kind.setdefault(kind_of(question), []).append(served)
    rows = "".join(
        f"<tr><th>{escape(kind)}<td>{sum(values):.0f}/{len(values)}<td>{_bar(values)}"
        for kind, values in by_kind.items()
    )
    return f"<table>{rows}</table>"


def _bar(values: Sequence[float]) -> str:
    """A mean as a bar, with its interval as a line over it."""
    mean = sum(values) / len(values) * WIDTH
    low, high = (bound * WIDTH for bound in interval(values))
    return (
        f'<svg width="{WIDTH}" height="16"><rect width="{WIDTH}" height="16" fill="#eee"/>'
        f'<rect width="{mean:.0f}" height="16" fill="#6ab"/>'
        f'<line x1="{low:.0f}" x2="{high:.0f}" y1="8" y2="8" stroke="#123" stroke-width="2"/></svg>'
    )


def _times(records: Sequence[Record]) -> str:
    """How many answers began in each second."""
    times = [record["seconds"]["first_token"] for record in records if _is_timed(record)]
    counts = [0] * (LONGEST + 1)
    for seconds in times:
        counts[min(int(seconds), LONGEST)] += 1
    tallest = max([*counts, 1])
    titles = [f"{at}초: {count}개" for at, count in enumerate(counts)]
    return (
        f"{_columns([count / tallest for count in counts], titles)}"
        f"<p>왼쪽 끝 0초, 오른쪽 끝 {LONGEST}초 이상. 답 {len(times)}개.</p>"
    )


def _columns(heights: Sequence[float], titles: Sequence[str]) -> str:
    """A bar chart of heights in 0..1, each bar with what it says."""
    step = WIDTH // len(heights)
    bars = "".join(
        f'<rect x="{at * step}" y="{HEIGHT - height * HEIGHT:.0f}" width="{step - 1}" '
        f'height="{height * HEIGHT:.0f}" fill="#6ab"><title>{title}</title></rect>'
        for at, (height, title) in enumerate(zip(heights, titles, strict=True))
    )
    return f'<svg width="{WIDTH}" height="{HEIGHT}">{bars}</svg>'


def _is_timed(record: Record) -> bool:
    return "first_token" in record.get("seconds", {})


def _figures(rows: Mapping[str, tuple[float, tuple[float, float] | None]]) -> str:
    """A table of figures, with the intervals of those that have one."""
    shown = "".join(
        f"<tr><th>{name}<td>{value:.3f}"
        + (f"<td>[{span[0]:.3f}, {span[1]:.3f}]" if span else "<td>")
        for name, (value, span) in rows.items()
    )
    return f"<table>{shown}</table>"


def _trace(question: Question, record: Record) -> str:
    """One question: what was asked, searched for, found, answered and cited, and what is right."""
    mark, label = ("right", "맞음") if is_served(question, record) else ("wrong", "틀림")
    told = [
        ("영어", record.get("english", "")),
        ("검색어", " / ".join(record.get("queries", []))),
        ("답", record.get("answer") or record.get("error", "")),
        ("정답", _gold(question)),
    ]
    rows = "".join(f"<tr><th>{name}<td>{escape(text)}" for name, text in told if text)
    passages = record.get("passages", [])
    told_passages = "".join(_passage(question, passage) for passage in passages)
    return (
        f'<details><summary><b class="{mark}">{label}</b> {escape(str(question.get("id") or ""))} '
        f"{escape(question['question'])}</summary><table>{rows}</table>"
        f"{''.join(map(_citation, record.get('citations', [])))}"
        f"<ol>{told_passages}</ol></details>"
    )


def _gold(question: Question) -> str:
    if not is_answerable(question):
        return "논문에 답이 없습니다."
    pages = ", ".join(map(str, question["pages"]))
    return f"{question.get('answer', '')} ({question['document']} {pages}쪽)"


def _citation(citation: dict[str, Any]) -> str:
    return (
        f"<blockquote>[{citation['n']}] {escape(citation['document'])} {citation['page']}쪽: "
        f"{escape(citation['quote'])}</blockquote>"
    )


def _passage(question: Question, passage: dict[str, Any]) -> str:
    """Where a passage stands, and, of a search, why it was found and what it says."""
    pages = ", ".join(map(str, passage["pages"]))
    place = f"<li>{escape(passage['document'])} {pages}쪽"
    if "text" not in passage:
        return place + (" <b>근거로 씀</b>" if passage.get("relevant") else "")
    legs = ", ".join(
        f"{escape(name)} {leg['rank']}위({leg['score']})" for name, leg in passage["legs"].items()
    )
    held = any(rank for rank in evidence_ranks(question, [passage]))
    return (
        f"{place} [{passage['score']}: {legs}]{' <b>근거가 있음</b>' if held else ''}"
        f"<blockquote>{escape(passage['text'][:SNIPPET])}…</blockquote>"
    )
