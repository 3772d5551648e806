"""Chunks: whole sentences, at most so many tokens, on the right pages."""

import random
from itertools import pairwise

import pytest

from language.sentences import find_sentences
from language.tokens import count_tokens
from retrieval.parsing.chunks import OVERLAP_TOKENS, PASSAGE_TOKENS, Chunk, cut_chunks
from retrieval.parsing.paper import Page, Paper


def paper(*pages: str) -> Paper:
    return Paper(
        title="",
        pages=tuple(Page(number=number, text=text) for number, text in enumerate(pages, start=1)),
    )


def prose(sentences: int, seed: int = 0) -> str:
    chance = random.Random(seed)
    return " ".join(
        f"Sentence {number} of {seed} says {' '.join(chance.choices(WORDS, k=chance.randint(3, 40)))}."
        for number in range(sentences)
    )


WORDS = "attention layers tokens models of the depth is scaled 48 and 10.7B 모델 깊이 et al".split()
CHANCE = random.Random(1)
PAPERS = {
    "prose": paper(*(prose(40, seed) for seed in range(6))),
    "one page": paper(prose(300)),
    "short": paper("Only this."),
    "empty pages": paper("", prose(60), "", "", prose(60, 1), ""),
    "table": paper("\n".join(f"Model{n} {n} {n * 2} {n * 3.5}" for n in range(900))),
    "a word a line": paper("\n".join(CHANCE.choices(WORDS, k=3_000))),
    "one endless line": paper(" ".join(CHANCE.choices(WORDS, k=5_000))),
    "no spaces": paper("".join(CHANCE.choices("abcdefgh", k=20_000))),
    "Korean without an end": paper("".join(CHANCE.choices("깊이를늘린모델🙂", k=12_000))),
}
EVERY_PAPER = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


@EVERY_PAPER
def test_no_chunk_is_longer_than_allowed(paper: Paper):
    for chunk in cut_chunks(paper):
        assert chunk.tokens <= PASSAGE_TOKENS
        assert count_tokens(chunk.text) <= PASSAGE_TOKENS


@EVERY_PAPER
def test_nothing_is_lost(paper: Paper):
    joined = "".join("".join(page.text.split()) for page in paper.pages)
    at = 0
    for chunk in cut_chunks(paper):
        text = "".join(chunk.text.split())
        found = joined.find(text, max(at - len(text), 0))
        assert 0 <= found <= at
        at = max(at, found + len(text))
    assert at == len(joined)


@EVERY_PAPER
def test_each_part_of_a_chunk_stands_on_its_page(paper: Paper):
    pages = {page.number: page.text for page in paper.pages}
    for chunk in cut_chunks(paper):
        assert chunk.page_starts[0][0] == 0
        edges = [*(start for start, _ in chunk.page_starts), len(chunk.text)]
        assert edges == sorted(edges)
        for (start, number), end in zip(chunk.page_starts, edges[1:], strict=True):
            assert chunk.text[start:end].strip() in pages[number]


@EVERY_PAPER
def test_new_tokens_add_up_to_the_paper(paper: Paper):
    cut = list(cut_chunks(paper))
    whole = sum(count_tokens(page.text) for page in paper.pages)

    assert all(0 < chunk.new_tokens <= chunk.tokens for chunk in cut)
    assert sum(chunk.new_tokens for chunk in cut) == pytest.approx(whole, rel=0.1, abs=5)


def test_tokens_are_as_good_as_exact_for_prose():
    for chunk in cut_chunks(PAPERS["prose"]):
        assert chunk.tokens == pytest.approx(count_tokens(chunk.text), rel=0.02)


def test_neighbours_share_whole_sentences_up_to_the_overlap():
    cut = list(cut_chunks(PAPERS["prose"]))

    assert len(cut) > 3
    for left, right in pairwise(cut):
        shared = overlap(left, right)
        assert 0 < count_tokens(shared) <= OVERLAP_TOKENS
        assert shared.startswith("Sentence ")
        assert shared.endswith(".")
        assert right.tokens - right.new_tokens == pytest.approx(count_tokens(shared), abs=3)


