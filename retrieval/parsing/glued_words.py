"""Part words that a page sets apart by less than is taken for a space: "Themodelisadecoder"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

# No word of a text has so many letters in a row; in a block that has such, words are glued.
MAX_WORD_LENGTH = 25
LONG_RUN = re.compile(rf"[^\W\d_]{{{MAX_WORD_LENGTH + 1},}}")
# Between glued words there is more than this, in sizes of their type; within a word there is none.
WORD_GAP = 0.1


def part_glued_words(blocks: Sequence[dict[str, Any]]) -> None:
    """Put a space into the wider gaps between letters, in blocks whose words are glued."""
    for block in blocks:
        if any(LONG_RUN.search(_join_chars(line)) for line in block["lines"]):
            for span in (span for line in block["lines"] for span in line["spans"]):
                span["chars"] = list(_add_spaces(span))


def _join_chars(line: dict[str, Any]) -> str:
    return "".join(char["c"] for span in line["spans"] for char in span["chars"])


def _add_spaces(span: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The chars of a span, with a space in each wide gap."""
    chars = span["chars"]
    yield from chars[:1]
    for left, right in pairwise(chars):
        gap = right["bbox"][0] - left["bbox"][2]
        if gap > WORD_GAP * span["size"] and not (left["c"] + right["c"]).isspace():
            yield {**right, "c": " "}
        yield right
