"""An open conversation: its answers and their sources, and what the graph remembers of it."""

from pathlib import Path
from uuid import uuid4

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from graph.build import build_graph
from retrieval.passages import Evidence, Passage
from tests.graph.wired import Shelf
from tests.samples import passage
from tests.ui.conversations.conftest import Talk
from ui.conversations.answers import Answer, Cited
from ui.conversations.checkpoints import LatestSaver, make_serializer, open_saver
from ui.conversations.conversation import Conversation, OpenConversations
from ui.conversations.database import ChatDatabase

TABLE = "Words.\n\nModel\tLayers\tHeads\nSOLAR\t48\t32\n\nTable 1: Sizes."


def make_evidence(text: str = "DUS scales depth.", sha256: str = "ab") -> Evidence:
    """Words on page 3 of the SOLAR paper."""
    found = Passage(
        id="7",
        document="solar.pdf",
        title="SOLAR 10.7B",
        sha256=sha256,
        header="",
        text=text,
        page_starts=[(0, 3)],
    )
    return Evidence(passage=found, start=0, end=len(text))


@pytest.fixture
async def conversation(kim: Talk, database: ChatDatabase) -> Conversation:
    """A conversation in which nothing was answered yet."""
    kim.enter()
    return await OpenConversations(database).find(thread=kim.thread, user=kim.user.id)


async def add(talk: Talk, conversation: Conversation, text: str, *cited: Evidence) -> Answer:
    question = await talk.say("질문")
    message = {**talk.message(""), "type": "assistant_message"}
    return await conversation.add(
        message, question=question, text=text, citations=list(cited), record={"outcome": "answered"}
    )


async def find_again(talk: Talk, database: ChatDatabase, *, user: str = "") -> Conversation:
    """The conversation as another start of the server finds it."""
    found = OpenConversations(database)
    return await found.find(thread=talk.thread, user=user or talk.user.id)


async def test_a_link_leads_to_the_source_that_was_cited(kim: Talk, conversation: Conversation):
    first, second = make_evidence(), make_evidence("It is.")
    await add(kim, conversation, "하나 [1].", first)
    await add(kim, conversation, "둘 [1][2].", first, second)

    cited = [conversation.cited(f"#cite-{at}") for at in range(3)]

    assert [one.piece for one in cited if one] == [first, first, second]
    assert [one.number for one in cited if one] == [1, 1, 2]
    others = ("#cite-3", "#cite--1", None, {"a": 1})
    assert [conversation.cited(other) for other in others] == [None] * 4


async def test_answers_come_back_with_their_sources(
    kim: Talk, conversation: Conversation, database: ChatDatabase
):
    piece = Evidence(passage=passage(TABLE), start=0, end=6)
    before = await add(kim, conversation, "하나 [1].", piece)
    before.korean[1] = "낱말."
    await conversation.keep_korean(before)
    await add(kim, conversation, "둘 [1].", make_evidence())

    [first, second] = (await find_again(kim, database)).answers

    [kept] = first.citations
    assert (kept.quote, kept.page, kept.passage.text) == (piece.quote, piece.page, TABLE)
    row = kept.passage.row_at(TABLE.index("SOLAR"))
    assert row is not None
    assert [tuple(cell) for cell in row.cells] == [("Layers", "48"), ("Heads", "32")]
    assert (first.shown, first.record, first.korean) == (before.shown, before.record, {1: "낱말."})
    assert second.cited_before == 1


async def test_an_answer_and_its_message_are_kept_together(
    kim: Talk, conversation: Conversation, database: ChatDatabase
):
    answer = await add(kim, conversation, "하나 [1].", make_evidence())

    thread = await kim.layer.get_thread(kim.thread)

    assert thread is not None
    assert [one["output"] for one in thread["steps"] if one["id"] == answer.id] == [answer.shown]


async def test_the_steps_to_an_answer_are_kept_with_it(kim: Talk, conversation: Conversation):
    question = await kim.say("질문")
    steps = [{**kim.message(""), "type": "tool", "name": name} for name in ("줄", "검색")]
    message = {**kim.message(""), "type": "assistant_message"}
    await conversation.add(
        message, question=question, text="하나.", citations=[], record={"outcome": "answered"},
        steps=steps,
    )  # fmt: skip

    thread = await kim.layer.get_thread(kim.thread)

    assert thread is not None
    kept = {one["id"]: one["name"] for one in thread["steps"] if one["type"] == "tool"}
    assert kept == {step["id"]: step["name"] for step in steps}


