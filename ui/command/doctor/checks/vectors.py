"""The check of the vectors: all there, in the folder or on Chroma's server."""

from collections.abc import Iterator

from language.catalogue import write_text
from models.connect.addresses import hide_secrets
from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import NoVectors
from retrieval.store.library import Library
from retrieval.store.vectors import FOLDER, VectorIndex
from retrieval.store.windows import WindowVectors
from ui.command.doctor.checks.turns import take_turn
from ui.command.doctor.finding import Finding, Subject, find_fault


class _NoEmbeddings(QueryEmbeddings):
    """Nothing is embedded where vectors are only counted."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise NotImplementedError

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


@take_turn
def check_vectors(subject: Subject) -> Iterator[Finding]:
    """Whether every passage that is searched has its vectors, and no other has."""
    settings, library = subject.settings, Library(subject.settings.home)
    place = hide_secrets(settings.chroma_url or FOLDER)
    if settings.chroma_url and subject.is_offline:
        yield Finding("ok", write_text("doctor.not_asked", told=place))
        return
    kept = _list_kept(subject)
    if library.exists():
        yield _compare(library, kept, place)
    elif settings.chroma_url:
        yield Finding("ok", place)


def _list_kept(subject: Subject) -> set[str]:
    """The ids of the passages that Chroma has a vector of; it is not asked to make a folder."""
    home, url = subject.settings.home, subject.settings.chroma_url
    if not url and not (home / FOLDER).exists():
        return set()
    return VectorIndex(home, _NoEmbeddings(), url=url).list_ids()


def _compare(library: Library, kept: set[str], place: str) -> Finding:
    """What lacks of the vectors, beside those that the model would not make, or is left over."""
    searched, windows = _list_searched(library), WindowVectors(library)
    if searched and not kept:
        return find_fault(NoVectors(library.home))
    missing = len(searched - (kept & windows.list_ids())) - len(windows.list_unembedded())
    left_over = len(kept - library.list_passage_ids())
    counts = write_text("doctor.vectors", place=place, count=len(searched & kept))
    if missing <= 0 and not left_over:
        return Finding("ok", counts)
    wrong = write_text("doctor.vectors_wrong", missing=max(missing, 0), left_over=left_over)
    remedy = write_text("doctor.vectors_remedy")
    return Finding("error" if missing > 0 else "warning", f"{counts}, {wrong}", remedy)


def _list_searched(library: Library) -> set[str]:
    """The ids of the passages that are to have vectors."""
    ready = (one.id for one in library.list_documents() if one.state == "ready")
    return set[str]().union(*map(library.list_searched_ids, ready))
