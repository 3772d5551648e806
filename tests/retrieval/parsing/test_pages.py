"""A paper's text and title, as a person would read them off its pages."""

from pathlib import Path

import pymupdf
import pytest

from retrieval.parsing.paper import Paper
from retrieval.parsing.pdf import read_pdf
from tests.samples import make_pdf


def one_page(path: Path, *lines: tuple[float, float, str], size: float = 10) -> Paper:
    """A page with these words at these places, read back."""
    with pymupdf.open() as document:
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        for x, y, text in lines:
            writer.append((x, y), text, font=pymupdf.Font("tiro"), fontsize=size)
        writer.write_text(page)
        document.save(path)
    return read_pdf(path)


def lines(*texts: str) -> list[tuple[float, float, str]]:
    return [(72, 100 + 12 * number, text) for number, text in enumerate(texts)]


class TestText:
    def test_pages_are_numbered_from_one(self, tmp_path: Path):
        paper = read_pdf(make_pdf(tmp_path / "a.pdf", "First page.", "", "Third page."))

        assert [(page.number, page.text) for page in paper.pages] == [
            (1, "First page."),
            (2, ""),
            (3, "Third page."),
        ]

    def test_lines_of_a_paragraph_join(self, tmp_path: Path):
        paper = one_page(tmp_path / "a.pdf", *lines("The model is", "deep and wide."))

        assert paper.pages[0].text == "The model is deep and wide."

    def test_a_word_cut_by_a_line_break_is_whole_again(self, tmp_path: Path):
        paper = one_page(tmp_path / "a.pdf", *lines("We use atten-", "tion alone."))

        assert paper.pages[0].text == "We use attention alone."

    @pytest.mark.parametrize(
        ("first", "second", "text"),
        [
            ("A pre-trained net. It is pre-", "trained well.", "It is pre-trained well."),
            ("It is called GPT-", "NeoX in full.", "It is called GPT-NeoX in full."),
            ("It has 7B-", "sized parts.", "It has 7B-sized parts."),
            ("We ran a 5-", "shot test.", "We ran a 5-shot test."),
        ],
        ids=["known with a hyphen", "capital", "unit", "figure"],
    )
    def test_a_true_hyphen_stays(self, tmp_path: Path, first: str, second: str, text: str):
        if first.endswith("7B-"):
            first, text = "A 7B-sized net. " + first, text
        paper = one_page(tmp_path / "a.pdf", *lines(first, second))

        assert text in paper.pages[0].text

    def test_ligatures_and_odd_spaces_become_plain(self, tmp_path: Path):
        paper = one_page(tmp_path / "a.pdf", *lines("An eﬃcient ﬁrst ﬂow\u00a0chart"))

        assert paper.pages[0].text == "An efficient first flow chart"

    def test_cells_of_a_table_row_share_a_line(self, tmp_path: Path):
        rows = [("Model", "Layers", "Heads"), ("SOLAR", "48", "32"), ("Gemma", "42", "16")]
        places = [
            (x, 100 + 14 * number, cell)
            for number, row in enumerate(rows)
            for x, cell in zip((72, 200, 300), row, strict=True)
        ]

        paper = one_page(tmp_path / "a.pdf", *places)

        assert paper.pages[0].text.split("\n")[:3] == ["\t".join(row) for row in rows]

    def test_a_sentence_over_a_page_break_is_whole_behind_the_page_number(self, tmp_path: Path):
        first = ["We train the model on text of many kinds, which we draw from the in-"]
        with pymupdf.open() as document:
            for number, text in enumerate([*first, "ternet and from books. It ends."], start=1):
                page = document.new_page()
                page.insert_text((72, 700 if number == 1 else 100), text, fontsize=10)
                page.insert_text((300, 800), str(number), fontsize=8)
            document.save(tmp_path / "a.pdf")

        one, two = read_pdf(tmp_path / "a.pdf").pages

        assert one.goes_on
        assert one.text.split("\n\n") == ["1", first[0].replace("in-", "internet")]
        assert not two.goes_on
        assert two.text.split("\n\n") == ["and from books. It ends.", "2"]

    def test_a_table_that_is_turned_has_rows_too(self, tmp_path: Path):
        rows = [("Model", "Layers", "Heads"), ("SOLAR", "48", "32"), ("Gemma", "42", "16")]
        with pymupdf.open() as document:
            page = document.new_page()
            for number, row in enumerate(rows):
                for y, cell in zip((600, 450, 300), row, strict=True):
                    page.insert_text((100 + 14 * number, y), cell, fontsize=10, rotate=90)
            document.save(tmp_path / "a.pdf")

        text = read_pdf(tmp_path / "a.pdf").pages[0].text

        assert list(filter(None, text.splitlines())) == ["\t".join(row) for row in rows]

    def test_heads_that_are_set_on_their_side_stand_over_their_columns(self, tmp_path: Path):
        heads = ("Phi-3-Vision", "LLaVA-Next", "Qwen-VL-Chat")
        rows = (("MMMU (val)", "40.4", "36.4", "39.0"), ("POPE (test)", "85.8", "87.1", "82.6"))
        with pymupdf.open() as document:
            page = document.new_page()
            for number, head in enumerate(heads):
                x = 206 + 60 * number
                page.insert_text((x, 180), head, fontsize=9, rotate=90)
                page.insert_text((x + 11, 180), f"{number + 3}b", fontsize=9, rotate=90)
            for number, row in enumerate(rows):
                for x, cell in zip((72, 200, 260, 320), row, strict=True):
                    page.insert_text((x, 200 + 14 * number), cell, fontsize=9)
            document.save(tmp_path / "a.pdf")

        text = read_pdf(tmp_path / "a.pdf").pages[0].text

        assert "Phi-3-Vision 3b\tLLaVA-Next 4b\tQwen-VL-Chat 5b" in text
        assert "MMMU (val)\t40.4\t36.4\t39.0" in text


