"""Run indexing with the models that the settings name, and at a price that is agreed to."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from graph.open import make_vector_opener
from graph.settings import Settings
from graph.spending import open_ledger, open_meter
from indexing.contextual import ContextualHeaders
from indexing.estimate import Estimate, choose_header_window, estimate_work
from language.catalogue import Text
from models.chat.open import OnLine, open_chat
from models.connect.choose import choose_chat, choose_embedding
from models.embedding.open import open_embeddings
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from retrieval.errors import UserError
from retrieval.ingest import progress as progresses
from retrieval.ingest.headers import is_contextual
from retrieval.ingest.results import IndexResult
from retrieval.ingest.workload import Workload
from retrieval.store.database import SPEED
from retrieval.store.library import Library

# Whether the user pays for it.
Consents = Callable[[Estimate], bool]


class CostDeclined(UserError):
    """The user does not want to pay for the run."""

    def __init__(self) -> None:
        super().__init__("indexing.stopped")


def run_indexing(
    run: Callable[..., list[IndexResult]],
    settings: Settings,
    contextual: bool | None,
    consents: Consents,
    progress: progresses.OnProgress,
    on_line: OnLine,
) -> list[IndexResult]:
    """Run with the models that the settings name."""
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(
        choice, timeout=settings.timeout, meter=open_meter(settings, choice)
    )
    if contextual is None and (contextual := is_contextual(Library(settings.home))):
        on_line(Text("indexing.contextual"))

    estimate: Estimate | None = None

    def agreed(work: Workload) -> None:
        nonlocal estimate
        estimate = estimate_run(settings, work, bool(contextual))
        open_ledger(settings).check_estimate(estimate.usd)
        if _needs_consent(estimate, settings) and not consents(estimate):
            raise CostDeclined

    def priced(progressed: progresses.Progress) -> None:
        note(replace(progressed, usd=estimate.sum_spent(progressed) if estimate else 0.0))

    try:
        with progresses.share_progress(settings.home, progress) as noted:
            note = progresses.add_time_left(noted)
            return run(
                vectors=make_vector_opener(settings, embeddings),
                embedding=str(choice),
                headers=partial(open_headers, settings, on_line=on_line) if contextual else None,
                agreed=agreed,
                progress=priced,
            )
    except MODEL_FAULTS as fault:
        raise explain_fault(fault) from fault


def _needs_consent(estimate: Estimate, settings: Settings) -> bool:
    """Whether the user is asked first: it costs too much, or OpenAI's price is not known here."""
    if estimate.usd is None:
        return bool(estimate.calls) and not os.environ.get("OPENAI_BASE_URL")
    return estimate.usd > settings.consent_usd


def estimate_run(settings: Settings, work: Workload, contextual: bool) -> Estimate:
    """What work takes, at the speed of the library's last run where it had the same model."""
    library = Library(settings.home)
    embedding = str(choose_embedding(settings.embedding_model))
    is_measured = library.exists() and library.read_setting("embedding") == embedding
    speed = library.read_setting(SPEED) if is_measured else None
    return estimate_work(
        settings, work, contextual=contextual, speed=float(speed) if speed else None
    )


def open_headers(settings: Settings, *, on_line: OnLine = lambda line: None) -> ContextualHeaders:
    """The chat model that the settings name, as a writer of headers."""
    choice = choose_chat(settings.chat_model)
    chat = open_chat(
        choice,
        timeout=settings.timeout,
        on_line=on_line,
        kept_in=settings.home,
        meter=open_meter(settings, choice),
    )
    # Side by side, each of the embedded server's slots would read the same paper for itself.
    at_once = settings.contextual_parallel if not choice.runs_here else 1
    return ContextualHeaders(
        chat,
        model=str(choice),
        window=choose_header_window(settings),
        at_once=at_once,
    )
