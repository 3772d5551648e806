"""Windows: whole sentences under their header, and what their vectors say of a passage."""

from dataclasses import replace

import numpy as np
import pytest

from retrieval.store.windows import (
    LENGTH,
    WindowVectors,
    cut_windows,
    mean_direction,
    measure_nearness,
)
from tests.retrieval.desk import Desk
from tests.samples import passage

LONG = "The first sentence says one thing of layers at some length. " * 9


def test_a_short_passage_is_one_window():
    assert cut_windows(passage("It has layers. They are deep.", header="SOLAR")) == [
        "SOLAR\nIt has layers. They are deep."
    ]


def test_a_long_one_is_cut_between_sentences_and_nothing_is_lost():
    pieces = [piece.removeprefix("SOLAR\n") for piece in cut_windows(passage(LONG, header="SOLAR"))]

    assert len(pieces) > 1
    assert all(piece.endswith("length.") and len(piece) <= LENGTH for piece in pieces)
    assert " ".join(pieces) == LONG.strip()


def test_a_sentence_that_is_longer_is_a_window_of_its_own():
    row = "| 1 " * 200

    assert [len(piece) for piece in cut_windows(passage(f"Short.\n{row}\nShort.", header=""))] == [
        len("Short."),
        len(row.strip()),
        len("Short."),
    ]


def test_a_header_that_a_model_wrote_is_a_window_too():
    headed = replace(passage(LONG, header="SOLAR"), context=f"About depth. {LONG}")

    assert cut_windows(headed)[0].startswith("SOLAR\nAbout depth.")


def test_a_passage_without_words_has_a_window():
    assert cut_windows(passage("", header="SOLAR")) == ["SOLAR"]


class TestNearness:
    ROWS = np.array([[1, 0], [0, 1]], dtype=np.float32)

    def test_the_best_window_counts_twice_as_much_as_the_mean(self):
        asked = np.array([1.0, 0.0])

        assert measure_nearness(asked, self.ROWS, [0]) == pytest.approx((2 + 0.5**0.5) / 3)

    def test_each_passage_is_judged_by_its_own_windows(self):
        asked = np.array([0.0, 1.0])
        rows = np.concatenate([self.ROWS, self.ROWS[1:], self.ROWS[:1]])

        near = measure_nearness(asked, rows, [0, 2, 3])

        assert near == pytest.approx([(2 + 0.5**0.5) / 3, 1, 0])

    def test_the_mean_has_unit_length(self):
        assert mean_direction(self.ROWS) == pytest.approx([0.5**0.5, 0.5**0.5])


class TestKept:
    def test_vectors_come_back_nearly_as_they_were(self, tmp_path):
        desk = Desk(tmp_path)
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        [id] = desk.library.list_passage_ids()
        rows = np.random.default_rng(1).normal(size=(3, 1024))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)

        WindowVectors(desk.library).keep_vectors({id: rows.tolist()})

        kept = WindowVectors(desk.library)
        found = kept.read_vectors([id, "99"])
        assert set(found) == {id}
        assert (found[id] * rows).sum(axis=1) == pytest.approx(1, abs=1e-3)
        assert np.linalg.norm(found[id], axis=1) == pytest.approx(1)
        assert kept.measure_nearness(rows[0], [id, "99"]) == {
            id: pytest.approx(measure_nearness(rows[0], rows, [0])[0], abs=1e-3)
        }
        assert kept.measure_nearness(rows[0], ["99"]) == {}

    def test_they_go_with_their_document(self, tmp_path):
        desk = Desk(tmp_path)
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        [document] = desk.library.list_documents()

        with desk.library.connect() as connection:
            connection.execute("DELETE FROM documents WHERE id = ?", (document.id,))

        assert WindowVectors(desk.library).list_ids() == set()
