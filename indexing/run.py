"""Index what the settings name: which library, which embeddings."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.open import make_vector_opener
from graph.settings import Settings
from graph.spending import open_ledger, open_meter
from indexing.contextual import ContextualHeaders
from indexing.estimate import Estimate, choose_header_window, estimate_work
from models.chat.open import OnLine, open_chat
from models.connect.choose import choose_chat, choose_embedding
from models.embedding.open import open_embeddings
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from retrieval.errors import EmptyIndex, UserError
from retrieval.ingest import progress as progresses
from retrieval.ingest.again import index_document_again
from retrieval.ingest.headers import is_contextual
from retrieval.ingest.ledger import discover_files, index_files, plan_files
from retrieval.ingest.rebuild import find_originals, rebuild_documents
from retrieval.ingest.results import IndexResult
from retrieval.ingest.workload import Workload
from retrieval.parsing.files import count_other_kinds, list_readable_files
from retrieval.parsing.workers import Passwords
from retrieval.store.contents import Document
from retrieval.store.database import SPEED
from retrieval.store.library import Library
from retrieval.store.successor import open_successor

# Passwords that are asked for a file.
MOST_TRIES = 3

# Whether the user pays for it.
Consents = Callable[[Estimate], bool]
# The password of a file, or None.
AskPassword = Callable[[Path], str | None]


def ask_nobody(path: Path) -> None:
    """Nobody is there to be asked for a password."""


class CostDeclined(UserError):
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
    ask_password: AskPassword = ask_nobody,
    owner: str = "",
) -> tuple[list[IndexResult], Estimate]:
    """What indexing the paths would do and take; nothing is written and no model asked."""
    library = Library(settings.home)
    if contextual is None:
        contextual = library.exists() and is_contextual(library)
    files = list_readable_files(paths, apart_from=settings.home)
    passwords = _choose_passwords(settings, ask_password)
    planned, work = plan_files(
        discover_files(files, owner=owner),
        library=library,
        with_headers=contextual,
        passwords=passwords,
    )
    return planned, _estimate_work(settings, work, contextual)


def count_passed_over(settings: Settings, paths: Sequence[Path]) -> Mapping[str, int]:
    """How many files of each suffix indexing the paths passes over: their kinds are not read."""
    return count_other_kinds(paths, apart_from=settings.home)


def plan_rebuild(
    settings: Settings,
    *,
    contextual: bool | None = None,
    ask_password: AskPassword = ask_nobody,
) -> tuple[list[IndexResult], Estimate]:
    """The same of making the library anew."""
    library = _open_existing(settings)
    if contextual is None:
        contextual = is_contextual(library)
    passwords = _choose_passwords(settings, ask_password)
    planned, work = plan_files(
        find_originals(library),
        library=open_successor(library),
        with_headers=contextual,
        passwords=passwords,
    )
    work = replace(work, headers=work.headers | library.read_header_keys())
    return planned, _estimate_work(settings, work, contextual)


def index_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: progresses.OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
    owner: str = "",
) -> list[IndexResult]:
    """Bring the PDFs and texts among files and below folders into the library.

    `contextual`: the chat model writes the passages' headers; None: as it was before.
    `owner`: whose the papers are to be; empty: everybody's.
    `consents` is asked before more is paid than the settings allow.
    """
    files = list_readable_files(paths, apart_from=settings.home)
    passwords = _choose_passwords(settings, ask_password)
    run = partial(
        index_files, files, library=Library(settings.home), passwords=passwords, owner=owner
    )
    return _run_indexing(run, settings, contextual, consents, progress, on_line)


def rebuild_library(
    settings: Settings,
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: progresses.OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Make the library anew with today's settings; the old one is searched until it is done."""
    run = partial(
        rebuild_documents,
        _open_existing(settings),
        passwords=_choose_passwords(settings, ask_password),
    )
    return _run_indexing(run, settings, contextual, consents, progress, on_line)


def index_again(
    settings: Settings,
    document: Document,
    *,
    consents: Consents = lambda estimate: True,
    progress: progresses.OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Read one document again, one that was taken out as well; until it is done it stays as it was."""
    run = partial(
        index_document_again,
        document,
        library=_open_existing(settings),
        passwords=_choose_passwords(settings, ask_password),
    )
    return _run_indexing(run, settings, None, consents, progress, on_line)


def _run_indexing(
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
        on_line("이 라이브러리의 머리말은 채팅 모델이 씁니다(제목만 쓰려면 --no-contextual)")

    estimate: Estimate | None = None

    def agreed(work: Workload) -> None:
        nonlocal estimate
        estimate = _estimate_work(settings, work, bool(contextual))
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


def _estimate_work(settings: Settings, work: Workload, contextual: bool) -> Estimate:
    """What work takes, at the speed of the library's last run where it had the same model."""
    library = Library(settings.home)
    embedding = str(choose_embedding(settings.embedding_model))
    is_measured = library.exists() and library.read_setting("embedding") == embedding
    speed = library.read_setting(SPEED) if is_measured else None
    return estimate_work(
        settings, work, contextual=contextual, speed=float(speed) if speed else None
    )


def _open_existing(settings: Settings) -> Library:
    library = Library(settings.home)
    if not library.exists():
        raise EmptyIndex(settings.home)
    return library


def _choose_passwords(settings: Settings, ask: AskPassword) -> Passwords:
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
    consents: Consents = lambda estimate: True,
    progress: progresses.OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Try the files again that were not read, or not embedded as a whole; UserError for none."""
    failed = [
        one
        for one in Library(settings.home).list_documents()
        if one.state in ("new", "failed") or one.unembedded
    ]
    there = [one for one in failed if one.path.is_file()]
    if not there:
        raise UserError(
            "다시 시도할 파일이 없습니다. 실패한 파일이 없거나 옮겨졌습니다. (No failed file to retry.)"
        )
    return [
        result
        for owner in dict.fromkeys(one.owner for one in there)
        for result in index_paths(
            settings,
            [Path(one.source) for one in there if one.owner == owner],
            consents=consents,
            progress=progress,
            on_line=on_line,
            ask_password=ask_password,
            owner=owner,
        )
    ]


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
