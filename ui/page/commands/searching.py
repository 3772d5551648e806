"""`/search`: the passages that the search alone finds, no chat model asked."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import chainlit as cl
import numpy as np
from chainlit.utils import utc_now

from evaluation.batch import understand_question
from graph.record import PLACES, explain_passages, record_citations, record_question
from language.catalogue import write_text
from language.quotes import Span
from nodes.question import Question
from nodes.retrieve import PassageSearch
from nodes.state import RunOptions
from retrieval.errors import UserError
from retrieval.passages import Evidence, Hit, Passage
from retrieval.search.bm25 import score_by_words
from ui.page.buttons import make_answer_buttons
from ui.page.commands.request import Request
from ui.page.found import tabulate_hits
from ui.page.markdown_text import escape_within_answer
from ui.page.tracing.made_with import describe_making

# Characters; a passage has some 3,000.
SNIPPET_LENGTH = 300


async def search_papers(request: Request) -> None:
    """Show what is found, and keep it as answers are kept: its marks open the pages."""
    if not request.argument:
        raise UserError("commands.no_question")
    asked = {"question": request.argument}
    search = await asyncio.to_thread(request.open_search)
    question = await understand_question(asked, profile=None, catalogue=search)
    started = perf_counter()
    hits = await asyncio.to_thread(_find_passages, question, search, request.chosen.options)
    seconds = round(perf_counter() - started, PLACES)
    citations = await asyncio.to_thread(cite_snippets, question, hits)
    settings = request.service.settings
    record = {
        **record_search(request.message.id, question, hits, citations),
        "seconds": {"retrieve": seconds, "total": seconds},
        "made_with": await asyncio.to_thread(
            describe_making, settings, viewer=request.viewer, asks_chat=False
        ),
    }
    await _show_found(request, describe_found(request.argument, hits), citations, record)


def _find_passages(question: Question, search: PassageSearch, options: RunOptions) -> list[Hit]:
    """As `munheon search --no-model` finds them, as many and as weighted as the reader has chosen."""
    return search.find_passages(
        lexical=question.lexical_queries,
        semantic=question.semantic_queries,
        top=options.passages,
        bm25_weight=options.bm25_weight,
    )


def record_search(
    id: str, question: Question, hits: Sequence[Hit], citations: Sequence[Evidence]
) -> dict[str, Any]:
    """What came of a search, as `munheon search --json` tells, and what is shown of it."""
    return {
        **record_question(id=id, question=question.asked, english=question.english, queries=[]),
        "outcome": "search",
        "citations": record_citations(citations),
        "passages": explain_passages(hits),
    }


def describe_found(asked: str, hits: Sequence[Hit]) -> str:
    """A line, and the table of what was found, the n-th with the mark of the n-th snippet."""
    question = escape_within_answer(asked)
    if not hits:
        return write_text("commands.found_nothing", question=question)
    found = write_text("commands.found", question=question, count=len(hits))
    table = tabulate_hits(hits, write_rank="[{}]".format, escape=escape_within_answer)
    return f"{found}\n\n{table}"


def cite_snippets(question: Question, hits: Sequence[Hit]) -> list[Evidence]:
    """Of each passage the sentences that have most of the question's words."""
    return [_cite_snippet(question, hit.passage) for hit in hits]


def _cite_snippet(question: Question, passage: Passage) -> Evidence:
    spans = _cut_snippets(passage) or [(0, SNIPPET_LENGTH)]
    texts = [passage.text[start:end] for start, end in spans]
    scores = score_by_words(texts, english=question.english, korean=question.asked)
    start, end = spans[int(np.argmax(scores))]
    return Evidence(passage=passage, start=start, end=end)


def _cut_snippets(passage: Passage) -> list[Span]:
    """A passage in runs of whole sentences, each as long as a snippet may be, or one sentence."""
    spans: list[Span] = []
    for start, end in passage.find_statements():
        if spans and end - spans[-1][0] <= SNIPPET_LENGTH:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


async def _show_found(
    request: Request, text: str, citations: list[Evidence], record: dict[str, Any]
) -> None:
    """Keep it, then show it; after what is being answered in this conversation."""
    conversation, message = request.conversation, cl.Message("")
    message.created_at = utc_now()
    async with conversation.turn:
        answer = await conversation.add(
            message.to_dict(),
            question=request.message.id,
            text=text,
            citations=citations,
            record=record,
        )
        message.content = answer.shown
        message.actions = make_answer_buttons(len(conversation.answers) - 1, answer)
    await message.send()
