"""Ask or search many questions one after the other; one that fails does not stop the rest."""

import asyncio
from collections.abc import Generator, Sequence
from time import perf_counter
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from evaluation.questions import QuestionRow
from graph import record
from graph.run import Graph, Run
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from nodes.named_papers import PaperCatalogue
from nodes.profile import ModelProfile
from nodes.question import Question
from nodes.state import RunOptions
from nodes.translate import read_latest_question, understand_latest
from retrieval.errors import UserError
from retrieval.search.hybrid import HybridSearch

Record = dict[str, Any]


def ask_questions(
    graph: Graph, questions: Sequence[QuestionRow], *, options: RunOptions | None = None
) -> Generator[Record, None, None]:
    """The record of each question, in order."""
    with asyncio.Runner() as runner:
        for question in questions:
            yield runner.run(ask_question(graph, question, options=options))


async def ask_question(
    graph: Graph, question: QuestionRow, *, options: RunOptions | None = None
) -> Record:
    """The record of one question; what its user can put right is told in it."""
    run = Run()
    known = {"id": question.get("id"), "question": question["question"]}
    try:
        async for _ in run.stream(graph, build_conversation(question), options=options):
            pass
    except UserError as error:
        return record.record_failure(**known, error=str(error))
    return record.record_answer(run, **known)


def search_questions(
    search: HybridSearch,
    questions: Sequence[QuestionRow],
    *,
    options: RunOptions,
    profile: ModelProfile | None,
) -> Generator[Record, None, None]:
    """What one search finds for each question, in order.

    Each is searched for in its own words and in English: its `question_en` where it has
    one, else as the model understands it; without a model, as it is.
    """
    with asyncio.Runner() as runner:
        for question in questions:
            yield runner.run(_search_question(search, question, options, profile))


async def _search_question(
    search: HybridSearch,
    question: QuestionRow,
    options: RunOptions,
    profile: ModelProfile | None,
) -> Record:
    known = {"id": question.get("id"), "question": question["question"]}
    started = perf_counter()
    try:
        papers = search.within(options.papers)
        understood = await understand_question(question, profile, papers)
        translated = perf_counter()
        hits = papers.find_passages(
            lexical=understood.lexical_queries,
            semantic=understood.semantic_queries,
            top=options.passages,
            bm25_weight=options.bm25_weight,
        )
    except UserError as error:
        return record.record_failure(**known, error=str(error))
    except MODEL_FAULTS as fault:
        return record.record_failure(**known, error=str(explain_fault(fault)))
    return {
        **record.record_question(**known, english=understood.english, queries=understood.queries),
        "passages": record.explain_passages(hits),
        "seconds": {
            "translate": round(translated - started, record.PLACES),
            "retrieve": round(perf_counter() - translated, record.PLACES),
        },
    }


async def understand_question(
    question: QuestionRow, profile: ModelProfile | None, catalogue: PaperCatalogue
) -> Question:
    """A question of a file by its `question_en`, else by the model; without one, as it is."""
    messages = build_conversation(question)
    if profile is None or "question_en" in question:
        asked = read_latest_question(messages)
        english = str(question.get("question_en") or asked)
        return Question(asked=asked, normalised=asked, english=english)
    return await understand_latest(messages, profile, catalogue)


def build_conversation(question: QuestionRow) -> list[AnyMessage]:
    """The conversation that ends in the question."""
    turns = [*question.get("history", []), {"role": "user", "content": question["question"]}]
    return [
        HumanMessage(turn["content"]) if turn["role"] == "user" else AIMessage(turn["content"])
        for turn in turns
    ]
