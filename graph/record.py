"""One question's outcome as the JSON object that `munheon ask --json` prints."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from graph.run import Run
from retrieval.passages import Evidence, Hit

PLACES = 3


def record_answer(run: Run, *, id: str | None, question: str) -> dict[str, Any]:
    """What came of a question that went through the graph."""
    state = run.state
    return {
        **record_question(
            id=id,
            question=question,
            english=state["question"].english,
            queries=state["question"].queries,
        ),
        "outcome": state["outcome"],
        **({"refusal": asdict(refusal)} if (refusal := state["refusal"]) else {}),
        "answer": state["messages"][-1].text,
        **({"cut": state["cut"]} if state["cut"] else {}),
        **({"evidence_left_out": state["left_out"]} if state["left_out"] else {}),
        "citations": record_citations(state["citations"]),
        "passages": record_passages(state["passages"], state["evidence"]),
        "seconds": {name: round(value, PLACES) for name, value in run.seconds.items()},
        "tokens": run.tokens,
    }


def record_failure(*, id: str | None, question: str, error: str) -> dict[str, Any]:
    """What came of a question that could not be asked."""
    return {"id": id, "question": question, "outcome": "error", "error": error}


def record_question(
    *, id: str | None, question: str, english: str, queries: Sequence[str]
) -> dict[str, Any]:
    """The part that answers and searches have in common."""
    return {"id": id, "question": question, "english": english, "queries": list(queries)}


def record_citations(pieces: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The evidence cited, in the order of its numbers."""
    return [
        {
            "n": number,
            "document": piece.passage.document,
            "page": piece.page,
            "quote": piece.quote,
            "passage": piece.passage.id,
        }
        for number, piece in enumerate(pieces, start=1)
    ]


def record_passages(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The passages found, and whether some evidence stands in them."""
    relevant = {piece.passage.id for piece in evidence}
    return [
        {
            "rank": rank,
            "document": hit.passage.document,
            "pages": hit.passage.pages,
            "relevant": hit.passage.id in relevant,
        }
        for rank, hit in enumerate(hits, start=1)
    ]


def explain_passages(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """The passages found, with their text and each leg's rank and score."""
    return [
        {
            "rank": rank,
            "document": hit.passage.document,
            "pages": hit.passage.pages,
            "text": hit.passage.text,
            "score": round(hit.score, PLACES),
            "legs": {
                name: {"rank": leg.rank, "score": round(leg.score, PLACES)}
                for name, leg in hit.legs.items()
            },
        }
        for rank, hit in enumerate(hits, start=1)
    ]
