"""Arrivals outlast a restart, wait for others, are tried again, and are taken back."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from indexing.run import retry_failed
from retrieval.errors import UserError
from retrieval.ingest.lock import lock_library
from retrieval.store.trash import mark_removed
from tests.samples import make_pdf
from tests.ui.papers.conftest import Chat, Reader, write_pdf
from ui.papers.arrivals.arrival import Arrival
from ui.papers.arrivals.batch import Batch
from ui.papers.arrivals.plan import MAX_BATCH, count_ahead, plan_batches


class Gate:
    """Holds each run until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = threading.Event()
        self.entered = threading.Event()
        run = Batch._index

        def wait(batch: Batch) -> Any:
            self.entered.set()
            while not self.opened.wait(0.02):
                batch._check()
            return run(batch)

        monkeypatch.setattr(Batch, "_index", wait)

    async def enter(self) -> None:
        assert await asyncio.to_thread(self.entered.wait, 10)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


async def test_a_restart_goes_on_with_what_waits(
    chat: Chat, kim: Reader, solar: bytes, gate: Gate, settings: Settings
):
    await kim.upload(("solar.pdf", solar))
    await gate.enter()
    await asyncio.to_thread(chat.service.papers.stop)
    orphan = settings.home / "arrivals" / "nobodys"
    orphan.mkdir()

    gate.opened.set()
    after = Chat(chat.service.settings)
    try:
        await asyncio.to_thread(after.service.papers.start)
        arrived = await after.reader("kim").settle()
    finally:
        await after.close()

    assert arrived["solar.pdf"]["state"] == "ready"
    assert not orphan.exists()


async def test_an_encrypted_file_is_read_once_its_password_is_given(kim: Reader, tmp_path: Path):
    locked = make_pdf(tmp_path / "l.pdf", "SOLAR is secret.", title="Secret", password="열쇠")
    [arrival] = (await kim.bring(("locked.pdf", locked.read_bytes()))).values()
    assert (arrival["state"], arrival["message"]) == (
        "locked",
        "암호로 잠긴 PDF입니다. 암호를 넣으면 읽습니다.",
    )

    retry = f"/arrivals/{arrival['arrival']}/retry"
    await kim.call("POST", retry, json={"password": "wrong"})
    assert (await kim.settle())["locked.pdf"]["message"] == "암호가 맞지 않습니다. 다시 넣으세요."
    await kim.call("POST", retry, json={"password": "열쇠"})

    assert (await kim.settle())["locked.pdf"]["state"] == "ready"
    assert (await kim.call("POST", retry, json={"password": None})).status_code == 400


async def test_no_password_is_kept(chat: Chat, kim: Reader, tmp_path: Path):
    locked = make_pdf(tmp_path / "l.pdf", "SOLAR is secret.", password="geheim-77")
    [arrival] = (await kim.bring(("locked.pdf", locked.read_bytes()))).values()
    await kim.call("POST", f"/arrivals/{arrival['arrival']}/retry", json={"password": "geheim-77"})
    await kim.settle()

    for file in chat.service.settings.home.rglob("*"):
        assert not file.is_file() or b"geheim-77" not in file.read_bytes()


async def test_who_else_indexes_is_waited_for(chat: Chat, kim: Reader, solar: bytes):
    with lock_library(chat.service.settings.home):
        await kim.upload(("solar.pdf", solar))
        for _ in range(200):
            [arrival] = (await kim.call("GET", "/arrivals")).json()["arrivals"]
            if arrival["message"]:
                break
            await asyncio.sleep(0.05)
        assert (arrival["state"], arrival["message"]) == (
            "waiting",
            "다른 프로그램이 색인하는 중입니다. 끝나면 이어서 합니다.",
        )

    assert (await kim.settle())["solar.pdf"]["state"] == "ready"


async def test_what_runs_is_taken_back_and_the_rest_goes_on(
    chat: Chat, kim: Reader, solar: bytes, tmp_path: Path, gate: Gate
):
    first, _ = await kim.upload(
        ("solar.pdf", solar), ("other.pdf", write_pdf(tmp_path, "Mistral.", "Mistral"))
    )
    await gate.enter()
    assert (await kim.call("DELETE", f"/arrivals/{first['arrival']}")).status_code == 200
    gate.opened.set()

    assert list(await kim.settle()) == ["other.pdf"]
    assert [one["file"] for one in (await kim.see())["papers"]] == ["other.pdf"]


