"""`/papers`: what the library holds."""

import asyncio
from collections.abc import Mapping, Sequence

import chainlit as cl

from language.catalogue import choose_half, write_text
from retrieval.errors import EmptyIndex
from retrieval.store.documents import Document
from retrieval.store.schema import State
from ui.page.commands.request import Request
from ui.page.markdown_text import escape_text, write_table

MAX_LISTED = 100
HEADS = ("commands.head_title", "commands.head_file", "commands.head_pages", "commands.head_state")
STATES: Mapping[State, str] = {
    "new": "commands.state_new",
    "parsed": "commands.state_unfinished",
    "embedded": "commands.state_unfinished",
    "ready": "commands.state_ready",
    "failed": "commands.state_failed",
}


async def list_papers(request: Request) -> None:
    """Show each document that the reader sees with its pages and its state; EmptyIndex where there is none."""
    library = request.service.library
    documents = await asyncio.to_thread(request.viewer.list_documents, library)
    if not documents:
        raise EmptyIndex(library.home)
    await cl.Message(describe_documents(documents)).send()


def describe_documents(documents: Sequence[Document]) -> str:
    """How many papers can be asked about, and a table of all documents, so many as fit."""
    ready = sum(document.state == "ready" for document in documents)
    rows = [_write_row(document) for document in documents[:MAX_LISTED]]
    parts = [
        write_text("commands.papers_count", count=ready),
        write_table([write_text(head) for head in HEADS], rows),
    ]
    if more := len(documents) - len(rows):
        parts.append(write_text("commands.papers_more", count=more))
    return "\n\n".join(parts)


def _write_row(document: Document) -> list[str]:
    faults = [choose_half(line) for line in (document.error, document.warning) if line]
    state = ": ".join([write_text(STATES[document.state]), *faults])
    return list(map(escape_text, [document.shown_title, document.name, str(document.pages), state]))
