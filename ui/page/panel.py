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
from ui.papers.viewer import Viewer

PDF, PICTURE, TEXT = "application/pdf", "image/png", "text/plain; charset=utf-8"


async def open_paper(cited: Cited, *, target: str, library: Library, viewer: Viewer) -> None:
    """Show the page on which a source's words begin; `target` is the link that led here."""
    piece = cited.piece
    try:
        element = await asyncio.to_thread(_choose_element, cited, library, target, viewer)
    except UserError as error:
        await cl.context.emitter.send_toast(error.write(), "warning")
        return
    await cl.ElementSidebar.set_title(
        write_text(
            "panel.title", number=cited.number, paper=name_paper(piece.passage), page=piece.page
        )
    )
    element.url = f"/cited/{cl.context.session.thread_id}/{target.removeprefix('#cite-')}"
    # Not ElementSidebar.set_elements: it adds to the page's elements too, and the page answers
    # that by closing the panel, or by opening all that were ever at the side.
    shown = {"elements": [element.to_dict()], "key": element.id}
    await cl.context.emitter.emit("set_sidebar_elements", shown)


def draw_cited(cited: Cited, library: Library, viewer: Viewer) -> tuple[bytes, str]:
    """The marked text or paper, or a picture of the page where the browser can't draw it; its type."""
    original = _find_original(cited, library, viewer)
    if is_text_file(original):
        return mark_text(cited.beside, cited.piece.passage).encode(), TEXT
    if can_browser_draw(original, cited.piece.page):
        return mark_pdf(original, cited.beside), PDF
    return mark_picture(original, cited.beside, cited.piece.page), PICTURE


def _choose_element(cited: Cited, library: Library, target: str, viewer: Viewer) -> Element:
    """What shows such a source; its content is fetched from `/cited`."""
    original = _find_original(cited, library, viewer)
    if is_text_file(original):
        content = mark_text(cited.beside, cited.piece.passage)
        return cl.Text(name=target, content=content, display="page", mime=TEXT)
    path, page = str(original), cited.piece.page  # An element must have a path; none is sent.
    if can_browser_draw(original, page):
        return cl.Pdf(name=target, path=path, display="page", page=page, mime=PDF)
    return cl.Image(name=target, path=path, display="page", size="large", mime=PICTURE)


def _find_original(cited: Cited, library: Library, viewer: Viewer) -> Path:
    """The file of the cited paper; UserError where it is there no more, or no more the reader's to see."""
    digest = cited.piece.passage.sha256
    original = library.original_path(digest)
    if not original.exists() or not viewer.may_read(library, digest):
        raise UserError("panel.gone")
    return original
