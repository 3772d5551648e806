"""`munheon feedback`: ratings become a table, and questions for `munheon eval`."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from graph.settings import Settings
from retrieval.passages import Evidence
from tests.fake_openai import FakeOpenAI
from tests.samples import passage
from tests.ui.command.commands import assert_told, munheon, objects, printed
from ui.conversations.answers import EVIDENCE
from ui.conversations.database import ChatDatabase
from ui.conversations.schema import answers, feedbacks, steps, threads, users

QUOTE = "SOLAR has 48 layers."
MADE_WITH = {"munheon": "1", "chat": "openai:gpt-4o-mini"}


class Kept:
    """A conversation in chats.db, written as the chat writes it."""

    def __init__(self, home: Path) -> None:
        self._database = ChatDatabase(home)
        self._thread, user = str(uuid4()), str(uuid4())
        self._count = 0
        now = {"createdAt": "2026-12-01T00:00:00Z"}
        self._insert(users, id=user, identifier="kim", metadata={}, **now)
        owner = {"userId": user, "userIdentifier": "kim"}
        self._insert(threads, id=self._thread, updatedAt=now["createdAt"], **now, **owner)

    def answer(
        self, question: str, text: str, *cited: Evidence, outcome: str = "answered"
    ) -> tuple[str, str]:
        """Add an answer; its id, and that of its run."""
        id, run = str(uuid4()), str(uuid4())
        made = {"createdAt": f"2026-12-01T00:00:{self._count:02}Z", "threadId": self._thread}
        message = {"id": id, "parentId": run, "name": "문헌", "type": "assistant_message"}
        self._insert(steps, **message, **made)
        self._insert(
            answers,
            id=id,
            threadId=self._thread,
            question=str(uuid4()),
            position=self._count,
            text=text,
            citations=EVIDENCE.dump_python(list(cited), mode="json"),
            korean={},
            record={
                "question": question,
                "english": "How many layers?",
                "outcome": outcome,
                "answer": text,
                "citations": [{"n": 1, "document": "solar.pdf"}] if cited else [],
                "made_with": MADE_WITH,
            },
        )
        self._count += 1
        return id, run

    def rate(self, id: str, value: int, comment: str | None = None) -> None:
        """A reader's thumb."""
        given = {"value": value, "comment": comment, "threadId": self._thread}
        self._insert(feedbacks, id=str(uuid4()), forId=id, **given)

    def _insert(self, table: Any, **values: Any) -> None:
        async def insert() -> None:
            async with self._database.write() as connection:
                await connection.execute(table.insert().values(**values))
            await self._database.close()

        asyncio.run(insert())


@pytest.fixture
def kept(settings: Settings) -> Kept:
    return Kept(settings.home)


def cite(document: str = "solar.pdf") -> Evidence:
    found = passage(f"{QUOTE} It is deep.", document=document)
    return Evidence(passage=found, start=0, end=len(QUOTE))


def test_a_good_answer_becomes_gold(kept: Kept):
    _, run = kept.answer("SOLAR 10.7B는 층이 몇 개?", "SOLAR 10.7B는 층이 48개입니다 [1].", cite())
    kept.rate(run, 1, "맞아요")

    [row] = objects("feedback", "export")

    assert row["question"] == "SOLAR 10.7B는 층이 몇 개?"
    assert row["document"] == "solar.pdf"
    assert row["pages"] == [cite().page]
    assert row["evidence"] == [QUOTE]
    assert row["answer"] == "SOLAR 10.7B는 층이 48개입니다."
    assert row["answer_must_include"] == [["48"]]
    assert row["comment"] == "맞아요"
    assert row["made_with"] == MADE_WITH
    assert "needs_gold" not in row


WORDS = "SOLAR was initialised from Gemma 2 and aligned with DPO by fine-tuning."


@pytest.mark.parametrize(
    ("question", "answer", "required"),
    [
        (
            "SOLAR는 무엇으로 초기화했나요?",
            "SOLAR는 Gemma 2로 초기화했고 DPO로 정렬했습니다 [1].",
            [["Gemma 2", "Gemma2"], ["DPO"]],
        ),
        ("DPO를 썼나요?", "네, 미세조정에 썼습니다 [1].", [["미세조정", "fine-tuning"]]),
    ],
)
def test_without_figures_names_or_terms_are_required(
    kept: Kept, question: str, answer: str, required: list[list[str]]
):
    found = passage(WORDS)
    id, _ = kept.answer(question, answer, Evidence(passage=found, start=0, end=len(WORDS)))
    kept.rate(id, 1)

    [row] = objects("feedback", "export")

    assert row["answer_must_include"] == required
    assert "needs_gold" not in row


