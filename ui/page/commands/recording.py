"""`/record`: the last question asked once more, every call to a model kept in a file for a bug report."""

import asyncio
from collections.abc import Sequence

import chainlit as cl
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from graph.open import open_cassette, open_graph
from graph.run import Run
from graph.settings import Settings
from language.catalogue import write_text
from nodes.state import RunOptions
from retrieval.errors import UserError
from ui.conversations.answers import Answer
from ui.page.commands.request import Request
from ui.preferences.preferences import apply_model

FOLDER = "reports"


async def record_again(request: Request) -> None:
    """Ask it apart from the conversation, and say where the file lies."""
    answers = [one for one in request.conversation.answers if not one.is_search]
    if not answers:
        raise UserError("commands.nothing_to_record")
    question = answers[-1].record["question"]
    await cl.context.emitter.send_toast(write_text("commands.recording", question=question), "info")
    path = f"{FOLDER}/{answers[-1].id}.cassette"
    options = await asyncio.to_thread(
        request.service.choose_options, request.user.identifier, request.chosen
    )
    run, calls = await _ask_recorded(
        list_turns(answers),
        apply_model(request.service.settings, request.chosen.model),
        path,
        options=RunOptions(papers=options.papers),
    )
    told = write_text("commands.recorded", calls=calls, outcome=run.state["outcome"], path=path)
    await cl.Message(told).send()


async def _ask_recorded(
    messages: Sequence[AnyMessage], settings: Settings, path: str, *, options: RunOptions
) -> tuple[Run, int]:
    """What came of it, and how many calls the file holds."""
    file = settings.home / path
    await asyncio.to_thread(file.parent.mkdir, exist_ok=True)
    await asyncio.to_thread(file.unlink, missing_ok=True)
    cassette, named = await asyncio.to_thread(open_cassette, settings, file)
    graph = await asyncio.to_thread(open_graph, named, cassette=cassette)
    run = Run()
    async for _ in run.stream(graph, messages, options=options):
        pass
    return run, cassette.recorded


def list_turns(answers: Sequence[Answer]) -> list[AnyMessage]:
    """What was said up to the last question, as the graph is told it."""
    turns: list[AnyMessage] = []
    for answer in answers:
        turns += [HumanMessage(answer.record["question"]), AIMessage(answer.record["answer"])]
    return turns[:-1]
