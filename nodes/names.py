"""Names in a question (models, data sets, sizes), and whether passages speak of them."""

import re
import unicodedata
from collections.abc import Sequence

# A name with a version behind it ("Gemma 3"), or a word with a capital or a digit ("KMMLU", "27B").
VERSIONED = re.compile(r"[A-Z][A-Za-z\d-]* \d+(?:\.\d+)?(?![\w.]*[A-Za-z])")
NAME = re.compile(r"(?:(?=[\w.-]*[A-Z])[A-Za-z]|\d(?=[\w.]*[A-Za-z]))[\w.-]*\w", re.ASCII)
# They name a place in a paper, not what it speaks of.
PLACES = ("table", "figure", "fig", "section", "appendix", "equation", "eq")


def names(question: str) -> list[str]:
    """What a question names in Latin letters, as it was typed."""
    versioned = VERSIONED.findall(question)
    rest = NAME.findall(VERSIONED.sub(" ", question))
    return [name for name in [*versioned, *rest] if not name.lower().startswith(PLACES)]


def unknown(question: str, texts: Sequence[str]) -> list[str]:
    """The names of the question that none of the texts holds."""
    held = squeezed("\n".join(texts))
    return [name for name in names(question) if squeezed(name) not in held]


def squeezed(text: str) -> str:
    """Text in one form for Qwen 2, Qwen2 and QWEN-2."""
    return re.sub(r"[\s\-_‐‑–]+", "", unicodedata.normalize("NFKC", text)).lower()
