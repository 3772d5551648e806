"""Sentences that are kept in both languages, told in the reader's."""

import re

from language.catalogue import reader_language, write_text

HANGUL = re.compile("[가-힣]")


def write_both(key: str, **values: object) -> str:
    """A text of the catalogue in both languages, as errors are written: what is kept for any reader."""
    korean, english = (write_text(key, language=one, **values) for one in ("ko", "en"))
    return f"{korean} ({english})"


def choose_language(line: str) -> str:
    """The Korean or the English of "Korean. (English.)"; a line of another form as it is."""
    at = _find_last_bracket(line)
    if at is None:
        return line
    korean, english = line[:at].strip(), line[at + 1 : -1].strip()
    if not HANGUL.search(korean) or HANGUL.search(english):
        return line
    return english[:1].upper() + english[1:] if reader_language.get() == "en" else korean


def _find_last_bracket(line: str) -> int | None:
    """Where the bracket opens that the line ends with."""
    depth = 0
    for at in range(len(line) - 1, -1, -1) if line.endswith(")") else ():
        depth += (line[at] == ")") - (line[at] == "(")
        if depth == 0:
            return at
    return None
