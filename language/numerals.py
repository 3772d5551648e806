"""Numbers in Korean words: 천오백, 열다섯, 수백만 and 절반.

The syllables of numbers are those of other words too (조건, 만약, 이 논문), so Kiwi says which are
numbers, and short ones count only before a counter (만 명, 두 배).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from language.terms import load_kiwi

TEN = Decimal(10)
# In digits.
NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HALF = Decimal("0.5")
SMALL_UNITS = {"십": TEN, "백": TEN**2, "천": TEN**3}
LARGE_UNITS = {"만": TEN**4, "억": TEN**8, "조": TEN**12}
SINO_DIGITS = {digit: Decimal(value) for value, digit in enumerate("영일이삼사오육칠팔구")}
# Korean's own numbers, in both forms: 스물 and 스무 개, 셋 and 세 개.
NATIVE_TENS = dict(
    zip("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(), range(10, 100, 10), strict=True)
) | {"스무": 20}
NATIVE_ONES = dict(
    zip("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split(), range(1, 10), strict=True)
) | {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4}
# A cheap look before Kiwi is asked: a text without any of these has no number in words.
MAY_BE_NUMBER = re.compile(
    rf"절반|반으로|[십백천만억조]|[이삼사오육칠팔구]\s?[가-힣]|{'|'.join([*NATIVE_TENS, *NATIVE_ONES])}"
)
# One part of a number: digits, a digit in words, or a unit.
SINO_PART = re.compile(
    rf"\s*(?:(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?P<digit>[{''.join(SINO_DIGITS)}])"
    rf"|(?P<small>[{''.join(SMALL_UNITS)}])|(?P<large>[{''.join(LARGE_UNITS)}]))"
)
NATIVE = re.compile(rf"(?P<tens>{'|'.join(NATIVE_TENS)})?(?P<ones>{'|'.join(NATIVE_ONES)})?")
# 수 is "several" before a unit alone.
SEVERAL = re.compile(r"수\s?(?=[십백천만억조]+$)")
UNIT = re.compile(r"[십백천만억조]")
# Behind these the parts of a number may stand apart: 이억 오천만, 수 백만.
JOINT = re.compile(r"[만억조수]$")
# Modifiers that Kiwi does not tag as numbers.
MODIFIERS = frozenset(["수", "스무", *NATIVE_ONES])
HANGUL_LETTER = re.compile(r"[가-힣]")
# What is counted. Of all nouns that Kiwi may give behind a number, 대 (십대), 원 (사원) and plain ones
# gave false numbers in Korean questions and texts. Before these alone a number of one syllable is
# one: 삼 년, 두 배, 여섯 층.
COUNTERS = frozenset(
    "개 명 층 번 배 쌍 편 종 건 권 장 년 월 주 개월 시간 분 초 회 차례 단계 점 퍼센트 프로 달러 톤 쪽".split()
)
# Nouns that do for larger numbers alone (만 토큰): two languages a paper lists, and counts them not.
COUNTED_NOUNS = frozenset("가지 원 차원 페이지 줄 문장 문서 단어 토큰 언어 에폭 스텝 비트".split())
# From here on; the reason, not a measurement: "English and Korean" are 두 언어.
MIN_BEFORE_NOUN = 5
# 이 is "this" and 일 "work": alone they are no numbers.
OTHER_SENSES = frozenset("이일")
# An order, which a source has in words of its own or in none: 두 번째.
ORDINAL = re.compile(r"\s?번\s?째")
# 몇 조 asks.
ASKED_NUMBER = re.compile(r"몇\s*$")
# One is no amount: English says "a" for 한 개, and 하나 is as often "one of".
MIN_COUNTED = 2
# 십여 is ten and some.
ODD = re.compile(r"여(?=\s?[가-힣])")
# 반 is a class or "anti-" elsewhere.
HALF_OF = re.compile(r"절반|(?<![가-힣])반(?=으로)")
# With these before or behind it, half is told of 48 % and 57 % as well.
HEDGED_BEFORE = re.compile(r"(?:약|거의|대략)\s*$")
HEDGED_BEHIND = re.compile(
    r"\s*(?:가까|이상|이하|이내|미만|정도|가량|쯤|남짓|[을이]?\s?(?:조금 |약간 |훨씬 )?넘|에 (?:가까|육박)|도 (?:안|되지))"
)


class Numeral(NamedTuple):
    """A number in Korean words, where it stands in a text."""

    start: int
    end: int
    value: Decimal
    is_approximate: bool = False
    """Whether it stands for all numbers of its power of ten (수백만: 1,000,000 to 9,999,999)."""


@lru_cache(maxsize=4_096)
def find_korean_numerals(text: str) -> tuple[Numeral, ...]:
    """The numbers in Korean words of a text, in order; also those in digits and words (3천오백)."""
    if not MAY_BE_NUMBER.search(text):
        return ()
    found = [*_find_halves(text)]
    for start, end, behind in _find_number_runs(text):
        if numeral := _read_numeral(text, start, end, behind):
            found.append(numeral)
    return tuple(sorted(found))


def _find_halves(text: str) -> Iterator[Numeral]:
    for match in HALF_OF.finditer(text):
        hedged = HEDGED_BEFORE.search(text, 0, match.start()) or HEDGED_BEHIND.match(
            text, match.end()
        )
        yield Numeral(*match.span(), HALF, bool(hedged))


def _find_number_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the words and digits of each number start and end, and the morpheme behind them."""
    run: list[Any] = []
    for token in [*load_kiwi().tokenize(text), None]:
        if run and not (token and _is_number(token) and _continues_number(text, run, token)):
            is_near = token and token.start <= run[-1].end + 1
            yield run[0].start, run[-1].end, token.form if is_near else ""
            run = []
        if token and _is_number(token):
            run.append(token)


