"""Refuse what is no answer to a question for an amount: no figure, or one that the model guessed."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from math import exp

from langchain_core.messages import BaseMessage

from language.figures import LABELLED_NUMBER, find_figures, find_values
from nodes.question import Question
from nodes.refusal import Refusal

# A figure with a token that the model held for less likely (0..1) than this is a guess: 13 of 236
# answers have one; 7 are wrong, 6 answer what no paper answers.
MIN_CERTAINTY = 0.4
DIGIT = re.compile(r"\d")
# Their figures are no amounts: Table 3, and the number of an item.
NO_AMOUNT = re.compile(rf"{LABELLED_NUMBER.pattern}|^\s*\d+[.)]\s", re.IGNORECASE | re.MULTILINE)
# An answer may be a formula in place of a figure: O(n).
FORMULA_SIGN = re.compile(r"[=^]|\bO\(")


def find_refusal(answer: str, reply: BaseMessage, question: Question) -> Refusal | None:
    """The refusal of an English answer whose figures can't be trusted; None where it may stand.

    A small model that finds no figure tells another one, or makes one up. `reply` is the answer as
    the server sent it, with the model's probabilities.
    """
    if question.wants_figure and lacks_figure(answer, question):
        return Refusal(rule="no_amount", detail=answer)
    if question.asks_amount and has_uncertain_figure(reply, question):
        return Refusal(rule="uncertain_figure", detail=answer)
    return None


def lacks_figure(answer: str, question: Question) -> bool:
    """Whether an English answer has no figure, in digits or words, but those of its question."""
    new = find_values(NO_AMOUNT.sub(" ", answer)) - question.figures
    return not new and not FORMULA_SIGN.search(answer)


def has_uncertain_figure(reply: BaseMessage, question: Question) -> bool:
    """Whether a reply has a figure, but those of the question, that its model was not sure of.

    False where the server told no probabilities.
    """
    return any(
        probability < MIN_CERTAINTY
        for probability in _find_digit_certainties(reply, question.figures)
    )


def _find_digit_certainties(reply: BaseMessage, known: Set[Decimal]) -> Iterator[float]:
    """How likely (0..1) the model held each token with a digit, but of the figures known."""
    tokens = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    text = "".join(token["token"] for token in tokens)
    amounts = NO_AMOUNT.sub(lambda match: " " * len(match[0]), text)
    new = [
        (figure.start, figure.end) for figure in find_figures(amounts) if figure.value not in known
    ]
    at = 0
    for token in tokens:
        end = at + len(token["token"])
        is_new = any(start < end and at < stop for start, stop in new)
        if is_new and DIGIT.search(token["token"]) and token["logprob"] is not None:
            yield exp(token["logprob"])
        at = end
