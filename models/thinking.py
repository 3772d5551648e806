"""Thinking in the text: what some models say to themselves before, or amid, what they reply."""

import re

# As servers pass it on: DeepSeek-R1 and Qwen3, Magistral, Kimi.
MARKS = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
)
OPENS = dict(MARKS)
OPEN = re.compile("|".join(map(re.escape, OPENS)))
CLOSE = re.compile("|".join(re.escape(close) for close in OPENS.values()))
MARK = re.compile(f"{OPEN.pattern}|{CLOSE.pattern}")
LONGEST_MARK = max(len(mark) for pair in MARKS for mark in pair)


class ThinkingFilter:
    """Takes thinking out of a reply as its words come."""

    def __init__(self, *, thinks_unopened: bool = False) -> None:
        self.thought = ""
        """What was taken out."""

        self.is_unopened = False
        """Whether an end came without a beginning: all words before it were thought."""

        self._close: re.Pattern[str] | None = CLOSE if thinks_unopened else None
        self._opened = False
        self._held = ""
        self._has_begun = False

    def add_words(self, words: str) -> str:
        """What of the words so far is said for sure."""
        self._held += words
        said = ""
        while mark := (self._close or MARK).search(self._held):
            before, self._held = self._held[: mark.start()], self._held[mark.end() :]
            said += self._pass_mark(before, mark[0])
        keep = _count_undecided(self._held)
        ready, self._held = (
            self._held[: len(self._held) - keep],
            self._held[len(self._held) - keep :],
        )
        if self._close:
            self.thought += ready
            return self._begin(said)
        return self._begin(said + ready)

    def finish(self) -> str:
        """The rest; all of it where thinking was expected and never ended."""
        rest, self._held = self._held, ""
        if self._close and not self._opened:
            rest, self.thought = self.thought + rest, ""
        elif self._close:
            self.thought += rest
            return ""
        return self._begin(rest)

    def _pass_mark(self, before: str, mark: str) -> str:
        """What of the words before a mark was said."""
        if self._close:
            self.thought += before
            self._close, self._opened = None, False
            return ""
        if mark in OPENS:
            self._close, self._opened = re.compile(re.escape(OPENS[mark])), True
            return before
        self.is_unopened = True
        self.thought += before
        return ""

    def _begin(self, said: str) -> str:
        """What is said, without the white space that thinking leaves before it."""
        if not self._has_begun:
            said = said.lstrip()
            self._has_begun = bool(said)
        return said


def remove_thinking(text: str) -> tuple[str, str]:
    """A whole reply without its thinking, and what was thought."""
    taken = ThinkingFilter()
    said = taken.add_words(text) + taken.finish()
    if not taken.is_unopened:
        return said.strip(), taken.thought.strip()
    before, after = CLOSE.split(text, maxsplit=1)
    said, more = remove_thinking(after)
    return said, f"{before}\n{more}".strip()


def _count_undecided(text: str) -> int:
    """How many characters at the end may still become a mark."""
    marks = [*OPENS, *OPENS.values()]
    sizes = range(min(len(text), LONGEST_MARK - 1), 0, -1)
    return next((n for n in sizes if any(mark.startswith(text[-n:]) for mark in marks)), 0)
