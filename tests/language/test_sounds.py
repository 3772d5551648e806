"""Sounds: what Korean writes for English words, and how alike two spellings sound."""

import pytest

from language.sounds import measure_likeness, sound_of_korean, sounds_of_english


def alike(hangul: str, word: str) -> float:
    """The likeness of the reading that is most alike."""
    sound = sound_of_korean(hangul)
    return max(
        (
            measure_likeness(sound, other)
            for other in sounds_of_english(word)
            if other.kinds == sound.kinds
        ),
        default=0.0,
    )


@pytest.mark.parametrize(
    ("hangul", "word"),
    [
        ("트랜스포머", "transformer"),
        ("어텐션", "attention"),
        ("파라미터", "parameter"),
        ("파라메터", "parameter"),
        ("토크나이저", "tokenizer"),
        ("벤치마크", "benchmark"),
        ("임베딩", "embedding"),
        ("라우팅", "routing"),
        ("쿼리", "query"),
        ("엑사원", "EXAONE"),
        ("젬마", "Gemma"),
        ("큐원", "Qwen"),
        ("파이", "Phi"),
        ("펠리시아", "Felicia"),
        ("헝가리", "Hungary"),
        ("슈워제네거", "Schwarzenegger"),
        ("챔피언십", "championship"),
        ("시스터즈", "sisters"),
        ("코먼웰스", "Commonwealth"),
        ("코히어", "Cohere"),
        ("소프트웨어", "software"),
        ("스퀘어", "square"),
        ("플레이어", "player"),
    ],
)
def test_words_sound_like_what_korean_writes_for_them(hangul: str, word: str):
    assert alike(hangul, word) >= 0.9


@pytest.mark.parametrize(
    ("hangul", "word", "other"),
    [
        ("데이터", "data", "third"),
        ("쿼리", "query", "Korea"),
        ("프랑스", "France", "plans"),
        ("터키", "Turkey", "take"),
        ("스티브", "Steve", "step"),
        ("라우팅", "routing", "Latin"),
        ("레이어", "layer", "ruler"),
        ("티벳", "Tibet", "David"),
    ],
)
def test_of_words_with_such_consonants_the_right_one_is_most_alike(
    hangul: str, word: str, other: str
):
    assert alike(hangul, word) > alike(hangul, other)


def test_other_vowels_make_another_word():
    assert alike("모델", "Mistral") == 0
    assert alike("언어", "SOLAR") == 0


def test_a_spelling_may_be_read_in_several_ways():
    assert {sound.consonants for sound in sounds_of_english("chaos")} >= {
        ("ch", "s"),
        ("k", "s"),
    }


def test_a_word_of_vowels_alone_has_a_sound():
    assert sound_of_korean("아야").vowels == ("ㅏㅑ",)
    assert alike("아야", "Aya") == 1


def test_what_is_no_letter_is_passed_over():
    assert sounds_of_english("") == sounds_of_english("'")
