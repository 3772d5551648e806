"""The library that is being made beside another one, and what is left when it has taken over."""

import shutil
from collections.abc import Callable

from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.lexical import FILE, open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex

# Opens the library's vectors, or those of the collection given by `collection=`.
OpenVectors = Callable[..., VectorIndex]


def successor_of(library: Library) -> Library:
    """The library that is being made beside another, with the same originals."""
    return Library(library.home / "rebuild", originals=library.home / "originals")


def settle(library: Library, vectors: OpenVectors) -> bool:
    """Clear away what a rebuild that has swapped the libraries leaves behind, if there is any."""
    left = library.setting(LEFT_COLLECTION)
    if left is None:
        return False
    vectors().drop(left)
    successor = successor_of(library)
    if successor.exists() and successor.collection() == library.collection():
        if (postings := successor.home / FILE).exists():
            postings.replace(library.home / FILE)
        shutil.rmtree(successor.home)
    open_lexical(library)
    library.remember(LEFT_COLLECTION, None)
    return True
