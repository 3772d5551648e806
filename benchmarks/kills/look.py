"""What a library holds, and what a search sees of it while it is indexed."""

import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.errors import EmptyIndex, UserError
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors, cut_windows, mean_direction
from tests.fakes import FakeEmbeddings

# How many neighbours are looked at for a passage's own vector: some passages are alike.
NEIGHBOURS = 5


def seen(library: Library, search: HybridSearch) -> dict[str, str]:
    """What a search may find of each document, as a digest; it names passages no vector finds."""
    try:
        snapshot = search.read_snapshot()
    except EmptyIndex:
        return {}
    parts: dict[str, list[str]] = {}
    held = WindowVectors(library).list_ids()
    for passage in search.list_passages():
        own = np.array(search.embeddings.embed_documents(cut_windows(passage)))
        nearest = dict(snapshot.vectors.find_nearest(mean_direction(own), NEIGHBOURS))
        # Vectors are kept a byte a number.
        is_found = nearest.get(passage.id, 0) > 0.999 and passage.id in held
        is_whole = is_found and bool(snapshot.keep_held([passage.id]))
        parts.setdefault(passage.document, []).append(f"{passage.searched_text}{is_whole}")
    return {name: sha256("\0".join(texts).encode()).hexdigest() for name, texts in parts.items()}


def look(home: Path, *, forever: bool) -> None:
    """Print what is seen, once or again and again; one search may see several generations."""
    library = Library(home)
    search = HybridSearch(library, FakeEmbeddings(), lambda: VectorIndex(home, FakeEmbeddings()))
    while True:
        generation = _generation(library)
        try:
            found = seen(library, search)
        except UserError:
            # A search would ask once more where what it had opened was swapped for another.
            if generation == _generation(library):
                raise
            continue
        # `seen` asks more than once: it is judged where nothing has changed in between.
        if generation == _generation(library):
            print(json.dumps(found), flush=True)
        if not forever:
            return
        time.sleep(0.1)


def _generation(library: Library) -> int:
    return library.read_generation() if library.exists() else 0


def contents(home: Path) -> list[Any]:
    """All that a library holds, but for the ids: documents, passages, vectors."""
    library = Library(home)
    ids = VectorIndex(home, FakeEmbeddings())._collection.get(include=["embeddings"])
    vectors = dict(
        zip(ids["ids"], np.round(np.asarray(ids["embeddings"]), 5).tolist(), strict=True)
    )
    return [
        [
            (one.name, one.sha256, one.title, one.pages, one.tokens, one.state),
            [(part.searched_text, part.page_starts, vectors.pop(part.id)) for part in parts],
        ]
        for one in library.list_documents()
        for parts in [library.list_passages_of_document(one.id)]
    ] + [sorted(vectors)]
