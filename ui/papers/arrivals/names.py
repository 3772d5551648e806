"""Names of files as they come from outside, made into names that no system takes for anything else."""

import re
import unicodedata
from pathlib import PurePath

# What some system takes for no part of a name.
UNSAFE = re.compile(r"[<>:\"|?*\x00-\x1f\x7f]+")
# Names that stand for devices on Windows, with any suffix.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
NAMELESS = "paper"
# In bytes of UTF-8: 255 is the most that systems take, and a copy has a longer suffix.
MAX_BYTES = 180
MAX_SUFFIX = 12


def clean_name(name: str) -> str:
    """The last part of a name, on one line, without signs that hide or turn letters round."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if _is_hidden(letter) else letter for letter in UNSAFE.sub(" ", last))
    # Names that begin with these are left out below folders.
    tidy = " ".join(shown.split()).lstrip(".~$_ ").rstrip(". ")
    if not PurePath(tidy).stem.strip():
        tidy = f"{NAMELESS}{tidy}"
    return _shorten(f"_{tidy}" if DEVICES.match(tidy) else tidy)


def _is_hidden(letter: str) -> bool:
    """Whether a sign is none that is seen, or a half of one."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _shorten(name: str) -> str:
    """A name of at most MAX_BYTES that keeps its suffix."""
    suffix = PurePath(name).suffix
    if len(suffix) > MAX_SUFFIX:
        suffix = ""
    stem = name.removesuffix(suffix).encode()[: MAX_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip(". ") + suffix
