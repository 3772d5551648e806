"""Ask or search many questions one after the other; one that fails does not stop the rest."""

import asyncio
from collections.abc import Generator, Sequence
from time import perf_counter
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from evaluation.questions import Question
from graph import record
from graph.run import Graph, Run
from models.errors import MODEL_FAULTS, explained
from nodes.state import Knobs, State
from nodes.translate import asked, translate
from retrieval.errors import UserError
from retrieval.search.hybrid import HybridSearch, lexical_queries, semantic_queries

Record = dict[str, Any]


def ask_questions(graph: Graph, questions: Sequence[Question]) -> Generator[Record, None, None]:
    """The record of each question, in order."""
    with asyncio.Runner() as runner:
        for question in questions:
            yield runner.run(_ask_question(graph, question))


async def _ask_question(graph: Graph, question: Question) -> Record:
    run = Run()
    known = {"id": question.get("id"), "question": question["question"]}
    try:
        async for _ in run.stream(graph, build_conversation(question)):
            pass
    except UserError as error:
        return record.failed(**known, error=str(error))
    return record.answered(run, **known)


def search_questions(
    search: HybridSearch,
    questions: Sequence[Question],
    *,
    knobs: Knobs,
    model: BaseChatModel | None,
    twice: bool = False,
) -> Generator[Record, None, None]:
    """What one search finds for each question, in order.

    Each is searched for in its own words and in English: its `question_en` where it has
    one, else the model's translation, or two of a small one; without a model, as it is.
    """
    with asyncio.Runner() as runner:
        for question in questions:
            yield runner.run(_search_question(search, question, knobs, model, twice=twice))


async def _search_question(
    search: HybridSearch,
    question: Question,
    knobs: Knobs,
    model: BaseChatModel | None,
    *,
    twice: bool,
) -> Record:
    known = {"id": question.get("id"), "question": question["question"]}
    started = perf_counter()
    try:
        text = asked(build_conversation(question))
        english, *queries = await translate_question(
            question, model=model, search=search, twice=twice
        )
        translated = perf_counter()
        hits = search.search(
            lexical=lexical_queries(text, [english, *queries]),
            semantic=semantic_queries(text, [english, *queries], twice=twice),
            top=knobs.passages,
            bm25_weight=knobs.bm25_weight,
        )
    except UserError as error:
        return record.failed(**known, error=str(error))
    except MODEL_FAULTS as fault:
        return record.failed(**known, error=str(explained(fault)))
    return {
        **record.searched(**known, english=english, queries=queries),
        "passages": record.explained_passages(hits),
        "seconds": {
            "translate": round(translated - started, record.PLACES),
            "retrieve": round(perf_counter() - translated, record.PLACES),
        },
    }


async def translate_question(
    question: Question, *, model: BaseChatModel | None, search: HybridSearch, twice: bool = False
) -> list[str]:
    """Its `question_en`, else the model's translation, or two; without a model, as it is."""
    messages = build_conversation(question)
    if given := question.get("question_en"):
        return [str(given)]
    if model is None:
        return [asked(messages)]
    update = await translate(
        State(messages=messages),
        model=model,
        titles=search.titles,
        loanwords=search.loanwords,
        embeddings=search.embeddings if twice else None,
    )
    return [update["english"], *update["queries"]]


def build_conversation(question: Question) -> list[AnyMessage]:
    """The conversation that ends in the question."""
    turns = [*question.get("history", []), {"role": "user", "content": question["question"]}]
    return [
        HumanMessage(turn["content"]) if turn["role"] == "user" else AIMessage(turn["content"])
        for turn in turns
    ]
