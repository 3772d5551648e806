"""Evidence for a strong model: cells of tables by code, else the sentences whose numbers it names."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, BeforeValidator, Field

from language.quotes import Span, find_quote
from models.faults import PromptTooLong
from nodes.cells import cite_rows, find_asked_cells
from nodes.citing.evidence import find_readable_spans, merge_spans
from nodes.prompts import fence_text
from nodes.question import Question
from nodes.replies import MARKER, ask_model
from nodes.strong.prompts import GRADE
from retrieval.passages import Evidence, Hit, Passage

# Nothing but numbers of sentences: 3, "3.", "[3]", "S3", "3, 4", "3-5", "문장 3번".
NUMBERS = re.compile(
    r"(?:\b(?:sentences?|rows?|lines?|captions?|and|to|no)\b|\bs(?=\d)|문장|번째|번|\d{1,3}(?!\d)|[\W_])+",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d+)(?:\s*(?:[-–—~]|to)\s*s?(\d+))?", re.IGNORECASE)


def list_named(value: object) -> list[object]:
    """The numbers and words by which a model names sentences, however it nests or joins them."""
    return list(_find_names(value))


def _find_names(value: object) -> Iterator[object]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _find_names(item)
    elif isinstance(value, str) and NUMBERS.fullmatch(value) and not value.startswith("-"):
        for first, last in RANGE.findall(value):
            yield from range(int(first), int(last or first) + 1)
    elif isinstance(value, int | str) or (isinstance(value, float) and value.is_integer()):
        yield value


class NamedSentences(BaseModel):
    """The sentences that help to answer."""

    sentences: Annotated[list[int | str], BeforeValidator(list_named)] = Field(
        description="Numbers of the sentences; empty if none helps."
    )


class EvidenceSelector:
    """Asks about all passages side by side."""

    def __init__(self, model: BaseChatModel) -> None:
        self._chain = (
            GRADE | model.with_structured_output(NamedSentences) | NamedSentences.model_validate
        )

    async def __call__(self, question: Question, passages: Sequence[Hit]) -> list[Evidence]:
        """The cells that are asked for, found by code, else the sentences that the model names.

        Neighbours become one piece of evidence.
        """
        if cells := find_asked_cells(question, [hit.passage for hit in passages]):
            return cite_rows(cells)
        picked = await asyncio.gather(
            *(self._read_passage(question, hit.passage) for hit in passages)
        )
        return [evidence for of_passage in picked for evidence in of_passage]

    async def _read_passage(self, question: Question, passage: Passage) -> list[Evidence]:
        """The sentences of a passage that the model names."""
        named = await self._read_spans(question, passage, find_readable_spans(passage))
        return merge_spans(passage, sorted(named))

    async def _read_spans(
        self, question: Question, passage: Passage, spans: Sequence[Span]
    ) -> set[Span]:
        """Those of the spans that the model names; in halves where they are too long for it."""
        try:
            return await self._name_spans(question, passage, spans)
        except PromptTooLong:
            if len(spans) < 2:
                raise
        half = len(spans) // 2
        parts = [
            await self._read_spans(question, passage, part) for part in (spans[:half], spans[half:])
        ]
        return set[Span]().union(*parts)

    async def _name_spans(
        self, question: Question, passage: Passage, spans: Sequence[Span]
    ) -> set[Span]:
        numbered = "\n".join(
            f"{number}. {passage.text[start:end]}"
            for number, (start, end) in enumerate(spans, start=1)
        )
        values = {
            "question": question.asked,
            "english": question.english,
            "title": fence_text(passage.title),
            "sentences": fence_text(numbered),
        }
        reply = await ask_model(self._chain, values)
        named = {_find_named(sentence, spans, passage.text) for sentence in reply.sentences}
        return {span for span in named if span}


def _find_named(sentence: int | str, spans: Sequence[Span], text: str) -> Span | None:
    """Where a sentence stands that a model names by number, or by words that stand there."""
    if isinstance(sentence, str):
        return find_quote(sentence, text) or find_quote(MARKER.sub("", sentence), text)
    return spans[sentence - 1] if 0 < sentence <= len(spans) else None
