"""Sentences: where they end, and where they only seem to."""

from itertools import pairwise

import pytest

from language.sentences import find_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ainslie et al. (2023) use grouped queries.",
        "As in Vaswani et al. [12, 13] we scale.",
        "It is shown in Fig. 3 and Figs. 4 and 5.",
        "See Eq. 2, Sec. 3.1 and Tab. 4 for more.",
        "It scores 8.92 on MT-Bench, i.e. 3.5 more.",
        "We use common sets, e.g. MMLU or C4.",
        "The work of J. Smith vs. Prof. K. Lee was first.",
        "We use 1.5B, 2.7B and 10.7B models [12, 13].",
        "Version 2.0 of the U.S. English set.",
        "모델은 3.5배 큽니다.",
    ],
)
def test_one_sentence_stays_whole(sentence: str):
    assert cut(sentence) == [sentence]
    assert cut(f"{sentence} Next one.") == [sentence, "Next one."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Rows form the matrix Q. The keys follow.",
            ["Rows form the matrix Q.", "The keys follow."],
        ),
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("It works. (So it seems.) [12] Good.", ["It works.", "(So it seems.)", "[12] Good."]),
        ("모델입니다. 깊이가 48입니다. 끝.", ["모델입니다.", "깊이가 48입니다.", "끝."]),
        ("We follow Kim et al. The model is deep.", ["We follow Kim et al.", "The model is deep."]),
        ("It ends here.\nNext line", ["It ends here.", "Next line"]),
        ("1. Introduction\nWe begin.", ["1. Introduction", "We begin."]),
        ("3.1. Training Data\nWe use it.", ["3.1. Training Data", "We use it."]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]):
    assert cut(text) == sentences


def test_rows_of_a_table_are_sentences():
    rows = ["Table 1: Sizes.", "Model Layers Heads", "SOLAR 48 32", "Gemma 2 42 16"]

    assert cut("\n".join(rows)) == rows


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_nothing_is_no_sentence(text: str):
    assert cut(text) == []


def test_spans_are_in_order_apart_and_lose_no_word():
    text = '  A b. "C d." (E f)!\n\n  Row 1 2\n G. H et al. (2020) did. 한글. \n'

    spans = find_sentences(text)

    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
