"""Which of the papers that a reader sees are asked: all, those of a collection, or some that were chosen."""

from collections.abc import Collection as Ids
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from language.catalogue import write_text
from retrieval.store.collections import NoSuchCollection
from retrieval.store.library import Library
from ui.papers.errors import NotThere, ScopeGone
from ui.papers.viewer import Viewer

MAX_CHOSEN = 10_000


class Scope(BaseModel):
    """What a reader has chosen to ask, as it is kept."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["all", "collection", "papers"] = "all"
    collection: int | None = None
    contents: tuple[str, ...] = ()
    """The papers that were chosen, by SHA-256: indexed again, they have other ids."""


class GivenScope(BaseModel):
    """What a page sends."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    kind: Literal["all", "collection", "papers"]
    collection: int | None = None
    papers: list[int] = Field(default=[], max_length=MAX_CHOSEN)


class AskedPapers:
    """The papers of one reader's scope, in the library as it is."""

    def __init__(self, scope: Scope, *, viewer: Viewer, library: Library) -> None:
        self._scope = scope
        self._viewer = viewer
        self._library = library

    def find(self) -> frozenset[int] | None:
        """Their ids; None: all. ScopeGone where none of those is there that were chosen."""
        if self._scope.kind == "all":
            return self._viewer.list_visible(self._library)
        if found := self._find_chosen():
            return found
        raise ScopeGone

    def describe(self) -> dict[str, object]:
        """What the page is told of it."""
        found = sorted(self._find_chosen()) if self._scope.kind != "all" else []
        told: dict[str, object] = {"kind": self._scope.kind, "words": self.write()}
        match self._scope.kind:
            case "collection":
                told["collection"] = self._scope.collection
            case "papers":
                told["papers"] = found
        return told

    def write(self) -> str | None:
        """What the header says; None where all are asked."""
        match self._scope.kind:
            case "collection":
                name, papers = self._find_name(), len(self._find_chosen())
                return write_text("papers.scope_collection", name=name, papers=papers)
            case "papers":
                return write_text("papers.scope_chosen", papers=len(self._find_chosen()))
        return None

    def _find_chosen(self) -> frozenset[int]:
        """Those of the collection, or chosen by content, that the reader sees and searches find."""
        if not self._library.exists():
            return frozenset()
        visible, ready = self._viewer.list_visible(self._library), self._library.list_ready()
        if self._scope.kind == "collection":
            chosen: Ids[int] = self._list_collected()
        else:
            chosen = [id for id, digest in ready.items() if digest in self._scope.contents]
        return frozenset(id for id in chosen if visible is None or id in visible)

    def _list_collected(self) -> list[int]:
        try:
            collections = self._viewer.open_collections(self._library)
            return collections.list_papers(self._scope.collection or 0)
        except NoSuchCollection:
            return []

    def _find_name(self) -> str:
        """The collection's name; a question mark where it is gone."""
        if not self._library.exists():
            return "?"
        listed = self._viewer.open_collections(self._library).list_collections()
        return next((one.name for one in listed if one.id == self._scope.collection), "?")


def accept_scope(given: GivenScope, *, viewer: Viewer, library: Library) -> Scope:
    """What a page has sent, as it is kept; NotThere where it names what its reader does not see."""
    if given.kind == "collection":
        listed = viewer.open_collections(library).list_collections() if library.exists() else []
        if given.collection not in [one.id for one in listed]:
            raise NotThere
        return Scope(kind="collection", collection=given.collection)
    if given.kind == "papers":
        seen = {one.id: one.sha256 for one in viewer.list_documents(library)}
        if not given.papers or not set(given.papers) <= seen.keys():
            raise NotThere
        return Scope(kind="papers", contents=tuple(sorted({seen[id] for id in given.papers})))
    return Scope()
