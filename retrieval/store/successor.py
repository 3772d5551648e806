"""The library that is being made beside another one, and what is left when it has taken over."""

import shutil
from collections.abc import Callable

from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.lexical import POSTINGS_FILE, open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex

# Opens the library's vectors, or those of the collection given by `collection=`.
OpenVectors = Callable[..., VectorIndex]


def open_successor(library: Library) -> Library:
    """The library that is being made beside another, with the same originals."""
    return Library(library.home / "rebuild", originals=library.home / "originals")


def clear_replaced_library(library: Library, vectors: OpenVectors) -> bool:
    """Clear away what a rebuild that has swapped the libraries leaves behind, if there is any."""
    left = library.read_setting(LEFT_COLLECTION)
    if left is None:
        return False
    vectors().drop_collection(left)
    successor = open_successor(library)
    if (
        successor.exists()
        and successor.vector_collection_name() == library.vector_collection_name()
    ):
        if (postings := successor.home / POSTINGS_FILE).exists():
            postings.replace(library.home / POSTINGS_FILE)
        shutil.rmtree(successor.home)
    open_lexical(library)
    library.keep_setting(LEFT_COLLECTION, None)
    return True
