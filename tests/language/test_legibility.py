"""Letters that make a language, and letters that do not."""

import random
import string

import pytest

from language.legibility import is_legible

ENGLISH = (
    "We train the model on web text and evaluate it in many languages, as others did before. " * 5
)
FRENCH = (
    "Nous avons entraîné le modèle sur des textes et nous les évaluons dans plusieurs langues. " * 5
)
KOREAN = (
    "모델은 두 단계로 학습했으며 평가에서는 여러 언어의 점수를 다시 계산하였다. 그 결과는 표에 있다. "
    * 8
)
LETTERS = string.ascii_lowercase


def exchange_letters(text: str, others: str) -> str:
    return text.lower().translate(str.maketrans(LETTERS, others))


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, KOREAN, ENGLISH.upper()])
def test_a_language_is_legible(text: str):
    assert is_legible(text)


@pytest.mark.parametrize("shift", [1, 3, 4, 13, 25])
def test_shifted_letters_are_not(shift: int):
    assert not is_legible(exchange_letters(ENGLISH, LETTERS[shift:] + LETTERS[:shift]))


def test_most_exchanges_of_letters_are_noticed():
    draw = random.Random(7)
    texts = [
        exchange_letters(ENGLISH, "".join(draw.sample(LETTERS, len(LETTERS)))) for _ in range(200)
    ]

    assert sum(map(is_legible, texts)) <= 8


def test_shifted_syllables_are_not():
    assert not is_legible("".join(chr(ord(sign) + 37) if sign > "가" else sign for sign in KOREAN))


@pytest.mark.parametrize("sign", ["�", "\ue042", "\x03"])
def test_signs_that_are_no_letters_are_not(sign: str):
    assert not is_legible(ENGLISH[:200] + sign * 100)


@pytest.mark.parametrize(
    "text", ["", "xq zj" * 20, "61.5 28.4 70.2 " * 40, "MMLU GSM8K BBH DROP HumanEval the " * 8]
)
def test_what_has_too_few_letters_to_tell_is_let_through(text: str):
    assert is_legible(text)
