"""Start the chat's server in this process, so that whatever stops one stops the other."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import FrameType

import uvicorn

from graph.settings import Settings
from retrieval.errors import UserError
from ui.access.hosts import list_hosts
from ui.access.listening import check_access
from ui.access.secret import set_secret
from ui.command.entry import tell_stopped

APP = Path(__file__).parents[1] / "page" / "chat.py"
LOG_FORMAT = "%(asctime)s - %(levelname)s - %(name)s - %(message)s"
# Names so common that other programs set them: Chainlit takes CI as a sign to replace the
# OpenAI key, the next four as flags, and the rest as services outside to connect to. Of its own,
# what would move its pages past our guards, or its cookie to other sites.
NOT_FOR_CHAINLIT = (
    "CI DEBUG HEADLESS WATCH NO_CACHE DATABASE_URL LITERAL_API_KEY DISCORD_BOT_TOKEN "
    "SLACK_BOT_TOKEN TEAMS_APP_ID CHAINLIT_ROOT_PATH CHAINLIT_PARENT_ROOT_PATH "
    "CHAINLIT_CUSTOM_AUTH CHAINLIT_COOKIE_SAMESITE"
).split()


class PortTaken(UserError):
    """The chat cannot listen where it was told to."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.reason = reason
        super().__init__("options.port_taken", host=host, port=port, reason=reason)


def serve_chat(settings: Settings, *, host: str, port: int, headless: bool) -> None:
    """Serve the chat until a signal ends it; UserError where it may not or cannot be reached."""
    check_access(settings, host, has_providers=has_providers(os.environ))
    list_hosts(settings, host=host, port=port)
    check_port(host, port)
    set_secret(os.environ, settings.home)
    prepare_environment(os.environ)
    _run_server(host=host, port=port, headless=headless)


def _run_server(*, host: str, port: int, headless: bool) -> None:
    """Serve the page as Chainlit's own command does, without its reentrant event loop.

    That runs in plain Python what asyncio has in C: half of an answer's time.
    """
    from chainlit.config import config, load_module  # it reads the environment as it is imported
    from chainlit.server import app

    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format=LOG_FORMAT)
    config.run.host, config.run.port, config.run.headless = host, port, headless
    load_module(str(APP))
    server = _ToldServer(uvicorn.Config(app, host=host, port=port, log_level="error"))
    server.run()
    if not server.started:
        sys.exit(1)


class _ToldServer(uvicorn.Server):
    """Says that it stops as any command does: once it has, Chainlit ends the process without a word."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear a signal."""
        if sig == signal.SIGINT:
            tell_stopped()
        super().handle_exit(sig, frame)


def prepare_environment(environment: MutableMapping[str, str]) -> None:
    """Leave in the environment only what Chainlit is to see."""
    for name in NOT_FOR_CHAINLIT:
        environment.pop(name, None)
    environment["CHAINLIT_APP_ROOT"] = str(APP.parent)
    # .env has been read: a second reading would bring back what was taken out.
    environment["CHAINLIT_ENV_FILE"] = os.devnull


def has_providers(environment: Mapping[str, str]) -> bool:
    """Whether a provider of OAuth is configured, which Chainlit must not be imported to know."""
    return any(name.startswith("OAUTH_") and name.endswith("_CLIENT_ID") for name in environment)


def check_port(host: str, port: int) -> None:
    """Raise PortTaken where nobody could listen now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise PortTaken(host, port, str(error.strerror).split(" (")[0]) from error
