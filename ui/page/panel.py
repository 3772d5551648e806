"""Open a cited paper at its page, beside the chat, with what the answer cites marked in it."""

import asyncio
from pathlib import Path

import chainlit as cl
from chainlit.element import Element

from retrieval.errors import UserError
from retrieval.parsing.text_files import is_text_file
from retrieval.store.library import Library
from retrieval.viewing.marking import can_browser_draw, mark_pdf, mark_picture
from ui.page.memory import Cited, Memory
from ui.page.sources import mark_text, name_paper

PDF, PICTURE, TEXT = "application/pdf", "image/png", "text/plain"
GONE = "이 논문은 라이브러리에서 지워져 열 수 없습니다."


async def open_paper(cited: Cited, *, target: str, memory: Memory, library: Library) -> None:
    """Show the page on which a source's words begin; `target` is the link that led here."""
    piece = cited.piece
    original = library.original_path(piece.passage.sha256)
    if not original.exists():
        await cl.context.emitter.send_toast(GONE, "warning")
        return
    try:
        viewer = await _viewer(cited, original, target=target, memory=memory)
    except UserError as error:
        await cl.context.emitter.send_toast(str(error), "warning")
        return
    await cl.ElementSidebar.set_title(
        f"[{cited.number}] {name_paper(piece.passage)} · {piece.page}쪽"
    )
    # Not ElementSidebar.set_elements: it adds to the page's elements too, and the page answers
    # that by closing the panel, or by opening all that were ever at the side.
    shown = {"elements": [viewer.to_dict()], "key": viewer.id}
    await cl.context.emitter.emit("set_sidebar_elements", shown)


async def _viewer(cited: Cited, original: Path, *, target: str, memory: Memory) -> Element:
    """The marked text or paper, or a picture of the page where the browser's viewer can't draw it."""
    if is_text_file(original):
        content = mark_text(cited.beside, cited.piece.passage)
        key = await _persisted(original.name, TEXT, content.encode())
        return cl.Text(name=target, content=content, display="page", mime=TEXT, chainlit_key=key)
    page, path = cited.piece.page, str(original)  # An element must have a path; none is sent.
    if await asyncio.to_thread(can_browser_draw, original, page):
        key = await _served(cited, original, None, memory)
        return cl.Pdf(name=target, path=path, display="page", page=page, mime=PDF, chainlit_key=key)
    key = await _served(cited, original, page, memory)
    return cl.Image(
        name=target, path=path, display="page", size="large", mime=PICTURE, chainlit_key=key
    )


async def _served(cited: Cited, original: Path, page: int | None, memory: Memory) -> str:
    """The name under which this chat's session alone is served a paper, or a page's picture.

    One copy for all that an answer cites of the paper.
    """
    kept = f"{original.name}-{page}-{id(cited.answer)}"
    if kept not in memory.served:
        if page:
            content = await asyncio.to_thread(mark_picture, original, cited.beside, page)
        else:
            content = await asyncio.to_thread(mark_pdf, original, cited.beside)
        mime = PICTURE if page else PDF
        memory.served[kept] = await _persisted(original.name, mime, content)
    return memory.served[kept]


async def _persisted(name: str, mime: str, content: bytes) -> str:
    """The name under which this chat's session alone is served some content."""
    session = cl.context.session
    # Another chat server of this folder removes the files of all sessions when it stops.
    session.files_dir.parent.mkdir(exist_ok=True)
    file = await session.persist_file(name=name, mime=mime, content=content)
    return str(file["id"])
