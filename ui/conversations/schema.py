"""The tables of chats.db: what Chainlit 2.12 keeps of conversations, the answers' evidence, preferences."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from ui.ids import is_id


class ForeignId(ValueError):
    """An id that we never gave: ours are UUIDs."""


class Id(TypeDecorator[str]):
    """A UUID in its usual form; whatever else a client sends is refused before it reaches SQL."""

    impl = String(36)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        """The id, if it is one."""
        if value is not None and not is_id(value):
            raise ForeignId(value)
        return value


def _key(**options: Any) -> Column[str]:
    return Column("id", Id, primary_key=True, **options)


def _in_thread() -> Column[str]:
    return Column("threadId", Id, ForeignKey("threads.id", ondelete="CASCADE"), nullable=False)


metadata = MetaData()

users = Table(
    "users",
    metadata,
    _key(),
    Column("identifier", Text, nullable=False, unique=True),
    Column("metadata", JSON, nullable=False),
    Column("createdAt", Text, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    _key(),
    Column("createdAt", Text, nullable=False),
    Column("updatedAt", Text, nullable=False),
    Column("deletedAt", Text),
    Column("name", Text),
    Column("userId", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("userIdentifier", Text, nullable=False),
    Column("tags", JSON),
    Column("metadata", JSON),
    Index("threads_by_user", "userId", "updatedAt"),
)

steps = Table(
    "steps",
    metadata,
    _key(),
    _in_thread(),
    Column("parentId", Id),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("createdAt", Text),
    Column("start", Text),
    Column("end", Text),
    Column("input", Text),
    Column("output", Text),
    Column("streaming", Boolean),
    Column("waitForAnswer", Boolean),
    Column("isError", Boolean),
    Column("showInput", JSON),
    Column("defaultOpen", Boolean),
    Column("autoCollapse", Boolean),
    Column("language", Text),
    Column("icon", Text),
    Column("command", Text),
    Column("modes", JSON),
    Column("tags", JSON),
    Column("metadata", JSON),
    Column("generation", JSON),
    Index("steps_by_thread", "threadId", "createdAt"),
)

elements = Table(
    "elements",
    metadata,
    _key(),
    _in_thread(),
    Column("forId", Id),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("display", Text),
    Column("mime", Text),
    Column("url", Text),
    Column("objectKey", Text),
    Column("chainlitKey", Text),
    Column("size", Text),
    Column("language", Text),
    Column("page", Integer),
    Column("props", JSON),
    Column("autoPlay", Boolean),
    Column("playerConfig", JSON),
    Index("elements_by_thread", "threadId"),
)

feedbacks = Table(
    "feedbacks",
    metadata,
    _key(),
    _in_thread(),
    Column("forId", Id, nullable=False, unique=True),
    Column("value", Integer, nullable=False),
    Column("comment", Text),
)

preferences = Table(
    "preferences",
    metadata,
    Column("userId", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("chosen", JSON, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    _key(),
    _in_thread(),
    Column("question", Id, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("korean", JSON, nullable=False),
    Column("record", JSON, nullable=False),
    Index("answers_by_thread", "threadId", "position", unique=True),
)
