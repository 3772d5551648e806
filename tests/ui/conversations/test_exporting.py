"""A conversation as a file: in order, with evidence and pages, and nothing in it comes alive."""

from tests.ui.conversations.conftest import Talk
from tests.ui.conversations.test_conversation import add, conversation, make_evidence
from ui.conversations.conversation import Conversation
from ui.conversations.database import ChatDatabase
from ui.conversations.exporting import export_conversation

__all__ = ["conversation"]


async def test_questions_answers_and_sources_stand_in_order(
    kim: Talk, conversation: Conversation, database: ChatDatabase
):
    await kim.begin("# 층 *수*")
    await add(kim, conversation, "48개입니다 [1].", make_evidence("It has *48* layers."))
    await add(kim, conversation, "없습니다.")

    exported = await export_conversation(database, kim.thread, user=kim.user.id)

    assert exported is not None
    assert exported.name == "# 층 *수*"
    assert exported.text.startswith("# \\# 층 \\*수\\*\n\n2")
    assert exported.text.index("48개입니다 [1].") < exported.text.index("없습니다.")
    assert "[1] **SOLAR 10.7B** · 3쪽\n> It has \\*48\\* layers." in exported.text
    assert exported.text.count("## 질문") == 2
    assert "#cite" not in exported.text


async def test_links_and_pictures_of_a_model_stay_text(
    kim: Talk, conversation: Conversation, database: ChatDatabase
):
    await add(kim, conversation, "![x](http://evil.org/?q) <img src=x> [눌러](http://a.b)")

    exported = await export_conversation(database, kim.thread, user=kim.user.id)

    assert exported is not None
    assert "![" not in exported.text
    assert "[눌러](" not in exported.text
    assert "\\<img" in exported.text


async def test_nobody_elses_and_nothing_deleted_is_exported(
    kim: Talk, lee: Talk, conversation: Conversation, database: ChatDatabase
):
    await add(kim, conversation, "48개입니다.")

    assert await export_conversation(database, kim.thread, user=lee.user.id) is None
    await kim.layer.delete_thread(kim.thread)
    assert await export_conversation(database, kim.thread, user=kim.user.id) is None
