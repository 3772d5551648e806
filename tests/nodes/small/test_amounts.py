"""Amounts: answers without a figure, and figures that the model guessed."""

from math import log
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from nodes.small.amounts import find_refusal, lacks_figure
from tests.samples import asking


def reply(*tokens: tuple[str, float]) -> AIMessage:
    told = [{"token": token, "logprob": log(probability)} for token, probability in tokens]
    return AIMessage(
        "".join(token for token, _ in tokens), response_metadata={"logprobs": {"content": told}}
    )


def is_guessed(message: AIMessage, asked: str) -> bool:
    """Whether a reply is refused for a figure that its model was not sure of."""
    refusal = find_refusal(message.text, message, asking(asked))
    return refusal is not None and refusal.rule == "uncertain_figure"


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
    assert is_guessed(reply(*tokens), "Gemma 2는 몇 층?") is guessed


@pytest.mark.parametrize(
    ("token", "question"),
    [("It is 85.", "왜 안 되나요?"), ("See Table 3.", "몇 층?"), ("1. SOLAR", "몇 층?")],
)
def test_what_is_no_amount_is_no_guess(token: str, question: str):
    assert not is_guessed(reply((token, 0.1)), question)


def test_a_token_without_a_probability_is_no_guess():
    message = reply(("It is 85.", 0.1))
    message.response_metadata["logprobs"]["content"][0]["logprob"] = None

    assert not is_guessed(message, "몇 층?")


@pytest.mark.parametrize("metadata", [{}, {"logprobs": None}, {"logprobs": {"content": None}}])
def test_a_server_that_tells_no_probabilities_makes_no_guess(metadata: dict[str, Any]):
    assert not is_guessed(AIMessage("It is 85.", response_metadata=metadata), "몇 층?")


@pytest.mark.parametrize(
    ("asked", "answer", "lacks"),
    [
        ("How many tokens were used?", "It used 3 trillion tokens.", False),
        ("How many tokens were used?", "Twelve million. Two in fact.", False),
        ("How many tokens were used?", "Step 2 of Fig. 1 goes on with training.", True),
        ("How much did the 7.8B model cost?", "The cost is 7.8B parameters.", True),
        ("경로 길이는 얼마야?", "It is O(n/r).", False),
        ("학습은 몇 단계야?", "Training has two stages.", False),
        ("학습률은 얼마야?", "A learning rate was used.", True),
        ("층은 몇 개야?", "1. It uses attention.\n2. It is deep.", True),
    ],
)
def test_an_answer_to_how_many_has_a_figure_of_its_own(asked: str, answer: str, lacks: bool):
    assert lacks_figure(answer, asking(asked)) is lacks
