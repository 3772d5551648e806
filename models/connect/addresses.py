"""Addresses and keys of model servers as people paste them, cleaned or refused before a call."""

import ipaddress
import os
import re
from urllib.parse import urlsplit, urlunsplit

from language.catalogue import Text
from models.errors import NoKey
from retrieval.errors import UserError

# What people copy behind the address: the client adds it itself.
ENDPOINT = re.compile(r"/(?:chat/completions|completions|responses|embeddings|models)/?$")
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# Where servers that speak OpenAI's API keep it.
API_PATH = "/v1"
# A name and password before a host, what follows a question mark, and keys of the usual makers.
SECRET = re.compile(r"(?<=//)[^/@]*(?=@)|(?<=\?).*|\b(?:sk|gsk|key|AIza)[-_*\w]{6,}")
QUOTES = "\"'“”‘’„«»`"
SPACE = re.compile(r"\s+")
# Marks without width that come along from web pages.
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
BEARER = re.compile(r"^bearer ", re.IGNORECASE)


class WrongAddress(UserError):
    """An address that is none."""

    def __init__(self, variable: str, url: str, reason: Text) -> None:
        super().__init__(
            "chat_models.wrong_address",
            setting=variable,
            address=repr(hide_secrets(url)),
            reason=reason,
        )


def hide_secrets(pasted: str) -> str:
    """What was pasted without what may be a password or a key in it."""
    return SECRET.sub("***", pasted)


class WrongKey(UserError):
    """A key that no server can have given."""

    def __init__(self, variable: str, reason: Text) -> None:
        super().__init__("chat_models.wrong_key", setting=variable, reason=reason)


def read_base_url() -> str | None:
    """The address of another server than OpenAI's; WrongAddress where it is none."""
    url = os.environ.get("OPENAI_BASE_URL", "")
    return clean_address(url, "OPENAI_BASE_URL") if url.strip() else None


def has_openai_key() -> bool:
    """Whether there is a key for OpenAI's API; of blanks alone, there is none."""
    return bool(_unwrap(os.environ.get("OPENAI_API_KEY", "")))


def read_openai_key() -> str:
    """The key for OpenAI's API; a server of one's own may need none. NoKey without either."""
    key = clean_key(os.environ.get("OPENAI_API_KEY", ""), "OPENAI_API_KEY")
    if not key and not read_base_url():
        raise NoKey
    return key or "none"


def clean_address(url: str, variable: str) -> str:
    """The address that a client needs, of what was pasted: scheme and /v1 added, endpoint taken off."""
    pasted = _unwrap(url)
    if not SCHEME.match(pasted):
        pasted = f"{'http' if _is_local(pasted) else 'https'}://{pasted}"
    try:
        parts = urlsplit(pasted)
    except ValueError as error:
        raise WrongAddress(variable, url, Text("chat_models.brackets")) from error
    try:
        _ = parts.port
    except ValueError as error:
        raise WrongAddress(variable, url, Text("chat_models.port")) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise WrongAddress(variable, url, Text("chat_models.scheme", scheme=parts.scheme))
    if not parts.hostname or SPACE.search(pasted):
        raise WrongAddress(variable, url, Text("chat_models.no_host"))
    if parts.username or parts.password or parts.query:
        raise WrongAddress(variable, url, Text("chat_models.has_login"))
    path = ENDPOINT.sub("", parts.path.rstrip("/")).rstrip("/") or API_PATH
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, "", ""))


def clean_key(key: str, variable: str) -> str:
    """The key, of what was pasted: without quotes, line breaks and "Bearer"; WrongKey for what is none."""
    pasted = BEARER.sub("", SPACE.sub(" ", _unwrap(key)))
    if " " in pasted:
        joined = pasted.replace(" ", "")
        if "\n" not in key.strip() and "\r" not in key.strip():
            raise WrongKey(variable, Text("chat_models.blank_in_key"))
        pasted = joined  # a terminal has broken the line
    if not pasted.isascii() or not pasted.isprintable():
        raise WrongKey(variable, Text("chat_models.letters_in_key"))
    return pasted


def _unwrap(pasted: str) -> str:
    """What was pasted, without what came along around it."""
    return INVISIBLE.sub("", pasted).strip().strip(QUOTES).strip()


def _is_local(pasted: str) -> bool:
    """Whether an address without a scheme is of this machine, or of its own network."""
    return is_local_host(re.split(r"[:/]", pasted, maxsplit=1)[0])


def is_local_host(host: str) -> bool:
    """Whether a host is this machine, or of its own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
