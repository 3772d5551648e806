"""Put the guards before Chainlit's server."""

from typing import Any

from chainlit import server
from chainlit.config import ChainlitConfig, config
from chainlit.oauth_providers import get_configured_oauth_providers

from graph.settings import Settings
from ui.access.accounts import Accounts
from ui.access.gate import Gate
from ui.access.headers import SafeHeaders
from ui.access.hosts import list_hosts
from ui.access.ids import CheckedIds, check_events
from ui.access.members import AccountMembers, LocalMembers, Members
from ui.access.presence import Presence
from ui.access.sign_in import offer_local, offer_passwords, offer_providers
from ui.access.wording import add_words

HOUR = 3_600
# On one's own machine nobody is to be asked again.
LOCAL_HOURS = 24 * 365


def guard_chat(settings: Settings) -> None:
    """Let into this process's chat server whom the settings let in."""
    members = offer_sign_in(settings)
    for guard, options in reversed(list_guards(settings, members)):
        server.app.add_middleware(guard, **options)
    check_events(server.sio)
    spoken = add_words(ChainlitConfig.load_translation)
    ChainlitConfig.load_translation = spoken  # type: ignore[method-assign]


def offer_sign_in(settings: Settings) -> Members:
    """Offer the ways to sign in that are set; who is welcome by them."""
    is_local = settings.auth == "local"
    config.project.user_session_timeout = int(
        HOUR * (LOCAL_HOURS if is_local else settings.session_hours)
    )
    if is_local:
        offer_local()
        return LocalMembers()
    accounts, providers = Accounts(settings.home), get_configured_oauth_providers()
    offer_passwords(accounts)
    if providers:
        offer_providers(list_domains(settings))
    return AccountMembers(accounts, providers)


def list_guards(settings: Settings, members: Members) -> list[tuple[Any, dict[str, Any]]]:
    """The guards that a request passes, the first one first, with what each knows."""
    hosts = list_hosts(settings, host=config.run.host, port=config.run.port)
    socket = {"socket_path": server.SOCKET_IO_PATH}
    return [
        (SafeHeaders, {}),
        (Gate, {"hosts": hosts}),
        (CheckedIds, socket),
        (Presence, {"members": members, **socket}),
    ]


def list_domains(settings: Settings) -> list[str]:
    """The mail domains that are let in by a provider; none: all."""
    domains = settings.oauth_domains.lower().split(",")
    return [domain.strip().lstrip("@") for domain in domains if domain.strip()]
