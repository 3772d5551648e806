"""Tables of plain text, for what the benchmarks print."""

from collections.abc import Iterable, Sequence
from typing import Any


def format_table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The rows below their heads, in columns as wide as their widest cell; numbers to the right."""
    body = list(rows)
    texts = [list(heads), *([str(cell) for cell in row] for row in body)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    numeric = [all(isinstance(row[at], int | float) for row in body) for at in range(len(heads))]
    aligned = [
        [
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, numeric, strict=True)
        ]
        for row in texts
    ]
    aligned.insert(1, ["-" * width for width in widths])
    return "\n".join("  ".join(row).rstrip() for row in aligned)
