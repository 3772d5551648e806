"""The files of a library's documents, kept under the digests of their content."""

import shutil
from hashlib import sha256
from pathlib import Path

from retrieval.parsing.text_files import SUFFIXES as TEXTS
from retrieval.parsing.text_files import is_text_file


class OriginalFiles:
    """The folder that keeps them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, digest: str) -> Path:
        """Where the original of a document lies."""
        texts = (self._folder / f"{digest}{suffix}" for suffix in TEXTS)
        return next(filter(Path.exists, texts), self._folder / f"{digest}.pdf")

    def keep_file(self, path: Path, digest: str, copy: bytes | None) -> None:
        """Keep a file, or a copy in its place, whole or not at all."""
        suffix = path.suffix.lower() if is_text_file(path) else ".pdf"
        kept = self._folder / f"{digest}{suffix}"
        if kept.exists():
            return
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
