"""Retrieve: each leg is asked in its own languages, as the options say."""

from typing import Any

from langgraph.runtime import Runtime

from language.loanwords import Loanwords
from nodes.retrieve import retrieve
from nodes.state import RunOptions, State
from retrieval.passages import Hit
from tests.samples import asking, hit


class RecordingSearch:
    """Finds one passage, and remembers what it was asked."""

    def find_passages(self, **asked: Any) -> list[Hit]:
        self.asked = asked
        return [hit()]

    def list_titles(self) -> list[str]:
        return []

    def load_loanwords(self) -> Loanwords:
        return Loanwords({})


async def test_words_and_meaning_are_searched_in_both_languages():
    search = RecordingSearch()
    state = State(messages=[], question=asking("깊이?", "Depth?", queries=["layers", "deep"]))

    update = await retrieve(state, Runtime(), search=search)

    assert update == {"passages": [hit()], "searches": 1}
    assert search.asked["lexical"] == ["깊이?", "Depth?", "layers", "deep"]
    assert search.asked["semantic"] == search.asked["lexical"]


async def test_an_english_question_is_asked_once():
    search = RecordingSearch()

    await retrieve(State(messages=[], question=asking("Why?", "Why?")), Runtime(), search=search)

    assert search.asked["lexical"] == search.asked["semantic"] == ["Why?"]


async def test_options_are_honoured():
    search = RecordingSearch()
    options = RunOptions(passages=3, bm25_weight=0.2)
    state = State(messages=[], question=asking("Why?", "Why?"), searches=1)

    update = await retrieve(state, Runtime(context=options), search=search)

    assert (search.asked["top"], search.asked["bm25_weight"]) == (3, 0.2)
    assert update["searches"] == 2


async def test_without_options_the_defaults_hold():
    search = RecordingSearch()

    await retrieve(State(messages=[], question=asking("Why?", "Why?")), Runtime(), search=search)

    assert search.asked["top"] == RunOptions().passages
    assert search.asked["bm25_weight"] == RunOptions().bm25_weight
