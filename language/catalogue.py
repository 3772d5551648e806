"""Every sentence that the program tells its readers, in Korean and English: texts/*.toml."""

import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["ko", "en"]
SPOKEN: tuple[Language, Language] = ("ko", "en")
TEXTS = Path(__file__).parent / "texts"
# A line in Korean with its English behind it.
BOTH = re.compile(r"(?P<korean>.*?[가-힣].*?) \((?P<english>[^가-힣]+)\)", re.DOTALL)

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
    spoken = language or reader_language.get()
    filled = {
        name: value.write(spoken) if isinstance(value, Text) else value
        for name, value in values.items()
    }
    return load_texts()[key][spoken].format(**filled)


class Text:
    """A text of the catalogue with what fills it in, to be written once it is known who reads it."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values

    def write(self, language: Language | None = None) -> str:
        """It in the reader's language, or in `language`."""
        return write_text(self.key, language=language, **self.values)

    def __str__(self) -> str:
        """It in Korean, and in English behind it."""
        return write_both(self)


def write_both(*texts: Text) -> str:
    """Texts in one line: in Korean, and in English behind it."""
    korean, english = ("; ".join(text.write(language) for text in texts) for language in SPOKEN)
    return f"{korean} ({english})"


def choose_half(line: str) -> str:
    """Of a line that was kept in Korean with its English behind it, what the reader reads."""
    halves = BOTH.fullmatch(line)
    if not halves:
        return line
    return halves["english" if reader_language.get() == "en" else "korean"]
