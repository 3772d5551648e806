"""Embedding: how fast it went is remembered, and what is done is shown to searches."""

from pathlib import Path

import pytest

from retrieval.store.database import SPEED
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_speed_of_a_long_run_is_remembered(desk: Desk, monkeypatch):
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.index()
    assert desk.library.read_setting(SPEED) is None
    monkeypatch.setattr("retrieval.ingest.embed.MEASURED_SECONDS", 0)
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()

    assert float(desk.library.read_setting(SPEED) or 0) > 0


def test_searches_are_shown_what_is_done_now_and_then(desk: Desk, monkeypatch):
    for n in range(4):
        desk.write(f"{n}.pdf", f"Words {n}.")

    desk.index()
    assert desk.library.read_generation() == 1

    monkeypatch.setattr("retrieval.ingest.embed.SHOWN_EVERY", 0)
    monkeypatch.setattr("retrieval.ingest.embed.SHARE", 0)
    desk.write("4.pdf", "Words 4.")
    desk.write("5.pdf", "Words 5.")
    desk.index()
    assert desk.library.read_generation() == 3
