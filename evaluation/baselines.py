"""Baselines: the searches of a well-known teaching notebook over the same passages, beside ours."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from evaluation.batch import understand_question
from evaluation.questions import QuestionRow
from evaluation.retrieval import SCORED_DEPTH, score_searches
from graph.record import explain_passages
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from nodes.expand import write_queries
from nodes.named_papers import PaperCatalogue
from nodes.profile import ModelProfile
from nodes.question import Question
from retrieval.embeddings import QueryEmbeddings
from retrieval.passages import Hit, Passage
from retrieval.search.hybrid import LEG_DEPTH, HybridSearch

# Weighted reciprocal rank fusion as LangChain's EnsembleRetriever does it
# (Cormack, Clarke & Büttcher 2009).
RANK_CONSTANT = 60
# Texts embedded in one call.
BASELINE_BATCH = 8
OURS = "munheon"


@dataclass(frozen=True, kw_only=True)
class PreparedQuestion:
    """A question, and what a model made of it."""

    question: QuestionRow
    understood: Question
    """As our graph searches for it before anything has failed."""

    rewrites: Sequence[str]
    """English search queries; none without a model."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A way to search: by which queries, in which texts, and how much BM25 counts."""

    name: str
    asks_rewrites: bool = False
    """The rewrites in place of the question."""

    reads_contexts: bool = False
    """Passages under the header that a chat model wrote for them."""

    bm25_share: float = 0.0
    """Of BM25 over words between white space; the rest is the vectors' share."""

    def select_queries(self, asked: PreparedQuestion) -> Sequence[str]:
        """What it searches for."""
        return asked.rewrites if self.asks_rewrites else [asked.understood.english]

    def read_text(self, passage: Passage) -> str:
        """What it sees of a passage."""
        return f"{passage.context}\n\n{passage.text}" if self.reads_contexts else passage.text


BASELINES = (
    Baseline(name="translate, vectors"),
    Baseline(name="multi-query", asks_rewrites=True),
    Baseline(name="ensemble .3/.7", bm25_share=0.3),
    Baseline(name="contextual .5/.5", bm25_share=0.5, reads_contexts=True),
)


def select_baselines(passages: Sequence[Passage], *, rewrites: bool) -> list[Baseline]:
    """The baselines that can run: those with rewrites need a model, those with contexts its headers."""
    has_contexts = any(passage.context for passage in passages)
    return [
        baseline
        for baseline in BASELINES
        if (rewrites or not baseline.asks_rewrites)
        and (has_contexts or not baseline.reads_contexts)
    ]


def prepare_questions(
    questions: Sequence[QuestionRow],
    *,
    model: BaseChatModel | None,
    profile: ModelProfile | None,
    catalogue: PaperCatalogue,
) -> Iterator[PreparedQuestion]:
    """Each question in English, by its `question_en` or the model; with rewrites by the model."""
    with asyncio.Runner() as runner:
        for question in questions:
            yield runner.run(_prepare_question(question, model, profile, catalogue))


async def _prepare_question(
    question: QuestionRow,
    model: BaseChatModel | None,
    profile: ModelProfile | None,
    catalogue: PaperCatalogue,
) -> PreparedQuestion:
    try:
        found = await understand_question(question, profile, catalogue)
        if model is None or profile is None:
            return PreparedQuestion(question=question, understood=found, rewrites=[])
        rewrites = (await write_queries(found, failed=[], model=model)).queries
        ours = await profile.expand(found, failed=[])
    except MODEL_FAULTS as fault:
        raise explain_fault(fault) from fault
    return PreparedQuestion(question=question, understood=ours, rewrites=rewrites)


def embed_texts(texts: Sequence[str], embeddings: QueryEmbeddings) -> Iterator[list[float]]:
    """The vector of each text, whole, as the notebook embeds its chunks."""
    for start in range(0, len(texts), BASELINE_BATCH):
        yield from embeddings.embed_documents(list(texts[start : start + BASELINE_BATCH]))


def collect_texts(baselines: Sequence[Baseline], passages: Sequence[Passage]) -> list[str]:
    """All texts that some baseline sees, each once."""
    return list(
        dict.fromkeys(baseline.read_text(passage) for baseline in baselines for passage in passages)
    )


def measure_baselines(
    asked: Sequence[PreparedQuestion],
    search: HybridSearch,
    baselines: Sequence[Baseline],
    *,
    vectors: Mapping[str, Sequence[float]],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the figures of each baseline, and of our search; `vectors` are of `collect_texts`."""
    passages = search.list_passages()
    for baseline in baselines:
        searched = BaselineSearch(baseline, passages, vectors)
        hits = [searched.rank_passages(one, search.embeddings) for one in asked]
        yield baseline.name, _score_hits(asked, hits)
    yield OURS, _score_hits(asked, [_search_ours(one, search) for one in asked])


class BaselineSearch:
    """One baseline over a library's passages."""

    def __init__(
        self,
        baseline: Baseline,
        passages: Sequence[Passage],
        vectors: Mapping[str, Sequence[float]],
    ) -> None:
        self._baseline, self._passages = baseline, passages
        texts = [baseline.read_text(passage) for passage in passages]
        self._vectors: NDArray[np.float64] = np.array([vectors[text] for text in texts])
        self._words = BM25Okapi([text.split() for text in texts])

    def rank_passages(self, asked: PreparedQuestion, embeddings: QueryEmbeddings) -> list[Hit]:
        """The passages best first, by the ranks that each query gives them, weighted by leg."""
        fused = np.zeros(len(self._passages))
        share, queries = self._baseline.bm25_share, list(self._baseline.select_queries(asked))
        for query, vector in zip(queries, embeddings.embed_queries(queries), strict=True):
            fused += (1 - share) * _score_ranks(self._vectors @ np.array(vector))
            if share:
                fused += share * _score_ranks(self._words.get_scores(query.split()))
        best = np.argsort(-fused, kind="stable")[:SCORED_DEPTH]
        return [Hit(passage=self._passages[at], score=float(fused[at])) for at in best]


def _score_ranks(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (60 + rank) of the highest scores, 0 for those past the depth of a leg."""
    ranked: NDArray[np.float64] = np.zeros(len(scores))
    best = np.argsort(-scores, kind="stable")[:LEG_DEPTH]
    ranked[best] = 1 / (RANK_CONSTANT + np.arange(1, len(best) + 1))
    return ranked


def _search_ours(question: PreparedQuestion, search: HybridSearch) -> list[Hit]:
    asked = question.understood
    return search.find_passages(
        lexical=asked.lexical_queries, semantic=asked.semantic_queries, top=SCORED_DEPTH
    )


def _score_hits(
    asked: Sequence[PreparedQuestion], found: Sequence[Sequence[Hit]]
) -> dict[str, Any]:
    records = [{"passages": explain_passages(hits)} for hits in found]
    return score_searches([one.question for one in asked], records)
