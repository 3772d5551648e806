"""Amounts: answers without a figure, figures from elsewhere, and those that the model guessed."""

from math import log
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from nodes.small.amounts import find_refusal, lacks_figure
from retrieval.passages import Evidence
from tests.samples import asking, passage


def refused(answer: str, asked: str, evidence: list[Evidence]) -> bool:
    """Whether an English answer is refused as one about something else."""
    refusal = find_refusal(answer, AIMessage(answer), asking(asked), evidence)
    return refusal is not None and refusal.rule == "off_topic"


def whole(text: str) -> Evidence:
    return Evidence(passage=passage(text, title="Attention"), start=0, end=len(text))


STEPS = whole("For our big models, step time was 1.0 seconds.")
CLIPPED = whole("Gradients were clipped at 1.0.")


def test_another_figure_of_the_paper_is_no_answer():
    asked = "Transformer의 gradient clipping threshold는 얼마야?"

    assert refused("The threshold is 1.0.", asked, [STEPS])
    assert not refused("The threshold is 1.0.", asked, [STEPS, CLIPPED])


def test_a_term_that_stands_nowhere_in_what_was_read_has_no_amount():
    rate = whole("In pre-training, Gemma saw 13 trillion tokens at a rate of 2.")
    asked = "pre-training 때 batch size는 몇 token이야?"

    assert refused("It was 13 trillion tokens.", asked, [rate])
    assert not refused("It was 13 trillion tokens.", asked, [rate, whole("the batch size")])
    assert not refused("It was 13 trillion.", "왜 batch를 썼고 몇 token이야?", [rate])


@pytest.mark.parametrize("asked", ["vocab은 몇 개야?", "vocabulary를 몇 개로 set했어?"])
def test_short_forms_are_known_and_korean_verbs_are_no_terms(asked: str):
    assert not refused("It has 256.", asked, [whole("The vocabularies have 256 entries.")])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("It is 1.0.", "얼마야?"),  # it says nothing that a figure could be about
        ("It is 1.0.", "Transformer는 몇이야?"),  # a paper speaks of its own name all along
        ("It is 1.0.", "threshold가 왜 필요해?"),  # no amount
        ("It is 3.0.", "threshold는 몇이야?"),  # that stands nowhere, which others see to
        ("It is 1.0.", "threshold 1.0은 몇 층에서 써?"),  # it only repeats the question's
    ],
)
def test_what_cannot_be_told_is_left_alone(answer: str, asked: str):
    assert not refused(answer, asked, [STEPS])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("It was pretrained on 13 tokens.", "pre-training에 token을 몇 개 썼어?"),
        ("It was fine-tuned for 13 epochs.", "finetuning은 몇 epoch 했어?"),
        ("The fine tuning took 13 epochs.", "fine-tuning은 몇 epoch 했어?"),
        ("The 5-shot accuracy is 13.", "few-shot accuracy는 얼마야?"),
        ("RAG reads 13 documents.", "rag는 document를 몇 개 읽어?"),
    ],
)
def test_a_term_may_be_written_in_other_ways(text: str, asked: str):
    assert not refused("It is 13.", asked, [whole(text)])


def test_an_item_of_a_list_is_no_heading():
    text = "2. Adam was used with defaults.\n\nThe rate was 0.5."
    piece = Evidence(passage=passage(text, section="4 Dropout"), start=33, end=len(text))

    assert not refused("It is 0.5.", "dropout은 얼마야?", [piece])


def test_the_heading_over_a_figure_says_what_it_is():
    text = "6.3 English Constituency Parsing\n\nThe output has at most 300 tokens."
    piece = Evidence(passage=passage(text, section="6 Results"), start=34, end=len(text))

    assert not refused("It is 300.", "parsing에서는 몇 token이야?", [piece])
    assert refused("It is 300.", "summary에서는 몇 token이야?", [piece])


def test_the_head_of_a_column_says_what_a_figure_is():
    text = "Table 1: Sizes\nModel\tWarmup steps\tLayers\nbase\t4000\t6\nbig\t4000\t12"
    row = Evidence(passage=passage(text), start=text.index("base"), end=text.index("\nbig"))

    assert not refused("It has 6.", "layer가 몇 개야?", [row])
    assert refused("It has 6.", "head가 몇 개야?", [row])


def reply(*tokens: tuple[str, float]) -> AIMessage:
    told = [{"token": token, "logprob": log(probability)} for token, probability in tokens]
    return AIMessage(
        "".join(token for token, _ in tokens), response_metadata={"logprobs": {"content": told}}
    )


def is_guessed(message: AIMessage, asked: str) -> bool:
    """Whether a reply is refused for a figure that its model was not sure of."""
    refusal = find_refusal(message.text, message, asking(asked), [])
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