async def test_nobody_else_finds_the_answers(
    kim: Talk, lee: Talk, conversation: Conversation, database: ChatDatabase
):
    await add(kim, conversation, "하나 [1].", make_evidence())

    assert (await find_again(kim, database, user=lee.user.id)).answers == []


async def test_two_tabs_have_one_conversation(kim: Talk, database: ChatDatabase):
    opened = OpenConversations(database)

    first = await opened.find(thread=kim.thread, user=kim.user.id)

    assert await opened.find(thread=kim.thread, user=kim.user.id) is first
    assert await opened.find(thread=kim.thread, user=str(uuid4())) is not first


async def test_a_paper_opens_with_all_that_the_answer_cites_of_it(
    kim: Talk, conversation: Conversation
):
    solar, gemma, again = make_evidence(), make_evidence(sha256="cd"), make_evidence("It is.")
    answer = await add(kim, conversation, "셋 [1][2][3].", solar, gemma, again)

    assert Cited(number=3, answer=answer).beside == {1: solar, 3: again}
    assert Cited(number=2, answer=answer).beside == {2: gemma}


async def test_korean_renderings_come_below_their_source_and_are_copied_too(
    kim: Talk, conversation: Conversation
):
    answer = await add(kim, conversation, "층을 늘립니다 [1].", make_evidence())
    assert answer.copied == "층을 늘립니다 [1].\n\n[1] **SOLAR 10.7B** · 3쪽\n> DUS scales depth."

    answer.korean[1] = "DUS는 깊이를 늘립니다."

    assert answer.shown.endswith("\n> DUS scales depth\\.\n>\n> DUS는 깊이를 늘립니다.")
    assert "#cite-0" in answer.shown
    assert answer.copied.endswith("> DUS는 깊이를 늘립니다.")
    assert "#cite" not in answer.copied


async def test_a_button_leads_to_an_answer_of_this_conversation(
    kim: Talk, conversation: Conversation
):
    answer = await add(kim, conversation, "하나 [1].", make_evidence())

    assert conversation.answer(0) is answer
    assert [conversation.answer(other) for other in (1, -1, None, "0", [0])] == [None] * 5


class TestMemory:
    @pytest.fixture
    async def saver(self, tmp_path: Path):
        saver = await open_saver(tmp_path)
        yield saver
        await saver.conn.close()

    async def test_the_graph_forgets_what_was_not_answered(
        self, kim: Talk, conversation: Conversation, saver: LatestSaver
    ):
        answer = await add(kim, conversation, "하나 [1].", make_evidence())
        graph = build_graph(profile=None, search=Shelf(), checkpointer=saver)  # type: ignore[arg-type]
        config = {"configurable": {"thread_id": conversation.memory}}
        await conversation.forget_unanswered(graph)  # as the next question begins
        said = [
            HumanMessage("하나?", id=answer.question),
            AIMessage("하나.", id="a"),
            HumanMessage("끊긴 질문", id="q"),
            AIMessage("아무도 못 본 답", id="b"),
            HumanMessage("실패한 질문", id="r"),
        ]
        await graph.aupdate_state(config, {"messages": said}, as_node="fallback")

        await conversation.forget_unanswered(graph)

        kept = (await graph.aget_state(config)).values["messages"]
        assert [message.text for message in kept] == ["하나?", "하나."]

    async def test_of_each_conversation_the_latest_state_is_kept(self, saver: LatestSaver):
        graph = build_graph(profile=None, search=Shelf(), checkpointer=saver)  # type: ignore[arg-type]
        for thread in ("a", "b"):
            for text in ("하나", "둘", "셋"):
                config = {"configurable": {"thread_id": thread}}
                message = {"messages": [HumanMessage(text)]}
                await graph.aupdate_state(config, message, as_node="fallback")

        rows = await saver.conn.execute_fetchall("SELECT thread_id FROM checkpoints")

        assert sorted(row[0] for row in rows) == ["a", "b"]
        state = await graph.aget_state({"configurable": {"thread_id": "a"}})
        assert [message.text for message in state.values["messages"]] == ["하나", "둘", "셋"]


def test_the_tables_of_a_passage_are_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGGRAPH_STRICT_MSGPACK", "true")
    serde, before = make_serializer(), passage(TABLE)

    after = serde.loads_typed(serde.dumps_typed(before))

    at = TABLE.index("SOLAR")
    row, table = after.row_at(at), after.table_at(at)
    assert row.span == (at, at + len("SOLAR\t48\t32"))
    assert [tuple(cell) for cell in row.cells] == [("Layers", "48"), ("Heads", "32")]
    assert table.head.span == before.tables[0].head.span
    assert table.caption.text == "Table 1: Sizes."
