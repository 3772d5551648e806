"""Figures: the same value, however it is written."""

from decimal import Decimal

import pytest

from language.figures import (
    correct_scale,
    find_figures,
    find_values,
    has_asked_units,
    lacks_asked_amount,
    put_scales_in_korean,
)


def one(text: str) -> Decimal:
    (figure,) = find_figures(text)
    return figure.value


@pytest.mark.parametrize(
    "text", ["78억", "7.8B", "7.8 billion", "7.8 Billion", "78억 개", "7,800M"]
)
def test_seven_point_eight_billion(text: str):
    assert one(text) == 7_800_000_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8조", 8 * 10**12),
        ("8T 토큰", 8 * 10**12),
        ("1천", 1_000),
        ("1,000", 1_000),
        ("3만 2천", 32_000),
        ("2억 1,300만", 213_000_000),
        ("2억 1천3백만", 213_000_000),
        ("1조 5천억", 1_500_000_000_000),
        ("35퍼센트", 35),
        ("35%", 35),
        ("0.1", Decimal("0.1")),
        ("128K", 128_000),
        ("-1.5점", Decimal("1.5")),
    ],
)
def test_scales_and_units(text: str, value: Decimal):
    assert one(text) == value


@pytest.mark.parametrize("text", ["GPT-4", "H6", "d2", "Qwen2.5", "천천히", "조금"])
def test_names_and_words_hold_no_figure(text: str):
    assert list(find_figures(text)) == []


def test_figures_stand_in_the_order_of_the_text():
    text = "층은 48개, 파라미터는 107억 개, 토큰은 3T입니다."

    assert [figure.text for figure in find_figures(text)] == ["48", "107억", "3T"]
    assert all(text[: figure.end].endswith(figure.text) for figure in find_figures(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("six trillion (6T) tokens", 6 * 10**12),
        ("for three of the tasks", 3),
        ("Samples (K)\n126", 126_000),
        ("params ×10^6 213", 213_000_000),
        ("the Qwen2.5 series", Decimal("2.5")),
    ],
)
def test_a_source_also_states_words_and_scales_that_stand_apart(text: str, value: Decimal):
    assert value in find_values(text)


@pytest.mark.parametrize(
    ("written", "source", "right"),
    [
        ("3.8억", "a 3.8 billion parameter model", "38억"),
        ("3.3억 개", "trained on 3.3T tokens", "3조 3000억"),
        ("340만", "340 million parameters", "3억 4000만"),
        ("3.9억", "a 3.8 billion parameter model", None),
        ("3.8억", "it scores 3.8", None),
        ("3.8", "a 3.8 billion parameter model", "38억"),
        ("81", "Korean 81 million", "8100만"),
        ("81", "Korean 81", None),
    ],
)
def test_a_lost_scale_is_found_again(written: str, source: str, right: str | None):
    [figure] = find_figures(written)

    assert correct_scale(figure, source) == right


class TestUnitsThatAreAskedFor:
    @pytest.mark.parametrize(
        ("asked", "source", "could"),
        [
            ("How many days did it take?", "It took 4 days.", True),
            ("How many days did it take?", "It ran on 16 TPUs.", False),
            ("How many milliseconds is a search?", "A search takes 5 ms.", True),
            ("How many milliseconds is a search?", "We retrieve 10 documents.", False),
            ("How much did training cost?", "Training cost $4.6 million.", True),
            ("How much did training cost?", "The training costs are high.", True),
            ("How much did training cost?", "It has 7.8B parameters.", False),
            ("How many layers are there?", "It has 48 layers.", True),
            ("비용은 몇 달러인가요?", "The training costs are high.", False),
            ("비용은 몇 달러인가요?", "It took $3 million.", True),
            ("메모리가 몇 GB 필요한가요?", "It occupies 1.8GB.", True),
            ("메모리가 몇 GB 필요한가요?", "It has 3.8B parameters.", False),
            ("층은 몇 개인가요?", "It has 48 layers.", True),
            ("며칠 동안 썼나요?", "It took 256 GPUs.", False),
            ("며칠인가요?", "It took 4 days.", True),
            ("탄소를 몇 톤 배출했나요?", "It took 3.5 days.", False),
            ("탄소를 몇 톤 배출했나요?", "We emitted 539 tCO2eq.", True),
            ("배출량은 몇 톤인가요?", "It took 3.5 days.", False),
            ("전력은 몇 kWh인가요?", "It took 3.5 days.", False),
            ("몇 조 토큰을 썼나요?", "It has 256k tokens.", False),
            ("몇 조 토큰을 썼나요?", "It was trained on 8T tokens.", True),
        ],
    )
    def test_the_source_has_to_know_them(self, asked: str, source: str, could: bool):
        assert has_asked_units(source, asked, asked) is could


@pytest.mark.parametrize(
    ("question", "answer", "lacks"),
    [
        ("How many tokens were used?", "It used 3 trillion tokens.", False),
        ("How many tokens were used?", "Twelve million. Two in fact.", False),
        ("How many tokens were used?", "Step 2 of Fig. 1 goes on with training.", True),
        ("How much did the 7.8B model cost?", "The cost is 7.8B parameters.", True),
        ("What did it use?", "It used tokens.", False),
        ("How many layers has it, and what is the method?", "Depth up-scaling.", False),
    ],
)
def test_an_answer_to_how_many_has_a_figure_of_its_own(question: str, answer: str, lacks: bool):
    assert lacks_asked_amount(answer, "", question) is lacks


@pytest.mark.parametrize(
    ("question", "answer", "lacks"),
    [
        ("학습률은 얼마야?", "A learning rate was used.", True),
        ("경로 길이는 얼마야?", "It is O(n/r).", False),
        ("학습은 몇 단계야?", "Training has two stages.", False),
        ("층이 얼마나 깊어?", "It is deep.", False),
        ("옵티마이저는 뭐고 몇 스텝이야?", "Adam was used.", False),
        ("몇몇 언어에서 떨어지나요?", "It forgets them.", False),
        ("몇 층인지, 그 이유는?", "Depth helps.", False),
    ],
)
def test_a_korean_question_for_an_amount_is_one_however_it_is_translated(
    question: str, answer: str, lacks: bool
):
    assert lacks_asked_amount(answer, question, "What is it?") is lacks


@pytest.mark.parametrize(
    ("english", "scaled"),
    [
        ("It has 3.8 billion parameters.", "It has 38억 parameters."),
        ("81,000,000 speakers, 12 years", "8100만 speakers, 12 years"),
        ("1.5 trillion tokens of 2 million texts", "1조 5000억 tokens of 200만 texts"),
        (
            "Qwen2-7B has 7B parameters and 152,064 tokens.",
            "Qwen2-7B has 7B parameters and 152,064 tokens.",
        ),
        ("in 2024, 256000 tokens", "in 2024, 256000 tokens"),
    ],
)
def test_english_scales_become_korean_ones(english: str, scaled: str):
    assert put_scales_in_korean(english) == scaled
