"""What a server sends in reply: its headers, and whether it is a PDF."""

import re

import httpcore

from retrieval.fetching.fetch_errors import FetchFailed

# Where the mark of a PDF may stand, in bytes.
HEADER_BYTES = 1024
PAGE_BEGINS = (b"<!doctype html", b"<html", b"<?xml", b"<head")


def check_begins(begins: bytes, address: str, *, is_all: bool) -> None:
    """FetchFailed for what begins as no PDF does, once as much is there as has to be."""
    if not is_all or b"%PDF-" in begins[: HEADER_BYTES + 4]:
        return
    is_page = begins.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE_BEGINS)
    raise FetchFailed("fetching.web_page" if is_page else "fetching.not_pdf", address=address)


def read_length(reply: httpcore.Response) -> int:
    """The length that a server announces; 0 for none."""
    length = read_header(reply, b"content-length") or ""
    return int(length) if re.fullmatch(r"[0-9]{1,18}", length) else 0


def read_header(reply: httpcore.Response, name: bytes) -> str | None:
    """The first header of a name; some servers write UTF-8 where Latin-1 is meant."""
    value = next((value for key, value in reply.headers if key.lower() == name), None)
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
