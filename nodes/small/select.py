"""Evidence for a small model, which names sentences badly: scores choose windows of passages."""

import asyncio
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from language.matching import is_label_asked
from language.quotes import Span
from language.sentences import find_sentences
from nodes.cells import cite_rows, find_absent_siblings, find_asked_cells
from nodes.citing.evidence import merge_spans
from nodes.citing.orders import is_order
from nodes.question import Place, Question, find_captioned_place
from nodes.refusal import Refusal
from nodes.small.papers import find_papers_on_names, find_unknown_names
from nodes.small.sides import Side, find_sides
from retrieval.embeddings import QueryEmbeddings
from retrieval.lines import LINE, is_caption
from retrieval.passages import Evidence, Hit, Passage
from retrieval.search.bm25 import score_by_words
from retrieval.search.fusion import standardise_scores

# In characters: how long a window is, and how much is read by the model; between them, how many
# windows are compared by meaning. Measured on 120 questions over eight papers: the evidence is among what is read for 113, in 1,540
# characters on average; by windows of 320 and without what follows the best, for 109 in 1,870.
WINDOW_LENGTH = 400
COMPARED_WINDOWS = 24
READ_LENGTH = 1_600
# How much a passage's fused score (0..1) counts beside its windows' own standardised ones.
PASSAGE_WEIGHT = 1.0
# How much it counts that a window has a row and a column of it that are asked about.
CELL_WEIGHT = 2.0
# And that it belongs to the table or figure that the question names by its number.
PLACE_WEIGHT = 2.0
# A sentence that begins so says nothing without the one before it.
LEANS = re.compile(
    r"(?:This|These|Those|Such|It|They|To (?:handle|address|do)|However|Therefore|Thus|Hence|Moreover"
    r"|Furthermore|Instead|In (?:this|these|such))\b"
)
# Neighbours of a window that are longer are not read with it.
LONGEST_NEIGHBOUR = 300


async def select_evidence(
    question: Question, passages: Sequence[Hit], *, embeddings: QueryEmbeddings
) -> list[Evidence] | Refusal:
    """The cells that are asked for, else the best windows of papers that speak of all it names.

    Refused where no paper does, or where nothing that was chosen has a unit that is asked for.
    """
    if not passages:
        return Refusal(rule="nothing_found")
    if missing := find_unknown_names(question, [hit.passage for hit in passages]):
        return Refusal(rule="unknown_name", detail=", ".join(missing))
    kept = _keep_papers_on_names(question, passages)
    sides = find_sides(question, [hit.passage for hit in kept])
    cells = find_asked_cells(question, [hit.passage for hit in kept])
    told = {cell.passage.document for cell in cells}
    if cells and all(side.document in told for side in sides):
        return cite_rows(cells)
    if absent := find_absent_siblings(question, [hit.passage for hit in kept]):
        return Refusal(rule="no_such_column", detail=", ".join(absent))
    windows = await asyncio.to_thread(_choose_by_side, question, sides, kept, embeddings)
    read = "\n".join(window.quote for window in windows)
    if windows and not all(unit.search(read) for unit in question.units):
        return Refusal(rule="no_such_unit")
    return windows or Refusal(rule="nothing_relevant")


def _keep_papers_on_names(question: Question, passages: Sequence[Hit]) -> Sequence[Hit]:
    """The passages of papers that speak of all that the question names; all where no paper does."""
    papers = find_papers_on_names(question, [hit.passage for hit in passages])
    return [hit for hit in passages if hit.passage.document in papers] or passages


def _choose_by_side(
    question: Question,
    sides: Sequence[Side],
    passages: Sequence[Hit],
    embeddings: QueryEmbeddings,
) -> list[Evidence]:
    """The best windows; of each paper that is compared so many as of the others."""
    if not sides:
        return _choose_windows(question, passages, embeddings)
    return [
        window
        for side in sides
        for window in _choose_windows(
            question,
            [hit for hit in passages if hit.passage.document == side.document],
            embeddings,
            length=READ_LENGTH // len(sides),
        )
    ]


def _choose_windows(
    question: Question,
    passages: Sequence[Hit],
    embeddings: QueryEmbeddings,
    *,
    length: int = READ_LENGTH,
) -> list[Evidence]:
    """The windows that score best by words, meaning and passage, up to what can be read."""
    windows = [
        Evidence(passage=hit.passage, start=start, end=end)
        for hit in passages
        for start, end in _cut_windows(hit.passage)
    ]
    if not windows:
        return []
    headed = [f"{window.passage.header}\n{_write_with_table_head(window)}" for window in windows]
    passage_scores = {hit.passage.id: hit.score for hit in passages}
    scores = standardise_scores(
        score_by_words(headed, english=question.english, korean=question.asked)
    ) + np.array(
        [
            PASSAGE_WEIGHT * passage_scores[window.passage.id]
            + CELL_WEIGHT * (not question.asks_why and _has_asked_cell(window, question.terms))
            + PLACE_WEIGHT * (not question.places.isdisjoint(_find_captioned_places(text)))
            for window, text in zip(windows, headed, strict=True)
        ]
    )
    best = np.argsort(-scores, kind="stable")[:COMPARED_WINDOWS]
    meaning = _measure_similarity(question, [headed[at] for at in best], embeddings)
    order = best[np.argsort(-(scores[best] + standardise_scores(meaning)), kind="stable")]
    return _take_readable([windows[at] for at in order], question, length)


