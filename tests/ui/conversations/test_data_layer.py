"""What Chainlit keeps comes back whole, and to nobody else."""

from typing import Any
from uuid import uuid4

import pytest
from chainlit.types import Pagination, ThreadFilter
from sqlalchemy import func, select

from tests.ui.conversations.conftest import Talk
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase, NotKept
from ui.conversations.feedback import drop_feedback, keep_feedback
from ui.conversations.schema import ForeignId, feedbacks, metadata, steps
from ui.conversations.writing import NotTheirs, end_unfinished

# What a client may send in place of an id.
MADE_IDS = ("x') OR ('1'='1", "", "..", "A" * 36, "0" * 8, "{}", "%", "' --")


async def count_rows(database: ChatDatabase) -> dict[str, int]:
    async with database.read() as connection:
        return {
            name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


async def list_names(talk: Talk, **filters: Any) -> list[str | None]:
    wanted = ThreadFilter(userId=talk.user.id, **filters)
    page = await talk.layer.list_threads(Pagination(first=50), wanted)
    return [thread["name"] for thread in page.data]


async def test_a_conversation_comes_back_as_it_was(kim: Talk):
    question = await kim.begin()
    step = {**kim.message("48개"), "type": "tool", "tags": ["t"], "modes": {"m": "1"}}
    step |= {"metadata": {"favorite": True}, "icon": "search", "generation": {"a": [1]}}
    await kim.layer.create_step({**step, "createdAt": "2026-12-02"})

    thread = await kim.layer.get_thread(kim.thread)

    assert thread is not None
    assert (thread["name"], thread["userIdentifier"]) == ("층이 몇 개인가요?", "kim")
    assert [one["id"] for one in thread["steps"]] == [question, step["id"]]
    kept = thread["steps"][1]
    assert {name: kept[name] for name in ("tags", "modes", "metadata", "icon", "generation")} == {
        "tags": ["t"],
        "modes": {"m": "1"},
        "metadata": {"favorite": True},
        "icon": "search",
        "generation": {"a": [1]},
    }


async def test_a_step_is_kept_once_as_it_was_last(kim: Talk, database: ChatDatabase):
    await kim.begin()
    step = kim.message("48")
    await kim.layer.create_step(step)
    await kim.layer.update_step({**step, "output": "48개"})

    thread = await kim.layer.get_thread(kim.thread)

    assert thread is not None
    assert [one["output"] for one in thread["steps"] if one["id"] == step["id"]] == ["48개"]
    assert (await count_rows(database))["steps"] == 2


async def test_an_answer_that_was_kept_while_it_was_written_is_whole(kim: Talk):
    await kim.begin()
    await kim.layer.create_step({**kim.message("48개"), "streaming": True})

    thread = await kim.layer.get_thread(kim.thread)

    assert thread is not None
    assert [step["streaming"] for step in thread["steps"]] == [False, False]


async def test_conversations_are_listed_by_their_last_use(kim: Talk):
    first = kim.thread
    await kim.begin("하나")
    kim.thread = str(uuid4())
    await kim.begin("둘")
    assert await list_names(kim) == ["둘", "하나"]

    kim.thread = first
    kim.enter()
    await kim.say("또")

    assert await list_names(kim) == ["하나", "둘"]


async def test_pages_follow_each_other_without_a_gap(kim: Talk):
    for number in range(7):
        kim.thread = str(uuid4())
        await kim.begin(f"질문 {number}")
    found, cursor = [], None
    for has_next in (True, True, False):
        page = await kim.layer.list_threads(
            Pagination(first=3, cursor=cursor), ThreadFilter(userId=kim.user.id)
        )
        found += [thread["name"] for thread in page.data]
        cursor = page.pageInfo.endCursor
        assert page.pageInfo.hasNextPage is has_next

    assert found == [f"질문 {number}" for number in reversed(range(7))]


async def test_conversations_are_found_by_their_words(kim: Talk):
    await kim.begin("SOLAR의 층")
    await kim.say("48개입니다. 100% 확실", type="assistant_message")

    assert await list_names(kim, search="48개") == ["SOLAR의 층"]
    assert await list_names(kim, search="solar") == ["SOLAR의 층"]
    assert await list_names(kim, search="Gemma") == []
    assert await list_names(kim, search="8%개") == []


async def test_what_is_deleted_is_gone_until_it_is_asked_on(kim: Talk):
    await kim.begin()

    await kim.layer.delete_thread(kim.thread)

    assert await kim.layer.get_thread(kim.thread) is None
    assert await kim.layer.get_thread_author(kim.thread) == ""
    assert await list_names(kim) == []

    await kim.say("늦은 답", type="assistant_message")
    assert await list_names(kim) == []

    await kim.say("다시")
    assert await list_names(kim) == ["층이 몇 개인가요?"]


async def test_a_conversation_is_its_users_alone(kim: Talk, lee: Talk, database: ChatDatabase):
    question = await kim.begin("비밀")
    element = await kim.show("쪽")
    await lee.begin("제 것")
    mine, before = lee.thread, await count_rows(database)

    lee.thread = kim.thread
    lee.enter()
    with pytest.raises(NotTheirs):
        await lee.say("끼어들기")
    with pytest.raises(NotTheirs):
        await lee.layer.update_thread(kim.thread, name="내 것", user_id=lee.user.id)

    # A socket says itself in which conversation it is.
    await lee.layer.update_thread(kim.thread, name="내 것", metadata={"chat_profile": "x"})
    await lee.layer.delete_step(question)
    await lee.layer.delete_element(element)

    lee.thread = mine
    lee.enter()
    await lee.layer.create_step({**lee.message("바꿔치기"), "id": question})
    await lee.layer.delete_step(question)

    assert await count_rows(database) == before
    thread = await kim.layer.get_thread(kim.thread)
    assert thread is not None
    assert (thread["name"], thread["metadata"]) == ("비밀", None)
    assert [one["output"] for one in thread["steps"]] == ["비밀"]
    assert await list_names(lee) == ["제 것"]
    assert await list_names(lee, search="비밀") == []


@pytest.mark.parametrize("made", MADE_IDS)
async def test_what_is_no_id_finds_and_changes_nothing(
    kim: Talk, lee: Talk, database: ChatDatabase, made: str
):
    await kim.begin()
    lee.enter()
    before = await count_rows(database)

    assert await lee.layer.get_thread(made) is None
    assert await lee.layer.get_thread_author(made) == ""
    for attempt in (
        lee.layer.update_thread(made, name="x"),
        lee.layer.update_thread(made, name="x", user_id=lee.user.id),
        lee.layer.delete_thread(made),
        lee.layer.get_element(made, made),
        lee.layer.create_step({**lee.message("x"), "threadId": made}),
        lee.layer.create_step({**lee.message("x"), "id": made}),
        lee.layer.delete_step(made),
        lee.layer.list_threads(Pagination(first=5, cursor=made or "x"), ThreadFilter(userId=made)),
    ):
        with pytest.raises(ForeignId):
            await attempt

    assert await count_rows(database) == before


async def test_feedback_is_on_ones_own_answers(kim: Talk, lee: Talk, database: ChatDatabase):
    step = await kim.begin()

    first = await keep_feedback(database, make_feedback(step, 1, "좋아요"), user=kim.user.id)
    again = await keep_feedback(database, make_feedback(step, 0, "아니요"), user=kim.user.id)
    others = await keep_feedback(database, make_feedback(step, 1, ""), user=lee.user.id)
    await drop_feedback(database, str(first), user=lee.user.id)

    assert first == again
    assert others is None
    thread = await kim.layer.get_thread(kim.thread)
    assert thread is not None
    assert thread["steps"][0]["feedback"] == {
        "forId": step,
        "id": first,
        "value": 0,
        "comment": "아니요",
    }
    await drop_feedback(database, str(first), user=kim.user.id)
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(feedbacks)) == 0


async def test_no_step_seems_to_be_under_way_after_a_crash(kim: Talk, database: ChatDatabase):
    await kim.begin()
    await kim.say("번역", type="tool")

    async with database.write() as connection:
        await end_unfinished(connection, kim.thread)

    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).where(steps.c.end.is_(None))) == 0


async def test_a_file_that_cannot_be_written_is_told(layer: ConversationLayer, kim: Talk):
    await kim.begin()
    await layer.close()
    layer._database.path = layer._database.path / "below a file"

    with pytest.raises(NotKept, match="저장하거나 읽지 못했습니다"):
        await kim.say("더")


def make_feedback(step: str, value: int, comment: str) -> Any:
    from chainlit.types import Feedback

    return Feedback(forId=step, value=value, comment=comment)
