"""The key that signs the chat's cookies: made once, kept with the library."""

import os
import secrets
import tempfile
from collections.abc import MutableMapping
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from ui.access.errors import AccessError

FILE = "chat.secret"
SET_OUTSIDE = "CHAINLIT_AUTH_SECRET"
# HS256 is as strong as its key, up to 32 bytes.
SHORTEST = 32
LOCK_SECONDS = 10


def set_secret(environment: MutableMapping[str, str], home: Path) -> None:
    """Give Chainlit its key, and a cookie that no other library on this machine uses."""
    secret = environment.get(SET_OUTSIDE) or read_secret(home)
    if len(secret) < SHORTEST:
        raise AccessError("access.short_secret", length=SHORTEST)
    environment[SET_OUTSIDE] = secret
    # Browsers share cookies between the ports of a host.
    name = sha256(secret.encode()).hexdigest()[:8]
    environment["CHAINLIT_AUTH_COOKIE_NAME"] = f"munheon_{name}"


def read_secret(home: Path) -> str:
    """The library's key, made where there is none."""
    path = home / FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / f"{FILE}.lock", timeout=LOCK_SECONDS):
            if not path.exists():
                _make_secret(path)
        path.chmod(0o600)
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise AccessError("access.unreadable_file", file=path) from error


def _make_secret(path: Path) -> None:
    """Write a new key, whole or not at all, that its owner alone can read."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    Path(name).replace(path)
