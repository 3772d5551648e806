"""A search over some papers alone: the same search, which knows of no others."""

from pathlib import Path

import pytest

from retrieval.errors import EmptyIndex
from retrieval.passages import Hit
from retrieval.search.hybrid import HybridSearch
from retrieval.search.snapshot import REMEMBERED
from retrieval.store.library import Library
from tests.retrieval.desk import Desk

QUESTIONS = ("How was Gemma trained?", "layers of attention", "층이 몇 개인가요?", "SOLAR depth")


def found(search: HybridSearch, query: str, top: int = 9) -> list[Hit]:
    return search.find_passages(lexical=[query], semantic=[query], top=top)


def named(hits: list[Hit]) -> list[str]:
    return [hit.passage.document for hit in hits]


@pytest.fixture
def ids(home: Path) -> dict[str, int]:
    """The id of each paper of the library, by name."""
    return {one.name: one.id for one in Library(home).list_documents()}


def test_all_papers_are_the_whole_library(search: HybridSearch, ids: dict[str, int]):
    part = search.within([*ids.values(), 10**6])

    for question in QUESTIONS:
        assert found(part, question) == found(search, question)
    assert part.list_papers() == search.list_papers()
    assert part.list_titles() == search.list_titles()
    assert part.list_passages() == search.list_passages()


def test_none_is_the_whole_library(search: HybridSearch):
    assert found(search.within(None), "layers") == found(search, "layers")


def test_only_the_papers_given_are_found_and_listed(search: HybridSearch, ids: dict[str, int]):
    part = search.within([ids["solar.pdf"], ids["gemma.pdf"]])

    for question in QUESTIONS:
        assert set(named(found(part, question))) == {"solar.pdf", "gemma.pdf"}
    assert [one.document for one in part.list_papers()] == ["gemma.pdf", "solar.pdf"]
    assert all("Attention" not in title for title in part.list_titles())
    assert {one.document for one in part.list_passages()} == {"solar.pdf", "gemma.pdf"}


def test_a_paper_left_out_is_not_read_by_its_entry_either(
    search: HybridSearch, ids: dict[str, int]
):
    part = search.within([ids["solar.pdf"]])

    assert [len(part.list_passages_of(paper)) for paper in search.list_papers()] == [0, 0, 1]


@pytest.mark.parametrize("none", [[], [0], [-1], [10**30], [999_999]])
def test_no_papers_hold_nothing(search: HybridSearch, none: list[int]):
    part = search.within(none)

    assert found(part, "layers of attention") == []
    assert part.list_papers() == part.list_titles() == part.list_passages() == []
    assert part.load_loanwords().find_loanwords("미스트랄") == {}


def test_no_papers_of_no_library_are_told_as_such(tmp_path: Path):
    with pytest.raises(EmptyIndex):
        found(Desk(tmp_path).open_search().within([]), "anything")


def test_papers_left_out_take_no_place_among_the_best(tmp_path: Path):
    desk = Desk(tmp_path)
    for number in range(6):
        desk.index(desk.write(f"near{number}.pdf", "Tides follow the moon. The moon has tides."))
    far = desk.write("far.pdf", "Of the moon little is said here, where rain falls on hills.")
    desk.index(far)
    search = desk.open_search()
    [last] = [one.id for one in desk.library.list_documents() if one.name == "far.pdf"]
    assert "far.pdf" not in named(found(search, "moon and tides", top=5))

    [hit] = found(search.within([last]), "moon and tides", top=1)

    assert hit.passage.document == "far.pdf"
    assert set(hit.legs) == {"bm25", "vector"}


@pytest.mark.parametrize("most", [2, 50], ids=["a part too large", "a small part, as a whole"])
def test_a_part_is_found_though_all_that_is_near_is_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
):
    monkeypatch.setattr("retrieval.search.snapshot.MOST_FETCHED", 4)
    monkeypatch.setattr("retrieval.search.snapshot.MOST_MEASURED", most)
    monkeypatch.setattr("retrieval.search.hybrid.LEG_DEPTH", 40)
    desk = Desk(tmp_path)
    for number in range(4):
        desk.index(desk.write(f"near{number}.pdf", f"Tides follow the moon {number}."))
    for number in range(3):
        desk.index(desk.write(f"far{number}.pdf", f"The moon is not told of here {number}."))
    far = [one.id for one in desk.library.list_documents() if one.name.startswith("far")]

    hits = found(desk.open_search().within(far), "moon")

    assert named(hits) == ["far0.pdf", "far1.pdf", "far2.pdf"]


def test_scores_mean_the_same_in_a_part(search: HybridSearch, ids: dict[str, int]):
    [whole] = [hit for hit in found(search, "SOLAR depth") if hit.passage.document == "solar.pdf"]
    [part] = found(search.within([ids["solar.pdf"]]), "SOLAR depth")

    assert part.score == pytest.approx(whole.score)
    assert part.legs == whole.legs


def test_words_of_other_papers_are_not_heard(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.write(
        "storm.pdf", "Hurricane Felicia2 and Felicia lost their strength. The inner product."
    )
    desk.write("rain.pdf", "Rain falls on hills. Mistral2 blew.")
    desk.index()
    ids = {one.name: one.id for one in desk.library.list_documents()}
    storm, rain = (
        desk.open_search().within([ids[name]]).load_loanwords()
        for name in ("storm.pdf", "rain.pdf")
    )

    assert storm.list_english("펠리시아는 언제 왔나요?") == ["Felicia"]
    assert storm.glossary.put_in_english("내적") == "inner product"
    assert rain.list_english("펠리시아는 언제 왔나요?") == []
    assert rain.glossary.put_in_english("내적") == "내적"
    assert rain.list_english("미스트랄") == ["Mistral"]
    assert storm.list_english("미스트랄") == []


def test_parts_asked_in_turn_do_not_mix(search: HybridSearch, ids: dict[str, int]):
    for _ in range(2):
        for name, paper in ids.items():
            assert set(named(found(search.within([paper]), "layers"))) == {name}


def test_a_part_sees_what_has_changed(tmp_path: Path):
    desk = Desk(tmp_path)
    path = desk.write("tides.pdf", "Tides follow the moon.")
    desk.index(path)
    search = desk.open_search()
    [old] = desk.library.list_visible_ids("")
    assert len(found(search.within([old]), "moon")) == 1
    desk.index(desk.write("tides.pdf", "Tides follow the sun."))
    [new] = desk.library.list_visible_ids("")

    assert found(search.within([old]), "moon") == []
    assert [hit.passage.text for hit in found(search.within([new]), "sun")] == [
        "Tides follow the sun."
    ]


def test_few_parts_are_remembered(search: HybridSearch, ids: dict[str, int]):
    for number in range(2 * REMEMBERED):
        found(search.within([*ids.values(), 100 + number]), "layers")

    assert len(search._snapshots._parts) == REMEMBERED
