"""The file of a cassette: what was whole is kept, and other files are left alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from models.cassettes.cassette import Asked, BadCassette, Cassette, Got
from tests.models.recording import MODELS, calls, loaded

ONE: Asked = {"path": "/one", "body": {"a": 1, "b": 2}}
TWO: Asked = {"path": "/two", "body": {}}
GOT: Got = {"status": 200, "type": "text/plain", "text": "네"}


def test_what_has_ended_is_there_at_once(path: Path):
    recording = loaded(path)
    recording.record_calls((ONE, GOT))

    # Nothing has closed it, as after a kill.
    played = Cassette(path)
    assert played.play_call({"body": {"b": 2, "a": 1}, "path": "/one"}) == GOT
    assert played.play_call(TWO) is None
    assert played.models == MODELS


def test_a_torn_last_line_is_cut_and_recorded_anew(path: Path):
    loaded(path).record_calls((ONE, GOT), (TWO, GOT))
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])

    cassette = loaded(path)
    assert cassette.play_call(ONE) == GOT
    assert cassette.play_call(TWO) is None
    assert path.read_bytes() == whole[:-9]  # who only plays writes nothing
    cassette.record_calls((TWO, GOT))

    assert path.read_bytes() == whole


def test_a_kill_at_any_byte_leaves_what_was_whole(path: Path):
    loaded(path)
    header = path.stat().st_size
    for call in (ONE, TWO):
        Cassette(path).record_calls((call, GOT))
    whole = path.read_bytes()
    first = whole.index(b"\n", header) + 1

    for length in range(header, len(whole)):
        path.write_bytes(whole[:length])
        cassette = loaded(path)
        assert (cassette.play_call(ONE), cassette.play_call(TWO)) == (
            GOT if length >= first else None,
            None,
        )
        cassette.record_calls((TWO, GOT))
        assert Cassette(path).play_call(TWO) == GOT


def test_one_that_plays_only_makes_no_file(path: Path):
    Cassette(path, plays_only=True).begin_file(MODELS)

    assert not path.exists()


def test_a_cassette_without_calls_is_begun_anew(path: Path):
    loaded(path)

    Cassette(path).begin_file({**MODELS, "chat": "embedded"})

    assert json.loads(path.read_text("utf-8"))["models"]["chat"] == "embedded"


@pytest.mark.parametrize(
    "content",
    ["no cassette", '{"question": "층?"}\n', '{"cassette": 99, "models": {}}\n', "[]\n{}\n"],
)
def test_other_files_are_refused_and_left_alone(path: Path, content: str):
    path.write_text(content, "utf-8")

    with pytest.raises(BadCassette, match=r"run\.jsonl"):
        loaded(path)

    assert path.read_text("utf-8") == content


def test_a_line_that_is_no_call_is_named(path: Path):
    loaded(path).record_calls((ONE, GOT))
    path.write_bytes(path.read_bytes() + b"{}\n")

    with pytest.raises(BadCassette, match="3번째 줄"):
        loaded(path)


def test_one_process_records_while_others_play(path: Path):
    loaded(path).record_calls((ONE, GOT))
    other = FileLock(f"{path}.lock")
    Cassette(path)._writer.release(force=True)

    with other:
        cassette = loaded(path)
        assert cassette.play_call(ONE) == GOT
        with pytest.raises(BadCassette, match="다른 프로세스가 녹음하는 중"):
            cassette.record_calls((TWO, GOT))

    assert isinstance(cassette.fault, BadCassette)
    assert len(calls(path)) == 1


def test_a_file_that_was_recorded_to_since_it_was_read_is_left_alone(path: Path):
    loaded(path).record_calls((ONE, GOT))
    Cassette(path)._writer.release(force=True)
    cassette = loaded(path)
    with path.open("ab") as file:
        file.write(b"more\n")

    with pytest.raises(BadCassette, match="다른 프로세스가 바꿈"):
        cassette.record_calls((TWO, GOT))

    assert path.read_bytes().endswith(b"more\n")


def test_a_disk_that_is_full_ends_a_run(path: Path, monkeypatch: pytest.MonkeyPatch):
    cassette = loaded(path)

    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    for _ in range(2):
        with pytest.raises(BadCassette, match="No space left"):
            cassette.record_calls((ONE, GOT))

    assert isinstance(cassette.fault, BadCassette)


def test_a_place_that_cannot_be_written_is_told_before_any_call(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none" / "run.jsonl"):
        with pytest.raises(BadCassette):
            loaded(path)
