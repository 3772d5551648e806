"""What went wrong with a download, in words its user can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from models.downloads.downloadable import DownloadableModel, write_gigabytes
from retrieval.errors import UserError

REFUSED_STATUSES = {401, 403}
GONE_STATUSES = {404, 410}


class DownloadFailed(UserError):
    """A file that could not be fetched, or is not what it must be."""


class AlreadyDownloading(DownloadFailed):
    """Another process fetches the same file."""

    def __init__(self, model: DownloadableModel) -> None:
        super().__init__("downloads.already_under_way", model=model.name)


class SpaceLacking(DownloadFailed):
    """No room on the disk for the rest of the file."""

    def __init__(self, folder: Path, missing: int, free: int) -> None:
        super().__init__(
            "downloads.space_lacking",
            folder=folder,
            missing=write_gigabytes(missing),
            free=write_gigabytes(free),
        )


class NotTheFile(DownloadFailed):
    """A server, or somebody between, that sends something else."""

    def __init__(self, model: DownloadableModel) -> None:
        super().__init__("downloads.not_the_file", address=model.url)


class WrongChecksum(DownloadFailed):
    """A file of the right length with a wrong content."""

    def __init__(self, model: DownloadableModel) -> None:
        super().__init__("downloads.wrong_checksum", file=model.file)


@contextmanager
def explain_download(model: DownloadableModel) -> Iterator[None]:
    """Within it a fault of the network, the server or the disk is raised as DownloadFailed."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _explain_status(error.response.status_code, model) from error
    except httpx.HTTPError as error:
        raise DownloadFailed("downloads.no_connection", host=httpx.URL(model.url).host) from error
    except OSError as error:
        raise _explain_disk(error, model.path.parent) from error


def _explain_status(status: int, model: DownloadableModel) -> DownloadFailed:
    if status in REFUSED_STATUSES:
        return DownloadFailed("downloads.refused", address=model.url, status=status)
    if status in GONE_STATUSES:
        return DownloadFailed("downloads.gone", address=model.url, status=status)
    return DownloadFailed("downloads.server_failed", address=model.url, status=status)


def _explain_disk(error: OSError, folder: Path) -> DownloadFailed:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DownloadFailed("downloads.disk_full", folder=folder)
    return DownloadFailed("downloads.unwritable", folder=folder, reason=error.strerror)
