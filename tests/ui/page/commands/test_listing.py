"""`/papers` lists what the library holds."""

from dataclasses import replace

from retrieval.store.library import Library
from tests.ui import quiet_chainlit  # noqa: F401
from ui.page.commands.listing import MAX_LISTED, describe_documents
from ui.page.markdown_text import escape_text


def test_each_paper_has_its_title_pages_and_state(home):
    documents = Library(home).list_documents()
    failed = replace(documents[0], state="failed", error="깨진 | 파일", title="", pages=0)

    shown = describe_documents([*documents, failed])

    assert f"논문 {len(documents)}편" in shown
    assert "| SOLAR 10\\.7B\\: Depth Up\\-Scaling | solar\\.pdf |" in shown
    assert "| 준비됨 |" in shown
    assert "| 실패\\: 깨진 \\| 파일 |" in shown


def test_a_paper_is_listed_as_its_reader_knows_it(home):
    one = Library(home).list_documents()[0]
    renamed, untitled = replace(one, given_title="깊은 강"), replace(one, title="")

    shown = describe_documents([renamed, untitled])

    assert "| 깊은 강 |" in shown
    assert f"| {escape_text(one.name)} | {escape_text(one.name)} |" in shown


def test_of_very_many_some_are_listed(home):
    one = Library(home).list_documents()[0]

    shown = describe_documents([one] * (MAX_LISTED + 7))

    assert shown.count("solar\\.pdf") + shown.count("\n| ") >= MAX_LISTED
    assert "7편이 더" in shown
