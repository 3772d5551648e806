"""BM25 over word stems."""

import pytest

from language.terms import is_korean, list_korean_terms, stem_words
from retrieval.search.bm25 import LexicalIndex


def test_terms_are_stems_in_lower_case_without_stop_words():
    assert stem_words("The Layers of Scaling: layer, scaled!") == [
        "layer",
        "scale",
        "layer",
        "scale",
    ]
    assert stem_words("What is it?") == []
    assert (
        stem_words("ﬁne-tuning GPT4") == stem_words("Fine Tuning gpt4") == ["fine", "tune", "gpt4"]
    )


def test_the_text_with_the_words_scores_best():
    index = LexicalIndex(["tides follow the moon", "attention layers", "layers of snow and snow"])

    scores = index.score_texts("How many layers does attention have?")

    assert scores.argmax() == 1
    assert scores[0] == 0


def test_rare_words_weigh_more():
    index = LexicalIndex(["a cat", "dog one", "dog two", "dog three"])

    assert index.score_texts("cat").max() > index.score_texts("dog").max()


@pytest.mark.parametrize("texts", [[], [""], ["the of", ""]])
def test_nothing_to_search_gives_zeros(texts: list[str]):
    index = LexicalIndex(texts)

    assert index.score_texts("anything").tolist() == [0.0] * len(texts)


@pytest.mark.parametrize("query", ["", "the", "넌 뭐야"])
def test_a_query_without_known_words_scores_nothing(query: str):
    assert LexicalIndex(["some text", "more text"]).score_texts(query).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("육아휴직 급여는 얼마인가요?", True),
        ("GPT-4의 환각은 LLM 중에 얼마나 적나요?", True),
        ("Gemma translates 안녕하세요 as hello, and so do the other models of its size.", False),
        ("Tides follow the moon.", False),
        ("2024 - 17:00", False),
        ("", False),
    ],
)
def test_a_text_with_a_good_part_of_hangul_is_korean(text: str, korean: bool):
    assert is_korean(text) is korean


def test_korean_terms_are_morphemes_and_the_stems_of_other_words():
    assert list_korean_terms("GPT-4가 모델들을 학습했습니다") == ["gpt", "4", "모델", "학습"]
    assert list_korean_terms("학습하는 모델은?") == list_korean_terms("모델을 학습시켰다")[::-1]
    assert list_korean_terms("무엇은 어떻게 되나요?") == []
