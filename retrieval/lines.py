"""How the lines of a text look that a page was read into: rows of tables, and captions."""

import re

CELL = "\t"
"""What stands between the cells of a row, so that each value can be told from the next."""

LINE = re.compile(r"[^\n]+")
CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Algorithm)\s*\d+\s*[.:|]")
CELL_FIGURE = re.compile(r"[~∼±<>≈]?[-−–]?\d[\d.,/]*%?")
# A row without tabs: at least this share of its words are figures.
ROW_SHARE = 0.3


def is_table_row(line: str) -> bool:
    """Whether a line is a table row: it has cells, or figures make up a good part of it."""
    if CELL in line:
        return True
    words = line.split()
    figures = sum(bool(CELL_FIGURE.fullmatch(word)) for word in words)
    return figures >= 2 and figures >= ROW_SHARE * len(words)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure."""
    return bool(CAPTION.match(line))