def _measure_similarity(
    question: Question, texts: list[str], embeddings: QueryEmbeddings
) -> NDArray[np.float64]:
    """How near each text is to the question, in both languages."""
    asked = np.mean(embeddings.embed_queries([question.asked, question.english]), axis=0)
    near: NDArray[np.float64] = np.array(embeddings.embed_documents(texts)) @ asked
    return near


def _cut_windows(passage: Passage) -> list[Span]:
    """Runs of whole sentences of about WINDOW_LENGTH characters; each shares a third of the last."""
    sentences = passage.find_statements()
    spans, first = [], 0
    while first < len(sentences):
        last = first + 1
        while last < len(sentences) and sentences[last][1] - sentences[first][0] <= WINDOW_LENGTH:
            last += 1
        spans.append((sentences[first][0], sentences[last - 1][1]))
        if last == len(sentences):
            break
        first = max(first + 1, last - (last - first) // 3)
    return spans


def _find_captioned_places(text: str) -> set[Place]:
    """The tables and figures whose captions stand in a text."""
    captions = [line[0] for line in LINE.finditer(text) if is_caption(line[0])]
    return set[Place]().union(*map(find_captioned_place, captions))


def _has_asked_cell(window: Evidence, asked: frozenset[str]) -> bool:
    """Whether a row of a table is asked about, and a column of it."""
    return any(
        is_label_asked(row.label, asked)
        and any(is_label_asked(head, asked) for head, _ in row.cells)
        for row in window.passage.rows_within(window.start, window.end)
    )


def _write_with_table_head(window: Evidence) -> str:
    """A window's words, behind the caption and column heads of the table that it begins in."""
    table = window.passage.table_at(window.start)
    if not table:
        return window.quote
    around = [line for line in (table.caption, table.head) if line]
    above = [
        line.text
        for line in around
        if not (line.span and window.start <= line.span[0] < window.end)
    ]
    return "\n".join([*above, window.quote])


def _take_readable(windows: Sequence[Evidence], question: Question, most: int) -> list[Evidence]:
    """The sentences of the best windows, up to `most` characters: by passage, in its order, none twice.

    The sentence behind the best window is read too; behind the others, where reasons are asked for.
    """
    spans: dict[str, set[Span]] = {}
    taken: set[str] = set()
    length = 0
    for window in windows:
        text = window.passage.text
        parts = {
            span: text[slice(*span)]
            for span in (
                *_find_neighbours(window, goes_on=_reads_on(question, is_best=not spans)),
                *_choose_sentences(window, question.terms),
            )
            if text[slice(*span)] not in taken and not is_order(text[slice(*span)])
        }
        length += sum(map(len, parts.values()))
        if spans and length > most:
            break
        taken.update(parts.values())
        spans.setdefault(window.passage.id, set()).update(parts)
    by_id = {window.passage.id: window.passage for window in windows}
    return [piece for id in spans for piece in merge_spans(by_id[id], sorted(spans[id]))]


def _choose_sentences(window: Evidence, asked: frozenset[str]) -> Iterator[Span]:
    """The sentences of a window; of a table the head, the caption and the rows asked about, if any."""
    for sentence in window.passage.find_statements(window.start, window.end):
        table = window.passage.table_at(sentence[0])
        if not table:
            yield sentence
            continue
        yield from (line.span for line in (table.head, table.caption) if line and line.span)
        rows = [row.span for row in table.rows if is_label_asked(row.label, asked)]
        yield from rows or [sentence]


def _reads_on(question: Question, *, is_best: bool) -> bool:
    """Whether the sentence behind a window is read: behind the best, and where reasons are asked."""
    return is_best or question.asks_why


def _find_neighbours(window: Evidence, *, goes_on: bool) -> Iterator[Span]:
    """The sentence that a window's first leans on, and the one behind its last where it goes on."""
    text = window.passage.text
    near = find_sentences(text[: window.start])[-1:] if LEANS.match(window.quote) else []
    if goes_on:
        behind = find_sentences(text[window.end :])[:1]
        near += [(window.end + start, window.end + end) for start, end in behind]
    for start, end in near:
        if end - start <= LONGEST_NEIGHBOUR and not window.passage.table_at(start):
            yield start, end
