"""Whether a Korean sentence can be true by itself: the figures that it compares, what took whose place."""

import re
from decimal import Decimal
from itertools import pairwise

from language.figures import find_figures
from language.names import is_in_name

# "…, B가 (A보다) 조금 더 높습니다": which way, behind who.
VERDICT = re.compile(
    r"(?P<particle>[이가])\s*(?:[^,]{0,30}?보다\s*)?(?:(?:조금|약간|훨씬|더)\s*)*"
    r"(?:(?P<higher>높|큽|큰|크[다고며]|많|깁|긴|길[다고며어])|(?P<lower>낮|작[습은다고아]|적[습은다고]|짧))"
)
# "76개 중 34개": of so many so many of the same; 3시간 중 30분 is another matter.
COUNT = r"\d[\d,]*(?:\.\d+)?"
SHARE = re.compile(
    rf"(?P<whole>{COUNT})\s*(?P<of>[가-힣]{{1,2}}?)\s*(?:중(?:에서?)?|가운데)(?:에서|의)?\s*"
    rf"(?P<part>{COUNT})\s*(?P=of)"
)
# "78억(약 7.8B)": the same figure once more, with nothing behind it but the bracket.
RESTATING = re.compile(r"\(\s*(?:약|총|즉|=|≈|~)?\s*")
# Figures from here on are written in two ways; less is a mean with its deviation: 70.1(0.3).
LARGE = 10_000
# How far the second may be rounded, as a share of the first.
ROUNDED = Decimal("0.1")
# "70%에서 68%로 증가": from one figure to another, and which way; better and worse may be either.
FROM = re.compile(r"[^\s\d]{0,8}에서\s*(?:약\s*)?")
CHANGE = re.compile(
    r"[^\s\d]{0,8}?(?:으로|로|까지)\s+(?:\S+\s+){0,2}?"
    r"(?:(?P<rise>증가|상승|높아|높였|늘|올라|올랐)|(?P<fall>감소|하락|낮아|낮췄|줄|떨어|내려))"
)
# "MHA 대신 GQA": what was left, and what was taken.
INSTEAD = re.compile(
    r"(?P<left>[A-Za-z][A-Za-z\d-]*)(?:를|을)?\s*대신(?:에)?\s*(?P<taken>[A-Za-z][A-Za-z\d-]*)"
)
DENIED = re.compile(r"^\S*지\s*않")


def misjudges_figures(sentence: str) -> bool:
    """Whether a sentence that gives two things a figure each calls the lower one higher, or the reverse.

    Only what is told with more and less is judged: better may be either.
    """
    verdict = next(VERDICT.finditer(sentence), None)
    if not verdict or DENIED.match(sentence[verdict.end() :]):
        return False
    before = sentence[: verdict.start("particle")]
    figures = [figure for figure in find_figures(before) if not is_in_name(before, figure.start)]
    told = _find_first_mention(before)
    own = next((figure for figure in figures if told is not None and figure.start >= told), None)
    if own is None or len(figures) != 2:
        return False
    [other] = [figure for figure in figures if figure is not own]
    return own.value < other.value if verdict["higher"] else own.value > other.value


def overfills_share(sentence: str) -> bool:
    """Whether it tells of a number of things more than there are: 34개 중 76개."""
    return any(
        Decimal(share["part"].replace(",", "")) > Decimal(share["whole"].replace(",", ""))
        for share in SHARE.finditer(sentence)
    )


def changes_otherwise(sentence: str) -> bool:
    """Whether what is said to rise falls by its own figures, or the reverse: 70%에서 68%로 증가."""
    for first, second in pairwise(find_figures(sentence)):
        if FROM.fullmatch(sentence, first.end, second.start) and (
            change := CHANGE.match(sentence, second.end)
        ):
            rises = first.value < second.value
            if rises != bool(change["rise"]) and not DENIED.match(sentence[change.end() :]):
                return True
    return False


def restates_otherwise(sentence: str) -> bool:
    """Whether a large figure is written a second time in brackets, as another one: 38억(25)."""
    return any(
        RESTATING.fullmatch(sentence, first.end, second.start) is not None
        and sentence.startswith(")", second.end)
        and first.value >= LARGE
        and abs(first.value - second.value) > ROUNDED * first.value
        for first, second in pairwise(find_figures(sentence))
    )


def swaps_places(sentence: str, question: str) -> bool:
    """Whether a sentence says that A took B's place where the question has B in A's."""
    asked = {(one["left"].lower(), one["taken"].lower()) for one in INSTEAD.finditer(question)}
    return any(
        (one["taken"].lower(), one["left"].lower()) in asked for one in INSTEAD.finditer(sentence)
    )


def _find_first_mention(text: str) -> int | None:
    """Where what a text ends in was named before: its longest run of last words that is there twice."""
    for word in re.finditer(r"(?<!\S)[A-Za-z가-힣]", text):
        if 0 <= (at := text.find(text[word.start() :])) < word.start():
            return at
    return None
