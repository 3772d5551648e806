"""Chainlit, imported where it may write its files, and without the warnings of its dependencies."""

import os
import warnings
from pathlib import Path

os.environ.setdefault("CHAINLIT_APP_ROOT", str(Path(__file__).parents[2] / "ui" / "page"))

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from chainlit import server
    from chainlit.config import config
    from chainlit.context import context, init_http_context
    from chainlit.session import WebsocketSession, ws_sessions_id, ws_sessions_sid
    from chainlit.user import PersistedUser, User

__all__ = [
    "PersistedUser",
    "User",
    "WebsocketSession",
    "config",
    "context",
    "init_http_context",
    "server",
    "ws_sessions_id",
    "ws_sessions_sid",
]
