"""The marks that models put behind a statement, in whatever form, as they are written: all become [n].

Brackets, and numbers that are called a source, are marks for sure. Parentheses, braces and raised
figures may be anything (a list, an equation, a power): they are marks where nothing else is likely.
"""

import re
import unicodedata
from collections.abc import Iterator

LABEL = (
    r"(?:sources?|evidence|ref(?:erence)?s?\.?|citations?|cite|excerpts?|passages?|doc(?:ument)?s?"
    r"|근거|출처|참고(?:\s?문헌)?|인용|증거|자료|문서)\s*(?:no\.|번호)?\s*[:：#]?\s*"
)
NUMBER = r"\^?\d{1,3}\^?"
JOINED = r"\s*(?:[,;、，·&]|and\b|및|와|과)\s*"
ITEM = rf"(?:{LABEL})?{NUMBER}(?:\s*[-–—~∼]\s*(?:{LABEL})?{NUMBER})?"
ITEMS = rf"{ITEM}(?:{JOINED}{ITEM})*"
# What some write behind the number: 【1†source】, 【1:0†source】, [1, p. 3].
PLACE = r"(?:\s*(?::\d+)?†[^\]】\n]{0,40}|,\s*pp?\.\s*[\d–-]+)?"
SQUARE = rf"\\?[\[【［〔]{{1,2}}\s*{ITEMS}{PLACE}\s*\\?[\]】］〕]{{1,2}}(?:\([^()\s]*\))?"
# Evidence that a sentence speaks of: 근거 1에 따르면.
SPOKEN = r"(?:(?<=근거 )|(?<=근거)|(?<=출처 )|(?<=증거 )|(?<=evidence )|(?<=source ))"
CLEAR = (
    rf"[(（]\s*(?:{LABEL})?{SQUARE}(?:(?:{JOINED}|\s*){SQUARE})*\s*[)）]"
    rf"|[(（]\s*{LABEL}{ITEMS}{PLACE}\s*[)）]|<sup>\s*{SQUARE}\s*</sup>|{SQUARE}"
    rf"|{SPOKEN}\d{{1,2}}(?=번|\s?(?:[은의와과을를]|,(?!\d))|에|가(?!지)|이(?!\w))"
)
# The paper and its page, as evidence is shown to the model, and no number: (SOLAR 10.7B, p. 3).
PAGE = r"[(（\[](?:[^()\[\]\n]{0,100},\s*)?pp?\.\s?\d+(?:\s?[–-]\s?\d+)?[)）\]](?![가-힣])"
LIST = r"\d{1,2}(?:\s*[,–-]\s*\d{1,2})*"
POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = rf"(?:<sup>\s*{LIST}\s*</sup>\s?)+|[{POWERS}]+(?:[, ][{POWERS}]+)*"
FORM = re.compile(
    rf"(?P<wrap>[*`]{{0,2}})(?:(?P<clear>{CLEAR})|(?P<page>{PAGE})"
    rf"|(?P<plain>(?:[({{（]{LIST}[)}}）]\s?)+(?<!\s))|(?P<raised>(?:{RAISED})(?<!\s)))(?P=wrap)",
    re.IGNORECASE,
)
# The end of the words so far that further ones may turn into a mark, or decide whether it is one.
OPENED = r"\\?[\[【［〔({（][^\]】］〕)}）\n]{0,120}|[\]】］〕]\([^()\s]{0,300}|<(?:/?s?u?p?|sup>[^\n]{0,40})"
CLOSED = (
    r"[\[【［〔({（]{1,2}[^\]】］〕)}）\n]{0,120}[\]】］〕)}）]{1,3}(?:\([^()\s]*\))?"
    rf"|<sup>[^\n]{{0,60}}?</sup>|[{POWERS}]+"
)
UNDECIDED_END = re.compile(
    rf"[\s*`\\]*(?:(?:{CLOSED})[\s*`\\,;]*)*(?:{OPENED}|{SPOKEN}\d{{1,2}}\s?)?$", re.IGNORECASE
)
# A parenthesis or brace is a mark at the end of a clause, behind a word; in front of one it numbers
# an item. Behind a full stop it may do either, unless the line ends there.
BEHIND_WORD = re.compile(r"(?:[가-힣%\"'”’)\]*]\s?|[A-Za-z\d]\s)$")
BEHIND_STOP = re.compile(r"[.!?。][\"'”’)*]*\s?$")
ENDS_CLAUSE = re.compile(r"\s?[.,;!?。|]|\s*$|[ \t]*\n")
ENDS_LINE = re.compile(r"\s*$|[ \t]*\n")
POINTER = re.compile(
    r"(?:식|표|그림|조건|단계|방법|항|Table|Fig(?:ure|\.)|Eq(?:uation|\.)|Section|Step|Algorithm)\s*$",
    re.IGNORECASE,
)
# A raised figure is one behind a Korean word or a sentence: elsewhere it is a power.
BEHIND_SENTENCE = re.compile(r"(?:[가-힣]|[가-힣A-Za-z][.!?。,])[\"'”’)*]*\s?$")
UNIT = re.compile(r"(?:미터|그램|리터|센티|킬로|초)\s?$")
BESIDE_NUMBER = re.compile(
    r"(?<=[\]】］〕])\([^()\s]*\)|(?::\d+)?†[^\]】\n]*|,\s*pp?\.\s*[\d–-]+", re.IGNORECASE
)
RANGE = re.compile(rf"(\d{{1,3}})(?:\^?\s*[-–—~∼]\s*(?:{LABEL})?\^?(\d{{1,3}}))?", re.IGNORECASE)
# A mark that is dropped with the space before it, as all of no such number are.
LEADS_NOWHERE = "[0]"
# So much of what is passed is kept, to see what a mark stands behind.
LOOK_BACK = 24


