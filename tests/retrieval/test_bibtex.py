"""BibTeX that LaTeX can read."""

from dataclasses import replace

import pytest

from retrieval.bibtex import escape_latex, write_bibtex
from retrieval.store.documents import Document

ATTENTION = Document(
    id=1,
    sha256="ab" * 32,
    source="/papers/a.pdf",
    name="a.pdf",
    title="Attention Is All You Need",
    pages=1,
    tokens=1,
    passages=1,
    state="ready",
    error=None,
    warning=None,
    given_title=None,
    removed=None,
    unembedded=0,
    unembedded_reason=None,
    authors=("Ashish Vaswani", "Łukasz Kaiser"),
    year=2017,
    arxiv="1706.03762",
    added=None,
)


def first_line(document: Document) -> str:
    return write_bibtex([document]).splitlines()[0]


def test_a_paper_at_arxiv_is_told_with_all_that_is_known():
    assert write_bibtex([ATTENTION]) == (
        "@misc{vaswani2017attention,\n"
        "  title = {{Attention Is All You Need}},\n"
        "  author = {Ashish Vaswani and Łukasz Kaiser},\n"
        "  year = {2017},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1706.03762}\n"
        "}"
    )


def test_what_is_not_known_is_left_out():
    bare = replace(ATTENTION, title="", authors=(), year=None, arxiv=None)

    assert write_bibtex([bare]) == "@misc{documentabababab,\n  title = {{a.pdf}}\n}"


def test_a_title_that_a_reader_gave_is_cited_under_the_key_that_it_had():
    given = replace(ATTENTION, given_title="Attention: a better title")

    assert "title = {{Attention: a better title}}" in write_bibtex([given])
    assert first_line(given) == first_line(ATTENTION)


def test_the_address_of_a_paper_is_told():
    other = replace(ATTENTION, arxiv=None, source="https://host.org/a{b}.pdf")

    assert "url = {https://host.org/a%7Bb%7D.pdf}" in write_bibtex([other])


@pytest.mark.parametrize(
    ("authors", "title", "key"),
    [
        (("Gemma Team",), "Gemma 2: Models", "gemmateam2017gemma"),
        (("Łukasz Şahin-Ünal",), "A Survey of X", "sahinunal2017survey"),
        (("김철수",), "The T5 Model", "2017t5"),
        (("김철수",), "한국어 논문", "2017documentabababab"),
    ],
)
def test_keys_are_plain(authors: tuple[str, ...], title: str, key: str):
    assert first_line(replace(ATTENTION, authors=authors, title=title)) == f"@misc{{{key},"


def test_teams_have_no_surname():
    assert "author = {{LG AI Research}}" in write_bibtex(
        [replace(ATTENTION, authors=("LG AI Research",))]
    )


def test_each_key_is_there_once_and_stays():
    later = replace(ATTENTION, id=2, added="2026-01-01T00:00:00+00:00")
    library = [later, ATTENTION]

    assert first_line(ATTENTION) == "@misc{vaswani2017attention,"
    assert write_bibtex([later], among=library).startswith("@misc{vaswani2017attentionb,")
    assert write_bibtex([ATTENTION], among=library).startswith("@misc{vaswani2017attention,")


def test_signs_of_latex_are_words():
    assert escape_latex(r"50% of A_B & {C} \x~^" + "\n#$") == (
        r"50\% of A\_B \& {\textbraceleft}C{\textbraceright} {\textbackslash}x{\textasciitilde}{\textasciicircum} \#\$"
    )
