"""Whose figure a source has."""

import pytest

from language.figures import find_figures
from nodes.citing.known_names import is_anothers_figure
from tests.samples import evidence

T5 = (
    "T5-large achieves a score of 28.9 EM, substantially below the 44.5 that RAG-Sequence achieves."
)


@pytest.mark.parametrize(
    ("sentence", "source", "of_another"),
    [
        ("RAG-Sequence의 점수는 44.5, DPR 점수는 28.9입니다.", T5, [False, True]),
        ("Vicuna의 평균 점수는 82.17입니다.", "PaLM-2 has a lower average (82.17).", [True]),
        ("Vicuna의 점수는 18.4입니다.", "Vicuna scores 18.4, PaLM-2 70.", [False]),
        ("OPUS-100을 거른 뒤 94개가 남습니다.", "There are 94 subsets containing German.", [False]),
        ("SOLAR의 층은 48개입니다.", "It has 48 layers.", [False]),
        ("층은 48개입니다.", "Gemma has 48 layers.", [False]),
    ],
)
def test_a_figure_of_a_sentence_that_names_others_is_theirs(
    sentence: str, source: str, of_another: list[bool]
):
    piece = evidence(source, source, title="On answers")

    assert [
        is_anothers_figure(sentence, figure, piece) for figure in find_figures(sentence)
    ] == of_another
