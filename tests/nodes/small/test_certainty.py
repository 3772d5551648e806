"""Certainty: figures that a model was not sure of."""

from math import log
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from nodes.small.certainty import guesses


def reply(*tokens: tuple[str, float]) -> AIMessage:
    told = [{"token": token, "logprob": log(probability)} for token, probability in tokens]
    return AIMessage(
        "".join(token for token, _ in tokens), response_metadata={"logprobs": {"content": told}}
    )


@pytest.mark.parametrize(
    ("tokens", "guessed"),
    [
        ([("The", 0.3), (" score", 0.9), (" is", 0.2), (" ", 0.9), ("8", 0.9), ("5", 0.95)], False),
        ([("The", 0.9), (" score", 0.9), (" is", 0.9), (" ", 0.9), ("8", 0.9), ("5", 0.3)], True),
        ([("Gemma", 0.9), (" ", 0.9), ("2", 0.3), (" has", 0.9), (" ", 0.9), ("42", 0.9)], False),
        ([("It", 0.1), (" is", 0.1), (" ReLU", 0.1)], False),
    ],
)
def test_a_figure_with_an_unlikely_digit_is_a_guess(tokens: list[tuple[str, float]], guessed: bool):
    assert guesses(reply(*tokens), "Gemma 2는 몇 층?", "How many layers?") is guessed


@pytest.mark.parametrize(
    ("token", "question"),
    [("It is 85.", "왜 안 되나요?"), ("See Table 3.", "몇 층?"), ("1. SOLAR", "몇 층?")],
)
def test_what_is_no_amount_is_no_guess(token: str, question: str):
    assert not guesses(reply((token, 0.1)), question, "")


def test_a_token_without_a_probability_is_no_guess():
    message = reply(("It is 85.", 0.1))
    message.response_metadata["logprobs"]["content"][0]["logprob"] = None

    assert not guesses(message, "몇 층?", "")


@pytest.mark.parametrize("metadata", [{}, {"logprobs": None}, {"logprobs": {"content": None}}])
def test_a_server_that_tells_no_probabilities_makes_no_guess(metadata: dict[str, Any]):
    assert not guesses(AIMessage("It is 85.", response_metadata=metadata), "몇 층?", "")
