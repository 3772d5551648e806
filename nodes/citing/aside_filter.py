"""An answer as it is written, without what its model says beside it."""

import re

from nodes.citing.asides import (
    ASIDES,
    BEGINNINGS,
    LINE_OF_MARKS,
    LISTS_OF_SOURCES,
    OPENINGS,
    REFUSAL,
    REST_OF_REFUSAL,
    RULE,
    compare_letters,
    drop_openings,
    may_begin,
    move_marks_behind,
)
from nodes.citing.marks import read_numbers

STOP = r"[.!?。][\"'”’)*_`]*(?:[ ]*\[\d+\])*(?=\s)"
# A sentence with its marks, or a line without one; and what is left of it once it has been begun.
SENTENCE = re.compile(rf"\s*(?:\d+[.)]\s+)?+[^\n]*?(?:{STOP}|(?<=[^\n])(?=\n))")
REST_OF_SENTENCE = re.compile(rf"[^\n]*?(?:{STOP}|(?=\n))")
UNDECIDED_END = re.compile(r"[\s.!?。\"'”’)*_`\[\]\d]*$")
ENDS_IN_MARK = re.compile(r"\[\d+\][.!?。\"'”’)*\s|]*$")
# So much of what is shown is kept, to see whether it ends in a mark.
LOOK_BACK = 24


class AsideFilter:
    """Takes an answer's words as they come, its marks as [n], and gives those that are the answer.

    `asked`: the question, which some say again first. A sentence is shown as it grows unless it
    begins as an aside does; then it is looked at when it is whole.
    """

    def __init__(self, *asked: str) -> None:
        told = [text.strip().casefold() for text in asked if text.strip()]
        self._asked = {compare_letters(text) for text in told}
        self._openings = (*OPENINGS, *told)
        self._held = ""
        self._shown = ""
        self._is_growing = False
        self._goes_on: re.Pattern[str] | None = None

    def read_words(self, words: str) -> str:
        """What is settled of the words after some more of them."""
        self._held += words
        shown = ""
        while sentence := (REST_OF_SENTENCE if self._is_growing else SENTENCE).match(self._held):
            self._held = self._held[sentence.end() :]
            shown += self._show(sentence[0] if self._is_growing else self._clean(sentence[0]))
            self._is_growing = False
        return shown + self._grow_sentence()

    def finish(self) -> str:
        """The rest of the words."""
        return self._held if self._is_growing else self._show(self._clean(self._held))

    def _grow_sentence(self) -> str:
        """What can be shown of a sentence that is not whole."""
        if not self._is_growing and self._may_be_aside(self._held):
            return ""
        self._is_growing = True
        end = UNDECIDED_END.search(self._held)
        settled = self._held[: end.start()] if end else self._held
        self._held = self._held[len(settled) :]
        return self._show(settled)

    def _show(self, words: str) -> str:
        """The words as they are shown, an answer's first without white space before them."""
        words = words if self._shown else words.lstrip()
        self._shown = (self._shown + words)[-LOOK_BACK:]
        return words

    def _may_be_aside(self, begun: str) -> bool:
        if self._goes_on or may_begin(begun, BEGINNINGS):
            return True
        return not self._shown and may_begin(begun, self._openings)

    def _clean(self, sentence: str) -> str:
        """What is shown of a whole sentence, or line, with the white space before it."""
        if not self._may_be_aside(sentence):
            return sentence
        if self._goes_on and self._goes_on.match(sentence):
            return ""
        self._goes_on = None
        text = sentence.strip()
        if self._shown and LINE_OF_MARKS.match(text):
            marks = "".join(f"[{number}]" for number in read_numbers(text))
            return "" if ENDS_IN_MARK.search(self._shown) else f" {marks}"
        for aside, rest in {**ASIDES, **(LISTS_OF_SOURCES if self._shown else {})}.items():
            if aside.match(text):
                self._goes_on = rest
                return ""
        if self._shown:
            return "" if RULE.match(text) else _replace_words(sentence, move_marks_behind(text))
        return self._open_answer(text)

    def _open_answer(self, text: str) -> str:
        """What is shown of a sentence before which nothing is."""
        words = drop_openings(text)
        if compare_letters(words) in self._asked:
            return ""
        self._goes_on = REST_OF_REFUSAL if REFUSAL.match(words) else None
        return move_marks_behind(words)


def _replace_words(sentence: str, words: str) -> str:
    """Other words behind the white space of a sentence."""
    return sentence[: len(sentence) - len(sentence.lstrip())] + words
