"""What `munheon eval` measures: answers, searches, or two runs side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.batch import ask_all, search_all
from evaluation.compare import compared
from evaluation.ladder import climbed, rungs
from evaluation.questions import Question
from evaluation.report import page
from evaluation.retrieval import DEPTH, retrieval_figures
from evaluation.scores import answer_figures, is_answerable, read_records
from graph.open import open_graph, open_model, open_search
from graph.settings import Settings
from nodes.state import Knobs
from retrieval.errors import UserError
from ui import terminal


def score_answers(
    settings: Settings, questions: Sequence[Question], records: Path | None, html: Path | None
) -> dict[str, float]:
    """The figures of the answers in a file, or of asking now; written as a page where asked for."""
    if records:
        answers = read_records(records, questions)
    else:
        asked = ask_all(open_graph(settings, told=terminal.tell), questions)
        answers = list(terminal.counted(asked, len(questions), shown=True))
    if html:
        _write(html, page(questions, answers))
    return answer_figures(questions, answers)


def score_search(
    settings: Settings, questions: Sequence[Question], *, translates: bool
) -> dict[str, Any]:
    """The figures of searching for each question that has an answer."""
    sought = [question for question in questions if is_answerable(question)]
    needs_model = translates and not all("question_en" in question for question in sought)
    model = open_model(settings, told=terminal.tell) if needs_model else None
    found = search_all(open_search(settings), sought, knobs=Knobs(passages=DEPTH), model=model)
    records = list(terminal.counted(found, len(sought), shown=True))
    return retrieval_figures(sought, records)


def climb(settings: Settings, questions: Sequence[Question]) -> dict[str, Any]:
    """The figures of each rung of the ladder."""
    sought = [question for question in questions if is_answerable(question)]
    if not all("question_en" in question for question in sought):
        raise UserError(
            "--ladder에는 모든 질문의 question_en이 필요합니다. (Every question needs question_en.)"
        )
    search = open_search(settings)
    return dict(terminal.counted(climbed(search, sought), len(rungs(search)), shown=True))


def compare(questions: Sequence[Question], first: Path | None, second: Path) -> dict[str, Any]:
    """What a second run changed."""
    if first is None:
        raise UserError(
            "--compare에는 견줄 --records 파일도 주세요. (Give --records FILE as well.)"
        )
    return compared(questions, read_records(first, questions), read_records(second, questions))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UserError(f"{path}에 쓸 수 없습니다. (Cannot write the file.)") from error
