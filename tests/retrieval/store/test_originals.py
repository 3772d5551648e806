"""Originals: each file kept once, whole, under the digest of its content."""

from pathlib import Path

import pytest

from retrieval.store.originals import Originals, file_sha256


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.md", "a.txt"])
def test_a_file_is_kept_when_it_is_gone(originals: Originals, tmp_path: Path, name: str):
    (tmp_path / name).write_text("One.")
    digest = file_sha256(tmp_path / name)

    originals.keep(tmp_path / name, digest, None)
    (tmp_path / name).unlink()

    assert originals.of(digest).read_text() == "One."
    assert originals.of(digest).name == f"{digest}{Path(name).suffix.lower()}"


def test_a_copy_is_kept_in_a_files_place(originals: Originals, tmp_path: Path):
    (tmp_path / "a.pdf").write_text("locked")

    originals.keep(tmp_path / "a.pdf", "1", b"open")
    originals.keep(tmp_path / "a.pdf", "1", b"what is kept already stays")

    assert [path.read_bytes() for path in (tmp_path / "originals").iterdir()] == [b"open"]


def test_one_that_was_never_kept_is_nowhere(originals: Originals):
    assert not originals.of("1").exists()
