"""The catalogue of texts: whole in both languages, and known to the code by its keys."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from language.catalogue import load_texts, reader_language, write_text

ROOT = Path(__file__).parents[2]
PACKAGES = "language retrieval models nodes graph indexing evaluation ui".split()
CODE = "\n".join(
    path.read_text("utf-8")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
)

# The scripts of the papers panel have texts of their own (tests/ui/page).
PANEL = "paper_panel."
FILES = {key.split(".")[0] for key in load_texts()}


def list_names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("key", "text"), load_texts().items(), ids=load_texts())
def test_every_text_says_the_same_in_both_languages(key: str, text: dict[str, str]):
    assert set(text) == {"ko", "en"}
    assert re.search("[가-힣]", text["ko"])
    assert not re.search("[가-힣]", text["en"])
    assert list_names(text["ko"]) == list_names(text["en"])


def test_every_text_is_used_and_every_used_text_is_there():
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", CODE))

    known = {key for key in load_texts() if not key.startswith(PANEL)}
    assert {key for key in named if key.split(".")[0] in FILES} == known


def test_a_text_is_written_in_the_readers_language():
    assert write_text("conversation.stopped") == "답변을 멈췄습니다."
    token = reader_language.set("en")
    try:
        assert write_text("conversation.stopped") == "Stopped."
    finally:
        reader_language.reset(token)


# Words that are typed, patterns, and reasons that a run of the command line counts.
NOT_SHOWN = {"page/commands/reading.py", "starters/one_paper.py", "starters/writing.py"}


def list_korean_literals(tree: ast.Module) -> Iterator[str]:
    """The strings with Korean in them that are no docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings and re.search("[가-힣]", node.value):
            yield node.value


@pytest.mark.parametrize(
    "room", ["access", "conversations", "page", "papers", "preferences", "starters"]
)
def test_what_the_chat_shows_stands_in_the_catalogue(room: str):
    files = [
        path
        for path in sorted((ROOT / "ui" / room).rglob("*.py"))
        if str(path.relative_to(ROOT / "ui")) not in NOT_SHOWN
    ]

    assert files
    for path in files:
        assert list(list_korean_literals(ast.parse(path.read_text("utf-8")))) == [], path
