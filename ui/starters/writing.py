"""One question a paper, written by the chat model, and kept only where the search leads to its evidence."""

import asyncio
from collections.abc import Sequence
from random import Random

from langchain_core.language_models import BaseChatModel

from evaluation.making.make import (
    DRAW_SEED,
    MIN_PASSAGE_LENGTH,
    SKIPPED_SECTIONS,
    search_passages,
)
from evaluation.making.vetting import Draft, Dropped, is_own_passage, vet_draft
from evaluation.making.writers import FigureWriter, ModelWriter, Writer
from models.chat.capabilities import ProfileName
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, UNUSABLE
from nodes.citing.orders import is_order
from retrieval.passages import Passage
from retrieval.search.hybrid import HybridSearch

# So many of a paper's first passages are written from.
MAX_PASSAGES_TRIED = 3
# The evidence has to be in one of the first so many passages that the search finds.
FOUND_WITHIN = 5
# In letters; a card shows no more.
MAX_QUESTION_LENGTH = 80


class StarterWriter:
    """Has questions written as question files are made, and keeps those that hold."""

    def __init__(self, search: HybridSearch, writer: Writer) -> None:
        self._search = search
        self._writer = writer

    async def write_question(self, passages: Sequence[Passage]) -> str:
        """A question that a paper answers; empty where none holds.

        Raises UserError for faults of the model that further tries would meet as well.
        """
        told = [
            one
            for one in passages
            if len(one.text) >= MIN_PASSAGE_LENGTH and not SKIPPED_SECTIONS.search(one.section)
        ]
        for passage in told[:MAX_PASSAGES_TRIED]:
            try:
                draft = await self._writer(passage)
                await asyncio.to_thread(self._check_draft, draft, passage)
            except (Dropped, *UNUSABLE):
                continue
            except MODEL_FAULTS as fault:
                raise explain_fault(fault) from fault
            return draft.question
        return ""

    def _check_draft(self, draft: Draft, passage: Passage) -> None:
        """Dropped where the question does not hold, or the search does not lead to its evidence."""
        check_shape(draft.question)
        evidence, _ = vet_draft(draft, passage)
        found = search_passages(self._search, draft.question, draft.question_en)
        if not any(is_own_passage(hit.passage, evidence) for hit in found[:FOUND_WITHIN]):
            raise Dropped("검색되지 않음")


def open_writer(search: HybridSearch, model: BaseChatModel, profile: ProfileName) -> StarterWriter:
    """Who writes with a model of this profile; a small one gets no tables, for code asks about those."""
    if profile == "strong":
        return StarterWriter(search, ModelWriter(model))
    return StarterWriter(search, FigureWriter(model, (), Random(DRAW_SEED)))


def check_shape(question: str) -> None:
    """Dropped where it is no one short sentence, or an order that a paper has slipped in."""
    is_one_sentence = "\n" not in question and question.find("?") == len(question) - 1
    if not is_one_sentence or len(question) > MAX_QUESTION_LENGTH or is_order(question):
        raise Dropped("질문이 너무 긺")
