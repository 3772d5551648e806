"""How sure a model is of the figures that it writes."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from math import exp

from langchain_core.messages import BaseMessage

from language.figures import LABEL, asks_amount, figures, values

# A figure with a token that the model held for less likely (0..1) than this is a guess: of the
# answers to 236 questions 13 have one, 7 of them wrong, and 6 to what no paper answers.
GUESSED = 0.4
DIGIT = re.compile(r"\d")
# Their figures are no amounts: Table 3, and the number of an item.
NO_AMOUNT = re.compile(rf"{LABEL.pattern}|^\s*\d+[.)]\s", re.IGNORECASE | re.MULTILINE)


def guesses(reply: BaseMessage, question: str, english: str) -> bool:
    """Whether a reply to a question for an amount has a figure that its model was not sure of.

    A small model that finds no figure still tells one. False where the server told no
    probabilities.
    """
    known = values(question) | values(english)
    return asks_amount(question) and any(
        probability < GUESSED for probability in _certainties(reply, known)
    )


def _certainties(reply: BaseMessage, known: Set[Decimal]) -> Iterator[float]:
    """How likely (0..1) the model held each token with a digit, but of the figures known."""
    tokens = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    text = "".join(token["token"] for token in tokens)
    amounts = NO_AMOUNT.sub(lambda match: " " * len(match[0]), text)
    new = [
        (figure.end - len(figure.text), figure.end)
        for figure in figures(amounts)
        if figure.value not in known
    ]
    at = 0
    for token in tokens:
        end = at + len(token["token"])
        is_new = any(start < end and at < stop for start, stop in new)
        if is_new and DIGIT.search(token["token"]) and token["logprob"] is not None:
            yield exp(token["logprob"])
        at = end
