"""What `munheon eval` measures: answers, searches, or two runs side by side."""

from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from contextlib import closing
from pathlib import Path
from typing import Any

from evaluation.batch import ask_all, search_all
from evaluation.compare import compared, served_by_kind
from evaluation.ladder import CHAINS, climbed, embedded, possible, texts_of, understood
from evaluation.questions import Question
from evaluation.report import page
from evaluation.retrieval import DEPTH, retrieval_figures
from evaluation.scores import (
    answer_figures,
    answer_intervals,
    is_answerable,
    read_records,
    tokens_of,
    verified_share,
)
from graph.open import open_graph, open_model, open_profile, open_search
from graph.settings import Settings
from indexing.estimate import price_of
from models.cassette import Cassette
from models.choose import choose_chat
from models.prices import dollars
from nodes.profile import ModelProfile
from nodes.state import RunOptions
from retrieval.errors import UserError
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from ui.command import terminal

# What each kind of measurement can be told besides.
OPTIONS = {
    "--answers": {"--records", "--html", "--cassette"},
    "--retrieval": {"--use-english", "--no-model", "--records", "--html", "--cassette"},
    "--ladder": {"--use-english", "--no-model", "--cassette"},
    "--compare": {"--records"},
    "--make": set(),
}


def check_options(given: Set[str]) -> None:
    """UserError where options do not go together: one would be passed over in silence."""
    asked = [name for name in OPTIONS if name in given]
    measured = asked[0] if asked else "--answers"
    further = sorted(given - {measured} - OPTIONS[measured])
    if {"--records", "--cassette"} <= given:  # what is read from records asks no model
        measured, further = "--records", ["--cassette"]
    if further:
        raise UserError(
            f"{measured}와(과) {', '.join(further)}은(는) 함께 쓸 수 없습니다. (These options do not go together.)"
        )


def score_answers(
    settings: Settings,
    questions: Sequence[Question],
    records: Path | None,
    html: Path | None,
    *,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of the answers in a file, or of asking now; written as a page where asked for."""
    if records:
        answers = read_records(records, questions, searches=False)
    else:
        graph = open_graph(settings, told=terminal.tell, cassette=cassette)
        asked = unfailed(ask_all(graph, questions), cassette)
        answers = list(terminal.counted(asked, len(questions), shown=True))
    if html:
        _write(html, page(questions, answers, replayed=bool(cassette and cassette.played)))
    library, tokens = Library(settings.home), tokens_of(answers)
    held = library.passages() if library.exists() else []
    return {
        **answer_figures(questions, answers),
        "intervals": answer_intervals(questions, answers),
        "kinds": served_by_kind(questions, answers),
        "verified": verified_share(answers, held),
        "tokens": tokens,
        "usd": None if records or (cassette and cassette.played) else cost_of(settings, tokens),
    }


def cost_of(settings: Settings, tokens: Mapping[str, int]) -> float | None:
    """What the chat model's tokens have cost, in dollars; None where its price is not known."""
    price = price_of(settings, choose_chat(settings.chat_model))
    return dollars(price, fresh=tokens["input"], output=tokens["output"]) if price else None


def score_search(
    settings: Settings,
    questions: Sequence[Question],
    *,
    translates: bool,
    records: Path | None = None,
    html: Path | None = None,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of the searches in a file, or of searching now; of questions with an answer."""
    if records:
        found = read_records(records, questions, searches=True)
        pairs = zip(questions, found, strict=True)
        found = [record for question, record in pairs if is_answerable(question)]
    sought = [question for question in questions if is_answerable(question)]
    if not records:
        needs_model = translates and not all("question_en" in question for question in sought)
        search = open_search(settings, cassette=cassette)
        profile = _open_profile(settings, search, cassette) if needs_model else None
        asking = search_all(search, sought, options=RunOptions(passages=DEPTH), profile=profile)
        searches = unfailed(asking, cassette)
        found = list(terminal.counted(searches, len(sought), shown=True))
    if html:
        _write(html, page(sought, found, replayed=bool(cassette and cassette.played)))
    return retrieval_figures(sought, found)


def _open_profile(
    settings: Settings, search: HybridSearch, cassette: Cassette | None
) -> ModelProfile:
    return open_profile(settings, search, told=terminal.tell, cassette=cassette)


def unfailed(
    records: Generator[dict[str, Any], None, None], cassette: Cassette | None
) -> Iterator[dict[str, Any]]:
    """The records, up to one that its cassette failed: the others would fare no better."""
    with closing(records):  # left open, its event loop would keep the process from ending
        for record in records:
            if cassette and cassette.fault:
                raise cassette.fault
            yield record


def climb(
    settings: Settings,
    questions: Sequence[Question],
    *,
    asks_model: bool,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of each rung of the ladder; without a model, of those that need none."""
    sought = [question for question in questions if is_answerable(question)]
    search = open_search(settings, cassette=cassette)
    model = open_model(settings, told=terminal.tell, cassette=cassette) if asks_model else None
    profile = _open_profile(settings, search, cassette) if asks_model else None
    understanding = understood(sought, model=model, profile=profile)
    asked = list(terminal.counted(understanding, len(sought), shown=True))
    passages = search.passages()
    chains = possible(passages, rewrites=asks_model)
    texts = texts_of(chains, passages)
    vectors = terminal.counted(
        embedded(texts, search.embeddings), len(texts), shown=True, what="구절"
    )
    rungs = climbed(
        asked,
        search,
        chains,
        vectors=dict(zip(texts, vectors, strict=True)),
    )
    left_out = [chain.name for chain in CHAINS if chain not in chains]
    return {"rungs": dict(rungs), "left_out": left_out}


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
