"""The lists beside the code, as tables: *.tsv files that a reader of Korean can mend."""

from importlib import resources

# A line of the file that explains it.
COMMENT = "#"
# In a cell that would be empty.
NONE = "-"


def read_table(name: str, *, package: str = "language") -> list[dict[str, str]]:
    """The rows of `{package}/{name}.tsv` by their columns, which its first line names.

    Lines that begin with # are comments. ValueError where a row has more or fewer cells.
    """
    text = (resources.files(package) / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(COMMENT)]
    head, *rows = (line.split("\t") for line in lines)
    return [dict(zip(head, row, strict=True)) for row in rows]


def split_unless(cell: str) -> tuple[str, ...]:
    """The words of a cell that lists with commas what speaks against a meaning."""
    return () if cell == NONE else tuple(cell.split(", "))
