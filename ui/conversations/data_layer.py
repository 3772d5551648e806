"""What Chainlit keeps of conversations: whose they are, their steps, feedback and elements."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast
from uuid import uuid4

from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.element import Element, ElementDict
from chainlit.step import StepDict
from chainlit.types import (
    Feedback,
    PageInfo,
    PaginatedResponse,
    Pagination,
    ThreadDict,
    ThreadFilter,
)
from chainlit.user import PersistedUser, User
from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from ui.conversations.database import ChatDatabase
from ui.conversations.listing import list_page
from ui.conversations.rows import FEEDBACK, read_element, read_step
from ui.conversations.schema import elements, feedbacks, steps, threads, users
from ui.conversations.writing import (
    change_thread,
    claim_thread,
    drop_element,
    drop_step,
    keep_element,
    keep_steps,
    write_now,
)
from ui.ids import is_id

MAX_NAME = 100
# Of what a session holds, what is worth keeping with its conversation: settings are their user's.
KEPT_OF_SESSION = ("chat_profile",)

_Method = TypeVar("_Method", bound=Callable[..., Any])
# An empty chat is not kept: what comes before its first question waits for it.
_queued: Callable[[_Method], _Method] = queue_until_user_message()


class ConversationLayer(BaseDataLayer):
    """Chainlit's data layer on chats.db. Each id is bound, never pasted, and refused if no UUID."""

    def __init__(
        self, database: ChatDatabase, *, on_delete: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._database = database
        self._on_delete = on_delete

    async def get_user(self, identifier: str) -> PersistedUser | None:
        """The user of this name, if they were here before."""
        async with self._database.read() as connection:
            query = select(users).where(users.c.identifier == identifier)
            row = (await connection.execute(query)).mappings().first()
        return PersistedUser(**row) if row else None

    async def create_user(self, user: User) -> PersistedUser | None:
        """The user, kept with their metadata as they are now."""
        values = {"identifier": user.identifier, "metadata": user.metadata}
        query = insert(users).values(id=str(uuid4()), createdAt=write_now(), **values)
        async with self._database.write() as connection:
            await connection.execute(
                query.on_conflict_do_update(
                    index_elements=["identifier"], set_={"metadata": query.excluded.metadata}
                )
            )
        return await self.get_user(user.identifier)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Change what is given of a conversation; one that is not there begins with its user's first words."""
        values = {
            "name": name.strip()[:MAX_NAME] if name else None,
            "tags": tags,
            "metadata": {name: metadata.get(name) for name in KEPT_OF_SESSION}
            if metadata
            else None,
        }
        changed = {key: value for key, value in values.items() if value is not None}
        async with self._database.write() as connection:
            if user_id:
                await claim_thread(connection, thread_id)
            if changed:
                await change_thread(connection, thread_id, changed)

    async def get_thread_author(self, thread_id: str) -> str:
        """Whose a conversation is; "" where there is none."""
        if not is_id(thread_id):
            return ""
        async with self._database.read() as connection:
            query = select(threads.c.userIdentifier).where(
                threads.c.id == thread_id, threads.c.deletedAt.is_(None)
            )
            return await connection.scalar(query) or ""

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """A conversation with all that was said, in order; None where there is none."""
        if not is_id(thread_id):
            return None
        async with self._database.read() as connection:
            query = select(threads).where(threads.c.id == thread_id, threads.c.deletedAt.is_(None))
            thread = (await connection.execute(query)).mappings().first()
            if thread is None:
                return None
            said = await connection.execute(
                select(steps, *(feedbacks.c[name].label(f"feedback_{name}") for name in FEEDBACK))
                .outerjoin(feedbacks, feedbacks.c.forId == steps.c.id)
                .where(steps.c.threadId == thread_id)
                .order_by(steps.c.createdAt, steps.c.type.desc())
            )
            shown = await connection.execute(
                select(elements).where(elements.c.threadId == thread_id)
            )
            return cast(
                ThreadDict,
                {
                    **thread,
                    "steps": [read_step(row) for row in said.mappings()],
                    "elements": [read_element(row) for row in shown.mappings()],
                },
            )

    async def list_threads(
        self, pagination: Pagination, filters: ThreadFilter
    ) -> PaginatedResponse[ThreadDict]:
        """A page of a user's conversations, the latest first, without what was said in them."""
        async with self._database.read() as connection:
            found, has_more = await list_page(connection, pagination, filters)
        return PaginatedResponse(
            data=cast(list[ThreadDict], found),
            pageInfo=PageInfo(
                hasNextPage=has_more,
                startCursor=found[0]["id"] if found else None,
                endCursor=found[-1]["id"] if found else None,
            ),
        )

    async def delete_thread(self, thread_id: str) -> None:
        """Put a conversation away; it can be brought back for a week."""
        async with self._database.write() as connection:
            query = update(threads).where(threads.c.id == thread_id)
            await connection.execute(query.values(deletedAt=write_now()))
        if self._on_delete:
            await self._on_delete()

    @_queued
    async def create_step(self, step_dict: StepDict) -> None:
        """Keep a step, or what has changed of it."""
        async with self._database.write() as connection:
            await keep_steps(connection, [cast(dict[str, Any], step_dict)])

    @_queued
    async def update_step(self, step_dict: StepDict) -> None:
        """Keep what has changed of a step."""
        async with self._database.write() as connection:
            await keep_steps(connection, [cast(dict[str, Any], step_dict)])

    @_queued
    async def delete_step(self, step_id: str) -> None:
        """Forget a step of the conversation that is under way, and what hangs on it."""
        async with self._database.write() as connection:
            await drop_step(connection, step_id)

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Refused: whose word it is, only our own route knows (ui/page/routes.py)."""
        raise NotImplementedError

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Refused, for the same reason."""
        raise NotImplementedError

    @_queued
    async def create_element(self, element: Element) -> None:
        """Keep what is shown with a message: by name, its content lies in the library."""
        async with self._database.write() as connection:
            await keep_element(connection, cast(dict[str, Any], element.to_dict()))

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """One element of a conversation."""
        async with self._database.read() as connection:
            query = select(elements).where(
                elements.c.threadId == thread_id, elements.c.id == element_id
            )
            row = (await connection.execute(query)).mappings().first()
        return read_element(row) if row else None

    @_queued
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Forget an element of the conversation that is under way."""
        async with self._database.write() as connection:
            await drop_element(connection, element_id)

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """None: the page has no favourites."""
        return []

    async def build_debug_url(self) -> str:
        """None: nothing of a conversation is shown elsewhere."""
        return ""

    async def close(self) -> None:
        """Let go of the file."""
        await self._database.close()
