"""Rebuild a library beside the old one, which is searched meanwhile, and swap them at once.

The new ledger is made in the folder `rebuild`, its vectors in a collection of their own. One
transaction then puts the new ledger, which names that collection, in place of the old one.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.errors import UserError
from retrieval.ingest.headers import HeaderWriter
from retrieval.ingest.ledger import CHUNKING, HEADER, Incoming, Indexed, bring, writing
from retrieval.ingest.progress import Told
from retrieval.ingest.workload import Work
from retrieval.parsing.workers import Passwords, no_password
from retrieval.store.contents import Document
from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.library import Library
from retrieval.store.originals import file_sha256
from retrieval.store.successor import OpenVectors, settle, successor_of


class NoOriginal(UserError):
    """Documents whose files are nowhere."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"원본이 없어 다시 만들 수 없는 문서가 있습니다: {', '.join(names)}. 파일을 제자리에 두거나 "
            "`munheon documents --remove 이름`으로 빼세요. (No original: put the file back, or remove the document.)"
        )


def rebuild(
    library: Library,
    *,
    vectors: OpenVectors,
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Work], None] = lambda work: None,
    progress: Told = lambda progress: None,
    passwords: Passwords = no_password,
) -> list[Indexed]:
    """Make the library anew from its originals, as `index_files` does; a run cut short goes on."""
    with writing(library.home):
        made = {"embedding": embedding, "chunking": CHUNKING, "header": HEADER}
        if settle(library, vectors) and library.is_made_with(**made):
            # The run before this one was cut short when all but clearing up was done.
            return [
                Indexed(path=Path(one.source), outcome="unchanged") for one in library.documents()
            ]
        files = originals(library)
        successor = _successor(library, vectors, made)
        results = bring(
            files,
            successor,
            lambda: vectors(collection=successor.collection()),
            headers=headers,
            agreed=agreed,
            progress=progress,
            passwords=passwords,
        )
        successor.remember(LEFT_COLLECTION, library.collection())
        library.become(successor)
        settle(library, vectors)
        return results


def originals(library: Library) -> list[Incoming]:
    """The file that each document is to be read from, under the name that it is known by.

    NoOriginal where a document would be lost.
    """
    # A file that failed in a newer version comes first: its older one that works then stays.
    documents = sorted(library.documents(), key=lambda one: one.state not in ("new", "failed"))
    found = {one.id: _original(library, one) for one in documents}
    lost = [one.name for one in documents if one.passages and not found[one.id]]
    if lost:
        raise NoOriginal(lost)
    return [file for file in found.values() if file]


def _original(library: Library, document: Document) -> Incoming | None:
    """Where a document's content is: in the library, else where it came from."""
    kept, source = library.original(document.sha256), Path(document.source)
    if kept.exists():  # a copy that was decrypted is another file than the document's own
        return Incoming(path=kept, source=source, digest=document.sha256)
    if not source.is_file():
        return None
    digest = file_sha256(source)
    if document.passages and digest != document.sha256:
        return None
    return Incoming(path=source, source=source, digest=digest)


def _successor(library: Library, vectors: OpenVectors, made: dict[str, str]) -> Library:
    """The library beside it, begun anew where anything has changed since it was begun."""
    made = {**made, "rebuilt_from": library.state_key()}
    successor = successor_of(library)
    if successor.exists() and not successor.is_made_with(**made):
        vectors().drop(successor.collection())
        shutil.rmtree(successor.home)
        successor = successor_of(library)
    successor.keep_settings(**made)
    successor.follow(library)
    return successor
