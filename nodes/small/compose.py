"""A small model's answer: thought out in English, then put into Korean."""

import asyncio
import re
from collections.abc import Sequence
from functools import partial

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from language.figures import drop_pointers, find_figures
from language.names import is_in_name
from language.polite import make_polite
from language.terms import is_korean
from nodes.cells import list_cells
from nodes.citing.draft import Draft, collapse_loops, finish_answer
from nodes.citing.relevance import misses_question
from nodes.citing.stream import prepare_streams
from nodes.excerpts import write_excerpts
from nodes.profile import Answer
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.replies import ask_for_message, ask_for_text
from nodes.small.amounts import find_refusal, lacks_figure, lacks_measured_noun
from nodes.small.compare import compare_sides
from nodes.small.into_korean import put_into_korean
from nodes.small.prompts import ANSWER_KOREAN, ANSWER_PLAIN
from nodes.small.render_points import render_points
from nodes.small.render_sources import render_sources
from nodes.small.sides import find_sides
from nodes.small.state_cells import state_cells
from retrieval.lines import is_caption
from retrieval.passages import Evidence

# In characters; a source's sentence that is longer is told in the model's words.
LONGEST_RETOLD = 240
SHORTEST_STATEMENT = 20
# Rules that doubt the figure of an answer. They refuse 8 of 112 questions that papers answer, and 2 of
# 28 that none does.
IN_DOUBT = frozenset({"off_topic", "uncertain_figure"})
# A question, a note on where something is from, a title in brackets.
NO_STATEMENT = re.compile(r"\?$|^\W*출처|^[<\[【].*[>\]】]$")


async def compose_answer(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> Answer | Refusal:
    """The answer, shown as it is written; refused for its figures, or where nothing is confirmed.

    BadReply where the model says nothing.
    """
    if question.is_overview:
        return await render_points(question, evidence, model=model)
    if cells := list_cells(evidence):
        return await state_cells(cells, question, model=model)
    draft = partial(_draft_answer, model=model, embeddings=embeddings)
    if sides := find_sides(question, [piece.passage for piece in evidence]):
        of_side = partial(draft, is_shown=False)
        return await compare_sides(sides, question, evidence, draft_answer=of_side)
    drafted = await draft(question, evidence)
    return drafted if isinstance(drafted, Refusal) else finish_answer(drafted)


async def _draft_answer(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
    is_shown: bool = True,
) -> Draft | Refusal:
    """An answer in the language that is wanted, each sentence cited and checked."""
    if not evidence:
        return Refusal(rule="nothing_relevant")
    if is_korean("\n".join(piece.quote for piece in evidence)):
        draft = await _answer_from_korean(question, evidence, model, embeddings)
    else:
        english = await _answer_in_english(question, evidence, model)
        if isinstance(english, Refusal):
            return await _quote_nearest(english, question, evidence, embeddings)
        if question.language == "English":
            draft = await _cite_text(english, question, evidence, embeddings)
            # As in Korean (render_sources): no code holds such an answer to its sources word by word.
            draft.stream.quotes_only = not any(find_figures(english))
        else:
            tell = put_into_korean if any(find_figures(english)) else render_sources
            draft = await tell(
                english, question, evidence, model=model, embeddings=embeddings, is_shown=is_shown
            )
    if isinstance(draft, Refusal):
        return draft
    tells_amount = question.asks_amount or not question.asks_else
    if draft.stream.confirms_nothing and tells_amount and any(find_figures(draft.raw)):
        return Refusal(rule="nothing_confirmed", detail=draft.raw.strip())
    draft.stream.quotes_only |= misses_question(draft.raw, question)
    return draft


async def _quote_nearest(
    refusal: Refusal, question: Question, evidence: Sequence[Evidence], embeddings: Embeddings
) -> Draft | Refusal:
    """The words of the source nearest to the question, in place of a figure in doubt that it may hold.

    The refusal where that is of a table or tells no amount, or where nothing was found that could be doubted.
    """
    if refusal.rule not in IN_DOUBT:
        return refusal
    stream = prepare_streams(question, evidence, embeddings)()
    nearest = (await asyncio.to_thread(lambda: stream.attribution.near_sources))[0]
    is_row = (
        nearest.passage.row_at(nearest.start) is not None
    )  # cells that are there are told by code
    if is_row or is_caption(nearest.quote) or not _tells_amount(nearest.quote, question):
        return refusal
    stream.tell_source(nearest)
    stream.quotes_only = True
    return Draft("", "", stream)


def _tells_amount(quote: str, question: Question) -> bool:
    """Whether a source has a figure that the question has not, and that is no part of a name."""
    text = drop_pointers(quote)
    return any(
        figure.value not in question.figures and not is_in_name(text, figure.start)
        for figure in find_figures(text)
    )


async def _answer_from_korean(
    question: Question, evidence: Sequence[Evidence], model: BaseChatModel, embeddings: Embeddings
) -> Draft | Refusal:
    """What the model makes of Korean evidence, in Korean; refused where a figure is asked for in vain.

    Its sentences choose those of the source, which are told in their place: copying, a small model
    mistakes words and which figure is whose. The one that is nearest to the question is told too (two, where
    several things are asked): of 24 questions the first alone hold the answer to 11, both to 14.
    """
    values = {"question": question.asked, "excerpts": write_excerpts(evidence, question.terms)}
    korean = collapse_loops(await ask_for_text(ANSWER_KOREAN | model, values), cut_off="")
    if question.wants_figure and lacks_figure(korean, question):
        return Refusal(rule="no_amount", detail=korean)
    if question.asks_amount and lacks_measured_noun(question, evidence):
        return Refusal(rule="off_topic", detail=korean)
    draft = await _cite_text(korean, question, evidence, embeddings)
    draft.stream.retell = _retell_source
    statements = list(filter(_states_something, draft.stream.attribution.near_sources))
    for source in statements[: 2 if question.asks_several else 1]:
        if source not in draft.stream.sources:
            draft.stream.tell_source(source)
    return draft


def _states_something(source: Evidence) -> bool:
    """Whether a Korean line of a source is a sentence that may answer: no heading, question or note."""
    text = source.quote.strip()
    is_row = source.passage.row_at(source.start) is not None
    return not is_row and len(text) >= SHORTEST_STATEMENT and not NO_STATEMENT.search(text)


def _retell_source(source: Evidence) -> str:
    """A Korean sentence of a source, politely; nothing for a row of a table, or one that is long."""
    is_row = source.passage.row_at(source.start) is not None
    return "" if is_row or len(source.quote) > LONGEST_RETOLD else make_polite(source.quote)


async def _cite_text(
    text: str, question: Question, evidence: Sequence[Evidence], embeddings: Embeddings
) -> Draft:
    """What a model has written, as it is shown: unseen so far."""
    stream = prepare_streams(question, evidence, embeddings)()
    await stream.add_words(text)
    await stream.finish_text()
    return Draft(text, "", stream)


async def _answer_in_english(
    question: Question, evidence: Sequence[Evidence], model: BaseChatModel
) -> str | Refusal:
    """What the model makes of the evidence; refused where its figures can't be trusted."""
    values = {
        "english": question.english,
        "excerpts": write_excerpts(evidence, question.terms),
    }
    reply = await ask_for_message(ANSWER_PLAIN | model.bind(logprobs=True), values)
    english = collapse_loops(reply.text.strip(), cut_off="")
    return find_refusal(english, reply, question, evidence) or english
