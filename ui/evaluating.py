"""What `munheon eval` measures: answers, searches, or two runs side by side."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from evaluation.batch import ask_all, search_all
from evaluation.compare import compared
from evaluation.ladder import climbed, rungs
from evaluation.questions import Question
from evaluation.report import page
from evaluation.retrieval import DEPTH, retrieval_figures
from evaluation.scores import (
    answer_figures,
    is_answerable,
    read_records,
    tokens_of,
    verified_share,
)
from graph.estimate import price_of
from graph.open import open_graph, open_model, open_search
from graph.settings import Settings
from models.choose import choose_chat
from models.prices import dollars
from nodes.state import Knobs
from retrieval.errors import UserError
from retrieval.library import Library
from ui import terminal

# What each kind of measurement can be told besides.
OPTIONS = {
    "--answers": {"--records", "--html"},
    "--retrieval": {"--use-english", "--no-model"},
    "--ladder": set(),
    "--compare": {"--records"},
    "--make": set(),
}


def check_options(given: Set[str]) -> None:
    """UserError where options do not go together: one would be passed over in silence."""
    asked = [name for name in OPTIONS if name in given]
    measured = asked[0] if asked else "--answers"
    further = sorted(given - {measured} - OPTIONS[measured])
    if further:
        raise UserError(
            f"{measured}와(과) {', '.join(further)}은(는) 함께 쓸 수 없습니다. (These options do not go together.)"
        )


def score_answers(
    settings: Settings, questions: Sequence[Question], records: Path | None, html: Path | None
) -> dict[str, Any]:
    """The figures of the answers in a file, or of asking now; written as a page where asked for."""
    if records:
        answers = read_records(records, questions)
    else:
        asked = ask_all(open_graph(settings, told=terminal.tell), questions)
        answers = list(terminal.counted(asked, len(questions), shown=True))
    if html:
        _write(html, page(questions, answers))
    library, tokens = Library(settings.home), tokens_of(answers)
    held = library.passages() if library.exists() else []
    return {
        **answer_figures(questions, answers),
        "verified": verified_share(answers, held),
        "tokens": tokens,
        "usd": None if records else cost_of(settings, tokens),
    }


def cost_of(settings: Settings, tokens: Mapping[str, int]) -> float | None:
    """What the chat model's tokens have cost, in dollars; None where its price is not known."""
    choice = choose_chat(settings.chat_model)
    if choice.kind != "openai":
        return 0.0
    price = price_of(settings, choice)
    return dollars(price, fresh=tokens["input"], output=tokens["output"]) if price else None


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
