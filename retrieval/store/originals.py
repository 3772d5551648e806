"""The files of a library's documents, kept under the digests of their content."""

import shutil
from hashlib import sha256
from pathlib import Path

from retrieval.parsing.kinds import SUFFIXES, choose_suffix


class OriginalFiles:
    """The folder that keeps them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, digest: str) -> Path:
        """Where the original of a document lies."""
        kept = (self._folder / f"{digest}{suffix}" for suffix in SUFFIXES)
        return next(filter(Path.exists, kept), self._folder / f"{digest}.pdf")

    def keep_file(self, path: Path, digest: str, copy: bytes | None) -> None:
        """Keep a file, or in its place a copy of its pages, whole or not at all."""
        if copy is None and self.path_of(digest).exists():
            return
        kept = self._folder / f"{digest}{'.pdf' if copy else choose_suffix(path)}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        if copy is None:
            shutil.copyfile(path, part)
        else:
            part.write_bytes(copy)
        part.replace(kept)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