class MarkReader:
    """Takes a model's words as they come, and gives them with its marks as [n], one number each.

    Numbers beyond `count`, of the evidence, are left to whoever follows the marks.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._text = ""
        self._start = 0  # of what is held back, behind some of what is passed
        self._has_brackets = False

    def read_words(self, words: str) -> str:
        """What is settled of the words after some more of them."""
        self._text += words
        undecided = UNDECIDED_END.search(self._text, self._start)
        return self._pass_words(undecided.start() if undecided else len(self._text))

    def finish(self) -> str:
        """The rest of the words."""
        return self._pass_words(len(self._text))

    def _pass_words(self, end: int) -> str:
        text, at, told = self._text[:end], self._start, ""
        for match in FORM.finditer(text, at):
            told += text[at : match.start()] + self._write_marks(match)
            at = match.end()
        kept = max(end - LOOK_BACK, 0)
        self._text, self._start = self._text[kept:], end - kept
        return told + text[at:]

    def _write_marks(self, match: re.Match[str]) -> str:
        """The marks that a form stands for; itself where it is none."""
        if match["page"]:
            return LEADS_NOWHERE
        numbers = list(self._read_form(match))
        if match["clear"]:
            self._has_brackets = True
            return "".join(f"[{number}]" for number in numbers) or match[0]
        within = all(0 < number <= self._count for number in numbers)
        return "".join(f"[{number}]" for number in numbers) if within and numbers else match[0]

    def _read_form(self, match: re.Match[str]) -> Iterator[int]:
        """The numbers that a form names; none where it is no mark."""
        before, after = match.string[: match.start()], match.string[match.end() :]
        if match["plain"] and not self._has_brackets and _ends_statement(before, after):
            yield from read_numbers(match["plain"])
        elif match["raised"] and BEHIND_SENTENCE.search(before) and not UNIT.search(before):
            yield from self._read_raised(match["raised"])
        elif match["clear"]:
            numbers = list(read_numbers(match["clear"]))
            is_interval = 0 in numbers and len(numbers) > 1
            yield from [] if is_interval else numbers

    def _read_raised(self, text: str) -> Iterator[int]:
        """The numbers of raised figures; each of its own where there are not as many sources."""
        for digits in re.findall(r"\d+", unicodedata.normalize("NFKC", text)):
            is_one = int(digits) <= self._count
            yield from [int(digits)] if is_one else map(int, digits)


def read_numbers(text: str) -> Iterator[int]:
    """The numbers of a mark, with those between the two of a range."""
    for first, last in RANGE.findall(BESIDE_NUMBER.sub("", text)):
        yield from range(int(first), int(last or first) + 1)


def _ends_statement(before: str, after: str) -> bool:
    """Whether what stands here closes a clause, and so is no number of an item or an equation."""
    if BEHIND_STOP.search(before):
        return bool(ENDS_LINE.match(after))
    is_behind_word = BEHIND_WORD.search(before) and not POINTER.search(before)
    return bool(is_behind_word and ENDS_CLAUSE.match(after))
