"""The small profile: what a small model is asked, and the code in place of what it does badly."""

import asyncio
from collections.abc import Callable, Sequence, Set

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage

from language.loanwords import Loanwords
from nodes.expand import write_queries
from nodes.profile import Answer, AnswerLength
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.small.compose import compose_answer
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
        titles: Callable[[], Sequence[str]],
        loanwords: Callable[[], Loanwords],
    ) -> None:
        self._model = model
        self._embeddings = embeddings
        self._titles = titles
        self._loanwords = loanwords

    async def understand(self, asked: str, history: Sequence[AnyMessage]) -> Question:
        """The better of two translations of the question; the other is searched for too."""
        titles = await asyncio.to_thread(self._titles)
        loanwords = await asyncio.to_thread(self._loanwords)
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

    async def compose(
        self, question: Question, evidence: Sequence[Evidence], *, length: AnswerLength
    ) -> Answer | Refusal:
        """The answer, thought out in English and put into Korean: short, whatever `length` is wanted.

        A small model follows the examples of its prompt, which are short.
        """
        return await compose_answer(
            question, evidence, model=self._model, embeddings=self._embeddings
        )
