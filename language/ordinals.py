"""Ordinals in Korean: "in two rounds" is told as the second round by a small model."""

import re
from collections.abc import Iterator

# How each is written in Korean, and how a source has it, in either language.
ORDINALS = (
    (
        re.compile(r"두\s*번째|둘째"),
        re.compile(r"\bsecond|\b2nd\b|\b(?:phase|stage|step)[- ]?(?:2|ii)\b", re.IGNORECASE),
    ),
    (
        re.compile(r"세\s*번째|셋째"),
        re.compile(r"\bthird|\b3rd\b|\b(?:phase|stage|step)[- ]?(?:3|iii)\b", re.IGNORECASE),
    ),
    (
        re.compile(r"네\s*번째|넷째"),
        re.compile(r"\bfourth|\b4th\b|\b(?:phase|stage|step)[- ]?(?:4|iv)\b", re.IGNORECASE),
    ),
)


def find_unstated_ordinals(sentence: str, source: str) -> Iterator[str]:
    """The ordinals of a Korean sentence, from the second on, that its source has in neither language."""
    for korean, english in ORDINALS:
        found = korean.search(sentence)
        if found and not (english.search(source) or korean.search(source)):
            yield found[0]
