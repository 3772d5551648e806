"""The papers, collections and scope of one reader, as the page is told of them."""

from collections.abc import Collection, Mapping
from typing import Any

from language.catalogue import choose_half
from retrieval.sources import Source
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.schema import State
from ui.papers.viewer import Viewer

STATES: Mapping[State, str] = {"ready": "ready", "failed": "failed"}
UNFINISHED = "unfinished"


def list_papers(
    viewer: Viewer, library: Library, *, apart_from: Collection[Source]
) -> list[dict[str, Any]]:
    """What the reader sees, but for what is listed as an arrival."""
    collected = list_collections(viewer, library)
    listed = [one for one in viewer.list_documents(library) if one.origin not in apart_from]
    return [
        describe_paper(one, viewer)
        | {"collections": [it["collection"] for it in collected if one.id in it["papers"]]}
        for one in listed
    ]


def describe_paper(document: Document, viewer: Viewer) -> dict[str, Any]:
    """One paper."""
    return {
        "paper": document.id,
        "title": document.shown_title,
        "file": document.name,
        "authors": list(document.authors),
        "year": document.year,
        "pages": document.pages,
        "passages": document.passages,
        "state": STATES.get(document.state, UNFINISHED),
        "error": choose_half(document.error or "") or None,
        "warning": choose_half(document.warning or "") or None,
        "added": document.added,
        "mine": viewer.may_change(document),
    }


def list_collections(viewer: Viewer, library: Library) -> list[dict[str, Any]]:
    """The collections that the reader sees, with their papers that can be searched."""
    if not library.exists():
        return []
    visible, collections = viewer.list_visible(library), viewer.open_collections(library)
    return [
        {
            "collection": one.id,
            "name": one.name,
            "papers": [
                id for id in collections.list_papers(one.id) if visible is None or id in visible
            ],
            "mine": viewer.may_change(one),
        }
        for one in collections.list_collections()
    ]


def list_removed(viewer: Viewer, library: Library) -> list[dict[str, Any]]:
    """What the reader can bring back, and until when."""
    return [
        {
            "paper": one.id,
            "title": one.shown_title,
            "until": one.kept_until.isoformat("T", "seconds"),
        }
        for one in viewer.list_removed(library)
    ]
