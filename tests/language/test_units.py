"""Units that a question asks for by name."""

import re

import pytest

from language.units import find_asked_units, find_unit


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
        units = find_asked_units(asked, asked)

        assert all(unit.search(source) for unit in units) is could


@pytest.mark.parametrize(
    ("text", "source", "states"),
    [
        ("20밀리초", "It compares 20 systems and algorithms.", False),
        ("20ms로 줄었습니다", "It takes 20 ms.", True),
        ("12초입니다", "It takes 12 hours.", False),
        ("0.4초가 걸립니다", "It takes 0.4 s.", True),
        ("30분입니다", "It takes 30 hours.", False),
        ("3.5일입니다", "It took 3.5 hours.", False),
        ("3.5일.", "It took 3.5 days.", True),
        ("500불입니다", "It costs 500 hours.", False),
    ],
)
def test_a_unit_is_seen_before_the_usual_endings(text: str, source: str, states: bool):
    unit = find_unit(text, re.match(r"[\d.]*\d", text).end())

    assert unit
    assert bool(unit.search(source)) is states


@pytest.mark.parametrize("text", ["3초과", "2분의 1", "5일반적인", "10불가능"])
def test_other_words_are_no_units(text: str):
    assert find_unit(text, re.match(r"\d+", text).end()) is None
