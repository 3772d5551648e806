"""Files read in processes of their own: a bad one takes no other down."""

import os
import signal
from pathlib import Path

import pytest

from retrieval.errors import FileLocked, UnreadableFile, WrongPassword
from retrieval.parsing import limits
from retrieval.parsing.workers import ReaderPool
from tests.samples import make_pdf

BAD_READER = """
import os, signal, time
import retrieval.parsing.worker as worker
from retrieval.parsing.limits import start_time_limit
real = worker.read_file
def read_file(path, password):
    if path.stem == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if path.stem == "hang":
        start_time_limit(1)
        time.sleep(30)
    if path.stem == "bomb":
        bytearray(8 << 30)
    return real(path, password)
worker.read_file = read_file
worker.serve_readings({})
"""


def test_a_crash_a_hang_and_a_memory_bomb_fail_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("retrieval.parsing.workers.START", BAD_READER)
    names = ["a", "crash", "hang", "bomb", "b", "c"]
    paths = [make_pdf(tmp_path / f"{name}.pdf", f"Words of {name}.") for name in names]
    told = {}

    with ReaderPool(paths) as readers:
        for path in paths:
            try:
                told[path.stem] = readers.read_file(path).chunks[0].text
            except UnreadableFile as error:
                told[path.stem] = str(error)

    assert [told[name] for name in "abc"] == [f"Words of {name}." for name in "abc"]
    assert "SIGSEGV" in told["crash"]
    assert told["hang"] == str(UnreadableFile("reading.over_time"))
    assert "메모리" in told["bomb"]


def test_no_process_is_left(tmp_path: Path):
    path = make_pdf(tmp_path / "a.pdf", "Words.")

    with ReaderPool([path]) as readers:
        readers.read_file(path)
        [worker] = readers._workers

    assert worker.process.poll() == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(worker.process.pid, 0)


def test_a_password_is_asked_for_until_it_fits(tmp_path: Path):
    path = make_pdf(tmp_path / "a.pdf", "Secret words.", password="x")
    given = ["wrong", "x"]

    with ReaderPool([path], passwords=lambda path, tries: given[tries]) as readers:
        reading = readers.read_file(path)

    assert reading.chunks[0].text == "Secret words."
    assert reading.copy


@pytest.mark.parametrize(("given", "reason"), [([None], FileLocked), (["no", None], WrongPassword)])
def test_without_its_password_a_file_stays_locked(
    tmp_path: Path, given: list[str | None], reason: type[UnreadableFile]
):
    path = make_pdf(tmp_path / "a.pdf", "Secret words.", password="x")

    with (
        ReaderPool([path], passwords=lambda path, tries: given[tries]) as readers,
        pytest.raises(reason),
    ):
        readers.read_file(path)


def test_time_is_added_only_where_it_is_limited():
    limits.extend_time_limit(5)
    assert signal.alarm(0) == 0

    limits.start_time_limit(50)
    limits.extend_time_limit(5)
    assert signal.alarm(0) == 55