def test_what_a_right_answer_must_say_is_not_guessed(kept: Kept, tmp_path: Path):
    kept.rate(kept.answer("SOLAR는 깊은가요?", "네, 그렇습니다 [1].", cite())[0], 1)
    file = tmp_path / "rated.jsonl"

    told = munheon("feedback", "export", file)

    [row] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (row["answer_must_include"], row["needs_gold"]) == ([], True)
    assert row["evidence"] == [QUOTE]
    assert "답 1개에는" in told.stderr
    assert_told(munheon("eval", file), "정답")


def test_a_bad_answer_needs_gold_and_its_history(kept: Kept):
    kept.answer("SOLAR는 층이 몇 개?", "48개입니다 [1].", cite())
    id, _ = kept.answer("그럼 크기는?", "96B입니다 [1].", cite())
    kept.rate(id, 0, "틀림")

    [row] = objects("feedback", "export")

    assert row["needs_gold"] is True
    assert row["answered"]["answer"] == "96B입니다 [1]."
    assert row["history"] == [
        {"role": "user", "content": "SOLAR는 층이 몇 개?"},
        {"role": "assistant", "content": "48개입니다 [1]."},
    ]
    assert "document" not in row


def test_a_good_refusal_has_no_document_and_what_cites_nothing_no_gold(kept: Kept):
    refused, _ = kept.answer("GPT-9는?", "정보가 부족하여", outcome="insufficient")
    listed, _ = kept.answer("무슨 논문이 있어?", "3편이 있습니다.")
    found, _ = kept.answer("층", "| 표 |", cite(), outcome="search")
    for id in (refused, listed, found):
        kept.rate(id, 1)

    first, second = objects("feedback", "export")

    assert first["document"] is None
    assert "needs_gold" not in first
    assert second["needs_gold"] is True


def test_what_is_exported_can_be_scored_and_what_lacks_gold_is_left_out(
    home: Path, openai: FakeOpenAI, tmp_path: Path
):
    kept = Kept(home)
    good, _ = kept.answer("SOLAR는 층이 몇 개인가요?", "층이 48개입니다 [1].", cite())
    bad, _ = kept.answer("SOLAR는 몇 층이지?", "99층", cite())
    kept.rate(good, 1)
    kept.rate(bad, 0)
    file, records = tmp_path / "rated.jsonl", tmp_path / "records.jsonl"
    assert "1개는 정답" in printed("feedback", "export", file)

    records.write_text(printed("ask", "--questions", file, "--json"), "utf-8")
    figures = json.loads(printed("eval", file, "--records", records, "--json"))

    assert figures["needs_gold"] == 1
    assert figures["right"] == 1.0
    assert "질문 1개(정답이 없는 1개" in printed("eval", file, "--records", records)


def test_the_list_is_short(kept: Kept):
    _, run = kept.answer("SOLAR는 층이 몇 개?", "48", cite())
    kept.rate(run, 0, "줄\n바꿈 " + "길다 " * 99)

    head, row = printed("feedback", "list").splitlines()

    assert head.split() == ["평가", "날짜", "결과", "질문", "의견"]
    assert row.startswith("나쁨  2026-12-01")
    assert row.endswith("…")


def test_what_is_wrong_is_told_in_a_line(settings: Settings, tmp_path: Path):
    assert_told(munheon("feedback", "list"), "chats.db")
    kept = Kept(settings.home)
    assert_told(munheon("feedback", "export"), "남긴 평가가 없습니다")
    kept.rate(kept.answer("?", "48", cite())[0], 0)
    there = tmp_path / "there.jsonl"
    there.touch()
    assert_told(munheon("feedback", "export", there), "이미 있습니다")
    assert_told(munheon("feedback", "export", tmp_path / "no" / "x.jsonl"), "쓸 수 없습니다")
    (tmp_path / "rated.jsonl").write_text('{"question": "?", "needs_gold": true}', "utf-8")
    assert_told(munheon("eval", tmp_path / "rated.jsonl"), "정답")
