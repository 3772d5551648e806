"""The vectors: kept once each, found by nearness, forgotten on request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.errors import VectorSizeDiffers
from retrieval.passages import Passage
from retrieval.store.vectors import VectorIndex, VectorsUnreachable
from tests.fakes import FakeEmbeddings
from tests.samples import passage

TIDES = passage("Tides follow the moon.", "1", header="")
LAYERS = passage("Attention has layers.", "2", header="")
RAIN = passage("Rain falls on hills.", "3", header="")


@pytest.fixture
def vectors(tmp_path: Path) -> VectorIndex:
    return VectorIndex(tmp_path, FakeEmbeddings())


def add(vectors: VectorIndex, *passages: Passage) -> None:
    vectors.add_vectors({one.id: FakeEmbeddings().embed_query(one.text) for one in passages})


def nearest(vectors: VectorIndex, text: str, count: int = 3) -> list[tuple[str, float]]:
    return vectors.find_nearest(FakeEmbeddings().embed_query(text), count)


def test_the_nearest_comes_first_with_its_cosine(vectors: VectorIndex):
    add(vectors, TIDES, LAYERS, RAIN)

    found = nearest(vectors, "Attention has layers.")

    assert found[0][0] == "2"
    assert found[0][1] == pytest.approx(1, abs=1e-5)
    assert all(score < 0.5 for _, score in found[1:])
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_no_more_than_asked_for(vectors: VectorIndex):
    add(vectors, TIDES, LAYERS, RAIN)

    assert len(nearest(vectors, "moon", 2)) == 2


def test_adding_again_changes_nothing(vectors: VectorIndex):
    add(vectors, TIDES, LAYERS)
    add(vectors, LAYERS, TIDES)

    assert vectors.list_ids() == {"1", "2"}
    assert len(nearest(vectors, "moon", 9)) == 2


def test_deleted_ones_are_not_found(vectors: VectorIndex):
    add(vectors, TIDES, LAYERS, RAIN)

    vectors.delete_vectors(["1", "3"])

    assert vectors.list_ids() == {"2"}
    assert [id for id, _ in nearest(vectors, "Tides follow the moon.")] == ["2"]


@pytest.mark.parametrize("ids", [[], ["99"]])
def test_deleting_what_is_not_there_is_no_fault(vectors: VectorIndex, ids: list[str]):
    add(vectors, TIDES)

    vectors.delete_vectors(ids)

    assert vectors.list_ids() == {"1"}


def test_an_empty_index_finds_nothing(vectors: VectorIndex):
    assert vectors.list_ids() == set()
    assert nearest(vectors, "moon") == []


def test_they_are_still_there_when_opened_again(tmp_path: Path):
    add(VectorIndex(tmp_path, FakeEmbeddings()), TIDES)

    again = VectorIndex(tmp_path, FakeEmbeddings())

    assert again.list_ids() == {"1"}
    assert nearest(again, "moon")[0][0] == "1"


def test_more_rows_than_chroma_takes_at_once(vectors: VectorIndex, monkeypatch):
    monkeypatch.setattr("retrieval.store.vectors.ROWS", 2)

    add(vectors, *[passage(f"Text {number}.", str(number)) for number in range(5)])
    assert vectors.list_ids() == set("01234")

    vectors.delete_vectors(list("0123"))
    assert vectors.list_ids() == {"4"}


class Shorter(FakeEmbeddings):
    SIZE = 8


def test_vectors_of_another_size_are_told_in_words(tmp_path: Path, vectors: VectorIndex):
    add(vectors, TIDES)
    other = VectorIndex(tmp_path, Shorter())

    with pytest.raises(VectorSizeDiffers, match=r"1024, got 8.*--rebuild"):
        other.add_vectors({"3": Shorter().embed_query("Rain")})
    with pytest.raises(VectorSizeDiffers):
        other.find_nearest(Shorter().embed_query("moon"), 3)


def test_a_server_that_is_not_there_is_told_in_words(tmp_path: Path):
    with pytest.raises(VectorsUnreachable, match=r"127\.0\.0\.1:9"):
        VectorIndex(tmp_path, FakeEmbeddings(), url="http://127.0.0.1:9")


def test_chroma_does_not_read_the_settings_of_others(tmp_path: Path):
    (tmp_path / ".env").write_bytes("MUNHEON_HOME=논문\n".encode("cp949"))
    root = str(Path(__file__).parents[3])

    done = subprocess.run(
        [sys.executable, "-c", "import retrieval.store.vectors"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )

    assert done.returncode == 0
