"""What the page fetches of our own: cited papers, conversations as files, what readers think of answers."""

import asyncio
import re
from typing import Annotated
from urllib.parse import quote

from chainlit.auth import get_current_user
from chainlit.types import DeleteFeedbackRequest, UpdateFeedbackRequest
from chainlit.user import PersistedUser
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Response

from retrieval.errors import UserError
from ui.conversations.conversation import Conversation
from ui.conversations.exporting import export_conversation
from ui.conversations.feedback import drop_feedback, keep_feedback
from ui.ids import is_id
from ui.page.panel import draw_cited
from ui.page.service import get_service

router = APIRouter()
# What some system takes for no part of a file's name.
NO_FILE_NAME = re.compile(r"[\s\x00-\x1f\x7f<>:\"/\\|?*]+")
MAX_FILE_NAME = 60  # characters: of Hangul three bytes each


async def require_user(
    user: Annotated[PersistedUser | None, Depends(get_current_user)],
) -> PersistedUser:
    """Who is asking; 401 where nobody is signed in."""
    if not isinstance(user, PersistedUser):
        raise HTTPException(401)
    return user


Reader = Annotated[PersistedUser, Depends(require_user)]


@router.get("/cited/{thread}/{source}")
async def show_cited(thread: str, source: int, reader: Reader) -> Response:
    """A cited paper with what its answer cites marked, or a picture of the page; 404 for others'."""
    conversation, service = await _find_theirs(thread, reader), get_service()
    viewer = service.find_viewer(reader.identifier)
    cited = conversation.cited(f"#cite-{source}")
    if cited is None:
        raise HTTPException(404)
    try:
        content, mime = await asyncio.to_thread(draw_cited, cited, service.library, viewer)
    except UserError as error:
        raise HTTPException(404, error.write()) from error
    headers = {"Cache-Control": "private, max-age=600"}
    return Response(content, media_type=mime, headers=headers)


@router.get("/conversations/{thread}/export.md")
async def download_conversation(thread: str, reader: Reader) -> Response:
    """A reader's own conversation as a Markdown file; 404 for others'."""
    exported = is_id(thread) and await export_conversation(
        get_service().database, thread, user=reader.id
    )
    if not exported:
        raise HTTPException(404)
    headers = {"Content-Disposition": _name_file(exported.name), "Cache-Control": "no-store"}
    return Response(exported.text, media_type="text/markdown", headers=headers)


@router.put("/feedback")
async def update_feedback(update: UpdateFeedbackRequest, reader: Reader) -> dict[str, object]:
    """Keep what a reader thinks of an answer to them; 404 for others'."""
    kept = await keep_feedback(get_service().database, update.feedback, user=reader.id)
    if kept is None:
        raise HTTPException(404)
    return {"success": True, "feedbackId": kept}


@router.delete("/feedback")
async def delete_feedback(update: DeleteFeedbackRequest, reader: Reader) -> dict[str, bool]:
    """Forget it again."""
    await drop_feedback(get_service().database, update.feedbackId, user=reader.id)
    return {"success": True}


def _name_file(name: str) -> str:
    """The header that names a download, in any script: nothing of the name can end it."""
    words = NO_FILE_NAME.sub(" ", name).strip(" .")[:MAX_FILE_NAME]
    return f"attachment; filename=\"munheon.md\"; filename*=UTF-8''{quote(words or 'munheon', safe='')}.md"


async def _find_theirs(thread: str, reader: PersistedUser) -> Conversation:
    """A conversation as far as it is the reader's: of others' it has nothing."""
    if not is_id(thread):
        raise HTTPException(404)
    return await get_service().conversations.find(thread=thread, user=reader.id)


def add_routes(app: FastAPI, *routers: APIRouter) -> None:
    """Serve routes of ours before Chainlit's own, the last of which takes every address."""
    app.router.routes[:0] = [route for one in (router, *routers) for route in one.routes]
