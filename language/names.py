"""Names in a question (models, data sets, sizes), and whether a text has them."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# A name with a version behind it ("Gemma 3"), or a word with a capital or a digit ("KMMLU", "27B").
# What is counted is no version: "BERT 12층", "BLEU 28.4점", "FEVER 3-way".
COUNTED_BEHIND_NAME = (
    "개|층|명|배|비트|번|점|회|장|쪽|년|월|시간|분|초|단계|에폭|토큰|퍼센트|%|가지|쌍|종|편|이상|이하|억|조|천"
    "|-(?:way|shot|bit|layer|fold|step|head)"
)
VERSIONED = re.compile(
    rf"(?<![A-Za-z\d])[A-Z][A-Za-z-]* \d+(?:\.\d+)?(?![.,]?\d|[\w.]*[A-Za-z]|{COUNTED_BEHIND_NAME})"
)
NAME = re.compile(r"(?:(?=[\w.-]*[A-Z\d])[A-Za-z]|\d(?=[\w.]*[A-Za-z]))[\w.-]*\w", re.ASCII)
# How an English question begins, where a capital says nothing; in Korean any such word is a name.
FIRST_WORD = re.compile(r"(?:^|[.?!])\s*[A-Z][a-z]*(?=[\s,?])(?! \d)")
HANGUL_LETTER = re.compile(r"[가-힣]")
# A proper noun of the English question, whose capital the Korean one cannot show (한국어, Korean).
PROPER = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][a-z]{2,}\b")
# Its words may stand in full in a paper: supervised fine-tuning is SFT.
ABBREVIATION = re.compile(r"[A-Z]{2,5}")
# Abbreviations that are no first letters of words.
SHORT_FOR = {"PPL": r"perplexit", "FFN": r"feed-?forward"}
# So short that only capitals tell it from a word of English: IT, and it.
LIKE_A_WORD = re.compile(r"[A-Z]{2}")
# What stands between the parts of a name, or doesn't: Qwen 2, Qwen2, QWEN-2.
JOINTS = r"\s\-_‐‑–"
# What siblings have in common: phi-3-mini and phi-3-small, Qwen2-7B and Qwen2-72B.
FAMILY = re.compile(r"[A-Za-z]+[- ]?\d[\d.]*(?=-[A-Za-z\d])")
# They name a place in a paper, not what it speaks of.
PLACE = re.compile(
    r"(?:(?:tab(?:le)?|fig(?:ure)?|sec(?:tion)?|appendix|eq(?:uation)?)s?[ \d.]*|papers?|reports?|survey|study)",
    re.IGNORECASE,
)


def find_names(text: str) -> list[str]:
    """What a text names in Latin letters, as it is written; no first word of an English sentence."""
    if not HANGUL_LETTER.search(text):
        text = FIRST_WORD.sub(" ", text)
    versioned = VERSIONED.findall(text)
    rest = NAME.findall(VERSIONED.sub(" ", text))
    return [name for name in [*versioned, *rest] if not PLACE.fullmatch(name)]


def list_missing_names(asked: Sequence[str], text: str, *, in_full: bool = True) -> list[str]:
    """The names that a text has neither as they are asked for nor, where it may, in full."""
    return [
        name
        for name in asked
        if not has_name(text, name) and not (in_full and _is_written_in_full(name, text))
    ]


def has_name(text: str, name: str) -> bool:
    """Whether a text has a name, however it is spelt, and not inside a word (RAG in average)."""
    return count_name(text, name) > 0


def count_name(text: str, name: str) -> int:
    """How often a text has a name."""
    exact = bool(LIKE_A_WORD.fullmatch(name))
    pattern = _name_pattern(unicodedata.normalize("NFKC", name), exact=exact)
    return len(pattern.findall(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1_024)
def _name_pattern(name: str, *, exact: bool) -> re.Pattern[str]:
    """Letters go on as letters, and digits as digits; an s makes a plural.

    A number stands together (no 27B in Qwen2 7B); between other parts there may be joints.
    """
    before = r"(?<![\d.])" if name[:1].isdigit() else r"(?<![A-Za-z])"
    after = r"(?!\d)" if name[-1:].isdigit() else r"(?!(?!s\b)[A-Za-z])"
    parts = re.findall(rf"\d+|[^\d{JOINTS}]", name)
    spelt = rf"[{JOINTS}]*".join(map(re.escape, parts))
    return re.compile(f"{before}{spelt}{after}", 0 if exact else re.IGNORECASE)


def _is_written_in_full(abbreviation: str, text: str) -> bool:
    """Whether some words in a row begin with its letters, or it is known to be short for one."""
    if not ABBREVIATION.fullmatch(abbreviation):
        return False
    first_letters = r"[\s-]+".join(rf"{letter}[a-z]+" for letter in abbreviation)
    words = SHORT_FOR.get(abbreviation, first_letters)
    return bool(re.search(rf"\b{words}", text, re.IGNORECASE))


def is_in_name(text: str, at: int) -> bool:
    """Whether a place of a text lies in one of its names: the 7 of "Gemma 2 7B"."""
    return any(
        match.start() <= at < match.end()
        for name in find_names(text)
        for match in re.finditer(re.escape(name), text)
    )


def find_family(name: str) -> str:
    """What a name has in common with its siblings: phi-3 of phi-3-mini; empty where it has none."""
    family = FAMILY.match(name)
    return family[0] if family else ""


def remove_joints(text: str) -> str:
    """Text in one form for Qwen 2, Qwen2 and QWEN-2."""
    return re.sub(f"[{JOINTS}]+", "", unicodedata.normalize("NFKC", text)).lower()
