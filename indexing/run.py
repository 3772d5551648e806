"""Index what the settings name: which library, which embeddings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.open import Told, vectors_of
from graph.settings import Settings
from indexing.contextual import ContextualHeaders
from indexing.estimate import Estimate, estimated
from models.chat import open_chat, window_of
from models.choose import choose_chat, choose_embedding
from models.embedding import open_embeddings
from models.errors import MODEL_FAULTS, explained
from retrieval.errors import NothingIndexed, UserError
from retrieval.ingest import progress as progresses
from retrieval.ingest.headers import is_contextual
from retrieval.ingest.ledger import Indexed, incoming, index_files, plan_files
from retrieval.ingest.rebuild import originals, rebuild
from retrieval.ingest.upkeep import Agreement, agreements, remove
from retrieval.ingest.workload import Work
from retrieval.parsing.files import readable_files
from retrieval.parsing.workers import Passwords
from retrieval.store.contents import Document
from retrieval.store.database import SPEED
from retrieval.store.library import Library
from retrieval.store.successor import successor_of
from retrieval.store.vectors import VectorIndex

# Passwords that are asked for a file.
MOST_TRIES = 3

# Whether the user pays for it.
Consents = Callable[[Estimate], bool]
# The password of a file, or None.
AskPassword = Callable[[Path], str | None]


def nobody(path: Path) -> None:
    """Nobody is there to be asked for a password."""


class Declined(UserError):
    """The user does not want to pay for the run."""

    def __init__(self) -> None:
        super().__init__(
            "색인을 멈췄습니다. 읽은 문서는 남아 있으니 다시 실행하면 이어서 합니다. (Stopped: what was read is kept.)"
        )


def plan_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    contextual: bool | None = None,
    ask_password: AskPassword = nobody,
) -> tuple[list[Indexed], Estimate]:
    """What indexing the paths would do and take; nothing is written and no model asked."""
    library = Library(settings.home)
    if contextual is None:
        contextual = library.exists() and is_contextual(library)
    files = readable_files(paths, apart_from=settings.home)
    passwords = _passwords(settings, ask_password)
    planned, work = plan_files(incoming(files), library=library, passwords=passwords)
    return planned, _estimated(settings, work, contextual)


def plan_rebuild(
    settings: Settings,
    *,
    contextual: bool | None = None,
    ask_password: AskPassword = nobody,
) -> tuple[list[Indexed], Estimate]:
    """The same of making the library anew."""
    library = _existing(settings)
    if contextual is None:
        contextual = is_contextual(library)
    passwords = _passwords(settings, ask_password)
    planned, work = plan_files(
        originals(library), library=successor_of(library), passwords=passwords
    )
    return planned, _estimated(settings, work, contextual)


def index_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: progresses.Told = lambda progress: None,
    told: Told = lambda line: None,
    ask_password: AskPassword = nobody,
) -> list[Indexed]:
    """Bring the PDFs and texts among files and below folders into the library.

    `contextual`: the chat model writes the passages' headers; None: as it was before.
    `consents` is asked before more is paid than the settings allow.
    """
    files = readable_files(paths, apart_from=settings.home)
    passwords = _passwords(settings, ask_password)
    run = partial(index_files, files, library=Library(settings.home), passwords=passwords)
    return _run(run, settings, contextual, consents, progress, told)


def rebuild_library(
    settings: Settings,
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: progresses.Told = lambda progress: None,
    told: Told = lambda line: None,
    ask_password: AskPassword = nobody,
) -> list[Indexed]:
    """Make the library anew with today's settings; the old one is searched until it is done."""
    run = partial(rebuild, _existing(settings), passwords=_passwords(settings, ask_password))
    return _run(run, settings, contextual, consents, progress, told)


