"""Whether a Korean sentence draws the right conclusion from the figures that it compares."""

import re

from language.figures import Figure, find_figures
from language.names import find_names

# "…, B가 (A보다) 조금 더 높습니다": which way, behind who.
VERDICT = re.compile(
    r"(?P<particle>[이가])\s*(?:[^,]{0,30}?보다\s*)?(?:(?:조금|약간|훨씬|더)\s*)*"
    r"(?:(?P<higher>높|큽|큰|크|많|길)|(?P<lower>낮|작|적[습은다]|짧))"
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
    figures = [figure for figure in find_figures(before) if not _is_in_name(before, figure)]
    told = _find_first_mention(before)
    own = next((figure for figure in figures if told is not None and figure.start >= told), None)
    if own is None or len(figures) != 2:
        return False
    [other] = [figure for figure in figures if figure is not own]
    return own.value < other.value if verdict["higher"] else own.value > other.value


def _find_first_mention(text: str) -> int | None:
    """Where what a text ends in was named before: its longest run of last words that is there twice."""
    for word in re.finditer(r"(?<!\S)[A-Za-z가-힣]", text):
        if 0 <= (at := text.find(text[word.start() :])) < word.start():
            return at
    return None


def _is_in_name(text: str, figure: Figure) -> bool:
    """Whether a figure is a part of a name: 7B, Gemma 2."""
    return any(
        match.start() <= figure.start < match.end()
        for name in find_names(text)
        for match in re.finditer(re.escape(name), text)
    )
