"""Kept vectors against the model's: wrong ones are found, and right ones never told."""

from pathlib import Path

import pytest

from retrieval.ingest.compare import SAMPLE, compare_vectors
from retrieval.store.windows import WindowVectors
from tests.retrieval.desk import Desk

LINE = "Line {} of paper {} says that the moon pulls water. "


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    for paper in range(3):
        desk.write(f"{paper}.pdf", *("\n".join(LINE.format(n, paper) for n in range(40)),) * 3)
    desk.index()
    return desk


def test_kept_vectors_are_those_of_the_model(desk: Desk):
    compared = compare_vectors(desk.library, desk.embeddings)

    assert 3 < compared.asked <= SAMPLE
    assert (compared.differing, compared.documents) == (0, [])


def test_windows_in_another_order_within_their_passage_are_found(desk: Desk):
    kept = WindowVectors(desk.library)
    vectors = kept.read_vectors(sorted(kept.list_ids()))
    kept.keep_vectors({id: rows[::-1].tolist() for id, rows in vectors.items()})

    assert compare_vectors(desk.library, desk.embeddings).documents == ["0.pdf", "1.pdf", "2.pdf"]


def test_the_document_that_is_wrong_is_named(desk: Desk):
    [_, second, _] = desk.library.list_documents()
    kept = WindowVectors(desk.library)
    vectors = kept.read_vectors(sorted(desk.library.list_searched_ids(second.id)))
    wrong = desk.embeddings.embed_query("zebra")
    kept.keep_vectors({id: [wrong] * len(rows) for id, rows in vectors.items()})

    assert compare_vectors(desk.library, desk.embeddings).documents == ["1.pdf"]


def test_an_empty_library_asks_nothing(tmp_path: Path):
    desk = Desk(tmp_path)

    assert compare_vectors(desk.library, desk.embeddings).asked == 0
    assert desk.embeddings.embedded == 0
