"""Index what the settings name: which library, which embeddings."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from graph.estimate import Estimate, estimated
from graph.open import Told, vectors_of
from graph.settings import Settings
from models.chat import open_chat, window_of
from models.choose import choose_chat, choose_embedding
from models.embedding import open_embeddings
from models.errors import MODEL_FAULTS, explained
from nodes.contextual import ContextualHeaders
from retrieval.errors import UserError
from retrieval.files import readable_files
from retrieval.headers import is_contextual
from retrieval.index import Indexed, Progress, index_files, plan_files
from retrieval.library import Document, Library
from retrieval.upkeep import Agreement, agreements, remove
from retrieval.vectors import VectorIndex
from retrieval.work import Work
from retrieval.workers import Passwords

# Passwords that are asked for a file.
MOST_TRIES = 3


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
    ask_password: Callable[[Path], str | None] = lambda path: None,
) -> tuple[list[Indexed], Estimate]:
    """What indexing the paths would do and take; nothing is written and no model asked."""
    library = Library(settings.home)
    if contextual is None:
        contextual = library.exists() and is_contextual(library)
    files = readable_files(paths, apart_from=settings.home)
    planned, work = plan_files(files, library=library, passwords=_passwords(settings, ask_password))
    return planned, estimated(settings, work, contextual=contextual)


def index_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    contextual: bool | None = None,
    consents: Callable[[Estimate], bool] = lambda estimate: True,
    progress: Callable[[Progress], None] = lambda progress: None,
    told: Told = lambda line: None,
    ask_password: Callable[[Path], str | None] = lambda path: None,
) -> list[Indexed]:
    """Bring the PDFs and texts among files and below folders into the library.

    `contextual`: the chat model writes the passages' headers; None: as it was before.
    `consents` is asked before more is paid than the settings allow.
    """
    files = readable_files(paths, apart_from=settings.home)
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(choice, timeout=settings.timeout)
    library = Library(settings.home)
    if contextual is None and (contextual := is_contextual(library)):
        told("이 라이브러리의 머리말은 채팅 모델이 씁니다(제목만 쓰려면 --no-contextual)")

    def agreed(work: Work) -> None:
        estimate = estimated(settings, work, contextual=bool(contextual))
        if (estimate.usd or 0) > settings.consent_usd and not consents(estimate):
            raise Declined

    try:
        return index_files(
            files,
            library=library,
            vectors=vectors_of(settings, embeddings),
            embedding=str(choice),
            headers=partial(open_headers, settings, told=told) if contextual else None,
            agreed=agreed,
            progress=progress,
            passwords=_passwords(settings, ask_password),
        )
    except MODEL_FAULTS as fault:
        raise explained(fault) from fault


def _passwords(settings: Settings, ask: Callable[[Path], str | None]) -> Passwords:
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
    progress: Callable[[Progress], None] = lambda progress: None,
    ask_password: Callable[[Path], str | None] = lambda path: None,
) -> list[Indexed]:
    """Read the files again that could not be read; UserError where there are none any more."""
    failed = [one for one in Library(settings.home).documents() if one.state == "failed"]
    there = [path for one in failed if (path := Path(one.source)).is_file()]
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
    at_once = settings.contextual_parallel if choice.kind == "openai" else 1
    return ContextualHeaders(
        chat,
        model=str(choice),
        window=header_window(settings),
        at_once=at_once,
    )
