"""What goes wrong with a download, in words that its user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore

from retrieval.errors import UserError

REFUSED_STATUSES = {401, 402, 403, 407, 451}
GONE_STATUSES = {404, 410}


class FetchFailed(UserError):
    """A paper that could not be fetched."""


class FetchInterrupted(FetchFailed):
    """A download that may well succeed a little later."""


def explain_status(status: int, address: str) -> FetchFailed:
    """The fault that a server's status stands for."""
    if status in GONE_STATUSES:
        return FetchFailed("fetching.not_found", address=address, status=status)
    if status in REFUSED_STATUSES:
        return FetchFailed("fetching.refused", address=address, status=status)
    return FetchInterrupted("fetching.server_failed", address=address, status=status)


@contextmanager
def explain_faults(host: str) -> Iterator[None]:
    """Within it a fault of the network or the disk is raised as FetchFailed."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchFailed("fetching.too_slow", host=host) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        raise FetchInterrupted("fetching.no_connection", host=host) from error
    except OSError as error:
        raise FetchFailed("fetching.disk", reason=error.strerror or str(error)) from error