def _continues_number(text: str, run: Sequence[Any], token: Any) -> bool:
    """Whether a number goes on with a token: joined to it, or apart behind 만, 억, 조 or 수."""
    gap = text[run[-1].end : token.start]
    return not gap or (gap == " " and bool(JOINT.search(text, 0, run[-1].end)))


def _is_number(token: Any) -> bool:
    return token.tag in ("NR", "SN") or (token.tag == "MM" and token.form in MODIFIERS)


def _read_numeral(text: str, start: int, end: int, behind: str) -> Numeral | None:
    """The number of these words, if they are one: not in digits, and long enough or counted."""
    words = text[start:end]
    if (
        not HANGUL_LETTER.search(words)
        or words in OTHER_SENSES
        or ASKED_NUMBER.search(text, 0, start)
    ):
        return None
    several = SEVERAL.match(words)
    native = NATIVE.fullmatch(words)
    value = (
        _read_native_value(native)
        if native
        else _read_sino_value(words[several.end() if several else 0 :])
    )
    if value is None:
        return None
    is_odd = bool(ODD.match(text, end) and UNIT.search(words))
    is_long = bool(native["tens"] and native["ones"]) if native else len(words) > 1
    is_counted = behind in COUNTERS and not ORDINAL.match(text, end) and value >= MIN_COUNTED
    is_counted |= behind in COUNTED_NOUNS and value >= MIN_BEFORE_NOUN
    if not (is_long or is_odd or is_counted):
        return None
    return Numeral(start, end, value, bool(several) or is_odd)


def _read_native_value(words: re.Match[str]) -> Decimal:
    """스물세 is 23."""
    return Decimal(NATIVE_TENS.get(words["tens"], 0) + NATIVE_ONES.get(words["ones"], 0))


def _read_sino_value(words: str) -> Decimal | None:
    """2억 오천만 is 250,000,000; None for what is no number in Chinese words."""
    total = below = Decimal(0)
    digit: Decimal | None = None
    at = 0
    while part := SINO_PART.match(words, at):
        at = part.end()
        if number := part["number"] or part["digit"]:
            if digit is not None:
                return None
            digit = SINO_DIGITS[number] if part["digit"] else Decimal(number.replace(",", ""))
        elif part["small"]:
            below, digit = below + (digit or 1) * SMALL_UNITS[part["small"]], None
        else:
            total += (below + (digit or 0) or Decimal(1)) * LARGE_UNITS[part["large"]]
            below, digit = Decimal(0), None
    return total + below + (digit or 0) if at == len(words) else None
