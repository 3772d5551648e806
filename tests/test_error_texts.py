"""Errors that a person can mend: one text of the catalogue each, whoever reads it."""

import ast
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from language.catalogue import Text, choose_half, load_texts, reader_language
from models.connect.addresses import WrongAddress
from models.errors import NoModel, NotRecorded, UnknownModel
from models.explain import explain_fault
from models.faults import BadReply
from retrieval.errors import EmptyIndex, FileLocked, UserError, VectorSizeDiffers
from retrieval.fetching.fetch_errors import FetchFailed
from retrieval.parsing.files import NothingReadable
from retrieval.parsing.kinds import UnsupportedFile

ROOT = Path(__file__).parents[1]
PACKAGES = "retrieval models nodes graph indexing evaluation ui".split()
MADE = [
    EmptyIndex(Path("/home/kim/문헌")),
    FileLocked(),
    VectorSizeDiffers.of_sizes(384, 1536),
    UnsupportedFile(".pdf", "PNG"),
    NothingReadable({".png": 2}),
    NotRecorded(Path("a.cassette"), NoModel()),
    UnknownModel("gpt", "MUNHEON_CHAT_MODEL", takes_more=True),
    WrongAddress("OPENAI_BASE_URL", "http://[", Text("chat_models.brackets")),
    FetchFailed("fetching.too_slow", host="x.org"),
    explain_fault(BadReply("none")),
]


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_an_error_is_one_line_in_both_languages_or_in_one(error: UserError):
    korean, english = error.write("ko"), error.write("en")

    assert str(error) == f"{korean} ({english})"
    assert choose_half(str(error)) == korean or "문헌" in english


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_an_error_crosses_to_another_process(error: UserError):
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is type(error)
    assert str(again) == str(error)


def test_an_error_within_another_is_told_in_the_same_language():
    error = NotRecorded(Path("a.cassette"), NoModel())

    assert NoModel().write("en") in error.write("en")
    assert NoModel().write("ko") not in error.write("en")


def test_a_line_that_was_kept_in_both_languages_is_read_in_one():
    kept = str(FetchFailed("fetching.not_found", address="http://x.org/a (1).pdf", status=404))
    token = reader_language.set("en")
    try:
        assert choose_half(kept) == FetchFailed(
            "fetching.not_found", address="http://x.org/a (1).pdf", status=404
        ).write("en")
        assert choose_half("HTTP 400: bad (really)") == "HTTP 400: bad (really)"
    finally:
        reader_language.reset(token)


def find_error_classes(classes: Sequence[ast.ClassDef]) -> dict[str, ast.ClassDef]:
    """Those that are a UserError, by name."""
    found: dict[str, ast.ClassDef] = {}
    while True:
        known = {"UserError", *found}
        new = [one for one in classes if known & {ast.unparse(base) for base in one.bases}]
        if len(found) == len(new):
            return found
        found = {one.name: one for one in new}


def takes_key(error: ast.ClassDef) -> bool:
    """Whether it is made of a key, as UserError itself."""
    return not any(
        isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in error.body
    )


def list_literals(tree: ast.AST, called: set[str]) -> Iterator[str]:
    """The literal first arguments of calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in called:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.JoinedStr | ast.BinOp):
                yield ast.unparse(first)


def test_no_error_has_a_text_of_its_own():
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    trees = [ast.parse(path.read_text("utf-8")) for path in files]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    errors = find_error_classes(classes)
    takers = {"UserError", *(name for name, error in errors.items() if takes_key(error))}

    said = {text for tree in trees for text in list_literals(tree, takers)}
    said |= {
        text for error in errors.values() for text in list_literals(error, {"super().__init__"})
    }

    assert len(errors) > 40
    assert said - set(load_texts()) == set()