def _run(
    run: Callable[..., list[Indexed]],
    settings: Settings,
    contextual: bool | None,
    consents: Consents,
    progress: progresses.Told,
    told: Told,
) -> list[Indexed]:
    """Run with the models that the settings name."""
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(choice, timeout=settings.timeout)
    if contextual is None and (contextual := is_contextual(Library(settings.home))):
        told("이 라이브러리의 머리말은 채팅 모델이 씁니다(제목만 쓰려면 --no-contextual)")

    estimate: Estimate | None = None

    def agreed(work: Work) -> None:
        nonlocal estimate
        estimate = _estimated(settings, work, bool(contextual))
        if (estimate.usd or 0) > settings.consent_usd and not consents(estimate):
            raise Declined

    def priced(progressed: progresses.Progress) -> None:
        note(replace(progressed, usd=estimate.spent(progressed) if estimate else 0.0))

    try:
        with progresses.noted(settings.home, progress) as noted:
            note = progresses.with_time_left(noted)
            return run(
                vectors=vectors_of(settings, embeddings),
                embedding=str(choice),
                headers=partial(open_headers, settings, told=told) if contextual else None,
                agreed=agreed,
                progress=priced,
            )
    except MODEL_FAULTS as fault:
        raise explained(fault) from fault


def _estimated(settings: Settings, work: Work, contextual: bool) -> Estimate:
    """What work takes, at the speed of the library's last run."""
    library = Library(settings.home)
    speed = library.setting(SPEED) if library.exists() else None
    return estimated(settings, work, contextual=contextual, speed=float(speed) if speed else None)


def _existing(settings: Settings) -> Library:
    library = Library(settings.home)
    if not library.exists():
        raise NothingIndexed(settings.home)
    return library


def _passwords(settings: Settings, ask: AskPassword) -> Passwords:
    """The password of the settings first, then what the user types; three times at most."""
    given = settings.pdf_password.get_secret_value()

    def password(path: Path, tries: int) -> str | None:
        if given and tries == 0:
            return given
        return ask(path) if tries < MOST_TRIES + bool(given) else None

    return password


def retry_failed(
    settings: Settings,
    *,
    progress: progresses.Told = lambda progress: None,
    ask_password: AskPassword = nobody,
) -> list[Indexed]:
    """Read the files again that were not read; UserError where there are none any more."""
    unread = [one for one in Library(settings.home).documents() if one.state in ("new", "failed")]
    there = [path for one in unread if (path := Path(one.source)).is_file()]
    if not there:
        raise UserError(
            "다시 시도할 파일이 없습니다. 실패한 파일이 없거나 옮겨졌습니다. (No failed file to retry.)"
        )
    return index_paths(settings, there, progress=progress, ask_password=ask_password)


def remove_documents(settings: Settings, documents: Sequence[Document]) -> None:
    """Take documents out of the library."""
    remove(documents, library=Library(settings.home), vectors=_vectors(settings))


def check_legs(settings: Settings) -> list[Agreement]:
    """Whether each leg of the search holds what the ledger says."""
    return agreements(Library(settings.home), _vectors(settings)())


def _vectors(settings: Settings) -> Callable[[], VectorIndex]:
    choice = choose_embedding(settings.embedding_model)
    return vectors_of(settings, open_embeddings(choice, timeout=settings.timeout))


def header_window(settings: Settings) -> int:
    """How many tokens the writer of headers can read; it needs not be opened for that."""
    return settings.context_tokens or window_of(choose_chat(settings.chat_model))


def open_headers(settings: Settings, *, told: Told = lambda line: None) -> ContextualHeaders:
    """The chat model that the settings name, as a writer of headers."""
    choice = choose_chat(settings.chat_model)
    chat = open_chat(choice, timeout=settings.timeout, told=told)
    # Side by side, each of the embedded server's slots would read the same paper for itself.
    at_once = settings.contextual_parallel if not choice.runs_here else 1
    return ContextualHeaders(
        chat,
        model=str(choice),
        window=header_window(settings),
        at_once=at_once,
    )
