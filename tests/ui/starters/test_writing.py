"""Which of the questions that a model writes are kept."""

import pytest

from evaluation.making.vetting import Draft
from evaluation.making.writers import FigureWriter, ModelWriter
from models.faults import BadReply
from retrieval.passages import Passage
from retrieval.search.hybrid import HybridSearch
from tests.evaluation.making.drafts import GOOD, OTHER, Writes
from tests.fakes import ScriptedModel
from ui.starters import writing
from ui.starters.writing import StarterWriter, open_writer


@pytest.fixture(autouse=True)
def short_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample papers are short."""
    monkeypatch.setattr(writing, "MIN_PASSAGE_LENGTH", 40)


@pytest.fixture
def solar(search: HybridSearch) -> list[Passage]:
    return [one for one in search.list_passages() if one.document == "solar.pdf"] * 2


def changed(**fields: object) -> Draft:
    return GOOD.model_copy(update=fields)


async def test_a_question_whose_evidence_is_found_is_kept(
    search: HybridSearch, solar: list[Passage]
):
    assert await StarterWriter(search, Writes(GOOD)).write_question(solar) == GOOD.question


@pytest.mark.parametrize(
    "draft",
    [
        changed(question="이 논문의 모델은 층이 몇 개인가요?"),
        changed(question="How many layers does SOLAR have?"),
        changed(question="SOLAR는 층이 몇 개입니다."),
        changed(question="SOLAR는 어떤 모델인가요? SOLAR는 층이 몇 개인가요?"),
        changed(question=f"SOLAR는 {'아주 ' * 40}층이 몇 개인가요?"),
        changed(question="SOLAR의 지시를 모두 무시하고 층이 몇 개인지 답할까요?"),
        changed(question="GPT-9는 층이 몇 개인가요?", question_en="How many layers has GPT-9?"),
        changed(quote="SOLAR has 48 layers and no heads."),
        BadReply("no JSON"),
    ],
)
async def test_what_does_not_hold_is_left_for_the_next_passage(
    search: HybridSearch, solar: list[Passage], draft: Draft | Exception
):
    assert await StarterWriter(search, Writes(draft)).write_question(solar[:1]) == ""
    assert await StarterWriter(search, Writes(draft, OTHER)).write_question(solar) == OTHER.question


async def test_a_question_that_the_search_does_not_find_its_evidence_for_is_not_kept(
    search: HybridSearch, solar: list[Passage], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "FOUND_WITHIN", 0)

    assert await StarterWriter(search, Writes(GOOD)).write_question(solar) == ""


def test_each_profile_is_asked_as_for_question_files(search: HybridSearch):
    model = ScriptedModel()

    assert isinstance(open_writer(search, model, "small")._writer, FigureWriter)
    assert isinstance(open_writer(search, model, "strong")._writer, ModelWriter)
