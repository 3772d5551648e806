"""The chat follows an indexing run: one message, from where it is first seen to its end."""

import os
from pathlib import Path

from language.catalogue import write_text
from retrieval.ingest.progress import PROGRESS_FILE, STALE, Progress, share_progress
from retrieval.store.library import Library
from tests.retrieval.desk import Desk
from ui.command.progress import describe_progress
from ui.page.underway import Indexing, describe_run

HALF = Progress(
    done=50,
    total=100,
    document="solar.pdf",
    documents=(1, 2),
    passages=(3, 6),
    usd=0.5,
    seconds_left=65.2,
)


class Message:
    """A message of a chat that nobody sees."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.shown: list[str] = []

    async def send(self) -> None:
        self.shown.append(self.content)

    async def update(self) -> None:
        self.shown.append(self.content)


class Chat:
    """A chat that keeps its messages."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def new_message(self, content: str) -> Message:
        self.messages.append(Message(content))
        return self.messages[-1]


def test_a_line_says_documents_passages_time_and_cost():
    assert describe_run(HALF) == (
        "색인 중(벡터를 만드는 중): 논문 1/2, 구절 3/6, 남은 시간 약 1분 5초, 지금까지 약 $0.50"
    )
    assert describe_run(
        Progress(done=0, total=2, document="", step="reading", documents=(0, 2))
    ) == ("색인 중(읽는 중): 논문 0/2")


def test_the_terminals_bar_says_the_same_beside_its_own_time():
    assert describe_progress(HALF) == "문서 1/2, 구절 3/6, 지금까지 약 $0.50, solar.pdf"


async def test_one_message_follows_a_run_to_its_end(tmp_path: Path):
    desk, chat = Desk(tmp_path), Chat()
    indexing = Indexing(desk.library, chat.new_message, count_papers=lambda: 1)
    await indexing.look()
    assert chat.messages == []

    desk.write("solar.pdf", "SOLAR has layers.")
    desk.index()
    with share_progress(desk.home, lambda _: None) as tell:
        tell(HALF)
        await indexing.look()
        await indexing.look()
    await indexing.look()
    await indexing.look()

    [message] = chat.messages
    assert message.shown == [
        describe_run(HALF),
        "색인이 끝났습니다. 이제 논문 1편에 대해 질문할 수 있습니다.",
    ]


async def test_a_run_that_was_killed_is_told_so(tmp_path: Path):
    chat = Chat()
    indexing = Indexing(Library(tmp_path), chat.new_message, count_papers=lambda: 0)
    with share_progress(tmp_path, lambda _: None) as tell:
        tell(HALF)
        await indexing.look()
        old = (tmp_path / PROGRESS_FILE).stat().st_mtime - STALE - 1
        os.utime(tmp_path / PROGRESS_FILE, (old, old))
        await indexing.look()

    assert [message.shown[-1] for message in chat.messages] == [write_text("indexing.cut_short")]
