"""Originals: each file kept once, whole, under the digest of its content."""

from pathlib import Path

import pytest

from retrieval.store.originals import OriginalFiles, hash_file


@pytest.fixture
def originals(tmp_path: Path) -> OriginalFiles:
    return OriginalFiles(tmp_path / "originals")


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.md", "a.txt"])
def test_a_file_is_kept_when_it_is_gone(originals: OriginalFiles, tmp_path: Path, name: str):
    (tmp_path / name).write_text("One.")
    digest = hash_file(tmp_path / name)

    originals.keep_file(tmp_path / name, digest, None)
    (tmp_path / name).unlink()

    assert originals.path_of(digest).read_text() == "One."
    assert originals.path_of(digest).name == f"{digest}{Path(name).suffix.lower()}"


def test_the_last_copy_is_kept_in_a_files_place(originals: OriginalFiles, tmp_path: Path):
    (tmp_path / "a.pdf").write_text("locked")

    originals.keep_file(tmp_path / "a.pdf", "1", b"open")
    originals.keep_file(tmp_path / "a.pdf", "1", b"open, with letters")

    assert [path.read_bytes() for path in (tmp_path / "originals").iterdir()] == [
        b"open, with letters"
    ]


def test_one_that_was_never_kept_is_nowhere(originals: OriginalFiles):
    assert not originals.path_of("1").exists()
