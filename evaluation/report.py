"""A run as one page that opens offline: figures with intervals, and every question's trace."""

from collections.abc import Sequence
from html import escape
from typing import Any

from evaluation.compare import is_served
from evaluation.intervals import interval
from evaluation.questions import Question
from evaluation.scores import answer_figures, is_answerable

Record = dict[str, Any]

STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th { white-space: nowrap } th, td { text-align: left; padding: .2rem .8rem }
details { border-top: 1px solid #ccc; padding: .4rem 0 } summary { cursor: pointer }
.right { color: #075 } .wrong { color: #a20 } blockquote { margin: .3rem 1rem; color: #444 }
"""
# A second each; answers that take longer share the last bar.
LONGEST = 30
WIDTH, HEIGHT = 300, 120


def page(questions: Sequence[Question], records: Sequence[Record]) -> str:
    """The whole page; nothing in it is fetched, and no text of a paper is taken for markup."""
    pairs = list(zip(questions, records, strict=True))
    return (
        '<!doctype html><html lang="ko"><meta charset="utf-8"><title>문헌 평가</title>'
        f"<style>{STYLE}</style><h1>문헌 평가: 질문 {len(pairs)}개</h1>"
        f"<h2>종류별로 맞은 비율 (95 % 구간)</h2>{_kinds(pairs)}"
        f"<h2>첫 글자까지 걸린 시간</h2>{_times(records)}"
        f"<h2>수치</h2>{_figures(answer_figures(questions, records))}"
        f"<h2>질문</h2>{''.join(_trace(*pair) for pair in pairs)}</html>"
    )


def _kinds(pairs: Sequence[tuple[Question, Record]]) -> str:
    by_kind: dict[str, list[float]] = {"모두": []}
    for question, record in pairs:
        served = float(is_served(question, record))
        by_kind["모두"].append(served)
        by_kind.setdefault(str(question.get("kind", "기타")), []).append(served)
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
    tallest, step = max([*counts, 1]), WIDTH // len(counts)
    bars = "".join(
        f'<rect x="{at * step}" y="{HEIGHT - count / tallest * HEIGHT:.0f}" width="{step - 1}" '
        f'height="{count / tallest * HEIGHT:.0f}" fill="#6ab"><title>{at}초: {count}개</title></rect>'
        for at, count in enumerate(counts)
    )
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}">{bars}</svg>'
        f"<p>왼쪽 끝 0초, 오른쪽 끝 {LONGEST}초 이상. 답 {len(times)}개.</p>"
    )


def _is_timed(record: Record) -> bool:
    return "first_token" in record.get("seconds", {})


def _figures(figures: dict[str, float]) -> str:
    rows = "".join(f"<tr><th>{name}<td>{value:.3f}" for name, value in figures.items())
    return f"<table>{rows}</table>"


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
    return (
        f'<details><summary><b class="{mark}">{label}</b> {escape(str(question.get("id") or ""))} '
        f"{escape(question['question'])}</summary><table>{rows}</table>"
        f"{''.join(map(_citation, record.get('citations', [])))}"
        f"<ol>{''.join(map(_passage, record.get('passages', [])))}</ol></details>"
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


def _passage(passage: dict[str, Any]) -> str:
    pages = ", ".join(map(str, passage["pages"]))
    used = " <b>근거로 씀</b>" if passage.get("relevant") else ""
    return f"<li>{escape(passage['document'])} {pages}쪽{used}"
