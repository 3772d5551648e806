"""What a page shows: powers and footnote marks, line numbers, words that are glued."""

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from retrieval.parsing.pdf import read_pdf
from retrieval.passages import Evidence
from retrieval.viewing.places import find_places
from tests.samples import passage

SIZE = 11.0
# How far small letters stand above the line, in points.
RAISED, LOWERED = 4.0, -2.5
PROSE = (
    "The model is a decoder that was trained in two stages on web text of many languages and has "
    "a vocabulary of its own that was made from a sample of the training data for this purpose "
).split()


def write_parts(page: pymupdf.Page, y: float, *parts: tuple[str, float]) -> None:
    """A line of parts, each with how far it is raised, in points; raised ones are small."""
    x = 72.0
    for text, rise in parts:
        size = SIZE * (0.65 if rise else 1)
        page.insert_text((x, y - rise), text, fontsize=size)
        x += pymupdf.get_text_length(text, fontsize=size)


def read_lines(path: Path, *lines: Sequence[tuple[str, float]], notes: Sequence[str] = ()) -> str:
    """The text of a page with these lines, and footnotes under them."""
    with pymupdf.open() as document:
        page = document.new_page()
        for number, parts in enumerate(lines):
            write_parts(page, 100 + 30 * number, *parts)
        for number, note in enumerate(notes):
            page.insert_text((72, 740 + 10 * number), note, fontsize=8)
        document.save(path)
    return read_pdf(path).pages[0].text


class TestPowers:
    @pytest.mark.parametrize(
        ("base", "power", "read"),
        [
            ("It took 2.1 × 10", "23", "10^23"),
            ("The rate is 3 × 10", "-4", "10^-4"),
            ("It has 10", "6", "10^6"),
            ("The cost is O(n", "2", "n^2"),
            ("The area is 30 km", "2", "km^2"),
            ("It holds 2", "16", "2^16"),
        ],
    )
    def test_a_power_is_told_from_its_base(self, tmp_path: Path, base: str, power: str, read: str):
        text = read_lines(tmp_path / "a.pdf", [(base, 0), (power, RAISED), (" in all.", 0)])

        assert f"{read} in all." in text

    def test_letters_that_are_raised_by_themselves_are_powers_too(self, tmp_path: Path):
        text = read_lines(tmp_path / "a.pdf", [("It took 2 × 10²³ steps of 10³.", 0)])

        assert text == "It took 2 × 10^23 steps of 10^3."

    def test_a_sign_and_its_number_are_one_power(self, tmp_path: Path):
        parts = [("It is 10", 0), ("-", RAISED), ("9", RAISED), (" and no more.", 0)]

        assert read_lines(tmp_path / "a.pdf", parts) == "It is 10^-9 and no more."


class TestMarks:
    @pytest.mark.parametrize(
        ("before", "mark", "read"),
        [
            ("Renting cost $320", "1", "$320 a day."),
            ("It covers 57", "2", "57 a day."),
            ("We use a tokenizer", "3", "tokenizer a day."),
            ("We use GPT-4", "10", "GPT-4 a day."),
            ("It is 63.8", "*", "63.8 a day."),
            ("We ask the authors", "1,2", "authors a day."),
            ("The size is 2", "3", "The size is 2 a day."),
        ],
    )
    def test_a_footnotes_mark_is_left_out(self, tmp_path: Path, before: str, mark: str, read: str):
        parts = [(before, 0), (mark, RAISED), (" a day.", 0)]

        assert read in read_lines(tmp_path / "a.pdf", parts, notes=["3 Sixteen-bit numbers."])

    def test_letters_that_are_raised_by_themselves_are_marks_too(self, tmp_path: Path):
        assert read_lines(tmp_path / "a.pdf", [("It costs $320¹ a day.", 0)]) == (
            "It costs $320 a day."
        )

    def test_a_footnote_keeps_its_number(self, tmp_path: Path):
        assert read_lines(tmp_path / "a.pdf", [("1", RAISED), ("Prices of June.", 0)]) == (
            "1 Prices of June."
        )

    def test_names_that_only_their_marks_part_stay_apart(self, tmp_path: Path):
        parts = [("Ada Kim", 0), ("1", RAISED), ("Bo Lee", 0), ("2", RAISED)]

        assert read_lines(tmp_path / "a.pdf", parts) == "Ada Kim Bo Lee"

    def test_a_variable_with_a_footnote_is_no_power(self, tmp_path: Path):
        parts = [("We call it A", 0), ("2", RAISED), (" from here on.", 0)]

        text = read_lines(tmp_path / "a.pdf", parts, notes=["2 After its author."])

        assert text.startswith("We call it A from here on.")


