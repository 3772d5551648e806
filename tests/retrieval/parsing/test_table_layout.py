"""Grid: cells, empty cells and column heads, from where words stand."""

from collections.abc import Sequence

import pytest

from retrieval.parsing.pieces import Piece
from retrieval.parsing.table_layout import group_rows, write_rows

HEIGHT = 10.0
WIDTH = 5.0  # of a letter


def at(left: float, top: float, text: str) -> Piece:
    return Piece(text, left, top, left + WIDTH * len(text), top + HEIGHT)


def laid_out(*pieces: Piece) -> list[str | None]:
    return write_rows(list(group_rows(pieces)))


def row(top: float, *cells: str, lefts: Sequence[float] = (0, 100, 200, 300)) -> list[Piece]:
    return [at(left, top, cell) for left, cell in zip(lefts, cells, strict=False)]


class TestCells:
    def test_wide_gaps_part_them(self):
        assert laid_out(*row(0, "SOLAR", "48", "32")) == ["SOLAR\t48\t32"]

    def test_prose_set_in_pieces_stays_whole(self):
        assert laid_out(at(0, 0, "We train"), at(46, 0, "two models")) == ["We train two models"]

    def test_narrow_gaps_part_cells_where_a_wide_one_makes_a_table(self):
        pieces = at(0, 0, "RAG-Token"), at(100, 0, "44.1"), at(126, 0, "55.2")

        assert laid_out(*pieces) == ["RAG-Token\t44.1\t55.2"]

    @pytest.mark.parametrize("number", ["1", "3.1", "2.", "•", "User:"])
    def test_a_numbered_heading_has_none(self, number: str):
        assert laid_out(at(0, 0, number), at(40, 0, "Introduction")) == [f"{number} Introduction"]

    def test_an_empty_one_keeps_its_place(self):
        base = row(0, "base", "6", "512", "65")
        big = row(12, "big", "6", "213", lefts=(0, 100, 300))

        assert laid_out(*base, *big) == ["base\t6\t512\t65", "big\t6\t\t213"]

    def test_two_in_one_column_leave_the_row_as_it_is(self):
        base = row(0, "base", "6", "512", "65")
        odd = row(12, "odd", "7", "8", lefts=(0, 90, 120))

        assert laid_out(*base, *odd)[1] == "odd\t7\t8"

    def test_a_label_over_two_lines_stands_before_the_values_beside_it(self):
        label = at(0, 0, "GSM-8K"), at(0, 12, "(8-Shot; CoT)")
        values = at(100, 6, "82.5"), at(200, 6, "89.6")

        assert laid_out(*label, *values) == [None, None, "GSM-8K (8-Shot; CoT)\t82.5\t89.6"]
        assert laid_out(label[0], *values, label[1]) == [
            None,
            "GSM-8K (8-Shot; CoT)\t82.5\t89.6",
            None,
        ]

    def test_rows_that_share_a_value_are_not_its_label(self):
        rows = at(0, 0, "RAG-Tok. 17.3 22.2"), at(0, 12, "RAG-Seq. 14.7 21.4")
        values = at(200, 6, "72.5"), at(300, 6, "89.5")

        assert laid_out(*rows, *values)[:2] == ["RAG-Tok. 17.3 22.2", "RAG-Seq. 14.7 21.4"]

    def test_a_line_above_the_values_is_not_their_label(self):
        assert laid_out(at(0, 0, "Open Book"), at(100, 6, "82.5"), at(200, 6, "89.6")) == [
            "Open Book",
            "82.5\t89.6",
        ]


class TestHeads:
    BODY = (*row(40, "KMMLU", "44.5", "41.8", "46.5"), *row(52, "BoolQ", "91.5", "87.6", "90.2"))

    def test_close_together_they_are_told_apart_by_their_columns(self):
        heads = at(96, 28, "EXAONE"), at(180, 28, "Llama"), at(207, 28, "3.1"), at(290, 28, "Qwen2")

        assert laid_out(*heads, *self.BODY)[0] == "EXAONE\tLlama 3.1\tQwen2"

    def test_over_several_lines_they_become_one(self):
        heads = [
            at(0, 20, "Benchmark"),
            *(at(90, 14, "EXAONE 3.0"), at(90, 26, "7.8B")),
            *(at(195, 14, "Llama 3.1"), at(195, 26, "8B")),
            *(at(295, 14, "Qwen2"), at(295, 26, "7B")),
        ]

        texts = laid_out(*heads, *self.BODY)

        assert [text for text in texts if text] == [
            "Benchmark\tEXAONE 3.0 7.8B\tLlama 3.1 8B\tQwen2 7B",
            "KMMLU\t44.5\t41.8\t46.5",
            "BoolQ\t91.5\t87.6\t90.2",
        ]

    def test_words_that_one_piece_holds_go_each_to_its_column(self):
        heads = at(90, 28, "GPT-3.5-Turbo  GPT-4-Turbo"), at(290, 28, "Qwen2")

        assert laid_out(*heads, *self.BODY)[0] == "GPT-3.5-Turbo\tGPT-4-Turbo\tQwen2"

    @pytest.mark.parametrize(
        "text", ["We show in the table below what each of these models does.", "Results."]
    )
    def test_prose_above_is_none(self, text: str):
        assert laid_out(at(0, 28, text), *self.BODY)[0] == text

    def test_prose_on_top_of_heads_stays_apart(self):
        texts = laid_out(at(0, 5, "Results."), *row(28, "", "A", "B", "C"), *self.BODY)

        assert texts[:2] == ["Results.", "A\tB\tC"]


def test_no_pieces_make_no_rows():
    assert laid_out() == []
