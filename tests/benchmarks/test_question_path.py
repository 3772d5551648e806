"""Following a parameter, through packages written by hand."""

from pathlib import Path

import pytest

from benchmarks.question_path import gather_stops, walk_parameter

START = """
from house import marks
from house.reader import Reader, Words, shorten as cut
from house.untouched import ignore


async def answer(state, *, words: Words, limit: int):
    reader = Reader(state.evidence)
    ignore(limit)
    told = [marks.drop(line) for line in reader.read()]
    await to_thread(cut, told[0])
    again(told)
    words.spell(told)
    return cut(reader)


def again(told):
    return again(told)
"""
READER = """
from typing import Protocol


class Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def read(self) -> list[str]:
        return self.lines


class Words(Protocol):
    def spell(self, told): ...


def shorten(text):
    return text
"""
MARKS = """
from house.reader import shorten


class Speller:
    def spell(self, told):
        return shorten(told)


def drop(line):
    return line
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {"start": START, "reader": READER, "marks": MARKS, "untouched": "def ignore(a): ..."}
    (tmp_path / "house").mkdir()
    for name, text in {"__init__": "", **files}.items():
        (tmp_path / "house" / f"{name}.py").write_text(text)
    return tmp_path


def test_calls_are_followed_in_the_order_in_which_they_are_written(repository: Path):
    visits = walk_parameter(repository, "house/start.py:answer:state")

    assert [(visit.path.stem, visit.function, visit.names) for visit in visits] == [
        ("start", "answer", ("state",)),
        ("reader", "Reader.__init__", ("self", "lines")),
        ("reader", "Reader.read", ("self",)),
        ("marks", "drop", ("line",)),
        ("reader", "shorten", ("text",)),
        ("start", "again", ("told",)),
        ("reader", "Words.spell", ("told",)),
        ("marks", "Speller.spell", ("told",)),
    ]


def test_another_parameter_leads_elsewhere(repository: Path):
    visits = walk_parameter(repository, "house/start.py:answer:limit")

    assert [visit.path.stem for visit in visits] == ["start", "untouched"]


def test_a_stop_is_a_stretch_in_one_file(repository: Path):
    stops = gather_stops(walk_parameter(repository, "house/start.py:answer:state"))

    assert [stop[0].path.stem for stop in stops] == [
        *("start", "reader", "marks", "reader", "start", "reader", "marks"),
    ]


@pytest.mark.parametrize("start", ["house/start.py:nothing:state", "house/none.py:answer:state"])
def test_what_is_not_there_is_said(repository: Path, start: str):
    with pytest.raises(SystemExit, match="no function"):
        walk_parameter(repository, start)
