"""Open a cited paper at its page, beside the chat."""

from pathlib import Path

import chainlit as cl

from retrieval.library import Library
from retrieval.passages import Evidence
from ui.memory import Memory
from ui.sources import name

PDF = "application/pdf"
GONE = "이 논문은 라이브러리에서 지워져 열 수 없습니다."


async def open_paper(piece: Evidence, *, target: str, memory: Memory, library: Library) -> None:
    """Show the page on which a source's words begin; `target` is the link that led here."""
    original = library.original(piece.passage.sha256)
    if not original.exists():
        await cl.context.emitter.send_toast(GONE, "warning")
        return
    viewer = cl.Pdf(
        name=target,
        display="page",
        page=piece.page,
        mime=PDF,
        path=str(original),
        chainlit_key=await _served(piece.passage.sha256, original, memory),
    )
    await cl.ElementSidebar.set_title(f"{name(piece.passage)} · {piece.page}쪽")
    # Not ElementSidebar.set_elements: it adds to the page's elements too, and the page answers
    # that by closing the panel, or by opening all that were ever at the side.
    shown = {"elements": [viewer.to_dict()], "key": viewer.id}
    await cl.context.emitter.emit("set_sidebar_elements", shown)


async def _served(digest: str, original: Path, memory: Memory) -> str:
    """The name under which this chat's session alone is served a paper: one copy for all pages."""
    if digest not in memory.served:
        session = cl.context.session
        # Another chat server of this folder removes the files of all sessions when it stops.
        session.files_dir.parent.mkdir(exist_ok=True)
        kept = await session.persist_file(name=original.name, mime=PDF, path=str(original))
        memory.served[digest] = kept["id"]
    return memory.served[digest]
