"""Progress: the time left, and the note that other processes read."""

import os
from pathlib import Path

import pytest

from retrieval.ingest.progress import (
    PROGRESS_FILE,
    STALE,
    Progress,
    add_time_left,
    read_shared_progress,
    share_progress,
)

HALF = Progress(
    done=50, total=100, document="solar.pdf", documents=(1, 2), passages=(3, 6), usd=0.5
)


def test_the_time_left_goes_by_what_this_run_has_done(monkeypatch: pytest.MonkeyPatch):
    times = iter([0.0, 0.0, 10.0, 10.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    told: list[Progress] = []
    tell = add_time_left(told.append)

    tell(Progress(done=40, total=100, document=""))
    tell(Progress(done=60, total=100, document=""))

    assert [one.seconds_left for one in told] == [None, 20.0]


def test_another_process_reads_the_note_until_the_run_is_over(tmp_path: Path):
    told: list[Progress] = []
    assert read_shared_progress(tmp_path) is None

    with share_progress(tmp_path, told.append) as tell:
        tell(HALF)
        assert read_shared_progress(tmp_path) == HALF

    assert read_shared_progress(tmp_path) is None
    assert told == [HALF]


def test_a_run_that_was_not_let_in_leaves_the_other_ones_note(tmp_path: Path):
    with share_progress(tmp_path, lambda _: None) as tell:
        tell(HALF)
        with share_progress(tmp_path, lambda _: None):
            pass

        assert read_shared_progress(tmp_path) == HALF


def test_the_note_of_a_run_that_was_killed_grows_stale(tmp_path: Path):
    with share_progress(tmp_path, lambda _: None) as tell:
        tell(HALF)
        old = (tmp_path / PROGRESS_FILE).stat().st_mtime - STALE - 1
        os.utime(tmp_path / PROGRESS_FILE, (old, old))

        assert read_shared_progress(tmp_path) is None


def test_a_note_that_is_broken_is_none(tmp_path: Path):
    (tmp_path / PROGRESS_FILE).write_text("{")

    assert read_shared_progress(tmp_path) is None
