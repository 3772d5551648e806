"""Names: what a question speaks of, and whether a text has them."""

import pytest

from language.names import find_names, has_name


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("SOLAR는 층이 몇 개?", ["SOLAR"]),
        ("Gemma 3의 점수는?", ["Gemma 3"]),
        ("Phi-3-mini와 Qwen2.5 비교", ["Phi-3-mini", "Qwen2.5"]),
        ("Gemma 2 27B의 KMMLU 점수", ["Gemma 2", "27B", "KMMLU"]),
        ("phi-3-small은 4비트로 몇 GB?", ["phi-3-small", "GB"]),
        ("Qwen2-7B 16비트로는?", ["Qwen2-7B"]),
        ("BERT 12층, FEVER 3-way, Gemma 2가지", ["BERT", "FEVER", "Gemma"]),
        ("Aya 23-35B의 크기", ["Aya 23", "35B"]),
        ("Gemma 3보다 Phi 4-mini까지", ["Gemma 3", "Phi 4"]),
        ("Gemma 3모델처럼 Qwen 2만", ["Gemma 3", "Qwen 2"]),
        ("BLEU 28.4점과 FEVER 145,000개, BERT 12이상", ["BLEU", "FEVER", "BERT"]),
        ("Table 3과 Figure 2의 차이", []),
        ("이 모델은 무엇인가요?", []),
        ("attention이 뭐야?", []),
        ("Which tool cuts Korean words in EXAONE?", ["Korean", "EXAONE"]),
        ("Gemma 2 has how many layers? Does SOLAR?", ["Gemma 2", "SOLAR"]),
    ],
)
def test_names_are_words_with_capitals_or_digits(question: str, found: list[str]):
    assert find_names(question) == found


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("RAG", "on average, storage", False),
        ("RAG", "RAG-Token and RAGs", True),
        ("MMLU", "KMMLU", False),
        ("Gemma 2", "Gemma 27B", False),
        ("Gemma", "Gemma2", True),
        ("7B", "Qwen2-7B, 2.7B", True),
        ("7B", "2.7B and 27B", False),
        ("27B", "Qwen 2 7B", False),
        ("Qwen2-7B", "QWEN 2 7B", True),
        ("IT", "if it is", False),
        ("IT", "the IT model", True),
    ],
)
def test_a_name_is_no_part_of_a_word(name: str, text: str, held: bool):
    assert has_name(text, name) is held


def test_a_version_belongs_to_the_whole_word_before_it():
    assert "Phone 14" not in find_names("phi-3-mini를 iPhone 14에서 돌리면")
