"""What `munheon eval` measures: answers, searches, or two runs side by side."""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from contextlib import closing
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel

from evaluation.baselines import (
    BASELINES,
    collect_texts,
    embed_texts,
    measure_baselines,
    prepare_questions,
    select_baselines,
)
from evaluation.batch import ask_questions, search_questions
from evaluation.compare import compare_runs, count_served_by_kind
from evaluation.questions import QuestionRow
from evaluation.report import render_report
from evaluation.retrieval import SCORED_DEPTH, score_searches
from evaluation.scores import (
    bound_scores,
    is_answerable,
    measure_verified_share,
    read_records,
    score_answers,
    score_by_paper,
    sum_tokens,
)
from graph.open import open_graph, open_model, open_profile, open_search
from graph.settings import Settings
from graph.spending import open_ledger
from models.cassettes.cassette import Cassette
from models.connect.choose import choose_chat
from models.cost.prices import compute_dollars, find_price
from models.cost.spending import SpendingLedger
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from nodes.profile import ModelProfile
from nodes.state import RunOptions
from retrieval.errors import UserError
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from ui.command.progress import show_loading, track

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
        raise UserError("options.together", measured=measured, further=", ".join(further))


def check_folder(path: Path) -> None:
    """UserError where a file to be written later has no folder: what comes before may be dear."""
    if not path.parent.is_dir():
        raise UserError("options.no_folder", folder=path.parent)
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UserError("options.unwritable", file=path)


def evaluate_answers(
    settings: Settings,
    questions: Sequence[QuestionRow],
    records: Path | None,
    html: Path | None,
    *,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of the answers in a file, or of asking now; written as a page where asked for."""
    if html:
        check_folder(html)
    if records:
        answers = read_records(records, questions, searches=False)
    else:
        with show_loading() as on_progress:
            graph = open_graph(settings, on_line=on_progress, cassette=cassette)
        asked = stop_at_fault(ask_questions(graph, questions), cassette, open_ledger(settings))
        answers = list(track(asked, len(questions), is_shown=True))
    if html:
        _write_page(
            html, render_report(questions, answers, replayed=bool(cassette and cassette.played))
        )
    library, tokens = Library(settings.home), sum_tokens(answers)
    held = library.list_passages() if library.exists() else []
    return {
        **score_answers(questions, answers),
        "intervals": bound_scores(questions, answers),
        "kinds": count_served_by_kind(questions, answers),
        "papers": score_by_paper(questions, answers),
        "verified": measure_verified_share(answers, held),
        "tokens": tokens,
        "usd": None
        if records or (cassette and cassette.played)
        else price_tokens(settings, tokens),
    }


def price_tokens(settings: Settings, tokens: Mapping[str, int]) -> float | None:
    """What the chat model's tokens have cost at most, in dollars: as if none had been cached.

    None where its price is not known.
    """
    price = find_price(choose_chat(settings.chat_model), settings.prices)
    return compute_dollars(price, fresh=tokens["input"], output=tokens["output"]) if price else None


def evaluate_searches(
    settings: Settings,
    questions: Sequence[QuestionRow],
    *,
    translates: bool,
    records: Path | None = None,
    html: Path | None = None,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of the searches in a file, or of searching now; of questions with an answer."""
    if html:
        check_folder(html)
    if records:
        found = read_records(records, questions, searches=True)
        pairs = zip(questions, found, strict=True)
        found = [record for question, record in pairs if is_answerable(question)]
    sought = _select_answerable(questions)
    if not records:
        needs_model = translates and not all("question_en" in question for question in sought)
        search = open_search(settings, cassette=cassette)
        profile = _open_profile(settings, search, cassette) if needs_model else None
        options = RunOptions(passages=SCORED_DEPTH)
        asking = search_questions(search, sought, options=options, profile=profile)
        searches = stop_at_fault(asking, cassette, open_ledger(settings))
        found = list(track(searches, len(sought), is_shown=True))
    if html:
        _write_page(html, render_report(sought, found, replayed=bool(cassette and cassette.played)))
    return score_searches(sought, found)


def _select_answerable(questions: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The questions by which a search can be measured; UserError where there are none."""
    sought = [question for question in questions if is_answerable(question)]
    if not sought:
        raise UserError("asking.no_document")
    return sought


def _open_profile(
    settings: Settings, search: HybridSearch, cassette: Cassette | None
) -> ModelProfile:
    with show_loading() as on_progress:
        return open_profile(settings, search, on_line=on_progress, cassette=cassette)


def _open_model(settings: Settings, cassette: Cassette | None) -> BaseChatModel:
    with show_loading() as on_progress:
        return open_model(settings, on_line=on_progress, cassette=cassette)


def stop_at_fault(
    records: Generator[dict[str, Any], None, None],
    cassette: Cassette | None,
    ledger: SpendingLedger | None = None,
) -> Iterator[dict[str, Any]]:
    """The records, up to one that its cassette or the day's budget failed: others would fare no better."""
    with closing(records):  # left open, its event loop would keep the process from ending
        for record in records:
            if cassette and cassette.fault:
                raise cassette.fault
            if ledger and not cassette and "error" in record:
                ledger.check_budget()
            yield record


def evaluate_baselines(
    settings: Settings,
    questions: Sequence[QuestionRow],
    *,
    asks_model: bool,
    cassette: Cassette | None = None,
) -> dict[str, Any]:
    """The figures of each baseline and of our search; without a model, of those that need none."""
    sought = _select_answerable(questions)
    search = open_search(settings, cassette=cassette)
    model = _open_model(settings, cassette) if asks_model else None
    profile = _open_profile(settings, search, cassette) if asks_model else None
    prepared = prepare_questions(sought, model=model, profile=profile, catalogue=search)
    asked = list(track(prepared, len(sought), is_shown=True))
    passages = search.list_passages()
    baselines = select_baselines(passages, rewrites=asks_model)
    texts = collect_texts(baselines, passages)
    embedded = embed_texts(texts, search.embeddings)
    try:
        vectors = dict(
            zip(texts, track(embedded, len(texts), is_shown=True, what="구절"), strict=True)
        )
        rungs = dict(measure_baselines(asked, search, baselines, vectors=vectors))
    except MODEL_FAULTS as fault:
        raise explain_fault(fault) from fault
    left_out = [one.name for one in BASELINES if one not in baselines]
    return {"rungs": rungs, "left_out": left_out}


def compare_records(
    questions: Sequence[QuestionRow], first: Path | None, second: Path
) -> dict[str, Any]:
    """What a second run changed."""
    if first is None:
        raise UserError("options.compare")
    return compare_runs(questions, read_records(first, questions), read_records(second, questions))


def _write_page(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UserError("options.unwritable", file=path) from error
