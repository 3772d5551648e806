"""Chainlit's parts, imported where it may write, and without the warnings of its dependencies."""

import os
import warnings
from pathlib import Path

os.environ.setdefault("CHAINLIT_APP_ROOT", str(Path(__file__).parents[3] / "ui" / "page"))

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from chainlit import server
    from chainlit.config import config
    from chainlit.session import WebsocketSession, ws_sessions_id, ws_sessions_sid
    from chainlit.user import User

__all__ = ["User", "WebsocketSession", "config", "server", "ws_sessions_id", "ws_sessions_sid"]
