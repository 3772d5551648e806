"""What the page fetches of our own: cited papers with their marks, and what readers think of answers."""

import asyncio
from typing import Annotated

from chainlit.auth import get_current_user
from chainlit.types import DeleteFeedbackRequest, UpdateFeedbackRequest
from chainlit.user import PersistedUser
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Response

from retrieval.errors import UserError
from ui.conversations.conversation import Conversation
from ui.conversations.feedback import drop_feedback, keep_feedback
from ui.page.panel import draw_cited
from ui.page.service import get_service

router = APIRouter()


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
    conversation = await _find_theirs(thread, reader)
    cited = conversation.cited(f"#cite-{source}")
    if cited is None:
        raise HTTPException(404)
    try:
        content, mime = await asyncio.to_thread(draw_cited, cited, get_service().library)
    except UserError as error:
        raise HTTPException(404, str(error)) from error
    headers = {"Cache-Control": "private, max-age=600"}
    return Response(content, media_type=mime, headers=headers)


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


async def _find_theirs(thread: str, reader: PersistedUser) -> Conversation:
    return await get_service().conversations.find(thread=thread, user=reader.id)


def add_routes(app: FastAPI) -> None:
    """Serve them before Chainlit's own, the last of which takes every address."""
    app.router.routes[:0] = router.routes
