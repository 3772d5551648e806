"""Which document of a library is meant by what a person calls it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.errors import UserError
from retrieval.fetching.addresses import is_address, read_address
from retrieval.fetching.fetch_errors import FetchFailed
from retrieval.file_names import show_text, simplify_name
from retrieval.store.documents import Document


class NoSuchDocument(UserError):
    """No document is called so."""

    def __init__(self, name: str) -> None:
        super().__init__("libraries.no_such_document", name=show_text(name))


class SeveralDocuments(UserError):
    """Several documents are called so."""

    def __init__(self, name: str, found: Sequence[Document]) -> None:
        self.found = found
        ids = ", ".join(str(document.id) for document in found)
        super().__init__(
            "libraries.several_documents", name=show_text(name), count=len(found), ids=ids
        )


def find_document(listed: Sequence[Document], name: str) -> Document:
    """The one document of this id, path, address, file name or title, or of this part of its name or title.

    NoSuchDocument where there is none, SeveralDocuments where it is not clear which is meant.
    """
    wanted = simplify_name(name)
    folded = wanted.casefold()
    sources = _read_sources(name)
    ways: tuple[Callable[[Document], bool], ...] = (
        lambda one: str(one.id) == wanted,
        lambda one: simplify_name(one.source) in sources,
        lambda one: simplify_name(one.name) == wanted,
        lambda one: simplify_name(one.shown_title).casefold() == folded,
        lambda one: folded in simplify_name(f"{one.name} {one.shown_title}").casefold(),
    )
    for fits in ways if wanted else ():
        found = [document for document in listed if fits(document)]
        if len(found) > 1:
            raise SeveralDocuments(name, found)
        if found:
            return found[0]
    raise NoSuchDocument(name)


def _read_sources(name: str) -> set[str]:
    """The path that a name may mean, and the address."""
    sources = {simplify_name(str(Path(name).absolute()))}
    with suppress(FetchFailed):  # a title can begin like an address
        if is_address(name):
            sources.add(simplify_name(read_address(name).url))
    return sources
