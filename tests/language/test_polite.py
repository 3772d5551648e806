"""Sentences of reports and rules in the polite form."""

import pytest

from language.polite import make_polite


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("서스펜디드 경기로 한다.", "서스펜디드 경기로 합니다."),
        ("새로운 이닝에 들어갈 수 없다", "새로운 이닝에 들어갈 수 없습니다."),
        ("∙협상이 중단됨", "협상이 중단됩니다."),
        ("12.5% 증가하였음", "12.5% 증가했습니다."),
        ("• 규모는 3,080억 원임", "규모는 3,080억 원입니다."),
        ("값이 크다", "값이 큽니다."),
        ("먼저 고려해야 합니다.", "먼저 고려해야 합니다."),
        ("15억 달러를 추가로 투자할 방침", "15억 달러를 추가로 투자할 방침입니다."),
        ("상한액은 200만 원", "상한액은 200만 원입니다."),
        ("과징금을 부과", "“과징금을 부과”라고 적혀 있습니다."),
        ("성능이 향상되었다고 설명", "“성능이 향상되었다고 설명”이라고 적혀 있습니다."),
    ],
)
def test_the_ending_alone_changes(written: str, told: str):
    assert make_polite(written) == told


def test_what_has_no_words_stays():
    assert make_polite("...") == "..."
