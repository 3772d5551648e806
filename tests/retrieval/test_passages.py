"""Passages know their pages, and evidence its words."""

import pytest

from retrieval.passages import Evidence
from tests.samples import passage

TWO_PAGES = passage("On page 3.\n\nOn page 4.", page_starts=[(0, 3), (12, 4)])


def test_a_passage_stands_on_its_pages():
    assert TWO_PAGES.pages == [3, 4]


@pytest.mark.parametrize(("offset", "page"), [(0, 3), (11, 3), (12, 4), (21, 4)])
def test_each_letter_stands_on_one(offset: int, page: int):
    assert TWO_PAGES.page_at(offset) == page


def test_evidence_quotes_to_the_letter_and_knows_where():
    piece = Evidence(passage=TWO_PAGES, start=12, end=22)

    assert piece.quote == "On page 4."
    assert piece.page == 4


def test_searches_see_the_header_and_quotes_do_not():
    assert TWO_PAGES.searched_text == "SOLAR 10.7B\nOn page 3.\n\nOn page 4."
    assert passage("Words.", header="").searched_text == "Words."


class TestTables:
    TEXT = "Words.\n\nModel\tLayers\tHeads\nSOLAR\t48\t32\nGemma 2\t42\t16"
    PASSAGE = passage(TEXT)

    def test_a_row_and_its_table_are_known_by_where_the_row_begins(self):
        row, table = (
            at(self.TEXT.index("Gemma")) for at in (self.PASSAGE.row_at, self.PASSAGE.table_at)
        )

        assert row
        assert row.cells == (("Layers", "42"), ("Heads", "16"))
        assert table == self.PASSAGE.tables[0]

    @pytest.mark.parametrize("words", ["Words", "Model", "48"])
    def test_nothing_else_begins_a_row(self, words: str):
        assert self.PASSAGE.row_at(self.TEXT.index(words)) is None
        assert self.PASSAGE.table_at(self.TEXT.index(words)) is None

    def test_only_whole_rows_stand_within_a_stretch(self):
        start, end = self.TEXT.index("SOLAR"), self.TEXT.index("42")

        assert [row.label for row in self.PASSAGE.rows_within(start, end)] == ["SOLAR"]