class TestTitle:
    def test_it_is_the_documents_own(self, tmp_path: Path):
        paper = read_pdf(make_pdf(tmp_path / "a.pdf", "Some words.", title="All You Need"))

        assert paper.title == "All You Need"

    @pytest.mark.parametrize(
        "given",
        ["", "untitled", "main.tex", "Microsoft Word - final_v3_수정본.docx", "my paper v2.hwp"],
    )
    def test_else_it_is_what_page_one_sets_largest(self, tmp_path: Path, given: str):
        with pymupdf.open() as document:
            page = document.new_page()
            page.insert_text((72, 60), "Proceedings of 2026", fontsize=8)
            page.insert_text((72, 100), "Depth Up-Scaling", fontsize=20)
            page.insert_text((72, 124), "of Large Models", fontsize=20)
            page.insert_text((72, 160), "We present a model.", fontsize=10)
            page.insert_text((20, 400), "arXiv:2312.15166", fontsize=24, rotate=90)
            document.set_metadata({"title": given})
            document.save(tmp_path / "a.pdf")

        assert read_pdf(tmp_path / "a.pdf").title == "Depth Up-Scaling of Large Models"

    def test_headings_and_stray_letters_are_none(self, tmp_path: Path):
        with pymupdf.open() as document:
            page = document.new_page()
            page.insert_text((72, 60), "x", fontsize=30)
            page.insert_text((72, 100), "Depth Up-Scaling", fontsize=16)
            page.insert_text((72, 140), "Abstract", fontsize=18)
            page.insert_text((72, 160), "We present a model.", fontsize=10)
            page.insert_text((72, 200), "1. Introduction", fontsize=18)
            page.insert_text((72, 220), "Models are large.", fontsize=10)
            document.save(tmp_path / "a.pdf")

        assert read_pdf(tmp_path / "a.pdf").title == "Depth Up-Scaling"

    def test_where_all_type_is_alike_it_is_the_first_line(self, tmp_path: Path):
        path = make_pdf(tmp_path / "a.pdf", "Depth Up-Scaling\nWe present a model.\nIt is large.")

        assert read_pdf(path).title == "Depth Up-Scaling"

    def test_it_may_be_unknown(self, tmp_path: Path):
        paper = read_pdf(make_pdf(tmp_path / "a.pdf", "", "Only page two has words."))

        assert paper.title == ""


def test_a_korean_word_that_a_line_end_parts_is_whole_again(tmp_path: Path):
    with pymupdf.open() as document:
        page = document.new_page()
        text = "경기를 하지 못하게 되었을 경우 서\n스펜디드 경기로 하며 내용과 책임을 종합적\n으로 고려하여 다시\n시작한다."
        page.insert_text((72, 100), text.split("\n"), fontname="korea", fontsize=10)
        document.save(tmp_path / "rule.pdf")

    [page_text] = [page.text for page in read_pdf(tmp_path / "rule.pdf").pages]
    assert page_text == (
        "경기를 하지 못하게 되었을 경우 서스펜디드 경기로 하며 내용과 책임을 종합적으로 고려하여 다시 시작한다."
    )
