"""Korean documents: chosen by their Korean words, read and answered in Korean."""

import pytest

from nodes.small.amounts import lacks_measured_noun
from nodes.small.papers import find_unknown_names
from nodes.small.select import select_evidence
from tests.fakes import FakeEmbeddings, ScriptedModel
from tests.nodes.answering import answered
from tests.samples import asking, evidence, hit, passage

RULE = "제4조 대출 기간은 14일로 하며 연장할 수 없다."
KOREAN = evidence(RULE, f"도서관 이용 규정이다. {RULE}", title="도서관 이용 규정")
ASKED = ("구글 도서관은 책을 며칠 빌려줘?", "How many days does the Google library lend books?")


async def test_a_korean_source_is_read_in_one_call_and_told_in_its_own_words():
    model = ScriptedModel("대출 기간은 14일입니다.")

    update, _ = await answered(model, KOREAN, cites=False, asked=ASKED)

    assert update["messages"][0].text == "제4조 대출 기간은 14일로 하며 연장할 수 없습니다. [1]"
    assert update["outcome"] == "answered"
    assert len(model.asked) == 1
    assert ASKED[0] in model.asked[0]
    assert ASKED[1] not in model.asked[0]


async def test_a_figure_that_a_korean_source_lacks_gives_way_to_it():
    model = ScriptedModel("대출 기간은 14일입니다. 연체료는 30원입니다.")

    update, _ = await answered(model, KOREAN, cites=False, asked=ASKED)

    assert "30원" not in update["messages"][0].text


def test_names_that_only_the_translation_has_are_not_asked_of_a_korean_paper():
    text = f"구글 도서관 규정이다. {RULE}"

    assert find_unknown_names(asking(*ASKED), [passage(text, title="규정", header="")]) == []
    assert find_unknown_names(
        asking("GPT-5는 며칠?", ASKED[1]), [passage(text, title="규정", header="")]
    ) == ["GPT-5"]


async def test_windows_are_scored_by_korean_words():
    filler = " ".join(f"여기에는 다른 이야기가 {n}번째로 적혀 있다." for n in range(120))
    found = hit(f"{filler} {RULE} {filler}", title="규정", header="규정")

    pieces = await select_evidence(
        asking("대출 기간은 며칠이야?", "What is it?"), [found], embeddings=FakeEmbeddings()
    )

    assert any(RULE in piece.quote for piece in pieces)


async def test_words_that_a_korean_source_does_not_have_give_way_to_it():
    model = ScriptedModel("연체하면 벌점이 쌓이고 회원 자격을 잃습니다.")

    update, _ = await answered(
        model, KOREAN, cites=False, asked=("도서관 규정은 무엇을 정해?", "What does it say?")
    )

    assert update["outcome"] in {"quoted", "insufficient"}
    assert "벌점" not in update["messages"][0].text


async def test_the_sentence_nearest_to_the_question_is_told_too():
    fine = "연체료는 하루에 100원으로 정해져 있다."
    text = f"{RULE} {fine} 연체료는 얼마인가요?"
    model = ScriptedModel("대출 기간은 14일입니다.")
    asked = ("연체료는 하루에 얼마인가요?", "What is the fine?")

    update, _ = await answered(
        model, evidence(text, text, title="도서관 이용 규정"), cites=False, asked=asked
    )

    assert update["messages"][0].text == (
        "제4조 대출 기간은 14일로 하며 연장할 수 없습니다. [1] "
        "연체료는 하루에 100원으로 정해져 있습니다. [2]"
    )


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("육아 휴직은 며칠 쓸 수 있나요?", False),
        ("출산휴가는 며칠 쓸 수 있나요?", True),
        ("지원하는 금액은 얼마인가요?", False),
        ("벌금은 얼마인가요?", True),
    ],
)
def test_what_is_measured_must_stand_in_a_korean_paper(question: str, lacks: bool):
    text = "육아휴직은 365일 쓸 수 있으며, 달마다 150만 원을 지원한다."

    assert lacks_measured_noun(asking(question, ""), [evidence(text, text)]) is lacks
