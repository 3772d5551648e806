"""Two ways to pick evidence from passages: a chat model names sentences, or scores choose windows."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from langchain_core.language_models import BaseChatModel
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from language.figures import could_state
from language.quotes import Span, find
from language.sentences import sentence_spans
from nodes.excerpts import asked_terms, fenced, is_about
from nodes.prompts import GRADE
from nodes.replies import reply_to
from nodes.small.papers import speaking, titled
from retrieval.parsing.tables import LINE, is_caption
from retrieval.passages import Evidence, Hit, Passage
from retrieval.search.bm25 import LexicalIndex
from retrieval.search.hybrid import QueryEmbeddings

# Windows: some 100 tokens each; so many are compared by meaning; so much is read by the model.
# Measured on 120 questions over eight papers: the evidence is among what is read for 113, in 1,540
# characters on average; by windows of 320 and without what follows the best, for 109 in 1,870.
WINDOW_LENGTH = 400
COMPARED = 24
READ_LENGTH = 1_600
# How much a passage's fused score (0..1) counts beside its windows' own standardised ones.
PASSAGE_WEIGHT = 1.0
# How much it counts against a passage that the question names another paper by its title.
ELSEWHERE_WEIGHT = 2.0
# How much it counts that a window has a row and a column of it that are asked about.
CELL_WEIGHT = 2.0
# And that it belongs to the table or figure that the question names by its number.
PLACE_WEIGHT = 2.0
PLACE = re.compile(
    r"(\bTab|\bFig|(?<![가-힣])(?:표|테이블|그림))(?:les?|ures?|\.)?\s*(\d+)(?!\s*(?:개|가지))",
    re.IGNORECASE,
)
IN_ENGLISH = {"표": "tab", "테이블": "tab", "그림": "fig"}
# A caption begins with its name, which takes so many characters at most: "Figure 12:".
CAPTION_NAME = 12
# Reasons stand in sentences, often behind what they are the reasons of.
WHY = re.compile(r"\b(?:why|reasons?)\b|왜|이유|까닭", re.IGNORECASE)
# A sentence that begins so says nothing without the one before it.
LEANS = re.compile(
    r"(?:This|These|Those|Such|It|They|To (?:handle|address|do)|However|Therefore|Thus|Hence|Moreover"
    r"|Furthermore|Instead|In (?:this|these|such))\b"
)
# A sentence that gives orders to whoever answers from it: a small model would obey.
ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|context)\b"
    r"|\b(?:answer|reply|respond)\b.{0,20}\bonly with\b"
    r"|\b(?:whatever|whenever|if) (?:the|a) (?:user|reader) asks?\b"
    r"|\b(?:begin|start|end|finish)\b.{0,20}\b(?:every|each|all|your) (?:answers?|repl(?:y|ies)|responses?)\b"
    r"|^\s*(?:system|assistant)\s*:"
    r"|(?:지시|명령|프롬프트)(?:사항)?[을를은는]?.{0,20}무시|(?:라고|로)만 (?:답|대답|응답)",
    re.IGNORECASE | re.DOTALL,
)
# How often a passage is asked about whose reply cannot be used.
TRIES = 3
# Neighbours of a window that are longer are not read with it.
LONGEST_NEIGHBOUR = 300


class Judge(Protocol):
    """Picks what helps to answer; an empty list says that nothing does."""

    one_by_one: bool
    """Whether what it says of a passage is the same whatever passages come with it."""

    async def __call__(
        self, question: str, english: str, passages: Sequence[Hit]
    ) -> list[Evidence]:
        """The evidence, in the order of the passages."""


class Named(BaseModel):
    """The sentences that help to answer."""

    sentences: list[int | str] = Field(description="Numbers of the sentences; empty if none helps.")


class ModelJudge:
    """A chat model that is good at this names sentence numbers; all passages side by side."""

    one_by_one = True

    def __init__(self, model: BaseChatModel) -> None:
        chain = GRADE | model.with_structured_output(Named) | Named.model_validate
        # Here and not by the graph, which would have all passages read again for one bad reply.
        self._chain = chain.with_retry(
            retry_if_exception_type=(ValueError,),
            stop_after_attempt=TRIES,
            wait_exponential_jitter=False,
        )

    async def __call__(
        self, question: str, english: str, passages: Sequence[Hit]
    ) -> list[Evidence]:
        """The sentences that the model names; neighbours become one piece of evidence."""
        picked = await asyncio.gather(
            *(self._one(question, english, hit.passage) for hit in passages)
        )
        return [evidence for of_passage in picked for evidence in of_passage]

    async def _one(self, question: str, english: str, passage: Passage) -> list[Evidence]:
        spans = sentence_spans(passage.text)
        numbered = "\n".join(
            f"{number}. {passage.text[start:end]}"
            for number, (start, end) in enumerate(spans, start=1)
        )
        values = {
            "question": question,
            "english": english,
            "title": fenced(passage.title),
            "sentences": fenced(numbered),
        }
        reply = await reply_to(self._chain, values)
        named = {_named_span(sentence, spans, passage.text) for sentence in reply.sentences}
        return _merged(passage, sorted(span for span in named if span))


class ScoreJudge:
    """For a small model, which names sentences badly: retrieval scores choose windows of them."""

    one_by_one = False

    def __init__(self, embeddings: QueryEmbeddings) -> None:
        self._embeddings = embeddings

    async def __call__(
        self, question: str, english: str, passages: Sequence[Hit]
    ) -> list[Evidence]:
        """The best windows of papers that speak of all that the question names.

        None where it asks for an amount of days or money, and they know no such unit.
        """
        papers = speaking(question, english, [hit.passage for hit in passages])
        told = [hit for hit in passages if hit.passage.document in papers]
        windows = await asyncio.to_thread(self._windows, question, english, told)
        read = "\n".join(window.quote for window in windows)
        return windows if could_state(read, question, english) else []

    def _windows(self, question: str, english: str, passages: Sequence[Hit]) -> list[Evidence]:
        """The windows that score best by words, meaning and passage, up to what can be read."""
        windows = [
            Evidence(passage=hit.passage, start=start, end=end)
            for hit in passages
            for start, end in _window_spans(hit.passage.text)
        ]
        if not windows:
            return []
        headed = [f"{window.passage.header}\n{_captioned(window)}" for window in windows]
        by_passage = _weights(question, english, passages)
        asked = asked_terms(question, english)
        why = bool(WHY.search(f"{question} {english}"))
        places = _places(question) | _places(english)
        scores = _standardised(LexicalIndex(headed).scores(english)) + np.array(
            [
                by_passage[window.passage.id]
                + CELL_WEIGHT * (not why and _has_cell(window, asked))
                + PLACE_WEIGHT * (not places.isdisjoint(_captions(text)))
                for window, text in zip(windows, headed, strict=True)
            ]
        )
        best = np.argsort(-scores, kind="stable")[:COMPARED]
        meaning = self._similarity(question, english, [headed[at] for at in best])
        order = best[np.argsort(-(scores[best] + _standardised(meaning)), kind="stable")]
        return _readable([windows[at] for at in order], asked, why=why)

    def _similarity(self, question: str, english: str, texts: list[str]) -> NDArray[np.float64]:
        """How near each text is to the question, in both languages."""
        asked = np.mean(self._embeddings.embed_queries([question, english]), axis=0)
        near: NDArray[np.float64] = np.array(self._embeddings.embed_documents(texts)) @ asked
        return near


def _named_span(sentence: int | str, spans: Sequence[Span], text: str) -> Span | None:
    """Where a sentence stands that a model names by number, or by words that stand there."""
    if isinstance(sentence, str) and not sentence.isdecimal():
        return find(sentence, text)
    number = int(sentence)
    return spans[number - 1] if 0 < number <= len(spans) else None


def _window_spans(text: str) -> list[Span]:
    """Runs of whole sentences of about WINDOW_LENGTH characters; each shares a third of the last."""
    sentences = sentence_spans(text)
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


def _weights(question: str, english: str, hits: Sequence[Hit]) -> dict[str, float]:
    """What each passage adds to the scores of its windows."""
    passages = [hit.passage for hit in hits]
    asked = titled(question, passages) | titled(english, passages)
    return {
        hit.passage.id: PASSAGE_WEIGHT * hit.score
        - ELSEWHERE_WEIGHT * bool(asked and hit.passage.document not in asked)
        for hit in hits
    }


def _places(text: str) -> set[tuple[str, str]]:
    """The tables and figures that a text names: Table 1 and 표 1 are one."""
    found = ((kind.lower(), number) for kind, number in PLACE.findall(text))
    return {(IN_ENGLISH.get(kind, kind), number) for kind, number in found}


def _captions(text: str) -> set[tuple[str, str]]:
    """The tables and figures whose captions stand in a text."""
    captions = [line[0] for line in LINE.finditer(text) if is_caption(line[0])]
    return _places("\n".join(caption[:CAPTION_NAME] for caption in captions))


def _has_cell(window: Evidence, asked: frozenset[str]) -> bool:
    """Whether a row of a table is asked about, and a column of it."""
    return any(
        is_about(row.label, asked) and any(is_about(head, asked) for head, _ in row.cells)
        for row in window.passage.rows_within(window.start, window.end)
    )


def _captioned(window: Evidence) -> str:
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


def _readable(windows: Sequence[Evidence], asked: frozenset[str], *, why: bool) -> list[Evidence]:
    """The first windows up to READ_LENGTH; of one passage in its order, nothing twice.

    What follows the best often says the rest of the answer; what follows another, for reasons.
    """
    spans: dict[str, set[Span]] = {}
    taken: set[str] = set()
    length = 0
    for window in windows:
        text = window.passage.text
        parts = {
            span: text[slice(*span)]
            for span in (*_neighbours(window, goes_on=why or not spans), *_parts(window, asked))
            if text[slice(*span)] not in taken and not ORDER.search(text[slice(*span)])
        }
        length += sum(map(len, parts.values()))
        if spans and length > READ_LENGTH:
            break
        taken.update(parts.values())
        spans.setdefault(window.passage.id, set()).update(parts)
    by_id = {window.passage.id: window.passage for window in windows}
    return [piece for id in spans for piece in _merged(by_id[id], sorted(spans[id]))]


def _parts(window: Evidence, asked: frozenset[str]) -> Iterator[Span]:
    """The sentences of a window; of a table, the heads, caption and rows that are asked about."""
    for first, last in sentence_spans(window.quote):
        sentence = window.start + first, window.start + last
        table = window.passage.table_at(sentence[0])
        if not table:
            yield sentence
            continue
        yield from (line.span for line in (table.head, table.caption) if line and line.span)
        yield from [row.span for row in table.rows if is_about(row.label, asked)] or [sentence]


def _neighbours(window: Evidence, *, goes_on: bool) -> Iterator[Span]:
    """The sentence that a window's first leans on, and the one behind its last where it goes on."""
    text = window.passage.text
    near = sentence_spans(text[: window.start])[-1:] if LEANS.match(window.quote) else []
    if goes_on:
        behind = sentence_spans(text[window.end :])[:1]
        near += [(window.end + start, window.end + end) for start, end in behind]
    for start, end in near:
        if end - start <= LONGEST_NEIGHBOUR and not window.passage.table_at(start):
            yield start, end


def _merged(passage: Passage, spans: Sequence[Span]) -> list[Evidence]:
    """One piece of evidence for each run of spans that touch or overlap; spans are in order."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not passage.text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [Evidence(passage=passage, start=start, end=end) for start, end in merged]


def _standardised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores with mean 0 and standard deviation 1; all 0 where they are equal."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread else np.zeros_like(scores)
