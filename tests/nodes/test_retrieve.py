"""Retrieve: each leg is asked in its own languages, as the options say."""

from typing import Any

from language.loanwords import Loanwords
from nodes.retrieve import retrieve
from nodes.state import RunOptions, State
from retrieval.passages import Hit, LibraryPaper
from tests.samples import asking, hit


class RecordingSearch:
    """Finds one passage, and remembers what it was asked."""

    def find_passages(self, **asked: Any) -> list[Hit]:
        self.asked = asked
        return [hit()]

    def list_titles(self) -> list[str]:
        return []

    def list_papers(self) -> list[LibraryPaper]:
        return [
            LibraryPaper(
                id=1, sha256="a", document="solar.pdf", title="SOLAR 10.7B", pages=9, first=None
            ),
            LibraryPaper(
                id=2, sha256="b", document="exaone.pdf", title="EXAONE 3.0", pages=9, first=None
            ),
        ]

    def load_loanwords(self) -> Loanwords:
        return Loanwords({})


async def test_words_and_meaning_are_searched_in_both_languages():
    search = RecordingSearch()
    state = State(messages=[], question=asking("깊이?", "Depth?", queries=["layers", "deep"]))

    update = await retrieve(state, options=RunOptions(), search=search)

    assert update == {"passages": [hit()], "searches": 1}
    assert search.asked["lexical"] == ["깊이?", "Depth?", "layers", "deep"]
    assert search.asked["semantic"] == search.asked["lexical"]


async def test_an_english_question_is_asked_once():
    search = RecordingSearch()

    await retrieve(
        State(messages=[], question=asking("Why?", "Why?")), options=RunOptions(), search=search
    )

    assert search.asked["lexical"] == search.asked["semantic"] == ["Why?"]


async def test_options_are_honoured():
    search = RecordingSearch()
    options = RunOptions(passages=3, bm25_weight=0.2)
    state = State(messages=[], question=asking("Why?", "Why?"), searches=1)

    update = await retrieve(state, options=options, search=search)

    assert (search.asked["top"], search.asked["bm25_weight"]) == (3, 0.2)
    assert update["searches"] == 2


async def test_without_options_the_defaults_hold():
    search = RecordingSearch()

    await retrieve(
        State(messages=[], question=asking("Why?", "Why?")), options=RunOptions(), search=search
    )

    assert search.asked["top"] == RunOptions().passages
    assert search.asked["bm25_weight"] == RunOptions().bm25_weight


class ShelfOfTwo(RecordingSearch):
    """Finds ten passages of one paper before the first of the other."""

    def find_passages(self, **asked: Any) -> list[Hit]:
        found = [hit(id=f"s{n}", score=1 - n / 100) for n in range(10)]
        other = [hit(id=f"e{n}", score=0.5, document="exaone.pdf") for n in range(10)]
        return [*found, *other][: asked["top"]]


async def test_each_side_of_a_comparison_is_found():
    question = asking("SOLAR와 EXAONE 3.0의 층 수를 비교해 줘", "Compare SOLAR and EXAONE 3.0.")

    update = await retrieve(
        State(messages=[], question=question), options=RunOptions(), search=ShelfOfTwo()
    )

    assert [one.passage.id for one in update["passages"]] == [
        *(f"s{n}" for n in range(8)),
        *("e0", "e1", "e2", "e3"),
    ]


async def test_one_paper_is_searched_for_as_ever():
    question = asking("SOLAR는 몇 층?", "How many layers does SOLAR have?")

    update = await retrieve(
        State(messages=[], question=question), options=RunOptions(), search=ShelfOfTwo()
    )

    assert [one.passage.id for one in update["passages"]] == [f"s{n}" for n in range(8)]
