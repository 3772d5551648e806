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
    assert TWO_PAGES.searched == "SOLAR 10.7B\nOn page 3.\n\nOn page 4."
    assert passage("Words.", header="").searched == "Words."
