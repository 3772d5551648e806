"""Questions that the library does not answer."""

from random import Random

import pytest

from evaluation.making.absent import ATTRIBUTES, AbsentQuestion, AttributeAbsent, ModelAbsent
from evaluation.making.vetting import Dropped
from nodes.strong.select import EvidenceSelector, NamedSentences
from tests.fakes import ScriptedModel
from tests.samples import hit, passage

ASKED = AbsentQuestion(
    question="SOLAR의 층은 몇 개인가요?", question_en="How many layers has SOLAR?"
)


async def by_model(named: list[int | str], asked: AbsentQuestion = ASKED) -> AbsentQuestion:
    model = ScriptedModel(asked, NamedSentences(sentences=named))
    return await ModelAbsent(model, EvidenceSelector(model), lambda *question: [hit()])(passage())


async def test_what_the_selector_finds_no_answer_to_is_unanswerable():
    assert await by_model([]) == ASKED


async def test_what_the_selector_finds_an_answer_to_is_dropped():
    with pytest.raises(Dropped, match="있음"):
        await by_model([1])


async def test_a_question_that_does_not_stand_alone_is_dropped():
    pointing = AbsentQuestion(question="이 논문의 SOLAR는?", question_en="How large is SOLAR?")
    with pytest.raises(Dropped, match="홀로"):
        await by_model([], pointing)


async def every(*texts: str) -> list[str]:
    """All that code asks of the SOLAR paper, of which each text is a passage of some paper."""
    passages = [
        passage(text, str(number), document="solar.pdf" if number == 0 else "survey.pdf")
        for number, text in enumerate(texts)
    ]
    absent, asked = AttributeAbsent(passages, Random(1)), []
    while len(asked) <= len(ATTRIBUTES):
        try:
            asked.append((await absent(passages[0])).question_en)
        except Dropped:
            break
    return asked


async def test_code_asks_for_each_attribute_once_that_the_paper_leaves_out():
    asked = await every("SOLAR was trained with a learning rate of 1e-4 and a dropout of 0.1.")

    assert "How many days did the training of the SOLAR 10.7B paper take in total?" in asked
    assert not [question for question in asked if "dropout" in question]
    assert len(asked) == len(set(asked)) == 11


async def test_what_another_paper_says_of_it_counts_as_well():
    text = "SOLAR was trained on the web."
    asked = await every(text, "Training SOLAR-10.7B took 12 days.", "Gemma cost 9 dollars.")

    assert not [question for question in asked if "days" in question]
    assert [question for question in asked if "dollars" in question]


async def test_papers_without_training_are_not_asked_for_it():
    assert not [question for question in await every("A survey.") if "training" in question]
