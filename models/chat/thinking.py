"""Thinking in the text: what some models say to themselves before they reply."""

import re
from dataclasses import dataclass

# As servers pass it on: DeepSeek-R1 and Qwen3, Magistral, Kimi.
MARKS = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"),
)
# Signs of chat templates that some servers let through: behind them a reply is over.
ENDS = ("<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|end|>", "<|return|>", "<end_of_turn>")
# One that is quoted is none: papers are about such signs too.
END = re.compile(rf"(?<![`'\"“‘(])(?:{'|'.join(map(re.escape, ENDS))})")
OPENS = dict(MARKS)
OPEN = re.compile("|".join(map(re.escape, OPENS)))
CLOSE = re.compile("|".join(re.escape(close) for close in OPENS.values()))
MARK = re.compile(f"{OPEN.pattern}|{CLOSE.pattern}")
LONGEST_MARK = max(len(mark) for pair in (*MARKS, ENDS) for mark in pair)


@dataclass(frozen=True)
class Reply:
    """A whole reply, taken apart."""

    said: str
    thought: str
    is_unopened: bool
    """Whether the thinking has an end and no beginning."""


class ThinkingFilter:
    """Takes thinking out of a reply as its words come.

    Thinking comes before what is said. Marks amid words are quoted: answers may be about models
    that think.
    """

    def __init__(self, *, thinks_unopened: bool = False) -> None:
        self.thought = ""
        """What was taken out."""

        self.is_unopened = False
        """Whether an end came without a beginning: all words before it were thought."""

        self._close: re.Pattern[str] | None = None
        self._expects_end = thinks_unopened
        self._held = ""
        self._said = ""
        self._has_ended = False

    def add_words(self, words: str) -> str:
        """What of the words so far is said for sure."""
        self._held += words
        said = ""
        while mark := (self._close or MARK).search(self._held):
            if mark.end() == len(self._held) and self._needs_more(mark):
                break
            before, self._held = self._held[: mark.start()], self._held[mark.end() :]
            said += self._pass_mark(before, mark[0])
        end = mark.start() if mark else len(self._held) - _count_undecided(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return said + self._pass_words(ready)

    def finish(self) -> str:
        """The rest; all of it where thinking was expected and never ended."""
        rest, self._held = self._held, ""
        mark = MARK.match(rest)
        said = self._pass_mark("", rest) if mark and mark[0] == rest else self._pass_words(rest)
        if self._expects_end:
            said, self._expects_end, self.thought = self.thought, False, ""
            return self._say(said)
        return said

    def _needs_more(self, mark: re.Match[str]) -> bool:
        """Whether only what follows a mark tells whether it is quoted."""
        return not self._close and mark[0] not in OPENS

    def _pass_mark(self, before: str, mark: str) -> str:
        """What is said of the words before a mark, and of the mark."""
        if self._close:
            self.thought += before
            self._close = None
            return ""
        earlier = (self.thought if self._expects_end else self._said) + before
        if mark in OPENS and not earlier.strip():
            self._close, self._expects_end = re.compile(re.escape(OPENS[mark])), False
            return ""
        if mark in OPENS or self._is_quoted(earlier):
            return self._pass_words(before + mark)
        self.is_unopened = not self._expects_end
        self._expects_end = False
        self.thought += before
        return ""

    def _is_quoted(self, earlier: str) -> bool:
        """Whether an end without a beginning stands amid words, or behind a beginning that does."""
        begins_line = not earlier.rpartition("\n")[2].strip()
        return not (begins_line or self._held.startswith(("\n", "\r"))) or bool(
            OPEN.search(earlier)
        )

    def _pass_words(self, words: str) -> str:
        """What of words without a mark is said."""
        if self._close or self._expects_end:
            self.thought += words
            return ""
        return self._say(words)

    def _say(self, words: str) -> str:
        """What is said, without the white space that thinking leaves before it."""
        if self._has_ended:
            return ""
        before = self._said[-1:]
        if end := END.search(before + words, len(before)):
            words, self._has_ended = words[: end.start() - len(before)], True
        said = words if self._said else words.lstrip()
        self._said += said
        return said


def remove_thinking(text: str) -> Reply:
    """A whole reply, with its thinking apart from what is said."""
    first = ThinkingFilter()
    said = first.add_words(text) + first.finish()
    taken = first
    if first.is_unopened:
        taken = ThinkingFilter(thinks_unopened=True)
        said = taken.add_words(text) + taken.finish()
    return Reply(said.strip(), taken.thought.strip(), first.is_unopened)


def _count_undecided(text: str) -> int:
    """How many characters at the end may still become a mark."""
    marks = [*OPENS, *OPENS.values(), *ENDS]
    sizes = range(min(len(text), LONGEST_MARK - 1), 0, -1)
    return next((n for n in sizes if any(mark.startswith(text[-n:]) for mark in marks)), 0)
