"""Names in a question (models, data sets, sizes), and whether passages speak of them."""

import re
import unicodedata
from collections.abc import Sequence

from retrieval.passages import Passage

# A name with a version behind it ("Gemma 3"), or a word with a capital or a digit ("KMMLU", "27B").
VERSIONED = re.compile(r"[A-Z][A-Za-z\d-]* \d+(?:\.\d+)?(?![\w.]*[A-Za-z])")
NAME = re.compile(r"(?:(?=[\w.-]*[A-Z\d])[A-Za-z]|\d(?=[\w.]*[A-Za-z]))[\w.-]*\w", re.ASCII)
# How an English question begins, where a capital says nothing; in Korean any such word is a name.
FIRST_WORD = re.compile(r"(?:^|[.?!])\s*[A-Z][a-z]*(?=[\s,?])(?! \d)")
HANGUL = re.compile(r"[가-힣]")
# A proper noun of the English question, whose capital the Korean one cannot show (한국어, Korean).
PROPER = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][a-z]{2,}\b")
# They name a place in a paper, not what it speaks of.
PLACES = ("table", "figure", "fig", "section", "appendix", "equation", "eq")


def names(question: str) -> list[str]:
    """What a question names in Latin letters, as it was typed."""
    if not HANGUL.search(question):
        question = FIRST_WORD.sub(" ", question)
    versioned = VERSIONED.findall(question)
    rest = NAME.findall(VERSIONED.sub(" ", question))
    return [name for name in [*versioned, *rest] if not name.lower().startswith(PLACES)]


def unknown(question: str, english: str, passages: Sequence[Passage]) -> list[str]:
    """The names asked about that one paper's passages leave out, of the paper with fewest.

    Where the question names several papers by their titles, theirs count together. Names of
    different papers say nothing of each other: KMMLU here and Aya there is no score.
    """
    texts: dict[str, str] = {}
    for passage in passages:
        texts[passage.document] = texts.get(passage.document, "") + squeezed(passage.searched)
    compared = [texts[document] for document in titled(question, passages)]
    papers = ["".join(compared)] if len(compared) > 1 else list(texts.values())
    asked = [*names(question), *PROPER.findall(english)]
    left_out = [[name for name in asked if squeezed(name) not in text] for text in papers]
    return min(left_out, key=len, default=asked)


def titled(question: str, passages: Sequence[Passage]) -> set[str]:
    """The documents of the passages whose titles hold a name of the question."""
    asked = [squeezed(name) for name in names(question)]
    titles = {passage.document: squeezed(passage.title) for passage in passages}
    return {id for id, title in titles.items() if any(name in title for name in asked)}


def squeezed(text: str) -> str:
    """Text in one form for Qwen 2, Qwen2 and QWEN-2."""
    return re.sub(r"[\s\-_‐‑–]+", "", unicodedata.normalize("NFKC", text)).lower()