def test_chunks_are_filled():
    cut = list(cut_chunks(PAPERS["prose"]))

    assert all(chunk.tokens > PASSAGE_TOKENS - 100 for chunk in cut[:-1])


def test_chunks_begin_and_end_with_sentences():
    for chunk in cut_chunks(PAPERS["one page"]):
        spans = find_sentences(chunk.text)
        assert spans[0][0] == 0
        assert spans[-1][1] == len(chunk.text)
        assert chunk.text.startswith("Sentence ")
        assert chunk.text.endswith(".")


def table(rows: int) -> str:
    lines = [f"Model{n}\t{n}\t{n * 2}" for n in range(rows)]
    return "\n\n".join(["Name\tLayers\tHeads", *lines, "Table 1: Sizes of models."])


@pytest.mark.parametrize("before", range(10, 40, 3))
def test_a_table_stays_with_its_heads_and_caption(before: int):
    cut = list(cut_chunks(paper(f"{prose(before)}\n\n{table(40)}\n\n{prose(20, 1)}")))

    assert len(cut) > 1
    assert sum(table(40) in chunk.text for chunk in cut) == 1
    assert sum("Model17\t" in chunk.text for chunk in cut) == 1


def test_a_table_too_long_for_a_chunk_is_cut_and_no_row_is_repeated():
    cut = list(cut_chunks(paper(f"{prose(20)}\n\n{table(300)}")))

    assert len(cut) > 3
    assert all(sum(f"Model{n}\t" in chunk.text for chunk in cut) == 1 for n in range(300))


def test_each_part_of_a_table_that_is_cut_has_its_heads_and_caption():
    rows = "\n".join(f"Model{n}\t{n}\t{n * 2}" for n in range(900))

    parts = list(cut_chunks(paper(f"Words.\n\nModel\tLayers\tHeads\n{rows}\n\nTable 1: Sizes.")))

    parts = [part for part in parts if "\t" in part.text]
    tables = [table for part in parts for table in part.tables]
    assert len(tables) == len(parts) > 2
    assert {table.head.text for table in tables} == {"Model\tLayers\tHeads"}
    assert {table.caption and table.caption.text for table in tables} == {"Table 1: Sizes."}
    assert [bool(table.head.span) for table in tables] == [True, *[False] * (len(parts) - 1)]
    for part in parts:
        for row in part.tables[0].rows:
            assert part.text[slice(*row.span)].startswith(row.label)
            assert [head for head, _ in row.cells] == ["Layers", "Heads"]


def test_a_chunk_over_a_page_break_knows_both_pages():
    [chunk] = cut_chunks(paper("Page one ends here.", "Page two begins here."))

    assert chunk.text == "Page one ends here.\n\nPage two begins here."
    assert chunk.page_starts == ((0, 1), (chunk.text.index("Page two"), 2))


def test_a_sentence_over_a_page_break_is_one():
    pages = (
        Page(number=1, text="One. It starts here and", goes_on=True),
        Page(number=2, text="ends there."),
    )
    [chunk] = cut_chunks(Paper(title="", pages=pages))

    spans = [chunk.text[start:end] for start, end in find_sentences(chunk.text)]
    assert spans == ["One.", "It starts here and ends there."]
    assert chunk.page_starts == ((0, 1), (chunk.text.index("ends"), 2))


def test_page_numbers_are_those_of_the_paper():
    [chunk] = cut_chunks(paper("", "", "Words on page three."))

    assert chunk.page_starts == ((0, 3),)


def test_no_words_no_chunks():
    assert list(cut_chunks(paper("", " "))) == []


def test_other_sizes_can_be_asked_for():
    cut = list(cut_chunks(PAPERS["prose"], size=100, overlap=0))

    assert all(chunk.tokens <= 100 for chunk in cut)
    assert all(chunk.tokens == chunk.new_tokens for chunk in cut)
    assert all(overlap(left, right) == "" for left, right in pairwise(cut))


def overlap(left: Chunk, right: Chunk) -> str:
    """The longest end of the left that begins the right."""
    for size in range(min(len(left.text), len(right.text)), 0, -1):
        if right.text.startswith(left.text[-size:]):
            return left.text[-size:]
    return ""
