"""Terms of a Korean sentence that its sources do not speak of."""

import pytest

from language.unstated_terms import find_unstated_terms


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("계속 사전학습을 합니다.", "making continued pretraining easier"),
        ("사전 학습을 합니다.", "during Pre-Training"),
        ("정렬한 뒤 학습합니다.", "after alignment"),
        ("정렬한 뒤 학습합니다.", "after sorting"),
        ("강화학습을 씁니다.", "강화 학습을 쓰나요?"),
        ("지표면을 봅니다.", "the surface of the earth"),
        ("파인튜닝한 모델입니다.", "a fine-tuned model"),
        ("어텐션을 씁니다.", "어텐션은 몇 층인가요?"),
        ("모델은 셋입니다.", ""),
    ],
)
def test_what_sources_speak_of_in_either_language_is_stated(sentence: str, sources: str):
    assert list(find_unstated_terms(sentence, sources)) == []


@pytest.mark.parametrize(
    ("sentence", "sources", "term"),
    [
        ("전처리 모델입니다.", "a pre-trained model", "전처리"),
        ("모멘텀 기반의 모델입니다.", "uses mixture-of-experts", "모멘텀"),
        ("강화 학습으로 배웁니다.", "learns by supervised training", "강화 학습"),
    ],
)
def test_a_term_of_which_they_have_neither_is_not(sentence: str, sources: str, term: str):
    assert list(find_unstated_terms(sentence, sources)) == [term]
