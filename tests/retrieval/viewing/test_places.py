"""Places: the boxes of evidence on its pages, checked against the words that the pages show."""

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from language.sentences import find_sentences
from retrieval.parsing.chunks import cut_chunks
from retrieval.parsing.pdf import read_pdf
from retrieval.passages import Evidence
from retrieval.viewing.places import Place, find_places
from tests.samples import passage

PAPERS = Path(__file__).parents[4] / "shared" / "papers"
SENTENCES = 25  # of each paper


def evidence_of(path: Path) -> list[Evidence]:
    """Every sentence of a PDF."""
    pieces = []
    for number, chunk in enumerate(cut_chunks(read_pdf(path))):
        found = passage(chunk.text, id=str(number), page_starts=list(chunk.page_starts))
        pieces += [
            Evidence(passage=found, start=start, end=end)
            for start, end in find_sentences(chunk.text)
        ]
    return pieces


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text)))


def shown(document: Any, found: list[Place]) -> Counter[str]:
    """The letters of all words whose middle lies in one of the boxes."""
    words = []
    for place in found:
        for x0, y0, x1, y1, word, *_ in document[place.page - 1].get_text("words"):
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            if any(
                left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1
                for left, top, right, bottom in place.boxes
            ):
                words.append(word)
    return letters("".join(words))


def make(path: Path, *pages: list[tuple[float, float, str]]) -> Path:
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page()
            for x, y, text in lines:
                page.insert_text((x, y), text)
        document.save(path)
    return path


def only(path: Path, quote: str, *, at: int = 0) -> list[Place]:
    """The places of the sentence that holds a quote."""
    pieces = [piece for piece in evidence_of(path) if quote in piece.quote]
    with pymupdf.open(path) as document:
        return find_places(document, pieces[at])


def test_a_sentence_over_two_lines_has_a_box_for_each(tmp_path: Path):
    path = make(
        tmp_path / "a.pdf", [(72, 100, "One. The model has"), (72, 114, "many layers. Two.")]
    )

    (place,) = only(path, "many layers")

    first, second = place.boxes
    assert place.page == 1
    assert first[0] > 72  # not from the line's start
    assert second[0] == pytest.approx(72, abs=1)
    assert first[3] < second[3]


def test_the_second_of_two_equal_sentences_is_told_from_the_first(tmp_path: Path):
    path = make(
        tmp_path / "a.pdf",
        [(72, 100, "First it is. We train it. Then more."), (72, 300, "Other words. We train it.")],
    )

    (above,), (below,) = only(path, "We train it", at=0), only(path, "We train it", at=1)

    assert above.boxes[0][1] < 110
    assert below.boxes[0][1] > 280


def test_a_hyphen_at_the_lines_end_is_no_hindrance(tmp_path: Path):
    path = make(tmp_path / "a.pdf", [(72, 100, "An efficient gener-"), (72, 114, "ation of text.")])

    (place,) = only(path, "An efficient generation of text.")

    assert len(place.boxes) == 2


def test_what_stands_between_the_halves_of_a_sentence_has_no_box(tmp_path: Path):
    half = "We train the model on text of many kinds, which we draw from"
    path = make(
        tmp_path / "a.pdf",
        [(72, 700, half), (300, 800, "Foot of page 1")],
        [(72, 30, "A Running Head"), (72, 100, "the internet and from books. It ends.")],
    )

    first, second = only(path, "many kinds")

    assert (first.page, second.page) == (1, 2)
    assert [len(first.boxes), len(second.boxes)] == [1, 1]
    assert first.boxes[0][3] < 710
    assert 80 < second.boxes[0][1] < 110


def test_words_that_are_not_there_have_no_place(tmp_path: Path):
    path = make(tmp_path / "a.pdf", [(72, 100, "We train it.")])
    with pymupdf.open(path) as document:
        other = passage("We train them.", page_starts=[(0, 1)])

        assert find_places(document, Evidence(passage=other, start=0, end=14)) == []


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the papers are not here")
def test_sentences_of_real_papers_are_covered_by_their_boxes():
    chance = random.Random(7)
    for path in sorted(PAPERS.glob("*.pdf")):
        pieces = [piece for piece in evidence_of(path) if len(piece.quote) > 20]
        with pymupdf.open(path) as document:
            for piece in chance.sample(pieces, SENTENCES):
                found = find_places(document, piece)
                wanted = letters(piece.quote)
                assert {place.page for place in found} <= set(piece.pages), piece.quote
                missing = wanted - shown(document, found)
                # A word that stands half in a formula's box may have its middle elsewhere.
                assert missing.total() <= 0.05 * wanted.total() + 3, piece.quote
