"""Units that a question asks for by name."""

import pytest

from language.units import find_asked_units


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
