"""Abbreviations that a text explains."""

import pytest

from language.abbreviations import find_abbreviations, list_initials


@pytest.mark.parametrize(
    ("text", "short", "words"),
    [
        ("We use WebQuestions (WQ) for it.", "WQ", "WebQuestions"),
        ("the task of Natural Questions (NQ)", "NQ", "Natural Questions"),
        ("with retrieval-augmented generation (RAG)", "RAG", "retrieval-augmented generation"),
        ("by mixture of experts (MoE)", "ME", None),
        ("in low-rank adapters (LoRA)", "LoRA", None),
        ("all of it (see above)", "see", None),
    ],
)
def test_the_first_letters_of_the_words_are_the_short_form(
    text: str, short: str, words: str | None
):
    assert find_abbreviations(text).get(short) == words


def test_initials_leave_out_small_words():
    assert list_initials("Measuring of the Massive Language Understanding") == "MMLU"
