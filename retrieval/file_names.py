"""How the names of files are shown."""

from retrieval.sources import Source


def show_name(path: Source) -> str:
    """A file's name as it can be shown on one line: signs that are no UTF-8 as question marks."""
    return " ".join(path.name.encode("utf-8", "replace").decode().split())
