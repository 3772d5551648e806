"""Every path through the graph, and what a conversation keeps from turn to turn."""

from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde._msgpack import STRICT_MSGPACK_ENABLED

from graph.run import Graph
from nodes.fallback import INSUFFICIENT
from nodes.state import Conversation, RunOptions
from nodes.strong.select import NamedSentences
from retrieval.passages import Evidence, Hit
from tests.fakes import ScriptedModel, small
from tests.graph.wired import ONCE, Shelf, path, remembering, wired
from tests.samples import SOLAR

ENGLISH = "How many layers does SOLAR have?"
NONE, FIRST = NamedSentences(sentences=[]), NamedSentences(sentences=[1])


@pytest.mark.parametrize(
    ("script", "nodes"),
    [
        ([ENGLISH, "a\nb", FIRST, "48개입니다 [1]."], f"{ONCE} answer"),
        (
            [ENGLISH, "a\nb", NONE, "c", FIRST, "48개입니다 [1]."],
            f"{ONCE} rewrite retrieve grade answer",
        ),
        ([ENGLISH, "a\nb", NONE, "c", NONE], f"{ONCE} rewrite retrieve grade fallback"),
        ([ENGLISH, "a\nb", FIRST, INSUFFICIENT], f"{ONCE} answer"),
    ],
    ids=["found at once", "found at the second search", "never found", "refused by the model"],
)
async def test_path(script: list[Any], nodes: str):
    assert await path(wired(ScriptedModel(*script))) == nodes


async def test_an_english_question_needs_no_translation():
    model = ScriptedModel("a\nb", FIRST, "48개입니다 [1].")

    assert await path(wired(model), question=ENGLISH) == f"{ONCE} answer"


async def test_never_found_ends_after_two_searches_in_the_fixed_sentence():
    shelf = Shelf()
    graph = wired(ScriptedModel(ENGLISH, "a\nb", NONE, "c", NONE), shelf)

    state = await graph.ainvoke(Conversation(messages=[HumanMessage("층이 몇 개?")]))

    assert len(shelf.asked) == state["searches"] == 2
    assert shelf.asked[0]["lexical"] == ["층이 몇 개?", ENGLISH, "a", "b"]
    assert shelf.asked[1]["lexical"] == ["층이 몇 개?", ENGLISH, "c"]
    assert state["messages"][-1].text == INSUFFICIENT
    assert state["outcome"] == "insufficient"


async def test_an_empty_shelf_ends_in_the_fixed_sentence():
    shelf = Shelf()
    shelf.texts = ()
    graph = wired(ScriptedModel(ENGLISH, "a", "b"), shelf)

    assert await path(graph) == f"{ONCE} rewrite retrieve grade fallback"


@pytest.mark.parametrize(
    ("searches", "nodes"),
    [
        (1, f"{ONCE} fallback"),
        (3, f"{ONCE} rewrite retrieve grade rewrite retrieve grade fallback"),
    ],
)
async def test_searches_can_be_set_for_a_run(searches: int, nodes: str):
    model = ScriptedModel(ENGLISH, "a", NONE, "b", NONE, "c", NONE)

    assert await path(wired(model), context=RunOptions(searches=searches)) == nodes


async def test_passages_and_weight_can_be_set_for_a_run():
    shelf = Shelf("One is 1.", "Two is 2.", "Three is 3.")
    model = ScriptedModel(ENGLISH, "a", NONE, FIRST, "2입니다 [1].")

    assert await path(wired(model, shelf), context=RunOptions(passages=2, bm25_weight=0.3)) == (
        f"{ONCE} answer"
    )
    assert (shelf.asked[0]["top"], shelf.asked[0]["bm25_weight"]) == (2, 0.3)


async def test_options_come_as_json_too():
    shelf = Shelf()
    graph = wired(ScriptedModel(ENGLISH, "a", FIRST, "48개입니다 [1]."), shelf)

    await graph.ainvoke({"messages": [("user", "층이 몇 개?")]}, context={"passages": 1})

    assert shelf.asked[0]["top"] == 1


