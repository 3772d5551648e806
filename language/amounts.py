"""Questions for an amount: how many, how much, 몇, 얼마."""

import re
from collections.abc import Sequence
from typing import Any

from language.terms import load_kiwi
from language.units import WHICH_NUMBER

AMOUNT = re.compile(rf"{WHICH_NUMBER.pattern}|얼마|며칠|how (?:many|much)", re.IGNORECASE)
FIGURE_ASKED = re.compile(rf"{WHICH_NUMBER.pattern}|얼마(?!나)")
# The same words as Kiwi parts them.
ASKING_FORMS = ("몇", "얼마", "며칠")
# Something else than an amount.
ELSE = re.compile(
    r"왜|무엇|무슨|뭐|뭘|뭔|어떤|어떻게|어느|누가|누구|어디|언제|이유|까닭|방법|차이|\?.*\?"
)
HOW_MUCH = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
# Words that ask; two of them ask two things.
ASKING = re.compile(r"\b(?:how|what|which|who|whom|whose|why|when|where)\b", re.IGNORECASE)


def asks_amount(question: str, *, alone: bool = False) -> bool:
    """Whether a question asks for an amount, whatever a translation makes of it; for that `alone`."""
    return bool(AMOUNT.search(question)) and not (alone and ELSE.search(question))


def asks_else(question: str) -> bool:
    """Whether a question asks for something else than an amount: a reason, a name, a way."""
    return bool(ELSE.search(question))


def wants_figure(question: str, english: str) -> bool:
    """Whether nothing but a figure answers a question; where more is asked, that is worth telling."""
    in_english = HOW_MUCH.search(english) and len(ASKING.findall(english)) == 1
    in_korean = FIGURE_ASKED.search(question) and not ELSE.search(question)
    return bool(in_english or in_korean)


def find_measured_noun(question: str) -> str:
    """What a Korean question asks the amount of: 연장전 of "연장전은 최대 몇 회까지?"; empty for nothing.

    The last noun of two syllables or more before the particle that stands before 몇, 얼마 or 며칠,
    with the noun that it makes a word with (출산휴가).
    """
    tokens = load_kiwi().tokenize(question)
    asking = next((at for at, token in enumerate(tokens) if token.form in ASKING_FORMS), 0)
    marked = [at for at in range(asking) if tokens[at].tag in ("JX", "JKS", "JKO")]
    nouns = ""
    before = tokens[: marked[-1]] if marked else []
    while before and before[-1].tag in ("NNG", "NNP", "NNB", "XSN"):
        token = before.pop()
        nouns = token.form + nouns
        if token.tag in ("NNG", "NNP") and len(nouns) > 1 and len(token.form) > 1:
            return _find_first_part(before, token) + str(token.form)
    return ""


def _find_first_part(before: Sequence[Any], token: Any) -> str:
    """The noun that stands before another without a space; empty for none."""
    last = before[-1] if before else None
    is_part = last and last.tag in ("NNG", "NNP") and last.end == token.start
    return str(last.form) if last and is_part else ""
