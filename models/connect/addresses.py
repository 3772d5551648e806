"""Addresses and keys of model servers as people paste them, cleaned or refused before a call."""

import ipaddress
import os
import re
from urllib.parse import urlsplit, urlunsplit

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

    def __init__(self, variable: str, url: str, reason: str) -> None:
        super().__init__(
            f"{variable}={hide_secrets(url)!r}은(는) 쓸 수 없는 주소입니다({reason}). http://localhost:11434/v1처럼 쓰세요. "
            "(No address: write it like http://localhost:11434/v1.)"
        )


def hide_secrets(pasted: str) -> str:
    """What was pasted without what may be a password or a key in it."""
    return SECRET.sub("***", pasted)


class WrongKey(UserError):
    """A key that no server can have given."""

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(
            f"{variable}가 올바르지 않습니다: {reason}. 서비스의 키 화면에서 다시 복사해 붙여 넣으세요. "
            "(The key is damaged: copy it again.)"
        )


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
        raise WrongAddress(variable, url, "대괄호가 맞지 않음") from error
    try:
        _ = parts.port
    except ValueError as error:
        raise WrongAddress(variable, url, "포트가 숫자가 아님") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise WrongAddress(variable, url, f"{parts.scheme}://는 쓸 수 없음")
    if not parts.hostname or SPACE.search(pasted):
        raise WrongAddress(variable, url, "빈칸이 있거나 서버 이름이 없음")
    if parts.username or parts.password or parts.query:
        raise WrongAddress(variable, url, "사용자 이름, 암호나 ?가 들어 있음")
    path = ENDPOINT.sub("", parts.path.rstrip("/")).rstrip("/") or API_PATH
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, "", ""))


def clean_key(key: str, variable: str) -> str:
    """The key, of what was pasted: without quotes, line breaks and "Bearer"; WrongKey for what is none."""
    pasted = BEARER.sub("", SPACE.sub(" ", _unwrap(key)))
    if " " in pasted:
        joined = pasted.replace(" ", "")
        if "\n" not in key.strip() and "\r" not in key.strip():
            raise WrongKey(variable, "가운데에 빈칸이 있음")
        pasted = joined  # a terminal has broken the line
    if not pasted.isascii() or not pasted.isprintable():
        raise WrongKey(variable, "한글이나 특수한 따옴표처럼 키에 없는 글자가 있음")
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
