"""Words of models and papers as Markdown in which nothing comes alive that should not."""

import re
from collections.abc import Iterable, Sequence

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
CHANGING = re.compile(r"[\\`*_<\[\]~|]")
# At the start of a line they make a heading, a quotation or a list.
LINE_START = re.compile(r"^(\d*)([#>+.)-])")
# What the page would turn into a link even where every sign is escaped.
LINK = re.compile(r"https?:(?=//)|www(?=\.)|@", re.IGNORECASE)
WORD_JOINER = "\u2060"
# The page shows a blinking cursor in its place.
ZERO_WIDTH_SPACE = "\u200b"
# In an answer: tags, links and images other than a mark [n], directives (`:name`), and the
# sign of Korean ranges (3~5), which would strike words out.
ALIVE = re.compile(r"\\|<|~|!(?=\[)|\[(?!\d+\])|\](?=\()|:(?=[A-Za-z:])")
# Korean puts its particles right behind: **말(word)**은 would not close without a letter before.
CLOSING = re.compile(r"(?<=[^\w\s*])(?=\*{1,2}\w)")


def escape_text(text: str) -> str:
    """A paper's own words on one line, to be read as they stand."""
    return PUNCTUATION.sub(r"\\\g<0>", _unlinked(" ".join(text.split())))


def escape_for_notes(text: str) -> str:
    """A paper's own words on one line, for notes in Markdown: only what would change is escaped."""
    return LINE_START.sub(r"\1\\\2", CHANGING.sub(r"\\\g<0>", " ".join(text.split())))


def escape_answer(text: str) -> str:
    """A model's answer: lists, tables and emphasis stay, links, images and tags do not."""
    return CLOSING.sub(WORD_JOINER, ALIVE.sub(r"\\\g<0>", _unlinked(text)))


def escape_within_answer(text: str) -> str:
    """A paper's or a reader's words on one line, in an answer, which `escape_answer` is still to read."""
    return PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", _unlinked(" ".join(text.split())))


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _unlinked(text: str) -> str:
    return LINK.sub(rf"\g<0>{WORD_JOINER}", text.replace(ZERO_WIDTH_SPACE, ""))
