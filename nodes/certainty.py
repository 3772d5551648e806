"""How sure a model is of the figures that it writes."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from math import exp

from langchain_core.messages import BaseMessage

from nodes.figures import figures, values

# A figure with a token that the model held for less likely (0..1) than this is a guess: measured,
# no right answer of 101 has one, and a third of those to questions that no paper answers.
GUESSED = 0.4
DIGIT = re.compile(r"\d")


def guesses(reply: BaseMessage, asked: str) -> bool:
    """Whether a reply has a figure, other than the question's, that its model was not sure of.

    A small model that finds no figure still tells one. False where the server told no
    probabilities.
    """
    return any(probability < GUESSED for probability in _certainties(reply, values(asked)))


def _certainties(reply: BaseMessage, known: Set[Decimal]) -> Iterator[float]:
    """How likely (0..1) the model held each token with a digit, but of the figures known."""
    tokens = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    text = "".join(token["token"] for token in tokens)
    new = [
        (figure.end - len(figure.text), figure.end)
        for figure in figures(text)
        if figure.value not in known
    ]
    at = 0
    for token in tokens:
        end = at + len(token["token"])
        if DIGIT.search(token["token"]) and any(start < end and at < stop for start, stop in new):
            yield exp(token["logprob"])
        at = end
