"""The small profile: what a small model is asked, and the code in place of what it does badly."""

import asyncio
from collections.abc import Mapping, Sequence, Set

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage

from nodes.cells import list_cells
from nodes.expand import write_queries
from nodes.named_papers import PaperCatalogue
from nodes.profile import Answer, AnswerLength, DropReason
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.small.compose import compose_answer
from nodes.small.papers import find_papers_on_names
from nodes.small.select import select_evidence
from nodes.small.understand import understand_question
from retrieval.embeddings import QueryEmbeddings
from retrieval.passages import Evidence, Hit


class SmallProfile:
    """A `ModelProfile`: short prompts, one job each."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        embeddings: QueryEmbeddings,
    ) -> None:
        self._model = model
        self._embeddings = embeddings

    async def understand(
        self, asked: str, history: Sequence[AnyMessage], *, catalogue: PaperCatalogue
    ) -> Question:
        """The better of two translations of the question; the other is searched for too."""
        titles = await asyncio.to_thread(catalogue.list_titles)
        loanwords = await asyncio.to_thread(catalogue.load_loanwords)
        return await understand_question(
            asked,
            history,
            titles=titles,
            loanwords=loanwords,
            model=self._model,
            embeddings=self._embeddings,
        )

    async def expand(self, question: Question, *, failed: Sequence[str]) -> Question:
        """New queries where some have failed.

        Before that they would repeat the question: they found nothing that it had not found.
        """
        if not failed:
            return question
        return await write_queries(question, failed=failed, model=self._model)

    async def select(
        self, question: Question, passages: Sequence[Hit], *, graded: Set[str]
    ) -> Sequence[Evidence] | Refusal:
        """The windows of passages that score best, also of those `graded` before.

        What a window is worth depends on the others.
        """
        return await select_evidence(question, passages, embeddings=self._embeddings)

    def explain_drops(
        self,
        question: Question,
        passages: Sequence[Hit],
        evidence: Sequence[Evidence],
        *,
        graded: Set[str],
    ) -> Mapping[str, DropReason]:
        """Of a paper that does not speak of all names, passed over for cells, or outscored.

        Nothing where all were refused: the refusal tells why.
        """
        if not evidence:
            return {}
        kept = {piece.passage.id for piece in evidence}
        on_names = find_papers_on_names(question, [hit.passage for hit in passages])
        reason: DropReason = "cells_found" if list_cells(evidence) else "not_best"
        dropped = [hit.passage for hit in passages if hit.passage.id not in kept]
        return {
            one.id: "other_paper" if on_names and one.document not in on_names else reason
            for one in dropped
        }

    async def compose(
        self, question: Question, evidence: Sequence[Evidence], *, length: AnswerLength
    ) -> Answer | Refusal:
        """The answer, thought out in English and put into Korean: short, whatever `length` is wanted.

        A small model follows the examples of its prompt, which are short.
        """
        return await compose_answer(
            question, evidence, model=self._model, embeddings=self._embeddings
        )
