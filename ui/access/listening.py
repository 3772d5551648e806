"""Where the server may listen: beyond this machine only behind a login."""

import socket
from ipaddress import ip_address

from graph.settings import Settings
from ui.access.accounts import Accounts
from ui.access.errors import AccessError


def check_access(settings: Settings, host: str, *, has_providers: bool) -> None:
    """Raise UserError where everybody could come in, or nobody."""
    if settings.auth == "local" and not is_this_machine(host):
        raise AccessError("access.needs_login", host=host or '""')
    if settings.auth == "password" and not has_providers and not Accounts(settings.home).list_all():
        raise AccessError("access.no_accounts")


def is_this_machine(host: str) -> bool:
    """Whether an address to listen on, or all that a name stands for, is this machine alone."""
    try:
        found = socket.getaddrinfo(host, None) if host else []
    except (OSError, UnicodeError):
        return False
    addresses = [str(address[0]).partition("%")[0] for *_, address in found]
    return bool(addresses) and all(ip_address(one).is_loopback for one in addresses)