class TestSmallFigures:
    @pytest.mark.parametrize(
        ("before", "small", "rise", "read"),
        [
            ("CO", "2", LOWERED, "CO2 in all."),
            ("85.3", "+1.2", RAISED, "85.3 +1.2 in all."),
            ("85.3", "0.4", LOWERED, "85.3 0.4 in all."),
            ("the 19", "th", RAISED, "the 19th in all."),
            ("the half, (", "1", RAISED, "the half, (1 in all."),
        ],
    )
    def test_they_never_lengthen_a_figure(
        self, tmp_path: Path, before: str, small: str, rise: float, read: str
    ):
        text = read_lines(tmp_path / "a.pdf", [(before, 0), (small, rise), (" in all.", 0)])

        assert text == read


def draw_numbered(path: Path, count: int, *, first: int = 1, x: float = 44, step: int = 1) -> Path:
    """Lines of prose, with numbers beside them that count them."""
    with pymupdf.open() as document:
        page = document.new_page()
        for number in range(count):
            words = " ".join(PROSE[number % 9 : number % 9 + 10])
            page.insert_text((72, 100 + 14 * number), words, fontsize=SIZE)
            if number % step == 0:
                page.insert_text((x, 100 + 14 * number), f"{first + number}", fontsize=8)
        document.save(path)
    return path


class TestLineNumbers:
    @pytest.mark.parametrize(
        ("count", "first", "x", "step"),
        [(20, 1, 44, 1), (20, 1, 560, 1), (45, 5, 44, 5), (3, 120, 44, 1)],
        ids=["left", "right", "every fifth", "the rest of a draft"],
    )
    def test_they_are_left_out(self, tmp_path: Path, count: int, first: int, x: float, step: int):
        path = draw_numbered(tmp_path / "a.pdf", count, first=first, x=x, step=step)

        assert not any(map(str.isdecimal, read_pdf(path).pages[0].text))

    def test_a_short_list_keeps_its_numbers(self, tmp_path: Path):
        text = read_pdf(draw_numbered(tmp_path / "a.pdf", 5)).pages[0].text

        assert [word for word in text.split() if word.isdecimal()] == ["1", "2", "3", "4", "5"]

    def test_the_first_column_of_a_table_is_kept(self, tmp_path: Path):
        with pymupdf.open() as document:
            page = document.new_page()
            for x, head in ((44, "No."), (100, "Model"), (300, "Score")):
                page.insert_text((x, 86), head, fontsize=SIZE)
            for number in range(1, 13):
                for x, cell in ((44, f"{number}"), (100, f"model-{number}"), (300, "61.5")):
                    page.insert_text((x, 86 + 14 * number), cell, fontsize=SIZE)
            document.save(tmp_path / "a.pdf")

        assert "12\tmodel-12\t61.5" in read_pdf(tmp_path / "a.pdf").pages[0].text


class TestGluedWords:
    def test_words_are_parted_by_the_gaps_between_letters(self, tmp_path: Path):
        with pymupdf.open() as document:
            page, x = document.new_page(), 72.0
            for word in PROSE[:12]:
                page.insert_text((x, 100), word, fontsize=SIZE)
                x += pymupdf.get_text_length(word, fontsize=SIZE) + 1.6
            assert " " not in page.get_text().strip()
            document.save(tmp_path / "a.pdf")

        assert read_pdf(tmp_path / "a.pdf").pages[0].text == " ".join(PROSE[:12])

    def test_a_long_name_stays_whole(self, tmp_path: Path):
        name = "scaled" * 6
        text = read_lines(tmp_path / "a.pdf", [(f"We call it {name} from here.", 0)])

        assert text == f"We call it {name} from here."


def test_evidence_with_a_power_and_without_a_mark_is_found_on_its_page(tmp_path: Path):
    parts = [("It cost $320", 0), ("1", RAISED), (" for 10", 0), ("6", RAISED), (" steps.", 0)]
    quote = read_lines(tmp_path / "a.pdf", parts)
    piece = Evidence(passage=passage(quote, page_starts=[(0, 1)]), start=0, end=len(quote))

    with pymupdf.open(tmp_path / "a.pdf") as document:
        places = find_places(document, piece)

    assert quote == "It cost $320 for 10^6 steps."
    assert [place.page for place in places] == [1]
