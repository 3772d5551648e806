"""A user's conversations, page by page, and those in which some words were said."""

from typing import Any

from chainlit.types import Pagination, ThreadFilter
from sqlalchemy import ColumnElement, exists, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from ui.conversations.schema import feedbacks, steps, threads

MAX_PAGE = 200


async def list_page(
    connection: AsyncConnection, pagination: Pagination, filters: ThreadFilter
) -> tuple[list[dict[str, Any]], bool]:
    """The conversations after the cursor, the latest first, and whether there are more."""
    size = max(1, min(pagination.first, MAX_PAGE))
    query = select(threads).where(*_choose(filters))
    if pagination.cursor:
        query = query.where(_place() < _place_of(pagination.cursor))
    query = query.order_by(threads.c.updatedAt.desc(), threads.c.id.desc()).limit(size + 1)
    found = [dict(row) for row in (await connection.execute(query)).mappings()]
    # The page lists them by this day.
    listed = [{**row, "createdAt": row["updatedAt"], "steps": []} for row in found[:size]]
    return listed, len(found) > size


def _choose(filters: ThreadFilter) -> list[ColumnElement[bool]]:
    """Whose conversations, and which of them."""
    wanted = [threads.c.userId == filters.userId, threads.c.deletedAt.is_(None)]
    if filters.search:
        said = exists().where(
            steps.c.threadId == threads.c.id,
            steps.c.type.endswith("message"),
            steps.c.output.icontains(filters.search, autoescape=True),
        )
        named = threads.c.name.icontains(filters.search, autoescape=True)
        wanted.append(or_(said, named))
    if filters.feedback is not None:
        valued = exists().where(
            feedbacks.c.threadId == threads.c.id, feedbacks.c.value == filters.feedback
        )
        wanted.append(valued)
    return wanted


def _place() -> Any:
    return tuple_(threads.c.updatedAt, threads.c.id)


def _place_of(cursor: str) -> Any:
    return select(threads.c.updatedAt, threads.c.id).where(threads.c.id == cursor).scalar_subquery()
