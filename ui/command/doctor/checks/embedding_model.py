"""The check of the embedding model: which it is, and whether its vectors fit the library."""

import time
from collections.abc import Iterator
from contextlib import suppress

from graph.settings import Settings
from graph.spending import open_meter
from language.catalogue import write_text
from models.connect.choose import Choice, choose_embedding
from models.embedding.open import open_embeddings
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from retrieval.errors import UserError, VectorSizeDiffers
from retrieval.store.library import Library
from ui.command.doctor.checks.chat_model import describe_choice
from ui.command.doctor.checks.turns import ledger_turn
from ui.command.doctor.finding import Finding, Subject, find_fault

# Asked for a vector; it says nothing of the user's papers.
TEXT = "The tides follow the moon."
KEPT_SIZE = "SELECT size FROM windows LIMIT 1"


def check_embedding_model(subject: Subject) -> Iterator[Finding]:
    """Which embedding model is taken, and whether a vector of the library's size comes back."""
    settings = subject.settings
    choice = choose_embedding(settings.embedding_model)
    told = describe_choice(choice, is_set=bool(settings.embedding_model))
    if subject.is_offline and not choice.runs_here:
        yield Finding("ok", write_text("doctor.not_asked", told=told))
    else:
        yield _ask_model(choice, settings, told)


def _ask_model(choice: Choice, settings: Settings, told: str) -> Finding:
    started = time.monotonic()
    try:
        embeddings = open_embeddings(
            choice, timeout=settings.timeout, meter=open_meter(settings, choice)
        )
        size = len(embeddings.embed_query(TEXT))
    except MODEL_FAULTS as fault:
        found = find_fault(explain_fault(fault))
        return Finding("error", f"{told}: {found.detail}", found.remedy)
    kept = _read_kept_size(Library(settings.home))
    if kept and kept != size:
        return find_fault(VectorSizeDiffers.of_sizes(kept, size))
    took = f"{time.monotonic() - started:.1f}"
    made = write_text("doctor.vector", size=size, seconds=took)
    return Finding("ok", f"{told}; {made}")


def _read_kept_size(library: Library) -> int | None:
    """How many numbers the vectors of the library have; None where there are none."""
    if not library.exists():
        return None
    with suppress(UserError), ledger_turn, library.connect() as connection:
        row = connection.execute(KEPT_SIZE).fetchone()
        return int(row[0]) if row else None
    return None  # another check tells why it cannot be read
