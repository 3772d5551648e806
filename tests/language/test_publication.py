"""Authors, years and numbers at arXiv, as first pages tell them."""

import pytest

from language.authors import find_authors
from language.publication import find_arxiv_year, read_publication

TITLE = "Deep Rivers: On the Flow of Data"


def page(*lines: str) -> str:
    return "\n".join([TITLE, "Ann Lee1, Bob van den Berg2", *lines, "Abstract", "We do this."])


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ann Lee♡Bob Ray♡Cy Dean♣\n♡Johns Hopkins University", ["Ann Lee", "Bob Ray", "Cy Dean"]),
        ("Yichang Zhang, Yu\nWan, Yunfei Chu", ["Yichang Zhang", "Yu Wan", "Yunfei Chu"]),
        ("Ann Lee, Bob Ray\nCy Dean, Di Eve", ["Ann Lee", "Bob Ray", "Cy Dean", "Di Eve"]),
        ("Ann Lee\nJohns Hopkins University\nNew York, USA", ["Ann Lee"]),
        ("Ann Lee\nUpstage AI, South Korea", ["Ann Lee"]),
        ("Ann Lee1, Bob Ray2\n1Cohere For AI, 2Cohere", ["Ann Lee", "Bob Ray"]),
        ("Andr´e Weil and Jos´e Mart´ın", ["André Weil", "José Martín"]),
        ("Ann Lee1 (\n), Bob Ray2", ["Ann Lee", "Bob Ray"]),
        ("Gemma Team, Google DeepMind1", ["Gemma Team", "Google DeepMind"]),
        ("Microsoft", ["Microsoft"]),
    ],
)
def test_authors_are_told_from_where_they_work(text: str, authors: list[str]):
    assert find_authors(text) == authors


def test_authors_stand_between_title_and_abstract():
    found = read_publication(TITLE, f"Ed Editor\n{page('University of Rivers')}\nFoo Bar")

    assert found.authors == ("Ann Lee", "Bob van den Berg")


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\nSpecial Report\nAnnual Figures",
        f"{TITLE}\nWhite Paper\nand so they went on with it all until the very end.",
        "Ann Lee\nBob Ray",
        f'{TITLE}\nNotes on "Wide Seas: On the Depth of Models", Sea Group\n1. Introduction',
        "육아휴직 안내\n육아휴직중\n누구나",
    ],
)
def test_words_in_capitals_are_no_authors_without_the_frame_of_a_paper(text: str):
    assert read_publication(TITLE, text).authors == ()


@pytest.mark.parametrize(
    ("line", "year", "arxiv"),
    [
        ("arXiv:1706.03762v7  [cs.CL]  2 Aug 2023", 2017, "1706.03762"),
        ("arXiv:hep-th/9901001v3 22 Jan 2001", 1999, "hep-th/9901001"),
        ("31st Conference on Neural Systems (NIPS 2017), Long Beach.", 2017, None),
        ("Published as a conference paper at ICLR 2024", 2024, None),
        ("Proceedings of the 2023 Conference on Rivers, pages 1990-1999", 2023, None),
        ("Copyright © 2009 ACM 978-1-60558", 2009, None),
        ("2024-06-27", 2024, None),
        ("Released as a preprint on June 3, 2024", 2024, None),
        ("2023년 12월호", 2023, None),
        ("as in arXiv:2005.11401 and (Lewis et al., 2020)", None, None),
        ("Under review as a conference paper at ICLR 2024", None, None),
        ("trained on data of WMT 2014 in 2015", None, None),
        ("Published in 2999", None, None),
    ],
)
def test_years_are_those_of_the_paper(line: str, year: int | None, arxiv: str | None):
    found = read_publication(TITLE, page(line))

    assert (found.year, found.arxiv) == (year, arxiv)


def test_a_publication_goes_before_a_number_at_arxiv():
    lines = (
        "Published as a conference paper at ICLR 2024",
        "arXiv:2310.13548v4 [cs.CL] 10 May 2025",
    )

    found = read_publication(TITLE, page(*lines))

    assert (found.year, found.arxiv) == (2024, "2310.13548")


@pytest.mark.parametrize(
    ("creator", "year"), [("LaTeX with hyperref", 2019), ("PDFium", None), ("", None)]
)
def test_the_files_year_counts_where_it_was_written(creator: str, year: int | None):
    found = read_publication(TITLE, page(), created="D:20190102030405Z", creator=creator)

    assert found.year == year


def test_numbers_at_arxiv_tell_their_year():
    assert find_arxiv_year("0704.0001") == 2007
    assert find_arxiv_year("math.GT/0309136") == 2003
