"""Abbreviations that a text explains: "WebQuestions (WQ)", "Retrieval-Augmented Generation (RAG)"."""

import re

# Words before a bracket with a short form of them: at most so many more words than it has letters.
SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z]{1,7})s?\)")
WORDS_BEFORE = re.compile(r"(?:[\w-]+\s+){1,8}\Z")
MORE_WORDS = 2
# In letters; eight words are hardly longer. Looked for from the bracket back: from each word on takes 25 times as long.
BEFORE_LENGTH = 200
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
SMALL_WORDS = frozenset("of and the for in on to a an with by".split())


def find_abbreviations(text: str) -> dict[str, str]:
    """The short forms that a text explains in brackets, each with its words.

    The letters are those that the words, or their parts in capitals, begin with (after Schwartz and
    Hearst, 2003, who let letters stand within words too).
    """
    found = {}
    for match in SHORT_FORM.finditer(text):
        short = match[1]
        before = WORDS_BEFORE.search(text[max(match.start() - BEFORE_LENGTH, 0) : match.start()])
        words = before[0].split() if before else []
        for count in range(1, min(len(words), len(short) + MORE_WORDS) + 1):
            written = " ".join(words[-count:])
            if list_initials(written).lower() == short.lower():
                found[short] = written
                break
    return found


def list_initials(words: str) -> str:
    """The first letters of words and of their parts in capitals: RAG, WQ."""
    parts = [
        part
        for word in words.split()
        if word.lower() not in SMALL_WORDS
        for part in PART.findall(word)
    ]
    return "".join(part[0] for part in parts)
