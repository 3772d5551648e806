"""Files that are zips of others: which kind they are, and which would swell when they are unpacked."""

import zipfile
from collections.abc import Collection
from pathlib import Path, PurePath

from retrieval.errors import UnreadableFile

MARKUP = {".xml", ".xhtml", ".html", ".htm", ".rels", ".opf", ".ncx"}
# Real papers are packed to a fifth of their markup; of less than so many bytes any share is well.
MAX_SHARE, ANY_SHARE = 50, 4_000_000
# The list of what a zip holds is read as a whole: so many bytes are some 80,000 files.
MAX_LIST = 8_000_000
# Where its end is told, in the last bytes.
END, END_BYTES = b"PK\x05\x06", 1 << 16


def list_zipped(path: Path) -> Collection[str]:
    """The names of what a zip holds; UnreadableFile where it is broken, or made to swell."""
    try:
        _check_list(path)
        with zipfile.ZipFile(path) as file:
            held = file.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile("reading.broken_file") from error
    markup = [one for one in held if PurePath(one.filename).suffix.lower() in MARKUP]
    unpacked = sum(one.file_size for one in markup)
    if unpacked > max(ANY_SHARE, MAX_SHARE * sum(one.compress_size for one in markup)):
        raise UnreadableFile("reading.swells")
    return {one.filename for one in held}


def _check_list(path: Path) -> None:
    """UnreadableFile where the list is so long that reading it would take the memory of all."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_BYTES))
        tail = file.read()
    at = tail.rfind(END)
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > MAX_LIST:
        raise UnreadableFile("reading.swells")