class TestSmallModel:
    async def test_it_is_asked_for_the_question_and_its_answer_in_both_languages(self):
        model = ScriptedModel(ENGLISH, "Layers?", "It has 48 layers.", "층은 48개입니다.")
        graph = wired(model, profile=small(model))

        state = await graph.ainvoke({"messages": [("user", "SOLAR는 층이 몇 개?")]})

        assert len(model.asked) == 4
        assert list(state["question"].queries) == ["Layers?"]
        assert state["messages"][-1].text == "층은 48개입니다. [1]"
        assert state["citations"][0].quote == "SOLAR has 48 layers."

    async def test_unknown_names_end_in_the_fixed_sentence(self):
        model = ScriptedModel("What is the GPT-5 layer count?", "GPT-5 layers?", "GPT-5 depth")
        graph = wired(model, profile=small(model))

        state = await graph.ainvoke({"messages": [("user", "GPT-5는 층이 몇 개?")]})

        assert state["messages"][-1].text == INSUFFICIENT
        assert state["searches"] == 2


class TestConversation:
    async def ask(self, graph: Graph, question: str, thread: str = "one") -> dict[str, Any]:
        asked = Conversation(messages=[HumanMessage(question)])
        return await graph.ainvoke(asked, {"configurable": {"thread_id": thread}})

    async def test_the_second_question_knows_the_first_and_starts_clean(self):
        model = ScriptedModel(
            *(ENGLISH, "a", NONE, "b", FIRST, "48개입니다 [1]."),
            *("How deep was it before?", "c", NONE, "d", NONE),
        )
        graph = wired(model, checkpointer=InMemorySaver())

        first = await self.ask(graph, "층이 몇 개?")
        second = await self.ask(graph, "그 전에는?")

        assert (first["outcome"], first["searches"], len(first["citations"])) == ("answered", 2, 1)
        assert [message.text for message in second["messages"]] == [
            "층이 몇 개?",
            "48개입니다 [1].",
            "그 전에는?",
            INSUFFICIENT,
        ]
        assert "User: 층이 몇 개?\nAssistant: 48개입니다 [1]." in model.asked[6]
        assert (second["question"].asked, second["question"].english) == (
            "그 전에는?",
            "How deep was it before?",
        )
        assert (second["outcome"], second["searches"]) == ("insufficient", 2)
        assert second["evidence"] == second["citations"] == []
        assert "\n- d" not in model.asked[7]

    @pytest.mark.parametrize("saver", [remembering, InMemorySaver], ids=["ours", "plain"])
    async def test_tables_survive_strict_serialisation(self, saver: Any):
        model = ScriptedModel(ENGLISH, "a", FIRST, "48개입니다 [1].")
        shelf = Shelf(f"{SOLAR}\n\nModel\tLayers\tHeads\nSOLAR\t48\t32\n\nTable 1: Sizes.")
        graph = wired(model, shelf, checkpointer=saver())

        await self.ask(graph, "층이 몇 개?")
        kept = (await graph.aget_state({"configurable": {"thread_id": "one"}})).values

        [table] = kept["passages"][0].passage.tables
        assert table.rows[0].label == "SOLAR"
        assert table.head.span
        assert (table.head.text, table.caption.text) == ("Model\tLayers\tHeads", "Table 1: Sizes.")

    async def test_threads_do_not_know_each_other(self):
        model = ScriptedModel(*(ENGLISH, "a", FIRST, "48개입니다 [1].") * 2)
        graph = wired(model, checkpointer=InMemorySaver())

        await self.ask(graph, "층이 몇 개?")
        other = await self.ask(graph, "층이 몇 개?", "other")

        assert len(other["messages"]) == 2

    @pytest.mark.parametrize("saver", [remembering, InMemorySaver], ids=["ours", "plain"])
    async def test_the_state_survives_strict_serialisation(self, saver: Any):
        assert STRICT_MSGPACK_ENABLED
        model = ScriptedModel(ENGLISH, "a", FIRST, "48개입니다 [1].")
        graph = wired(model, checkpointer=saver())

        told = await self.ask(graph, "층이 몇 개?")
        kept = (await graph.aget_state({"configurable": {"thread_id": "one"}})).values

        [source], [found] = kept["citations"], kept["passages"]
        assert (source.quote, source.page) == ("SOLAR has 48 layers.", 3)
        assert isinstance(source, Evidence)
        assert isinstance(found, Hit)
        assert (found.passage.text, found.legs) == (SOLAR, told["passages"][0].legs)
        assert kept["messages"] == told["messages"]
        assert kept["question"] == told["question"]
        assert (kept["question"].english, kept["searches"], kept["outcome"]) == (
            ENGLISH,
            1,
            "answered",
        )
