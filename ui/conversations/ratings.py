"""What readers think of answers, with the answers and what was said before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, or_, select

from retrieval.passages import Evidence
from ui.conversations.answers import EVIDENCE
from ui.conversations.database import ChatDatabase
from ui.conversations.schema import answers, feedbacks, steps, threads


@dataclass(frozen=True, kw_only=True)
class Rating:
    """A reader's word on an answer."""

    id: str
    """Of the answer."""

    is_good: bool
    comment: str
    day: str
    citations: Sequence[Evidence]
    record: dict[str, Any]
    history: Sequence[dict[str, str]]
    """The turns before the question, each with `role` and `content`."""


async def read_ratings(database: ChatDatabase) -> list[Rating]:
    """All ratings of answers in conversations that are not deleted, the earliest answer first."""
    # The page rates the run of a question, or the message where that has none.
    rated = or_(feedbacks.c.forId == answers.c.id, feedbacks.c.forId == steps.c.parentId)
    query = (
        select(answers, steps.c.createdAt, feedbacks.c.value, feedbacks.c.comment)
        .join(threads, threads.c.id == answers.c.threadId)
        .join(steps, steps.c.id == answers.c.id)
        .outerjoin(feedbacks, rated & (feedbacks.c.threadId == answers.c.threadId))
        .where(threads.c.deletedAt.is_(None))
        .order_by(answers.c.threadId, answers.c.position)
    )
    async with database.read() as connection:
        rows = (await connection.execute(query)).mappings().all()
    answered = [row for row in rows if row["record"]["outcome"] != "search"]
    found = [_read_rating(row, answered) for row in answered if row["value"] is not None]
    return sorted(found, key=lambda rating: rating.day)


def _read_rating(row: RowMapping, answered: Sequence[RowMapping]) -> Rating:
    return Rating(
        id=row["id"],
        is_good=row["value"] == 1,
        comment=row["comment"] or "",
        day=row["createdAt"] or "",
        citations=EVIDENCE.validate_python(row["citations"]),
        record=row["record"],
        history=[
            turn
            for one in answered
            if one["threadId"] == row["threadId"] and one["position"] < row["position"]
            for turn in _list_turns(one)
        ],
    )


def _list_turns(row: RowMapping) -> list[dict[str, str]]:
    said = {"user": row["record"]["question"], "assistant": row["record"]["answer"]}
    return [{"role": role, "content": content} for role, content in said.items()]
