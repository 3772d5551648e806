"""Check: figures stand in the evidence, and the answer is Korean."""

import pytest

from nodes.citing.checks import (
    CONTRADICTED,
    GARBLED,
    NOT_KOREAN,
    UNVERIFIED,
    SentenceCheck,
    says_what_is_missing,
)
from tests.samples import evidence

SOURCE = (
    "Aya-23-35B has 35B parameters and 40 layers. It was trained on 8 trillion tokens, "
    "35% of them English.\n\nModel\\tLayers (K)\\nAya-23-8B\\t32".replace("\\t", "\t").replace(
        "\\n", "\n"
    )
)
ASKED = "Aya 23의 35B 모델은?"


def labels(sentence: str, *quotes: str) -> list[str]:
    cited = [evidence(quote, SOURCE) for quote in quotes or [SOURCE]]
    return [fault.label for fault in SentenceCheck(ASKED).find_faults(sentence, cited)]


@pytest.mark.parametrize(
    "sentence",
    [
        "파라미터는 350억 개이고 층은 40개입니다.",
        "8조 개의 토큰 가운데 35퍼센트가 영어입니다.",
        "8T 토큰으로 학습했습니다.",
        "Aya 23의 35B 모델은 층이 마흔 개가 아니라 40개입니다.",
        "두 모델이 있습니다.",
        "층은 사십 개이고 토큰은 팔조 개입니다.",
        "수십 개의 층이 있습니다.",
        "Aya-23-8B의 층은 32K입니다.",
    ],
)
def test_figures_of_the_evidence_pass_however_they_are_written(sentence: str):
    assert labels(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "층은 41개입니다.",
        "8억 개의 토큰입니다.",
        "파라미터는 35M개입니다.",
        "35.5%가 영어입니다.",
        "층은 백만 개입니다.",
        "층은 삼십입니다.",
        "토큰은 수백만 개입니다.",
        "문서는 천오백 개입니다.",
        "토큰의 절반입니다.",
        "두 배 빠릅니다.",
    ],
)
def test_other_figures_do_not(sentence: str):
    assert labels(sentence) == [UNVERIFIED]


def test_the_figure_must_stand_in_what_the_sentence_cites():
    assert labels("모두 40개입니다.", "35% of them English.") == [UNVERIFIED]


def test_a_name_that_was_asked_about_must_stand_in_the_passage_all_the_same():
    check = SentenceCheck("Gemma 2는 무슨 언어로 학습했나요?")
    cited = [evidence("35% of them English.", SOURCE, title="Aya 23")]

    assert {
        fault.label for fault in check.find_faults("Gemma 2는 영어로 학습했습니다.", cited)
    } == {UNVERIFIED}


def test_the_version_of_a_name_that_was_asked_about_needs_no_evidence():
    check = SentenceCheck("Gemma 2 27B는?")
    cited = [evidence("35% of them English.", SOURCE, title="Gemma 2")]

    assert list(check.find_faults("Gemma 2는 영어로 학습했습니다.", cited)) == []
    assert [fault.label for fault in check.find_faults("모두 27개입니다.", cited)] == [UNVERIFIED]


@pytest.mark.parametrize(
    "counted", ["2 이상입니다.", "2 이하입니다.", "2가량입니다.", "2 가까이 됩니다."]
)
def test_a_bound_behind_a_figure_is_no_particle_behind_a_name(counted: str):
    check = SentenceCheck("Gemma 2는?")
    cited = [evidence("35% of them English.", SOURCE)]

    assert [fault.label for fault in check.find_faults(f"값은 {counted}", cited)] == [UNVERIFIED]


def test_a_row_is_borne_by_the_heads_of_its_columns():
    assert labels("32,000입니다.", "Aya-23-8B\t32") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "모델의 性能이 좋습니다.",
        "この모델은 좋습니다.",
        "The model has many layers and it is deep.",
        "это 모델",
    ],
)
def test_another_language_is_told(sentence: str):
    assert NOT_KOREAN in labels(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Grouped Query Attention(GQA)을 씁니다.",
        "모델은 Aya-23-35B입니다.",
        '논문은 "It was trained on 8 trillion tokens"라고 합니다.',
        "온도 τ와 차원 d_model을 씁니다.",
    ],
)
def test_terms_names_and_quotes_are_no_other_language(sentence: str):
    assert NOT_KOREAN not in labels(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "학습 비용은 논문에 나와 있지 않습니다.",
        "토큰 수에 대한 언급은 없습니다.",
        "정확한 값은 확인할 수 없습니다.",
        "논문은 이를 다루지 않습니다.",
    ],
)
def test_a_sentence_may_name_what_the_papers_leave_out(sentence: str):
    assert says_what_is_missing(sentence)


