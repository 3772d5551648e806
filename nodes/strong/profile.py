"""The strong profile: what a model that follows instructions is asked, step by step."""

import asyncio
from collections.abc import Mapping, Sequence, Set
from functools import partial

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage

from models.faults import BadReply
from nodes.cells import list_cells
from nodes.conversation import write_history, write_titles
from nodes.expand import MAX_QUERIES, write_queries
from nodes.fitting import ask_with_less
from nodes.named_papers import PaperCatalogue
from nodes.profile import Answer, AnswerLength, DropReason
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.strong.compose import compose_answer
from nodes.strong.lines import ask_for_clean_lines, is_english
from nodes.strong.prompts import TRANSLATE_AND_REWRITE
from nodes.strong.select import EvidenceSelector
from retrieval.passages import Evidence, Hit


class StrongProfile:
    """A `ModelProfile`: the question stays as it was typed, and the model names its evidence."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        embeddings: Embeddings,
    ) -> None:
        self._model = model
        self._embeddings = embeddings
        self._selector = EvidenceSelector(model)

    async def understand(
        self, asked: str, history: Sequence[AnyMessage], *, catalogue: PaperCatalogue
    ) -> Question:
        """The English question and its search queries, in one call; BadReply where it is not English."""
        titles = write_titles(await asyncio.to_thread(catalogue.list_titles), asked)
        context = [write_history(history), titles]
        [english, *queries], _ = await ask_with_less(context, partial(self._translate, asked))
        if not is_english(english):
            raise BadReply("no translation into English")
        own = [query for query in queries if query != english]
        return Question(asked=asked, normalised=asked, english=english, queries=own[:MAX_QUERIES])

    async def _translate(self, asked: str, context: Sequence[str]) -> list[str]:
        """The lines of a translation, with as much beside the question as the model has room for."""
        conversation, titles = (*context, "")[:2]
        values = {"titles": titles, "conversation": conversation, "question": asked}
        return await ask_for_clean_lines(TRANSLATE_AND_REWRITE | self._model, values)

    async def expand(self, question: Question, *, failed: Sequence[str]) -> Question:
        """The queries that came with the translation, else new ones."""
        if question.queries and not failed:
            return question
        return await write_queries(
            question, failed=failed, model=self._model, ask=ask_for_clean_lines
        )

    async def select(
        self, question: Question, passages: Sequence[Hit], *, graded: Set[str]
    ) -> Sequence[Evidence] | Refusal:
        """The sentences that the model names; what it has read in vain is not read again."""
        new = [hit for hit in passages if hit.passage.id not in graded]
        evidence = await self._selector(question, new)
        return evidence or Refusal(rule="nothing_relevant" if new else "nothing_found")

    def explain_drops(
        self,
        question: Question,
        passages: Sequence[Hit],
        evidence: Sequence[Evidence],
        *,
        graded: Set[str],
    ) -> Mapping[str, DropReason]:
        """Read before, passed over for cells, or read and no sentence named."""
        kept = {piece.passage.id for piece in evidence}
        reason: DropReason = "cells_found" if list_cells(evidence) else "not_named"
        dropped = [hit.passage.id for hit in passages if hit.passage.id not in kept]
        return {id: "read_before" if id in graded else reason for id in dropped}

    async def compose(
        self, question: Question, evidence: Sequence[Evidence], *, length: AnswerLength
    ) -> Answer | Refusal:
        """The answer of a model that cites, put right once where code finds it wrong."""
        return await compose_answer(
            question, evidence, length=length, model=self._model, embeddings=self._embeddings
        )
