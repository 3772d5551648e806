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
        super().__init__(
            f"{model.name}을(를) 이미 내려받고 있습니다. 먼저 시작한 것이 끝날 때까지 기다리세요. "
            "(Another process is downloading it.)"
        )


class SpaceLacking(DownloadFailed):
    """No room on the disk for the rest of the file."""

    def __init__(self, folder: Path, missing: int, free: int) -> None:
        super().__init__(
            f"디스크 공간이 모자랍니다: {folder}에 {write_gigabytes(missing)}가 더 필요한데 "
            f"{write_gigabytes(free)}만 남아 있습니다. (Not enough disk space.)"
        )


class NotTheFile(DownloadFailed):
    """A server, or somebody between, that sends something else."""

    def __init__(self, model: DownloadableModel) -> None:
        super().__init__(
            f"{model.url}에서 모델 파일이 아닌 것이 왔습니다. 와이파이 로그인 화면이나 방화벽이 가로막는지 "
            "브라우저로 확인하세요. (Not the file: perhaps the login page of a network.)"
        )


class WrongChecksum(DownloadFailed):
    """A file of the right length with a wrong content."""

    def __init__(self, model: DownloadableModel) -> None:
        super().__init__(
            f"받은 {model.file}의 내용이 원본과 달라 지웠습니다. 다시 내려받으세요. "
            "(Wrong checksum: the file was deleted; download it again.)"
        )


@contextmanager
def explain_download(model: DownloadableModel) -> Iterator[None]:
    """Within it a fault of the network, the server or the disk is raised as DownloadFailed."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _explain_status(error.response.status_code, model) from error
    except httpx.HTTPError as error:
        raise DownloadFailed(
            f"{httpx.URL(model.url).host}에 연결할 수 없거나 연결이 끊겼습니다. 인터넷과 프록시를 확인하고 같은 명령을 다시 실행하면 "
            "받은 데부터 이어받습니다. (No connection: run it again to resume.)"
        ) from error
    except OSError as error:
        raise _explain_disk(error, model.path.parent) from error


def _explain_status(status: int, model: DownloadableModel) -> DownloadFailed:
    if status in REFUSED_STATUSES:
        return DownloadFailed(
            f"서버가 {model.url}을(를) 내주지 않습니다(HTTP {status}). 회사나 학교의 방화벽이 막는지 확인하거나 다른 "
            "모델을 고르세요. (The server refuses it.)"
        )
    if status in GONE_STATUSES:
        return DownloadFailed(
            f"{model.url}이(가) 서버에 없습니다(HTTP {status}). 프로그램을 새 판으로 바꾸거나 다른 모델을 고르세요. "
            "(The file is gone: update the program, or choose another model.)"
        )
    return DownloadFailed(
        f"서버가 HTTP {status} 오류로 답했습니다({model.url}). 잠시 후 같은 명령을 다시 실행하세요. "
        "(The server failed: try again later.)"
    )


def _explain_disk(error: OSError, folder: Path) -> DownloadFailed:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DownloadFailed(
            f"디스크가 가득 찼습니다({folder}). 자리를 비우고 같은 명령을 다시 실행하면 받은 데부터 이어받습니다. "
            "(The disk is full: free some space and run it again.)"
        )
    return DownloadFailed(
        f"{folder}에 파일을 쓸 수 없습니다: {error.strerror}. 폴더 권한을 확인하세요. "
        "(The folder cannot be written.)"
    )
