"""Who looks at the library in the chat: what they see of it, and what of it they may change."""

from dataclasses import dataclass
from typing import Protocol

from graph.settings import Settings
from retrieval.store.collections import Collections
from retrieval.store.documents import Document
from retrieval.store.library import Library


class Owned(Protocol):
    """What belongs to somebody: a paper, a collection, an arrival."""

    @property
    def owner(self) -> str:
        """Whose it is; empty: everybody's."""
        ...


@dataclass(frozen=True)
class Viewer:
    """A reader, as the library knows them."""

    owner: str
    """Whose the papers are that they bring; empty: everybody's."""

    sees_all: bool
    """Whether all papers are theirs to see and to change: nobody signs in here."""

    def list_visible(self, library: Library) -> frozenset[int] | None:
        """The papers that they see, by id; None: all."""
        if self.sees_all:
            return None
        return frozenset(library.list_visible_ids(self.owner)) if library.exists() else frozenset()

    def list_documents(self, library: Library) -> list[Document]:
        """The same as documents."""
        visible = self.list_visible(library)
        documents = library.list_documents() if library.exists() else []
        return [one for one in documents if visible is None or one.id in visible]

    def list_removed(self, library: Library) -> list[Document]:
        """What was taken out and is theirs to bring back."""
        removed = library.list_removed() if library.exists() else []
        return [one for one in removed if self.may_change(one)]

    def may_change(self, one: Owned) -> bool:
        """Whether something is theirs to change."""
        return self.sees_all or one.owner == self.owner

    def may_read(self, library: Library, digest: str) -> bool:
        """Whether a content is theirs to read."""
        return self.sees_all or (library.exists() and library.is_visible(digest, self.owner))

    def open_collections(self, library: Library) -> Collections:
        """The collections, as far as they see them."""
        return Collections(library, None if self.sees_all else self.owner)


def find_viewer(settings: Settings, identifier: str) -> Viewer:
    """The viewer that a user of the chat is."""
    is_local = settings.auth == "local"
    return Viewer("" if is_local else identifier, is_local)
