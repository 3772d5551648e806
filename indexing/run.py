"""Index what the settings name: which library, which embeddings."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from graph.settings import Settings
from indexing.estimate import Estimate
from indexing.passwords import AskPassword, ask_nobody, choose_passwords
from indexing.running import Consents, estimate_run, run_indexing
from indexing.sources import fetch_addresses, part_sources
from models.chat.open import OnLine
from retrieval.errors import EmptyIndex, UserError
from retrieval.ingest.again import index_document_again
from retrieval.ingest.discovery import discover_files
from retrieval.ingest.headers import is_contextual
from retrieval.ingest.ledger import index_files, plan_files
from retrieval.ingest.progress import OnProgress
from retrieval.ingest.rebuild import find_originals, rebuild_documents
from retrieval.ingest.results import IncomingFile, IndexResult
from retrieval.sources import Source, WebAddress
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.successor import open_successor


def plan_paths(
    settings: Settings,
    paths: Sequence[Source],
    *,
    contextual: bool | None = None,
    ask_password: AskPassword = ask_nobody,
    owner: str = "",
) -> tuple[list[IndexResult], Estimate]:
    """What indexing the paths would do and take; nothing is written and no model asked."""
    library = Library(settings.home)
    if contextual is None:
        contextual = library.exists() and is_contextual(library)
    addresses, files = part_sources(settings, paths)
    passwords = choose_passwords(settings, ask_password)
    with fetch_addresses(settings, addresses, owner=owner) as fetched:
        planned, work = plan_files(
            [*fetched, *discover_files(files, owner=owner)],
            library=library,
            with_headers=contextual,
            passwords=passwords,
        )
    return planned, estimate_run(settings, work, contextual)


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
    passwords = choose_passwords(settings, ask_password)
    planned, work = plan_files(
        find_originals(library),
        library=open_successor(library),
        with_headers=contextual,
        passwords=passwords,
    )
    work = replace(work, headers=work.headers | library.read_header_keys())
    return planned, estimate_run(settings, work, contextual)


def index_paths(
    settings: Settings,
    paths: Sequence[Source],
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
    owner: str = "",
) -> list[IndexResult]:
    """Bring the PDFs and texts among files, below folders and at addresses into the library.

    `contextual`: the chat model writes the passages' headers; None: as it was before.
    `owner`: whose the papers are to be; empty: everybody's.
    `consents` is asked before more is paid than the settings allow.
    """
    addresses, files = part_sources(settings, paths)
    passwords = choose_passwords(settings, ask_password)
    index = partial(
        index_files, files, library=Library(settings.home), passwords=passwords, owner=owner
    )

    def run(*, progress: OnProgress, **given: Any) -> list[IndexResult]:
        with fetch_addresses(settings, addresses, owner=owner, progress=progress) as fetched:
            return index(fetched=fetched, progress=progress, **given)

    return run_indexing(run, settings, contextual, consents, progress, on_line)


def index_incoming(
    settings: Settings,
    files: Sequence[IncomingFile],
    *,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
    ask_password: AskPassword = ask_nobody,
    owner: str = "",
) -> list[IndexResult]:
    """Bring files into the library that lie below its own folder, as those do that came by the chat."""
    run = partial(
        index_files,
        [],
        library=Library(settings.home),
        passwords=choose_passwords(settings, ask_password),
        fetched=[replace(file, owner=owner) for file in files],
    )
    return run_indexing(run, settings, None, consents, progress, lambda line: None)


def rebuild_library(
    settings: Settings,
    *,
    contextual: bool | None = None,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Make the library anew with today's settings; the old one is searched until it is done."""
    run = partial(
        rebuild_documents,
        _open_existing(settings),
        passwords=choose_passwords(settings, ask_password),
    )
    return run_indexing(run, settings, contextual, consents, progress, on_line)


def index_again(
    settings: Settings,
    document: Document,
    *,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Read one document again, one that was taken out as well; until it is done it stays as it was.

    From its address, where it came from one and its original is gone.
    """
    library, source = _open_existing(settings), document.origin
    is_kept = document.is_read and library.original_path(document.sha256).exists()
    addresses = [source] if isinstance(source, WebAddress) and not is_kept else []
    index = partial(
        index_document_again,
        document,
        library=library,
        passwords=choose_passwords(settings, ask_password),
    )

    def run(*, progress: OnProgress, **given: Any) -> list[IndexResult]:
        owner = document.owner
        with fetch_addresses(settings, addresses, owner=owner, progress=progress) as fetched:
            return index(fetched=fetched, progress=progress, **given)

    return run_indexing(run, settings, None, consents, progress, on_line)


def retry_failed(
    settings: Settings,
    *,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
    on_line: OnLine = lambda line: None,
    ask_password: AskPassword = ask_nobody,
) -> list[IndexResult]:
    """Try the files again that were not read, or not embedded as a whole; UserError for none."""
    failed = [
        one
        for one in Library(settings.home).list_documents()
        if one.state in ("new", "failed") or one.unembedded
    ]
    sources = [(one.origin, one.owner) for one in failed]
    there = [one for one in sources if _is_there(one[0], settings)]
    if not there:
        raise UserError("indexing.nothing_failed")
    return [
        result
        for owner in dict.fromkeys(owner for _, owner in there)
        for result in index_paths(
            settings,
            [source for source, whose in there if whose == owner],
            consents=consents,
            progress=progress,
            on_line=on_line,
            ask_password=ask_password,
            owner=owner,
        )
    ]


def _is_there(source: Source, settings: Settings) -> bool:
    """Whether a source can be indexed again; what came by the chat is tried again there."""
    if isinstance(source, WebAddress):
        return True
    return source.is_file() and not source.is_relative_to(settings.home.resolve())


def _open_existing(settings: Settings) -> Library:
    library = Library(settings.home)
    if not library.exists():
        raise EmptyIndex(settings.home)
    return library
