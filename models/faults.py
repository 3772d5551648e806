"""Faults of model servers, read the same whichever library raised them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import openai
from langchain_core.exceptions import ContextOverflowError, OutputParserException
from pydantic import ValidationError

from language.catalogue import Text

FaultKind = Literal[
    "key",
    "forbidden",
    "no_model",
    "credit",
    "rate",
    "timeout",
    "too_long",
    "filtered",
    "refused",
    "server",
    "unreachable",
    "broken",
    "web_page",
    "unusable",
]
# Of a server's own sentence, enough to look it up.
LONGEST_WORDS = 240


class BadReply(Exception):
    """The model answered, but not with what was asked for; worth another try."""


class BrokenStream(Exception):
    """The connection broke in mid-answer; worth another try."""


class PromptTooLong(Exception):
    """More than the model can read in one call."""


class EmbeddingFault(Text, Exception):
    """Embeddings that are not to be had or not to be trusted; the message is shown as it stands."""


class CallFailed(Exception):
    """A call that failed for good; its cause says why, in whatever words its library has."""


UNUSABLE = (
    BadReply,
    OutputParserException,
    ValidationError,
    openai.LengthFinishReasonError,
    openai.ContentFilterFinishReasonError,
)
# What libraries raise at a reply that is none of an API.
UNREADABLE = (ValueError, KeyError, TypeError, openai.APIResponseValidationError)
# All that `read_fault` knows.
MODEL_FAULTS = (
    openai.OpenAIError,
    CallFailed,
    EmbeddingFault,
    PromptTooLong,
    BrokenStream,
    *UNUSABLE,
)

BY_STATUS: Mapping[int, FaultKind] = {
    401: "key",
    402: "credit",
    403: "forbidden",
    404: "no_model",
    408: "timeout",
    409: "server",
    413: "too_long",
    429: "rate",
}
# What servers say, where their status says less: the first that fits counts.
BY_WORDS: tuple[tuple[FaultKind, re.Pattern[str]], ...] = (
    (
        "web_page",
        re.compile(
            r"<!doctype html|<html|unexpected endpoint or method|page not found|^\w* not found$",
            re.I,
        ),
    ),
    (
        "too_long",
        re.compile(
            r"context[ _](?:length|window|size)|maximum context|prompt is too long"
            r"|exceeds? the (?:available )?(?:context|maximum)|too many (?:input )?tokens"
            r"|reduce the length|input length|request too large",
            re.I,
        ),
    ),
    ("filtered", re.compile(r"content[ _](?:filter|management|policy)|safety", re.I)),
    (
        "credit",
        re.compile(
            r"insufficient[_ ]quota|billing|credit balance|exceeded your current quota", re.I
        ),
    ),
    ("rate", re.compile(r"rate limit|request limit|overloaded|too many requests", re.I)),
)
# "maximum context length is 8192 tokens", "the context size (4096)".
WINDOW = re.compile(r"(?:context|maximum)[^.\d]{1,40}?(\d[\d,]{2,})", re.I)
# Kinds whose status is trusted over whatever the words say.
BY_STATUS_ALONE: frozenset[FaultKind] = frozenset({"key", "forbidden", "credit"})


@dataclass(frozen=True)
class Fault:
    """What went wrong with a call."""

    kind: FaultKind
    words: str = ""
    """The server's own sentence."""

    parameter: str = ""
    """The parameter that the server says is at fault."""

    retry_after: float | None = None
    """Seconds that the server asks to wait."""

    @property
    def window(self) -> int | None:
        """The tokens that the model reads in one call, where the server names them."""
        found = WINDOW.search(self.words) if self.kind == "too_long" else None
        return int(found[1].replace(",", "")) if found else None


def read_fault(error: Exception) -> Fault:
    """What an error says; of MODEL_FAULTS or, as the cause of a CallFailed, of any library."""
    cause = error.__cause__
    if isinstance(error, CallFailed) and isinstance(cause, Exception):
        error, cause = cause, cause.__cause__
    if isinstance(error, BrokenStream) and isinstance(cause, TimeoutError):
        return Fault("timeout")
    if isinstance(error, BrokenStream):
        return Fault("broken", _read_words(cause) if isinstance(cause, openai.APIError) else "")
    if isinstance(error, PromptTooLong | ContextOverflowError):
        return Fault("too_long", _read_words(error))
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return Fault("timeout")
    if isinstance(error, openai.APIConnectionError):
        return Fault("unreachable")
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Fault("filtered")
    if isinstance(error, (*UNUSABLE, *UNREADABLE)):
        return Fault(_find_said(f"{error} {cause or ''}") or "unusable", _read_words(error))
    return _read_status_fault(error)


def wrap_fault(error: Exception) -> Exception:
    """The fault as one of MODEL_FAULTS."""
    if isinstance(error, PromptTooLong) or read_fault(error).kind == "too_long":
        return PromptTooLong(read_fault(error).words)
    if isinstance(error, MODEL_FAULTS):
        return error
    is_unusable = read_fault(error).kind == "unusable"
    return BadReply("malformed reply") if is_unusable else CallFailed(str(error))


def _read_status_fault(error: Exception) -> Fault:
    body = getattr(error, "body", None)
    told = body if isinstance(body, Mapping) else {}
    status = _read_status(error, told)
    words = _read_words(error)
    return Fault(
        _find_kind(status, f"{told.get('code')} {words}", type(error).__name__),
        words,
        str(told.get("param") or ""),
        _read_retry_after(error),
    )


def _find_kind(status: int | None, words: str, name: str) -> FaultKind:
    by_status = BY_STATUS.get(status or 0)
    if by_status in BY_STATUS_ALONE:
        return by_status
    if said := _find_said(words):
        return said
    if by_status:
        return by_status
    if status is None:
        return "unreachable" if "connect" in name.lower() else "server"
    return "server" if status >= 500 else "refused"


def _read_status(error: Exception, told: Mapping[str, Any]) -> int | None:
    """The HTTP status; of an error within a stream, the code that it carries."""
    response = getattr(error, "response", None)
    for found in (
        getattr(error, "status_code", None),
        getattr(response, "status_code", None),
        getattr(error, "code", None),
        told.get("code"),
    ):
        if isinstance(found, int):
            return found
    return None


def _read_words(error: Exception) -> str:
    """The server's sentence: without the status before it, and not the whole of a page."""
    body = getattr(error, "body", None)
    told: Any = body
    while isinstance(told, Mapping):
        told = told.get("error") or told.get("message") or told.get("detail")
    if isinstance(told, list):
        told = str(told)
    words = " ".join(str(told or error).split())
    return words[:LONGEST_WORDS] + ("…" if len(words) > LONGEST_WORDS else "")


def _find_said(words: str) -> FaultKind | None:
    """What kind of fault a server's words tell of."""
    return next((kind for kind, said in BY_WORDS if said.search(words)), None)


def _read_retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return float(headers["retry-after"])
    except (KeyError, TypeError, ValueError):
        return None


def is_passing_fault(error: Exception) -> bool:
    """Whether the reply was no use, or broke off, and the same call may well succeed at once.

    HTTP faults are not: they have been tried again already, backing off.
    """
    return isinstance(error, (*UNUSABLE, BrokenStream))


def is_final_fault(error: Exception) -> bool:
    """Whether every further call would fail as this one did: key, model, address or credit are wrong."""
    return read_fault(error).kind in {"key", "forbidden", "no_model", "credit", "web_page"}
