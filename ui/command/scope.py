"""Which papers a question is asked of: those that --papers and --collection name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from retrieval.errors import EmptyIndex

if TYPE_CHECKING:  # they load Chroma, which is not needed to tell what a command can do
    from graph.settings import Settings
    from retrieval.store.contents import Document
    from retrieval.store.library import Library

Command = TypeVar("Command", bound=Callable[..., object])


def offer_scope(command: Command) -> Command:
    """The options that name papers, added to a command."""
    papers = click.option(
        "--papers",
        multiple=True,
        metavar="이름|번호",
        help="이 논문만 봅니다. 여러 번 쓰거나 쉼표로 잇습니다.",
    )
    collection = click.option(
        "--collection", multiple=True, metavar="이름", help="이 모음에 든 논문만 봅니다."
    )
    return papers(collection(command))


def choose_papers(
    settings: Settings, named: Sequence[str], collections: Sequence[str]
) -> list[int] | None:
    """The ids of the papers that are named, or in a collection that is; None where nothing is named.

    UserError where there is no such paper or collection.
    """
    from retrieval.store.collections import Collections
    from retrieval.store.library import Library

    if not (named or collections):
        return None
    library = Library(settings.home)
    if not library.exists():
        raise EmptyIndex(settings.home)
    known = Collections(library, None)
    found = [one.id for name in named for one in _find_papers(library, name)]
    found += [
        paper
        for name in collections
        for one in known.find_collections(name)
        for paper in known.list_papers(one.id)
    ]
    return list(dict.fromkeys(found))


def _find_papers(library: Library, named: str) -> list[Document]:
    """The papers of one name or id, or of several between commas, which a name may hold as well."""
    from retrieval.ingest.naming import NoSuchDocument, find_document

    ready = [one for one in library.list_documents() if one.state == "ready"]
    try:
        return [find_document(ready, named)]
    except NoSuchDocument:
        parts = [part.strip() for part in named.split(",") if part.strip()]
        if len(parts) < 2:
            raise
        return [find_document(ready, part) for part in parts]
