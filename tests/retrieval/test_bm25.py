"""BM25 over word stems."""

import pytest

from retrieval.bm25 import LexicalIndex, terms


def test_terms_are_stems_in_lower_case_without_stop_words():
    assert terms("The Layers of Scaling: layer, scaled!") == ["layer", "scale", "layer", "scale"]
    assert terms("What is it?") == []
    assert terms("ﬁne-tuning GPT4") == terms("Fine Tuning gpt4") == ["fine", "tune", "gpt4"]


def test_the_text_with_the_words_scores_best():
    index = LexicalIndex(["tides follow the moon", "attention layers", "layers of snow and snow"])

    scores = index.scores("How many layers does attention have?")

    assert scores.argmax() == 1
    assert scores[0] == 0


def test_rare_words_weigh_more():
    index = LexicalIndex(["a cat", "dog one", "dog two", "dog three"])

    assert index.weight("cat") > index.weight("dog")
    assert index.weight("bird") == 0


@pytest.mark.parametrize("texts", [[], [""], ["the of", ""]])
def test_nothing_to_search_gives_zeros(texts: list[str]):
    index = LexicalIndex(texts)

    assert index.scores("anything").tolist() == [0.0] * len(texts)
    assert index.weight("anything") == 0


@pytest.mark.parametrize("query", ["", "the", "넌 뭐야"])
def test_a_query_without_known_words_scores_nothing(query: str):
    assert LexicalIndex(["some text", "more text"]).scores(query).tolist() == [0.0, 0.0]
