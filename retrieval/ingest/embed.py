"""The step from parsed to ready: every passage embedded once, each document found when it is whole."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from retrieval.embeddings import NoVector, QueryEmbeddings
from retrieval.ingest.progress import OnProgress, Progress
from retrieval.passages import Passage
from retrieval.store.database import SPEED
from retrieval.store.documents import Document
from retrieval.store.lexical import open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors, cut_windows, mean_direction

# Passages embedded in one call, about a dozen windows each: what a kill can cost.
PASSAGES_A_BATCH = 8
# Seconds between two times that searches are shown what is done; and at least so many times what
# that took, for a search that comes meanwhile reads the whole library anew.
SHOWN_EVERY, SHARE = 5.0, 20
# A shorter run says nothing of the model's speed.
MEASURED_SECONDS = 5

Waiting = list[tuple[Document, list[Passage]]]


def embed_documents(
    library: Library, open_vectors: Callable[[], VectorIndex], progress: OnProgress
) -> None:
    """Embed what has no vector yet; complete documents can be searched while the rest is made."""
    vectors = open_vectors()
    waiting = list(
        _find_unembedded(library, vectors.list_ids() & WindowVectors(library).list_ids())
    )
    so_far = _EmbeddingCount(waiting, progress)
    started = time.monotonic()
    finished: list[int] = []
    next_shown = started + SHOWN_EVERY
    try:
        for document, passages in waiting:
            _embed_document(passages, library, vectors, so_far, document.name)
            if document.state != "ready":
                library.set_embedded(document.id)
                finished.append(document.id)
            if time.monotonic() >= next_shown:
                next_shown = _show_ready(finished, library)
                finished.clear()
    finally:  # whatever becomes of the rest
        _show_ready(finished, library)
    vectors.delete_vectors(sorted(vectors.list_ids() - library.list_passage_ids()))
    if waiting:
        so_far.report_progress("")
        _remember_speed(library, so_far.characters, time.monotonic() - started)


def _embed_document(
    passages: list[Passage],
    library: Library,
    vectors: VectorIndex,
    so_far: "_EmbeddingCount",
    document: str,
) -> None:
    """Embed one document's passages, batch by batch."""
    for start in range(0, len(passages), PASSAGES_A_BATCH):
        so_far.report_progress(document)
        batch = passages[start : start + PASSAGES_A_BATCH]
        vectors.add_vectors(_embed_passages(batch, WindowVectors(library), vectors.embeddings))
        so_far.add_passages(batch)
    so_far.documents += 1


def _embed_passages(
    passages: Sequence[Passage], kept: WindowVectors, model: QueryEmbeddings
) -> dict[str, list[float]]:
    """The vector of each passage: of its windows, which are embedded where none are kept.

    A passage with a window that the model would not take has none, and the reason is kept.
    """
    ids = [passage.id for passage in passages]
    held = kept.read_vectors(ids)
    texts = {one.id: cut_windows(one) for one in passages if one.id not in held}
    if texts:
        rows = iter(model.embed_each(list(chain(*texts.values()))))
        if model.longest:
            kept.note_longest(model.longest)
        kept.keep_vectors(
            *_part_embedded({id: list(islice(rows, len(of))) for id, of in texts.items()})
        )
    return {id: mean_direction(vectors) for id, vectors in kept.read_vectors(ids).items()}


def _part_embedded(
    made: Mapping[str, Sequence[list[float] | NoVector]],
) -> tuple[dict[str, list[list[float]]], dict[str, str]]:
    """The windows' vectors of the passages that have them all, and why the others have not."""
    vectors: dict[str, list[list[float]]] = {}
    reasons: dict[str, str] = {}
    for id, rows in made.items():
        found = [row for row in rows if not isinstance(row, NoVector)]
        if len(found) == len(rows):
            vectors[id] = found
        else:
            reasons[id] = next(row.reason for row in rows if isinstance(row, NoVector))
    return vectors, reasons


def _show_ready(finished: list[int], library: Library) -> float:
    """Let searches find documents that are embedded; when to do so again."""
    started = time.monotonic()
    library.set_ready(*finished)
    open_lexical(library)  # kept, so that the next search opens at once
    shown = time.monotonic()
    return shown + max(SHOWN_EVERY, SHARE * (shown - started))


def _find_unembedded(library: Library, held: set[str]) -> Iterator[tuple[Document, list[Passage]]]:
    """The documents that are not ready, or whose vectors got lost, with what is to be embedded."""
    for document in library.list_documents():
        if document.state in ("new", "failed"):
            continue
        lacking = library.list_searched_ids(document.id) - held
        if lacking or document.state != "ready":
            passages = library.list_passages_of_document(document.id)
            yield document, [passage for passage in passages if passage.id in lacking]


class _EmbeddingCount:
    """Counts what is embedded, and tells it."""

    def __init__(self, waiting: Waiting, progress: OnProgress) -> None:
        texts = [passage.searched_text for _, passages in waiting for passage in passages]
        self._total = Progress(
            done=0,
            total=sum(map(len, texts)),
            document="",
            documents=(0, len(waiting)),
            passages=(0, len(texts)),
        )
        self._progress = progress
        self.characters = self.passages = self.documents = 0

    def add_passages(self, batch: list[Passage]) -> None:
        """Count passages as embedded."""
        self.passages += len(batch)
        self.characters += sum(len(passage.searched_text) for passage in batch)

    def report_progress(self, document: str) -> None:
        """Tell how far it is, and with which document."""
        self._progress(
            replace(
                self._total,
                done=self.characters,
                document=document,
                documents=(self.documents, self._total.documents[1]),
                passages=(self.passages, self._total.passages[1]),
            )
        )


def _remember_speed(library: Library, characters: int, seconds: float) -> None:
    """Keep how fast this library's embedding model is."""
    if seconds >= MEASURED_SECONDS:
        library.keep_setting(SPEED, str(characters / seconds))
