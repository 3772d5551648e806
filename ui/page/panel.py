"""Open a cited paper at its page, beside the chat, with what the answer cites marked in it."""

import asyncio
from pathlib import Path

import chainlit as cl
from chainlit.element import Element

from language.catalogue import write_text
from retrieval.errors import UserError
from retrieval.parsing.text_files import is_text_file
from retrieval.store.library import Library
from retrieval.viewing.marking import can_browser_draw, mark_pdf, mark_picture
from ui.conversations.answers import Cited
from ui.page.sources import mark_text, name_paper

PDF, PICTURE, TEXT = "application/pdf", "image/png", "text/plain; charset=utf-8"


async def open_paper(cited: Cited, *, target: str, library: Library) -> None:
    """Show the page on which a source's words begin; `target` is the link that led here."""
    piece = cited.piece
    try:
        viewer = await asyncio.to_thread(_choose_viewer, cited, library, target)
    except UserError as error:
        await cl.context.emitter.send_toast(error.write(), "warning")
        return
    await cl.ElementSidebar.set_title(
        write_text(
            "panel.title", number=cited.number, paper=name_paper(piece.passage), page=piece.page
        )
    )
    viewer.url = f"/cited/{cl.context.session.thread_id}/{target.removeprefix('#cite-')}"
    # Not ElementSidebar.set_elements: it adds to the page's elements too, and the page answers
    # that by closing the panel, or by opening all that were ever at the side.
    shown = {"elements": [viewer.to_dict()], "key": viewer.id}
    await cl.context.emitter.emit("set_sidebar_elements", shown)


def draw_cited(cited: Cited, library: Library) -> tuple[bytes, str]:
    """The marked text or paper, or a picture of the page where the browser can't draw it; its type."""
    original = _find_original(cited, library)
    if is_text_file(original):
        return mark_text(cited.beside, cited.piece.passage).encode(), TEXT
    if can_browser_draw(original, cited.piece.page):
        return mark_pdf(original, cited.beside), PDF
    return mark_picture(original, cited.beside, cited.piece.page), PICTURE


def _choose_viewer(cited: Cited, library: Library, target: str) -> Element:
    """What shows such a source; its content is fetched from `/cited`."""
    original = _find_original(cited, library)
    if is_text_file(original):
        content = mark_text(cited.beside, cited.piece.passage)
        return cl.Text(name=target, content=content, display="page", mime=TEXT)
    path, page = str(original), cited.piece.page  # An element must have a path; none is sent.
    if can_browser_draw(original, page):
        return cl.Pdf(name=target, path=path, display="page", page=page, mime=PDF)
    return cl.Image(name=target, path=path, display="page", size="large", mime=PICTURE)


def _find_original(cited: Cited, library: Library) -> Path:
    """The file of the cited paper; UserError where it is there no more."""
    original = library.original_path(cited.piece.passage.sha256)
    if not original.exists():
        raise UserError("panel.gone")
    return original
