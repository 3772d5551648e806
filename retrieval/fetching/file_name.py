"""The name of a fetched file, which nobody but us chooses the folder of."""

import re
import unicodedata
from email.message import Message
from urllib.parse import unquote

import httpx

MAX_LENGTH = 100
SUFFIX = ".pdf"
# What file systems forbid or give a meaning.
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def choose_file_name(url: httpx.URL, disposition: str | None) -> str:
    """The name that the server gives, else the end of the address, else its host."""
    given = _read_disposition(disposition) if disposition else ""
    last = unquote(url.path).rstrip("/").rpartition("/")[2]
    return next(filter(None, map(clean_file_name, (given, last, url.host))), f"paper{SUFFIX}")


def clean_file_name(name: str) -> str:
    """A name that is one on every system, and ends as one of a PDF; empty where nothing is left of it."""
    name = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter
        for letter in unicodedata.normalize("NFC", name)
        if unicodedata.category(letter)[0] != "C"
    )
    stem = " ".join(FORBIDDEN.sub("_", shown).split()).strip(" .")
    if stem.lower().endswith(SUFFIX):
        stem = stem[: -len(SUFFIX)].strip(" .")
    if not stem:
        return ""
    return f"{'_' if RESERVED.match(stem) else ''}{stem[:MAX_LENGTH].strip(' .')}{SUFFIX}"


def _read_disposition(disposition: str) -> str:
    """The file's name in a header Content-Disposition."""
    message = Message()
    message["Content-Disposition"] = " ".join(disposition.split())
    return message.get_filename("") or ""