async def test_what_waits_is_taken_back_without_stopping_a_run(
    kim: Reader, lee: Reader, solar: bytes, tmp_path: Path, gate: Gate
):
    await kim.upload(("solar.pdf", solar))
    await gate.enter()
    [waiting] = await lee.upload(("other.pdf", write_pdf(tmp_path, "Mistral.", "Mistral")))
    gate.entered.clear()

    assert (await lee.call("DELETE", f"/arrivals/{waiting['arrival']}")).status_code == 200

    assert not gate.entered.is_set()
    gate.opened.set()
    assert (await kim.settle())["solar.pdf"]["state"] == "ready"


async def test_a_readers_change_goes_before_the_queue(
    chat: Chat, kim: Reader, solar: bytes, tmp_path: Path, gate: Gate
):
    gate.opened.set()
    paper = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]["paper"]
    gate.opened.clear()
    gate.entered.clear()
    await kim.upload(("other.pdf", write_pdf(tmp_path, "Mistral.", "Mistral")))
    await gate.enter()

    assert (await kim.call("DELETE", f"/{paper}")).status_code == 200

    gate.opened.set()
    assert (await kim.settle())["other.pdf"]["state"] == "ready"


async def test_a_file_is_moved_in_and_waited_for(chat: Chat, solar: bytes, tmp_path: Path):
    path = tmp_path / "given"
    path.write_bytes(solar)
    heard = []

    async def hear(arrivals):
        heard.extend(one.state for one in arrivals)

    papers = chat.service.papers
    arrival = await papers.receive(path, "../논문.pdf", owner="kim")
    [done] = await papers.finished([arrival], on_progress=hear)

    assert (done.state, done.name, path.exists()) == ("ready", "논문.pdf", False)
    assert heard[-1] == "ready"
    assert chat.service.count_papers("kim") == 1


async def test_a_fault_of_the_model_can_be_tried_again(
    chat: Chat, kim: Reader, solar: bytes, openai
):
    openai.always["embed"] = lambda call: call.send_error(401, "no key")
    arrived = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]
    assert arrived["state"] == "failed"
    assert arrived["message"]

    del openai.always["embed"]
    await kim.call("POST", f"/arrivals/{arrived['arrival']}/retry", json={})

    assert (await kim.settle())["solar.pdf"]["state"] == "ready"


async def test_a_paper_that_was_removed_before_its_turn_is_told_so(
    chat: Chat, kim: Reader, solar: bytes, tmp_path: Path, gate: Gate
):
    gate.opened.set()
    paper = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]["paper"]
    gate.opened.clear()
    gate.entered.clear()
    await kim.upload(("other.pdf", write_pdf(tmp_path, "Mistral.", "Mistral")))
    await gate.enter()
    await kim.call("POST", f"/{paper}/again")
    mark_removed(chat.service.library, paper)
    gate.opened.set()

    arrived = (await kim.settle(by="arrival")).values()

    assert [one["state"] for one in arrived] == ["ready", "ready", "failed"]
    assert [one["message"] for one in arrived][2].startswith("그런 논문이나 모음이 없습니다.")


async def test_the_command_line_leaves_what_failed_here_to_be_tried_here(chat: Chat, kim: Reader):
    await kim.bring(("broken.pdf", b"%PDF-1.7 and nothing"))

    with pytest.raises(UserError, match="No failed file"):
        retry_failed(chat.service.settings)


class TestPlan:
    def test_owners_are_served_in_turn(self):
        arrivals = [arrive("kim", at) for at in range(MAX_BATCH + 2)] + [arrive("lee", 99)]

        batches = plan_batches(arrivals, last_owner=None)

        assert [(one[0].owner, len(one)) for one in batches] == [
            ("kim", MAX_BATCH),
            ("lee", 1),
            ("kim", 2),
        ]
        assert plan_batches(arrivals, last_owner="kim")[0][0].owner == "lee"
        assert count_ahead(arrivals, last_owner=None)[arrivals[-1].id] == MAX_BATCH

    def test_what_is_fetched_or_read_again_goes_alone(self):
        arrivals = [arrive("kim", 1), arrive("kim", 2, address="https://a"), arrive("kim", 3)]

        assert [len(one) for one in plan_batches(arrivals, last_owner=None)] == [1, 1, 1]


def arrive(owner: str, at: float, **fields: Any) -> Arrival:
    return Arrival(name="a.pdf", owner=owner, came=at, **fields)
