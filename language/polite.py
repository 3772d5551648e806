"""Korean sentences of reports and rules as a polite answer says them: 한다 as 합니다, 중단됨 as 중단됩니다."""

import re
from collections.abc import Sequence
from typing import Any

from language.terms import load_kiwi

BULLET = re.compile(r"^[\s•∙·▪■□◦○●*※\-–—▶▷➔→]+")
ASIDE_AT_END = re.compile(r"\s*\*+$")
# Tags (Kiwi's): a final ending, what it may stand behind, and what a sentence that is none ends in.
FINAL_ENDING, STEMS = "EF", ("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")
NOUNS = ("NNG", "NNP", "NNB", "NR", "SN", "SL", "SW", "XSN")
# Before a noun, they make it what the sentence is about to do: "과징금을 부과".
ACTED_ON = ("JKO", "JKB", "JKS", "JX", "EC", "MAG")
POLITE = re.compile(r"(?:니다|요)[.!?]?$")
TO_BE, DECLARING = ("이", "VCP"), ("습니다", FINAL_ENDING)


def make_polite(sentence: str) -> str:
    """A Korean sentence of a source in the polite form, without its bullet; every word of it is kept.

    What ends in a noun that may be a deed is told as written: "…라고 적혀 있습니다".
    """
    text = ASIDE_AT_END.sub("", BULLET.sub("", " ".join(sentence.split()))).rstrip(" .")
    tokens = load_kiwi().tokenize(text)
    if not tokens:
        return sentence
    if POLITE.search(text):
        return f"{text}."
    last = tokens[-1]
    if last.tag == FINAL_ENDING and (rebuilt := _rebuild_ending(text, tokens)):
        return rebuilt
    if _ends_in_thing(tokens):
        return f"{text}{load_kiwi().join([TO_BE, DECLARING])}."
    return f"“{text}”{'이' * _ends_in_consonant(text)}라고 적혀 있습니다."


def _rebuild_ending(text: str, tokens: Sequence[Any]) -> str:
    """A text with its last verb in the polite form; empty where there is no verb."""
    stems = [at for at, token in enumerate(tokens) if token.tag.split("-")[0] in STEMS]
    if not stems:
        return ""
    verb = tokens[stems[-1]]
    parts = [(token.form, token.tag) for token in tokens[stems[-1] : -1]]
    return f"{text[: verb.start]}{load_kiwi().join([*parts, DECLARING])}."


def _ends_in_thing(tokens: Sequence[Any]) -> bool:
    """Whether the last word is a noun that names something: a date, a sum, a plan."""
    nouns = 0
    while nouns < len(tokens) and tokens[-1 - nouns].tag.split("-")[0] in NOUNS:
        nouns += 1
    before = tokens[-1 - nouns].tag if nouns < len(tokens) else ""
    is_counted = any(token.tag in ("SN", "NR") for token in tokens[len(tokens) - nouns :])
    return nouns > 0 and (is_counted or before not in ACTED_ON)


def _ends_in_consonant(text: str) -> bool:
    """Whether the last syllable is closed: 설명, but no 평가."""
    return "가" <= text[-1] <= "힣" and (ord(text[-1]) - ord("가")) % 28 > 0
