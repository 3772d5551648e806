"""The ladder: plainer ways to search, over the same library, and ours at the top."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from evaluation.questions import Question
from evaluation.retrieval import DEPTH, retrieval_figures
from graph.record import explained_passages
from retrieval.passages import Hit
from retrieval.search import DEPTH as LEG_DEPTH
from retrieval.search import HybridSearch, lexical_queries

Rung = Callable[[Question], list[Hit]]

# Weighted reciprocal rank fusion as LangChain's EnsembleRetriever does it
# (Cormack, Clarke & Büttcher 2009, k = 60), with the weights of the teaching notebook.
RANK_CONSTANT = 60
BM25_SHARE = 0.3


def climbed(
    search: HybridSearch, questions: Sequence[Question]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the figures of each rung, asked the English questions."""
    for name, rung in rungs(search).items():
        records = [
            {"passages": explained_passages(rung(question)[:DEPTH])} for question in questions
        ]
        yield name, retrieval_figures(questions, records)


def rungs(search: HybridSearch) -> dict[str, Rung]:
    """Each way to search, from the plainest to ours."""
    passages = search.passages()
    by_id = {passage.id: passage for passage in passages}
    split = BM25Okapi([passage.searched.split() for passage in passages])

    def vectors(question: Question) -> list[Hit]:
        asked = search.embeddings.embed_query(question["question_en"])
        near = search.snapshot().vectors.nearest(asked, LEG_DEPTH)
        return [Hit(passage=by_id[id], score=score) for id, score in near if id in by_id]

    def rank_fusion(question: Question) -> list[Hit]:
        scores = split.get_scores(question["question_en"].split())
        words = [passages[at].id for at in np.argsort(-scores, kind="stable")[:LEG_DEPTH]]
        near = {hit.passage.id: hit for hit in vectors(question)}
        fused = {id: BM25_SHARE / (RANK_CONSTANT + rank) for rank, id in enumerate(words, 1)}
        for rank, id in enumerate(near, 1):
            fused[id] = fused.get(id, 0.0) + (1 - BM25_SHARE) / (RANK_CONSTANT + rank)
        best = sorted(fused, key=lambda id: -fused[id])
        return [Hit(passage=by_id[id], score=fused[id]) for id in best]

    def ours(question: Question) -> list[Hit]:
        english = question["question_en"]
        asked = question["question"]
        return search.search(
            lexical=lexical_queries(asked, [english]), semantic=[asked, english], top=DEPTH
        )

    return {"vectors": vectors, "rank fusion .3/.7": rank_fusion, "ours": ours}
