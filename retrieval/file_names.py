"""Names of files: how they are shown, kept and found, whatever wrote them.

Linux takes any bytes for a name. Python holds those that are no UTF-8 as signs of their own, which
neither a database nor a terminal takes. macOS parts the letters of Hangul, and others join them.
"""

import os
import re
import unicodedata
from pathlib import Path

# Python's signs for bytes that are no UTF-8, and those that stand for them where names are kept.
UNDECODED = re.compile("[\udc80-\udcff]")
KEPT_FROM = 0x10FF00
KEPT = re.compile(f"[{chr(KEPT_FROM + 0x80)}-{chr(KEPT_FROM + 0xFF)}]")
# What Korean Windows wrote names in.
OLDER_ENCODING = "cp949"


def show_name(path: Path) -> str:
    """A file's name as it can be shown on one line; bytes that are no letters as question marks."""
    return show_text(path.name)


def show_text(name: str) -> str:
    """A name or path as it can be shown on one line; each part may be in another encoding."""
    parts = os.fsencode(restore_bytes(name)).split(b"/")
    return " ".join("/".join(map(_decode_name, parts)).split())


def _decode_name(written: bytes) -> str:
    for encoding in ("utf-8", OLDER_ENCODING):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return written.decode("utf-8", "replace").replace("\ufffd", "?")


def keep_path(path: Path) -> str:
    """A path as a text that a database takes, and `read_path` makes the path of again."""
    return UNDECODED.sub(lambda sign: chr(ord(sign[0]) - 0xDC00 + KEPT_FROM), str(path))


def read_path(kept: str) -> Path:
    """The path that was kept as a text."""
    return Path(restore_bytes(kept))


def restore_bytes(kept: str) -> str:
    """A kept text as Python holds the name."""
    return KEPT.sub(lambda sign: chr(ord(sign[0]) - KEPT_FROM + 0xDC00), kept)


def simplify_name(name: str) -> str:
    """A name as it is compared: its letters joined, its white space single."""
    return " ".join(unicodedata.normalize("NFC", show_text(name)).split())


def find_path(path: Path) -> Path:
    """The path that is there by this name, though it be written otherwise; else the path as given."""
    if path.exists() or path.is_symlink():
        return path
    folder = path.parent if path.parent == path else find_path(path.parent)
    wanted = simplify_name(path.name)
    alike = (entry for entry in _list_folder(folder) if simplify_name(entry.name) == wanted)
    return next(alike, path)


def _list_folder(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() and os.access(folder, os.R_OK) else []
