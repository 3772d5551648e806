"""Running heads, page numbers and stamps go; what is set in their places otherwise stays."""

from pathlib import Path

import pymupdf

from retrieval.parsing.pdf import read_pdf

Words = tuple[float, float, str]
"""Where words stand, in points from the left and top."""


def texts(path: Path, *pages: list[Words]) -> list[str]:
    """The text of pages with these words, each with lines of their own."""
    with pymupdf.open() as document:
        for number, words in enumerate(pages, start=1):
            page = document.new_page()
            for x, y, text in [*words, (72, 300, f"Line {chr(64 + number)} of the text.")]:
                page.insert_text((x, y), text, fontsize=10)
            page.insert_text((72, 80), f"Top {chr(64 + number)}.", fontsize=10)
            page.insert_text((72, 760), f"End {chr(64 + number)}.", fontsize=10)
        document.save(path)
    return [" ".join(page.text.split()) for page in read_pdf(path).pages]


def test_a_head_on_three_pages_goes(tmp_path: Path):
    head = [(200.0, 40.0, "A Running Head")]

    assert texts(tmp_path / "a.pdf", head, head, head) == [
        "Line A of the text. Top A. End A.",
        "Line B of the text. Top B. End B.",
        "Line C of the text. Top C. End C.",
    ]


def test_a_head_on_two_pages_may_be_more(tmp_path: Path):
    head = [(200.0, 40.0, "A Running Head")]

    assert all("A Running Head" in text for text in texts(tmp_path / "a.pdf", head, head))


def test_page_numbers_go_in_any_form(tmp_path: Path):
    feet = [[(300.0, 800.0, str(n))] for n in (7, 8, 9)]
    heads = [[(300.0, 40.0, f"Page {n} of 3"), (72.0, 40.0, "Lovelace")] for n in (1, 2, 3)]

    pages = [head + foot for head, foot in zip(heads, feet, strict=True)]

    assert texts(tmp_path / "a.pdf", *pages)[2] == "Line C of the text. Top C. End C."


def test_two_heads_one_below_the_other_go(tmp_path: Path):
    heads = [(72.0, 20.0, "Printed by Babbage"), (72.0, 50.0, "A Running Head")]

    assert texts(tmp_path / "a.pdf", heads, heads, heads)[0] == "Line A of the text. Top A. End A."


def test_figures_that_do_not_count_pages_stay(tmp_path: Path):
    pages = [[(300.0, 800.0, figure)] for figure in ("48", "32", "16")]

    for text, figure in zip(texts(tmp_path / "a.pdf", *pages), ("48", "32", "16"), strict=True):
        assert figure in text


def test_words_that_return_within_the_text_stay(tmp_path: Path):
    words = [(72.0, 250.0, "We repeat ourselves here.")]

    for text in texts(tmp_path / "a.pdf", words, words, words):
        assert "We repeat ourselves here." in text


def test_a_first_line_right_above_its_text_stays(tmp_path: Path):
    words = [(72.0, 40.0, "The same first line"), (72.0, 52.0, "of a paragraph that goes on")]
    words += [(72.0, 40.0 + 12 * number, "over many lines") for number in range(2, 12)]

    for text in texts(tmp_path / "a.pdf", words, words, words):
        assert "The same first line" in text


def test_column_heads_on_top_of_pages_stay(tmp_path: Path):
    heads = [
        (72 + 90.0 * number, 40.0, text)
        for number, text in enumerate(("Model", "ARC", "MMLU", "GSM8K"))
    ]

    for text in texts(tmp_path / "a.pdf", heads, heads, heads):
        assert "Model ARC MMLU GSM8K" in text


def test_the_stamp_of_arxiv_goes(tmp_path: Path):
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((30, 500), "arXiv:2312.15166v3 [cs.CL] 4 Apr 2024", fontsize=20, rotate=90)
        page.insert_text((72, 100), "See arXiv:1706.03762v7 for it.", fontsize=10)
        document.save(tmp_path / "a.pdf")

    assert read_pdf(tmp_path / "a.pdf").pages[0].text == "See arXiv:1706.03762v7 for it."


def test_a_page_with_nothing_else_keeps_its_words(tmp_path: Path):
    with pymupdf.open() as document:
        for _ in range(3):
            document.new_page().insert_text((72, 40), "A slide of ours", fontsize=10)
        document.save(tmp_path / "a.pdf")

    assert [page.text for page in read_pdf(tmp_path / "a.pdf").pages] == ["A slide of ours"] * 3
