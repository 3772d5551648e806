"""What each step of the graph is called in Korean, and what it did."""

from collections.abc import Mapping, Sequence
from typing import Any

from language.catalogue import write_text
from nodes.refusal import Refusal, RefusalRule
from retrieval.passages import Evidence
from ui.page.found import tabulate_hits
from ui.page.markdown_text import escape_text
from ui.page.tracing.graded import describe_graded
from ui.page.tracing.replaced import describe_replaced
from ui.page.tracing.understood import describe_question

NAMES = {
    "translate": "steps.translate",
    "rewrite": "steps.rewrite",
    "retrieve": "steps.retrieve",
    "grade": "steps.grade",
    "answer": "steps.answer",
    "fallback": "steps.fallback",
}
ICONS = {
    "translate": "languages",
    "rewrite": "list",
    "retrieve": "search",
    "grade": "list-checks",
    "answer": "pencil",
    "fallback": "ban",
}
REFUSED = "논문에 근거가 부족하여 답하지 않았습니다."
READ_AS_A_WHOLE = "논문 전체에 관한 질문이라, 검색하지 않고 논문의 해당 절을 읽습니다."
NOT_SEARCHED = "라이브러리에 관한 말이라 논문을 검색하지 않았습니다."
REASONS: Mapping[RefusalRule, str] = {
    "nothing_found": "새로 찾은 구절이 없습니다.",
    "no_such_table": "그 논문에는 이 번호의 표가 없습니다.",
    "not_on_papers": "논문에 관한 질문이 아닙니다. 라이브러리의 논문에 관해 물어보세요.",
    "unknown_paper": "묻는 논문이 라이브러리에 없습니다.",
    "no_such_page": "묻는 논문이 라이브러리에 없거나, 그 쪽에 문장이 없습니다.",
    "nothing_relevant": "도움이 되는 근거를 찾지 못했습니다.",
    "unknown_name": "질문에 나온 이름을 모두 다루는 논문이 없습니다.",
    "no_such_unit": "질문이 묻는 단위의 값이 찾은 문장에 없습니다.",
    "no_such_column": "묻는 언어나 크기의 값이 표에 없습니다.",
    "no_amount": "수치를 물었으나 모델의 답에 수치가 없었습니다.",
    "off_topic": "모델이 답한 수치가 질문이 묻는 것을 다룬 문장의 것이 아니었습니다.",
    "uncertain_figure": "모델이 자신이 답한 수치를 확신하지 못했습니다.",
    "model_refused": "모델이 논문에 답이 없다고 했습니다.",
    "nothing_confirmed": "모델의 답에 근거로 확인되는 문장이 없었습니다.",
    "not_all_confirmed": "엄격하게 답하도록 정해져 있어, 확인되지 않은 문장이 있는 답을 버렸습니다.",
}


def name_step(node: str) -> str:
    """What a node is called."""
    return write_text(NAMES[node])


def sum_up_steps(state: Mapping[str, Any], cost: str) -> str:
    """All steps in a line: what was found, and what it took."""
    if not state["passages"]:
        return write_text("steps.summary_alone", cost=cost)
    passages, evidence = len(state["passages"]), len(state["evidence"])
    return write_text("steps.summary", passages=passages, evidence=evidence, cost=cost)


def summarise_step(node: str, state: Mapping[str, Any]) -> str:
    """The step's name, and its result in a word or two."""
    counted = {
        "rewrite": f" {len(state['question'].queries)}개" if state["question"].queries else "",
        "retrieve": f" · 구절 {len(state['passages'])}개",
        "grade": f" · {len(_by_passage(state['evidence']))}개 구절에서 {len(state['evidence'])}곳",
        "answer": f" · 인용 {len(state['citations'])}개",
    }
    return name_step(node) + counted.get(node, "")


def describe_step(node: str, state: Mapping[str, Any]) -> str:
    """What the step did, as Markdown."""
    match node:
        case "translate" | "rewrite" if state["question"].is_overview:
            return READ_AS_A_WHOLE
        case "translate" | "rewrite" | "retrieve" | "grade" if not (
            state["question"].is_searched_for or state["question"].is_overview
        ):
            return NOT_SEARCHED
        case "translate":
            return describe_question(state["question"])
        case "rewrite":
            return _queries(state["question"].queries)
        case "retrieve":
            return tabulate_hits(state["passages"])
        case "grade" if state["refusal"]:
            return f"{_refusal(state['refusal'])}\n\n{describe_graded(state)}".strip()
        case "grade":
            return describe_graded(state)
        case "answer" if state["outcome"] != "insufficient" and not state["citations"]:
            return NOT_SEARCHED
        case "answer" if state["outcome"] != "insufficient":
            cited = f"논문의 문장 {len(state['citations'])}개를 근거로 답했습니다."
            return f"{cited}\n\n{describe_replaced(state['replaced'])}".strip()
        case "answer" if state["refusal"]:
            return f"{REFUSED} {_refusal(state['refusal'])}"
        case _:
            return REFUSED


def _queries(queries: Sequence[str]) -> str:
    if not queries:
        return "더한 검색어 없이 질문 그대로 검색합니다."
    return "\n".join(f"- {escape_text(query)}" for query in queries)


def _refusal(refusal: Refusal) -> str:
    """Why nothing is answered, with the rule's name and what it met."""
    met = f"\n\n> {escape_text(' '.join(refusal.detail.split()))}" if refusal.detail else ""
    return f"{REASONS[refusal.rule]} (`{refusal.rule}`){met}"


def _by_passage(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """The evidence of each passage, best passage first."""
    pieces: dict[str, list[Evidence]] = {}
    for piece in evidence:
        pieces.setdefault(piece.passage.id, []).append(piece)
    return pieces
