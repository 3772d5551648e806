"""An overview by a small model: each chosen sentence of the paper put into Korean, by itself."""

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langgraph.config import get_stream_writer

from nodes.citing.checks import GARBLED, Fault, SentenceCheck
from nodes.citing.draft import LOOP
from nodes.citing.stream import QUOTES
from nodes.kinds import Kind, find_page
from nodes.profile import Answer
from nodes.prompts import fence_text
from nodes.question import Question
from nodes.replies import ask_for_text
from nodes.small.into_korean import prepare_words
from nodes.small.prompts import PUT_INTO_KOREAN_WITHOUT_QUESTION
from retrieval.passages import Evidence

OPENINGS: dict[Kind, str] = {
    "overview": "‘{}’을(를) 앞에서부터 옮기면 다음과 같습니다.",
    "abstract": "‘{}’의 초록입니다.",
    "contributions": "‘{}’이(가) 내세우는 점입니다.",
    "limits": "‘{}’이(가) 스스로 밝힌 한계입니다.",
    "conclusion": "‘{}’의 결론을 옮기면 다음과 같습니다.",
    "page": "‘{}’의 {page}쪽을 앞에서부터 옮기면 다음과 같습니다.",
}
ENGLISH_OPENING = "From ‘{}’:"


async def render_points(
    question: Question, evidence: Sequence[Evidence], *, model: BaseChatModel
) -> Answer:
    """Each sentence in Korean, shown as it is done; the sentence itself where its Korean fails."""
    tell = get_stream_writer()
    tell({"answer": None})
    text, quotes, paper = "", 0, ""
    for number, piece in enumerate(evidence, start=1):
        opening = ""
        if piece.passage.document != paper:
            paper = piece.passage.document
            title = piece.passage.title or paper
            opening = ("\n\n" if text else "") + _open_points(question, title) + "\n"
        is_korean = question.language == "Korean"
        words = await _put_into_korean(piece, question, model) if is_korean else None
        quotes += words is None
        words = words or QUOTES[question.language].format(" ".join(piece.quote.split()))
        told = f"{opening}\n- {words} [{number}]"
        text += told
        tell({"answer": told})
    return Answer(text=text, citations=list(evidence), is_quoted=quotes == len(evidence))


def _open_points(question: Question, title: str) -> str:
    is_korean = question.language == "Korean"
    return (OPENINGS[question.kind] if is_korean else ENGLISH_OPENING).format(
        title, page=find_page(question.asked)
    )


async def _put_into_korean(piece: Evidence, question: Question, model: BaseChatModel) -> str | None:
    """A sentence in Korean; None where that has a fault."""
    korean, faults = await render_sentence(piece, question, model)
    return None if faults else korean


async def render_sentence(
    piece: Evidence, question: Question, model: BaseChatModel
) -> tuple[str, Sequence[Fault]]:
    """A sentence in Korean, and what is wrong with that: its source is told in its place then."""
    words = prepare_words(fence_text(" ".join(piece.quote.split())), question)
    told = await ask_for_text(PUT_INTO_KOREAN_WITHOUT_QUESTION | model, {"answer": words})
    korean = " ".join(told.split())
    faults = [*SentenceCheck(question.asked).find_faults(korean, [piece])]
    if LOOP.search(korean):
        faults.append(Fault(korean, "it goes round in circles", GARBLED))
    return korean, faults
