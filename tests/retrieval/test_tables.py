"""Tables as passages hold them: whole or in parts, and as a library keeps them."""

from retrieval.parsing.tables import find_tables
from retrieval.tables import Line, cut_tables, tables_from_json, tables_to_json

TEXT = "Words.\n\nModel\tLayers\tHeads\nSOLAR\t48\t32\nGemma 2\t42\t16\n\nTable 1: Sizes."


def test_what_is_kept_comes_back_as_it_was():
    tables = find_tables(TEXT)

    assert tables_from_json(tables_to_json(tables)) == tables


class TestWithin:
    def test_a_part_of_a_table_keeps_heads_and_caption_from_outside_as_words(self):
        start, end = TEXT.index("Gemma"), TEXT.index("Table") - 2

        [table] = cut_tables(find_tables(TEXT), start, end)

        assert [row.span for row in table.rows] == [(0, end - start)]
        assert table.rows[0].cells == (("Layers", "42"), ("Heads", "16"))
        assert table.head == Line("Model\tLayers\tHeads", None)
        assert table.caption == Line("Table 1: Sizes.", None)

    def test_what_stands_inside_is_placed_from_the_start(self):
        start = TEXT.index("Model")
        part = TEXT[start:]

        [table] = cut_tables(find_tables(TEXT), start, len(TEXT))

        assert table.head.span
        assert part[slice(*table.head.span)] == "Model\tLayers\tHeads"
        assert [part[slice(*row.span)] for row in table.rows] == [
            "SOLAR\t48\t32",
            "Gemma 2\t42\t16",
        ]

    def test_a_row_that_is_cut_off_is_left_out(self):
        start = TEXT.index("48")

        [table] = cut_tables(find_tables(TEXT), start, len(TEXT))

        assert [row.label for row in table.rows] == ["Gemma 2"]

    def test_a_stretch_without_rows_has_no_table(self):
        assert list(cut_tables(find_tables(TEXT), 0, TEXT.index("SOLAR"))) == []