@pytest.mark.parametrize(
    "sentence", ["층은 40개입니다.", "성능이 떨어지지 않습니다.", "RNN은 쓰지 않습니다."]
)
def test_other_negations_name_nothing_missing(sentence: str):
    assert not says_what_is_missing(sentence)


SCORES = (
    "Model\tMMLU\tMGSM\nphi-3-mini\t68.8\t44.6\nphi-3-small\t75.7\t59.6\n\n"
    "Table 3: Scores of the models."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "정확도가 70%에서 68%로 증가했습니다.",
        "34개 중 76개의 문제를 풀었습니다.",
        "파라미터는 350억(40) 개입니다.",
        "구글은 20억, 아마존은 40억으로 구글이 더 많습니다.",
    ],
    ids=["changes", "overfills", "restates", "misjudges"],
)
def test_a_sentence_that_its_own_figures_belie_is_found(sentence: str):
    assert CONTRADICTED in labels(sentence)


@pytest.mark.parametrize(
    ("sentence", "source", "found"),
    [
        ("그는 층이 40개입니다.", "It has 40 layers.", [GARBLED]),
        ("그는 층이 40개라고 썼습니다.", "He wrote that it has 40 layers.", []),
        ("그 모델은 층이 40개입니다.", "It has 40 layers.", []),
    ],
)
def test_no_person_is_made_of_a_thing(sentence: str, source: str, found: list[str]):
    faults = SentenceCheck(ASKED).find_faults(sentence, [evidence(source, source)])

    assert [fault.label for fault in faults] == found


class TestCells:
    """A figure of a row stands in the row and the column that are named."""

    @pytest.mark.parametrize(
        "sentence",
        [
            "phi-3-small의 MMLU 점수는 75.7입니다.",
            "MMLU 점수는 75.7입니다.",
            "75.7입니다.",
            "phi-3-mini는 68.8, phi-3-small은 75.7입니다.",
        ],
    )
    def test_what_stands_there_passes(self, sentence: str):
        assert self.labels(sentence) == []

    @pytest.mark.parametrize(
        "sentence",
        [
            "phi-3-small의 MMLU 점수는 59.6입니다.",
            "phi-3-small의 MMLU 점수는 68.8입니다.",
            "MMLU 점수는 59.6입니다.",
            "59.6입니다.",
            "phi-3-mini는 75.7, phi-3-small은 68.8입니다.",
        ],
    )
    def test_a_siblings_value_does_not(self, sentence: str):
        assert set(self.labels(sentence)) == {UNVERIFIED}

    def test_a_figure_of_its_label_needs_no_cell(self):
        text = "Model\tSmall\tLarge\nAverage of 17 tests\t44.2\t48.7\nMMLU\t50.0\t17"
        cited = [evidence("Average of 17 tests\t44.2\t48.7", text, title="Sizes")]
        check = SentenceCheck("17개 시험의 평균은?", "What is the average of 17 tests?")

        assert not check.find_unproven_figures("Average of 17 tests의 Large는 48.7입니다.", cited)

    def test_what_a_sentence_says_in_korean_the_question_tells(self):
        text = "Model\tPlain\tPlain w/o safety\nVLGuard\t9.12\t4.66\nOther\t1.0\t2.0"
        asked = ("안전 학습을 하지 않은 Plain의 점수는?", "What does Plain score without safety?")
        cited = [evidence("VLGuard\t9.12\t4.66", text, title="Plain")]
        check = SentenceCheck(*asked)

        assert not check.find_unproven_figures("안전 학습을 뺀 Plain은 4.66입니다.", cited)
        assert check.find_unproven_figures("안전 학습을 뺀 Plain은 9.12입니다.", cited)

    def labels(self, sentence: str) -> list[str]:
        check = SentenceCheck("phi-3-small의 MMLU 점수는?", "What is phi-3-small's MMLU score?")
        rows = [line for line in SCORES.splitlines() if line.startswith("phi")]
        cited = [evidence(row, SCORES, title="phi-3") for row in rows]
        return [fault.label for fault in check.find_faults(sentence, cited)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("강한 전처리 모델을 씁니다.", "With the stronger pre-trained model, it wins."),
        ("딥러닝 모델의 크기는 넷입니다.", "The dense models come in four sizes."),
    ],
)
def test_a_term_of_research_must_stand_in_the_evidence(sentence: str, source: str):
    check = SentenceCheck("모델은 어떤가요?", "How is the model?")

    faults = list(check.find_faults(sentence, [evidence(source, source)]))

    assert [fault.label for fault in faults] == [UNVERIFIED]
