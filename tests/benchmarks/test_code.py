"""The figures of the code, on a package written by hand."""

from pathlib import Path

import pytest

from benchmarks.code import measure_code, read_modules
from benchmarks.report import format_table

SOURCE = '''"""A module."""

import re

# Why it is so.
FIGURE = re.compile(r"\\d+")  # behind code
LIMIT = 3
UNITS = frozenset({"percent", "point"})
WORDS = "a b c".split()
ROUTES = {"a": len}
told = LIMIT


class Reader:
    """A class."""

    name: str
    """A field."""

    def __init__(self, question: str) -> None:
        self.text = """
# no comment
"""

    @property
    def words(self) -> int:
        return 1

    def read(self, english: str | None, question: "Question") -> None:
        def inner_step() -> None: ...
'''


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for package in ("house", "tests", "benchmarks"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / "one.py").write_text(SOURCE)
    return tmp_path


def test_code_is_counted_without_tests_and_what_is_left_out(repository: Path):
    figures = measure_code(read_modules(repository, without=["benchmarks"]))

    assert figures["files"] == 2
    assert figures["lines_by_package"] == {"house": 22}
    assert figures["code_lines"] == 22 - 3 - 1  # three docstrings, one comment
    assert (figures["constants"], figures["regexes"], figures["collections"]) == (5, 1, 2)


def test_names_of_dunders_and_properties_are_not_counted(repository: Path):
    figures = measure_code(read_modules(repository, without=["benchmarks"]))

    assert (figures["functions"], figures["one_word"]) == (2, 1)


def test_only_strings_are_loose(repository: Path):
    figures = measure_code(read_modules(repository, without=["benchmarks"]))

    assert figures["loose_strings"] == [
        {"at": "house/one.py:20 __init__", "takes": ["question"]},
        {"at": "house/one.py:29 read", "takes": ["english"]},
    ]


def test_columns_of_numbers_stand_to_the_right():
    assert format_table(("name", "lines"), [("a", 10), ("bcdef", 2)]).splitlines() == [
        "name   lines",
        "-----  -----",
        "a         10",
        "bcdef      2",
    ]
