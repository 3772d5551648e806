"""The example papers say what their Markdown says, and the example questions what they say."""

import re
import runpy
import unicodedata
from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from evaluation.questions import QuestionRow, read_questions
from evaluation.scores import check_gold, has_evidence, is_answerable, is_right

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NOTES = sorted((EXAMPLES / "source").glob("*.md"))
QUESTIONS = read_questions(EXAMPLES / "questions.jsonl")
ANSWERABLE = [question for question in QUESTIONS if is_answerable(question)]
UNANSWERABLE = [question for question in QUESTIONS if not is_answerable(question)]
KINDS = set(
    "fact method table compare multi transliterated code-mixed abbrev colloquial typo".split()
)
HANGUL = re.compile(r"[가-힣]")

EVERY_NOTE = pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
RULE = re.compile(r"\|[-:|]+\|")


def paper(note: Path) -> Path:
    return EXAMPLES / "papers" / f"{note.stem}.pdf"


def pages(note: Path) -> list[str]:
    """The text of every page, a single space between words, without the page number."""
    with pymupdf.open(paper(note)) as document:
        texts = [" ".join(page.get_text().split()) for page in document]
    for number, text in enumerate(texts, start=1):
        assert text.endswith(f" {number} / {len(texts)}")
    return [text.rsplit(" ", 3)[0] for text in texts]


def headings(markdown: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)


def tables(markdown: str) -> list[list[str]]:
    """The cells of every table, row by row."""
    return [
        [
            cell.strip()
            for row in table.splitlines()
            if not RULE.fullmatch(row)
            for cell in row.strip("|").split("|")
        ]
        for table in TABLE.findall(markdown)
    ]


def prose(markdown: str) -> list[str]:
    """Every paragraph and every item of a list."""
    lines = [line.removeprefix("- ") for line in markdown.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "|"))]


def test_every_paper_has_its_note():
    assert len(NOTES) == 8
    assert sorted((EXAMPLES / "papers").iterdir()) == [paper(note) for note in NOTES]


@EVERY_NOTE
def test_paper_is_short_and_small(note):
    with pymupdf.open(paper(note)) as document:
        assert 2 <= document.page_count <= 3
        assert {(round(page.rect.width), round(page.rect.height)) for page in document} == {
            (595, 842)
        }
    assert paper(note).stat().st_size < 60_000


@EVERY_NOTE
def test_title_is_the_first_heading_and_the_largest_type(note):
    title = headings(note.read_text(encoding="utf-8"))[0]
    with pymupdf.open(paper(note)) as document:
        spans = [
            span
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
        ]
        assert document.metadata["title"] == title
    largest = max(span["size"] for span in spans)
    words = " ".join(span["text"] for span in spans if span["size"] == largest)
    assert "".join(words.split()) == "".join(title.split())


@EVERY_NOTE
def test_no_word_of_the_note_is_lost(note):
    markdown = note.read_text(encoding="utf-8")
    printed = " ".join(pages(note))

    assert headings(markdown)
    for heading in headings(markdown):
        assert heading in printed
    for line in prose(markdown):
        assert line in printed.replace("• ", "")
    assert set(NUMBER.findall(markdown)) <= set(NUMBER.findall(printed))


@EVERY_NOTE
def test_every_table_stands_whole_on_one_page(note):
    found = tables(note.read_text(encoding="utf-8"))

    assert found
    for cells in found:
        assert any(" ".join(cells) in page for page in pages(note))


@EVERY_NOTE
def test_text_extracts_in_plain_letters(note):
    printed = " ".join(pages(note))

    assert printed == unicodedata.normalize("NFKC", printed)
    assert "\ufffd" not in printed
    assert "\u00ad" not in printed


def test_papers_are_those_that_make_would_give():
    make = runpy.run_path(str(EXAMPLES / "make.py"))["to_pdf"]

    for note in NOTES:
        markdown = note.read_text(encoding="utf-8")
        assert make(markdown) == make(markdown)
        with pymupdf.open("pdf", make(markdown)) as fresh:
            printed = [page.get_text() for page in fresh]
        with pymupdf.open(paper(note)) as document:
            assert [page.get_text() for page in document] == printed


def of_id(question: QuestionRow) -> str:
    return question["id"]


def printed_pages(document: str) -> list[str]:
    return pages(EXAMPLES / "source" / document.replace(".pdf", ".md"))


def test_the_questions_are_spread_over_papers_and_kinds():
    kinds = Counter(question["kind"] for question in ANSWERABLE)

    assert (len(ANSWERABLE), len(UNANSWERABLE)) == (48, 12)
    assert Counter(question["document"] for question in ANSWERABLE) == {
        f"{note.stem}.pdf": 6 for note in NOTES
    }
    assert set(kinds) == KINDS
    assert set(kinds.values()) <= {4, 5}
    assert {question["kind"] for question in UNANSWERABLE} == {"unanswerable"}


def test_the_questions_can_be_told_apart_and_scored():
    check_gold(QUESTIONS)

    for name in ("id", "question", "question_en"):
        assert len({question[name] for question in QUESTIONS}) == len(QUESTIONS)
    assert all(HANGUL.search(question["question"]) for question in QUESTIONS)
    assert not any(HANGUL.search(question["question_en"]) for question in QUESTIONS)


@pytest.mark.parametrize("question", ANSWERABLE, ids=of_id)
def test_the_evidence_stands_on_its_pages(question: QuestionRow):
    texts = printed_pages(question["document"])
    found = [
        {page for page in question["pages"] if has_evidence(texts[page - 1], evidence)}
        for evidence in question["evidence"]
    ]

    assert all(found)
    assert set.union(*found) == set(question["pages"])
    assert all(any(evidence in text for text in texts) for evidence in question["evidence"])
    assert (len(question["evidence"]) > 1) == (question["kind"] == "multi")


@pytest.mark.parametrize("question", ANSWERABLE, ids=of_id)
def test_the_answer_that_is_given_is_right(question: QuestionRow):
    assert is_right(question, {"outcome": "answered", "answer": question["answer"]})


@pytest.mark.parametrize("question", UNANSWERABLE, ids=of_id)
def test_what_would_answer_stands_nowhere_in_the_paper(question: QuestionRow):
    assert (question["pages"], question["evidence"]) == ([], [])
    for check in question["absent_checks"]:
        text = " ".join(printed_pages(check["document"]))
        assert not re.search(check["regex"], text)
