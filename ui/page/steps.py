"""What each step of the graph is called in Korean, and what it did."""

from collections.abc import Mapping, Sequence
from typing import Any

from retrieval.passages import Evidence, Hit, RetrieverScore
from ui.page.markdown_text import escape_text
from ui.page.sources import name_paper, shorten_name

NAMES = {
    "translate": "번역",
    "rewrite": "검색어",
    "retrieve": "검색",
    "grade": "근거 선별",
    "answer": "답변",
    "fallback": "거절",
}
ICONS = {
    "translate": "languages",
    "rewrite": "list",
    "retrieve": "search",
    "grade": "list-checks",
    "answer": "pencil",
    "fallback": "ban",
}
LEGS = {"bm25": "BM25", "vector": "벡터"}
NOTHING = "도움이 되는 근거를 찾지 못했습니다."


def summarise_step(node: str, state: Mapping[str, Any]) -> str:
    """The step's name, and its result in a word or two."""
    counted = {
        "rewrite": f" {len(state['question'].queries)}개" if state["question"].queries else "",
        "retrieve": f" · 구절 {len(state['passages'])}개",
        "grade": f" · {len(_by_passage(state['evidence']))}개 구절에서 {len(state['evidence'])}곳",
        "answer": f" · 인용 {len(state['citations'])}개",
    }
    return NAMES[node] + counted.get(node, "")


def describe_step(node: str, state: Mapping[str, Any]) -> str:
    """What the step did, as Markdown."""
    match node:
        case "translate":
            return f"영어 질문: **{escape_text(state['question'].english)}**"
        case "rewrite":
            return _queries(state["question"].queries)
        case "retrieve":
            return _passages(state["passages"])
        case "grade":
            return _evidence(state["evidence"])
        case "answer" if state["outcome"] == "answered":
            return f"논문의 문장 {len(state['citations'])}개를 근거로 답했습니다."
        case _:
            return "논문에 근거가 부족하여 답하지 않았습니다."


def _queries(queries: Sequence[str]) -> str:
    if not queries:
        return "더한 검색어 없이 질문 그대로 검색합니다."
    return "\n".join(f"- {escape_text(query)}" for query in queries)


def _passages(hits: Sequence[Hit]) -> str:
    """A table of what was found, with each leg's rank and score."""
    rows = [
        [
            str(rank),
            escape_text(shorten_name(hit.passage)),
            ", ".join(map(str, hit.passage.pages)),
            f"{hit.score:.2f}",
            *(_leg(hit.legs.get(leg)) for leg in LEGS),
        ]
        for rank, hit in enumerate(hits, start=1)
    ]
    head = ["순위", "논문", "쪽", "점수", *LEGS.values()]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def _leg(leg: RetrieverScore | None) -> str:
    return f"{leg.rank}위\u00a0({leg.score:.2f})" if leg else "–"


def _evidence(evidence: Sequence[Evidence]) -> str:
    if not evidence:
        return NOTHING
    return "\n\n".join(
        f"**{escape_text(name_paper(pieces[0].passage))}** · {pieces[0].page}쪽\n"
        + "\n".join(f"- {escape_text(piece.quote)}" for piece in pieces)
        for pieces in _by_passage(evidence).values()
    )


def _by_passage(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """The evidence of each passage, best passage first."""
    pieces: dict[str, list[Evidence]] = {}
    for piece in evidence:
        pieces.setdefault(piece.passage.id, []).append(piece)
    return pieces
