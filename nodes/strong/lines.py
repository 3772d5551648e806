"""The lines of a reply, without what models set around what they were asked for."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable

from models.faults import BadReply
from nodes.citing.asides import CLOSING, COURTESY, FENCE, NOTE
from nodes.replies import MARKER, ask_for_text

# "Question:", "## Queries", "English translation:", "Query 2 (key terms):", "Here are the queries:"
LABEL = re.compile(
    r"^(?:(?:(?:sure|certainly|of course|okay)[,!.]?\s*)?here(?:['’]s| is| are)\b[^:?\n]{0,60}"
    r"|(?:(?:the|english|translated|standalone|rewritten|search|final|latest|key|other|alternative) )*"
    r"(?:english|translations?|questions?|query|queries|terms|keywords?|statement|words|paraphrase|q)"
    r"(?: in english| in a paper| that would answer it| for the same thing)?\s*#?\d*\s*(?:\([^)\n]*\))?)"
    r"\s*(?:[:：]\s*|$)",
    re.IGNORECASE,
)
NOTE_BEHIND = re.compile(r"\s+[(\[](?:note|참고)\b[^)\]]*[)\]]?$", re.IGNORECASE)
# What stands between the Korean and the English of one line.
BETWEEN_LANGUAGES = re.compile(r"\s+(?:/|\||→|=>|->)\s+")
HANGUL = re.compile(r"[가-힣]")
# So much (0..1) of the letters of an English line are Latin ones: a name may be told as it was typed.
LATIN_SHARE = 0.8


async def ask_for_clean_lines(
    chain: Runnable[dict[str, Any], BaseMessage], values: dict[str, Any]
) -> list[str]:
    """What was asked for, line by line, each once; in English where some of it is.

    BadReply where a reply holds nothing of it.
    """
    lines = [_clean_line(line) for line in _split_reply(await ask_for_text(chain, values))]
    different = list(dict.fromkeys(line for line in lines if any(map(str.isalpha, line))))
    if not different:
        raise BadReply("no lines")
    return list(filter(is_english, different)) or different


def is_english(line: str) -> bool:
    """Whether nearly all letters of a line are Latin ones."""
    letters = [letter for letter in line if letter.isalpha()]
    return sum(map(str.isascii, letters)) >= LATIN_SHARE * len(letters)


def _split_reply(reply: str) -> Iterator[str]:
    """The lines of a reply, or the texts of one in JSON; both languages of a line apart."""
    lines = [line for line in reply.splitlines() if not FENCE.match(line.strip())]
    with suppress(ValueError):
        lines = list(_list_texts(json.loads("\n".join(lines))))
    for line in lines:
        yield from BETWEEN_LANGUAGES.split(line) if HANGUL.search(line) else [line]


def _list_texts(value: object) -> Iterator[str]:
    """The texts in parsed JSON, those by themselves before those in lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        items = list(value.values() if isinstance(value, dict) else value)
        for item in sorted(items, key=lambda item: not isinstance(item, str)):
            yield from _list_texts(item)


def _clean_line(line: str) -> str:
    """A line without list marks, labels, emphasis, quotes and notes; empty where nothing else is in it."""
    text = MARKER.sub("", line.replace("**", "")).strip(' "“”`*_#')
    if COURTESY.match(text) or CLOSING.match(text) or NOTE.match(text) or text.endswith(":"):
        return ""
    text = NOTE_BEHIND.sub("", LABEL.sub("", text))
    return MARKER.sub("", text).strip(' "“”`*_')
