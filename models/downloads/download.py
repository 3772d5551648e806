"""Fetch a chat model: resumed where it broke off, checked, and only then given its name."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from language.catalogue import Text
from models.connect.http import open_http_client
from models.downloads.download_errors import (
    AlreadyDownloading,
    NotTheFile,
    SpaceLacking,
    WrongChecksum,
    explain_download,
)
from models.downloads.downloadable import DownloadableModel

# A server that is there connects in a second or two; one that is busy may pause between two pieces.
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
# Before each further try; counted anew once a try has brought more of the file.
RETRY_SECONDS = (1.0, 3.0, 9.0)
PASSING_STATUSES = {408, 429, 500, 502, 503, 504}

OnBytes = Callable[[int, int], None]
"""Called with (bytes there, bytes in all)."""

OnLine = Callable[[Text], None]
"""Called with a line about what takes long."""


def download_model(
    model: DownloadableModel,
    *,
    on_bytes: OnBytes = lambda done, total: None,
    on_line: OnLine = lambda line: None,
) -> Path:
    """The whole, checked file; fetched unless it is there. DownloadFailed tells why it is not."""
    if model.is_downloaded:
        return model.path
    part = Path(f"{model.path}.part")
    with explain_download(model), _lock_file(model):
        if not model.is_downloaded:
            _check_space(model, part)
            _fetch_rest(model, part, on_bytes, on_line)
            on_line(Text("downloads.checking"))
            _check_content(model, part)
            part.replace(model.path)
    return model.path


@contextmanager
def _lock_file(model: DownloadableModel) -> Iterator[None]:
    """Keep every other process from fetching the same file; AlreadyDownloading where one does."""
    model.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{model.path}.lock", timeout=0):
            yield
    except Timeout as error:
        raise AlreadyDownloading(model) from error


def _check_space(model: DownloadableModel, part: Path) -> None:
    """SpaceLacking where the rest of the file has no room."""
    missing, free = model.size - _measure_file(part), shutil.disk_usage(part.parent).free
    if free < missing:
        raise SpaceLacking(part.parent, missing, free)


def _fetch_rest(model: DownloadableModel, part: Path, on_bytes: OnBytes, on_line: OnLine) -> None:
    """Fetch what the part lacks, again and again as long as more of it comes."""
    waits, most = iter(RETRY_SECONDS), _measure_file(part)
    with open_http_client(model.url, TIMEOUT) as client:
        while _measure_file(part) < model.size:
            try:
                _fetch_once(client, model, part, on_bytes)
            except (httpx.TransportError, httpx.HTTPStatusError) as error:
                if _measure_file(part) > most:
                    waits, most = iter(RETRY_SECONDS), _measure_file(part)
                wait = next(waits, None)
                if wait is None or not _is_passing(error):
                    raise
                on_line(Text("downloads.trying_again"))
                time.sleep(wait)


def _fetch_once(
    client: httpx.Client, model: DownloadableModel, part: Path, on_bytes: OnBytes
) -> None:
    """Add to the part what one request brings; from the start where the server resumes nothing."""
    start = _measure_file(part)
    # Packed on its way, a file has other ranges.
    headers = {"Accept-Encoding": "identity", "Range": f"bytes={start}-"}
    with client.stream("GET", model.url, headers=headers) as reply:
        reply.raise_for_status()
        if reply.status_code != httpx.codes.PARTIAL_CONTENT:
            start = 0
        _check_reply(reply, model, start)
        with part.open("ab" if start else "wb") as file:
            for piece in reply.iter_bytes():
                file.write(piece)
                on_bytes(file.tell(), model.size)
            file.flush()
            os.fsync(file.fileno())
            if file.tell() < model.size:  # of a reply without a length nobody else notices
                raise httpx.ReadError("the reply ended early")


def _check_reply(reply: httpx.Response, model: DownloadableModel, start: int) -> None:
    """NotTheFile for a reply that is a page, as of a hotel's login, or of another length."""
    is_page = reply.headers.get("content-type", "").startswith("text/html")
    rest = str(model.size - start)
    if is_page or reply.headers.get("content-length", rest) != rest:
        raise NotTheFile(model)


def _check_content(model: DownloadableModel, part: Path) -> None:
    """WrongChecksum, and no part any more, where the content is not what it must be."""
    with part.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if digest != model.sha256:
        part.unlink()
        raise WrongChecksum(model)


def _is_passing(error: httpx.HTTPError) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in PASSING_STATUSES
    return True


def _measure_file(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
