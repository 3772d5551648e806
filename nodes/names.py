"""Names in a question (models, data sets, sizes), and whether passages speak of them."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from retrieval.passages import Passage

# A name with a version behind it ("Gemma 3"), or a word with a capital or a digit ("KMMLU", "27B").
# What is counted is no version: "BERT 12층", "BLEU 28.4점", "FEVER 3-way".
COUNTED = (
    "개|층|명|배|비트|번|점|회|장|쪽|년|월|시간|분|초|단계|에폭|토큰|퍼센트|%|가지|쌍|종|편|이상|이하|억|조|천"
    "|-(?:way|shot|bit|layer|fold|step|head)"
)
VERSIONED = re.compile(rf"[A-Z][A-Za-z-]* \d+(?:\.\d+)?(?![.,]?\d|[\w.]*[A-Za-z]|{COUNTED})")
NAME = re.compile(r"(?:(?=[\w.-]*[A-Z\d])[A-Za-z]|\d(?=[\w.]*[A-Za-z]))[\w.-]*\w", re.ASCII)
# How an English question begins, where a capital says nothing; in Korean any such word is a name.
FIRST_WORD = re.compile(r"(?:^|[.?!])\s*[A-Z][a-z]*(?=[\s,?])(?! \d)")
HANGUL = re.compile(r"[가-힣]")
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
# They name a place in a paper, not what it speaks of.
PLACE = re.compile(
    r"(?:tab(?:le)?|fig(?:ure)?|sec(?:tion)?|appendix|eq(?:uation)?)s?[ \d.]*", re.IGNORECASE
)


def names(question: str) -> list[str]:
    """What a question names in Latin letters, as it was typed."""
    if not HANGUL.search(question):
        question = FIRST_WORD.sub(" ", question)
    versioned = VERSIONED.findall(question)
    rest = NAME.findall(VERSIONED.sub(" ", question))
    return [name for name in [*versioned, *rest] if not PLACE.fullmatch(name)]


def unknown(question: str, english: str, passages: Sequence[Passage]) -> list[str]:
    """The names asked about that one paper's passages leave out, of the paper with fewest."""
    asked = _asked(question, english)
    left_out = [_missing(asked, text) for text in _texts(question, passages).values()]
    return min(left_out, key=len, default=asked)


def speaking(question: str, english: str, passages: Sequence[Passage]) -> set[str]:
    """The documents whose passages speak of all that the question names, as it names it if any do.

    Another paper's learning rate is no answer, however near its words are.
    """
    asked = _asked(question, english)
    texts = _texts(question, passages)
    literal, full = (
        {
            id
            for ids, text in texts.items()
            if not _missing(asked, text, in_full=in_full)
            for id in ids
        }
        for in_full in (False, True)
    )
    return literal or full


def _asked(question: str, english: str) -> list[str]:
    return [*names(question), *PROPER.findall(english)]


def _texts(question: str, passages: Sequence[Passage]) -> dict[frozenset[str], str]:
    """What each paper says, by its document.

    Where the question names several papers by their titles, theirs count together. Names of
    different papers say nothing of each other: KMMLU here and Aya there is no score.
    """
    texts: dict[str, str] = {}
    for passage in passages:
        texts[passage.document] = f"{texts.get(passage.document, '')}\n{passage.searched}"
    compared = titled(question, passages)
    papers = [frozenset(compared)] if len(compared) > 1 else [frozenset([id]) for id in texts]
    return {paper: "\n".join(texts[id] for id in paper) for paper in papers}


def _missing(asked: Sequence[str], text: str, *, in_full: bool = True) -> list[str]:
    """The names that a text has neither as they are asked for nor, where it may, in full."""
    return [
        name
        for name in asked
        if not holds_name(text, name) and not (in_full and _stands_in_full(name, text))
    ]


def holds_name(text: str, name: str) -> bool:
    """Whether a text has a name, however it is spelt, and not inside a word (RAG in average)."""
    exact = bool(LIKE_A_WORD.fullmatch(name))
    pattern = _pattern(unicodedata.normalize("NFKC", name), exact=exact)
    return bool(pattern.search(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1_024)
def _pattern(name: str, *, exact: bool) -> re.Pattern[str]:
    """Letters go on as letters, and digits as digits; an s makes a plural.

    A number stands together (no 27B in Qwen2 7B); between other parts there may be joints.
    """
    before = r"(?<![\d.])" if name[:1].isdigit() else r"(?<![A-Za-z])"
    after = r"(?!\d)" if name[-1:].isdigit() else r"(?!(?!s\b)[A-Za-z])"
    parts = re.findall(rf"\d+|[^\d{JOINTS}]", name)
    spelt = rf"[{JOINTS}]*".join(map(re.escape, parts))
    return re.compile(f"{before}{spelt}{after}", 0 if exact else re.IGNORECASE)


def _stands_in_full(abbreviation: str, text: str) -> bool:
    """Whether some words in a row begin with its letters, or it is known to be short for one."""
    if not ABBREVIATION.fullmatch(abbreviation):
        return False
    first_letters = r"[\s-]+".join(rf"{letter}[a-z]+" for letter in abbreviation)
    words = SHORT_FOR.get(abbreviation, first_letters)
    return bool(re.search(rf"\b{words}", text, re.IGNORECASE))


def titled(question: str, passages: Sequence[Passage]) -> set[str]:
    """The documents of the passages whose titles hold a name of the question."""
    asked = names(question)
    titles = {passage.document: passage.title for passage in passages}
    return {id for id, title in titles.items() if any(holds_name(title, name) for name in asked)}


def squeezed(text: str) -> str:
    """Text in one form for Qwen 2, Qwen2 and QWEN-2."""
    return re.sub(f"[{JOINTS}]+", "", unicodedata.normalize("NFKC", text)).lower()
