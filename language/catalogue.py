"""Every sentence that the program tells its readers, in Korean and English: texts/*.toml."""

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["ko", "en"]
TEXTS = Path(__file__).parent / "texts"

reader_language: ContextVar[Language] = ContextVar("reader_language", default="ko")
"""In which language the reader of this moment is spoken to."""


@cache
def load_texts() -> Mapping[str, Mapping[Language, str]]:
    """All texts by key: `file.name` of the table [name] in texts/file.toml."""
    return {
        f"{path.stem}.{name}": text
        for path in sorted(TEXTS.glob("*.toml"))
        for name, text in tomllib.loads(path.read_text("utf-8")).items()
    }


def write_text(key: str, *, language: Language | None = None, **values: object) -> str:
    """A text of the catalogue in the reader's language (or `language`), its {names} filled in."""
    return load_texts()[key][language or reader_language.get()].format(**values)
