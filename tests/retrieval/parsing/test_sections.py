"""Sections: each stretch of a paper knows its path, and the list of references is apart."""

from pathlib import Path

import pymupdf
import pytest

from retrieval.parsing.chunks import cut_chunks
from retrieval.parsing.headings import Heading
from retrieval.parsing.paper import Page, Paper
from retrieval.parsing.pdf import read_pdf
from retrieval.parsing.sections import find_sections, is_references_heading

ENTRY = "[1] Ashish Vaswani et al. Attention Is All You Need. 2017."


def page(number: int, *parts: tuple[str, int] | str) -> Page:
    """A page of paragraphs; those with a level are headings."""
    text, headings = "", []
    for part in parts:
        words, level = (part, 0) if isinstance(part, str) else part
        if level:
            headings.append(Heading(text=words, level=level, offset=len(text)))
        text += words + "\n\n"
    return Page(number=number, text=text.strip(), headings=tuple(headings))


def paper(*pages: Page) -> Paper:
    return Paper(title="Solar", pages=pages)


def paths(*pages: Page) -> list[tuple[str, bool]]:
    return [(section.path, section.is_reference) for section in find_sections(paper(*pages))[1:]]


def test_paths_name_all_headings_above():
    assert paths(
        page(1, ("3 Method", 1), "We.", ("3.1 Data", 2), "It."),
        page(2, ("3.1.1 Web", 3), "We.", ("3.2 Training", 2), ("4 Results", 1)),
    ) == [
        ("3 Method", False),
        ("3 Method > 3.1 Data", False),
        ("3 Method > 3.1 Data > 3.1.1 Web", False),
        ("3 Method > 3.2 Training", False),
        ("4 Results", False),
    ]


def test_references_end_with_the_next_section_or_appendix():
    for after in (("A Proofs", 1), ("Appendix", 2)):
        assert paths(
            page(1, ("7 Conclusion", 1), ("References", 1), ENTRY),
            page(2, ENTRY, ("Notes", 2), ENTRY, after),
        ) == [("7 Conclusion", False), ("References", True), (after[0], False)]


def test_references_end_where_no_later_page_is_dated():
    last = page(4, "A figure without a heading.")

    found = find_sections(
        paper(page(1, ("References", 1), ENTRY), page(2, "So many authors."), page(3, ENTRY), last)
    )

    assert [(section.page, section.is_reference) for section in found] == [
        (0, False),
        (0, True),
        (3, False),
    ]


@pytest.mark.parametrize(
    "heading",
    ["References", "REFERENCES", "8 References", "VII. References", "Bibliography", "참고 문헌"],
)
def test_the_list_has_many_names(heading: str):
    assert is_references_heading(heading)


@pytest.mark.parametrize("heading", ["Reference Models", "5 Related Work", "References to Kings"])
def test_other_sections_are_none(heading: str):
    assert not is_references_heading(heading)


def test_no_chunk_mixes_references_and_text():
    cut = list(
        cut_chunks(
            paper(
                page(1, ("6 Conclusion", 1), "We conclude.", ("References", 1), ENTRY),
                page(2, ENTRY, ("A Proofs", 1), "We prove."),
            )
        )
    )

    assert [(chunk.text.split("\n")[0], chunk.section, chunk.is_reference) for chunk in cut] == [
        ("6 Conclusion", "6 Conclusion", False),
        ("References", "References", True),
        ("A Proofs", "A Proofs", False),
    ]
    assert [chunk.page_starts[-1][1] for chunk in cut] == [1, 2, 2]


def test_headings_are_read_from_the_page(tmp_path: Path):
    with pymupdf.open() as document:
        leaf = document.new_page()
        leaf.insert_text((72, 100), "2", fontsize=12, fontname="tibo")
        leaf.insert_text((92, 100), "Depth Up-Scaling", fontsize=12, fontname="tibo")
        leaf.insert_text((72, 116), "We scale the model in depth.", fontsize=10, fontname="tiro")
        leaf.insert_text((72, 180), "References", fontsize=12, fontname="tibo")
        leaf.insert_text((72, 196), ENTRY, fontsize=10, fontname="tiro")
        document.save(tmp_path / "a.pdf")

    cut = list(cut_chunks(read_pdf(tmp_path / "a.pdf")))

    assert [(chunk.text, chunk.section, chunk.is_reference) for chunk in cut] == [
        ("2 Depth Up-Scaling\n\nWe scale the model in depth.", "2 Depth Up-Scaling", False),
        (f"References\n\n{ENTRY}", "References", True),
    ]


PAPERS = Path(__file__).parents[4] / "shared" / "papers"


@pytest.mark.skipif(not PAPERS.exists(), reason="the shared papers are not on this machine")
@pytest.mark.parametrize(
    ("name", "first", "behind"),
    [
        ("attention_1706.03762v7.pdf", 10, "Attention Visualizations"),
        ("solar-10.7b_2312.15166v3.pdf", 8, "A Contributions"),
        ("gemma2_2408.00118v2.pdf", 18, None),
    ],
)
def test_references_of_real_papers(name: str, first: int, behind: str | None):
    found = find_sections(read_pdf(PAPERS / name))

    at = [number for number, section in enumerate(found) if section.is_reference]

    assert [found[number].page + 1 for number in at] == [first]
    assert [section.path for section in found[at[0] + 1 :]][:1] == ([behind] if behind else [])
