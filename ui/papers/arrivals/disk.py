"""What a disk that does not take a file says, in words that its reader can act on."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.papers.errors import NotNow, TooMuch

FULL = (errno.ENOSPC, errno.EDQUOT)
# Left free for the library itself, in bytes.
RESERVE = 200_000_000


@contextmanager
def explain_disk_faults() -> Iterator[None]:
    """Within it a fault of the disk is raised as a PaperError."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise TooMuch("papers.disk_full") from error
        reason = error.strerror or str(error)
        raise NotNow("papers.not_written", reason=reason) from error


def check_room(folder: Path) -> None:
    """TooMuch where the disk is all but full: the databases need some of it."""
    if shutil.disk_usage(folder).free < RESERVE:
        raise TooMuch("papers.disk_full")
