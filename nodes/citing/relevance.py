"""Whether an answer misses its question: it says the question again, or gives no reason where one is asked for."""

import re

from nodes.question import Question

# The heads of words, which tell them apart however they end.
WORD_HEAD = re.compile(r"[A-Za-z\d](?:[.-]?[A-Za-z\d])*|(?<!\S)[가-힣]{2}")
REASON = re.compile(
    r"때문|위해|위한|므로|[아어여해]서|려고|도록|덕분|따라|이유|원인|목적|인해|하여|되어|니까|없이|[으하되]면"
    r"|\b(?:because|since|as|due|so|to|for|thus|therefore|by|reason)\b",
    re.IGNORECASE,
)


def misses_question(text: str, question: Question) -> bool:
    """Whether a text has no word that was not asked with, or no reason where one is asked for."""
    if question.asks_why and not REASON.search(text):
        return True
    return share_new_words(text, f"{question.asked} {question.english}") == 0


def share_new_words(text: str, question: str) -> float:
    """How many of a text's words (0..1) a question does not have; 1 where a new figure is among them."""
    told, asked = WORD_HEAD.findall(text.lower()), set(WORD_HEAD.findall(question.lower()))
    new = [word for word in told if word not in asked]
    if re.search(r"\d", "".join(new)):
        return 1.0
    return len(new) / len(told) if told else 0.0
