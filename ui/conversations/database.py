"""chats.db: one file for all conversations of a library, written by one task after the other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import URL, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from retrieval.errors import UserError
from ui.conversations.schema import ForeignId, metadata

BUSY_SECONDS = 30


class NotKept(UserError):
    """A conversation cannot be written or read."""

    def __init__(self, path: Path, error: Exception) -> None:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        super().__init__("conversation.not_kept", file=path, reason=reason)


class ChatDatabase:
    """The tables of chats.db, made when they are first asked for."""

    def __init__(self, home: Path) -> None:
        self.path = home / "chats.db"
        self._engine: AsyncEngine | None = None
        # Chainlit writes each step in a task of its own: the lock keeps them in their order.
        self._order = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with; NotKept where that fails."""
        with self._explain_errors():
            async with (await self._open()).connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes take effect together, or not at all; NotKept where they don't."""
        with self._explain_errors():
            engine = await self._open()
            async with self._order, engine.begin() as connection:
                yield connection

    async def close(self) -> None:
        """Let go of the file."""
        if self._engine:
            await self._engine.dispose()
            self._engine = None

    @contextmanager
    def _explain_errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if isinstance(refused := getattr(error, "orig", None), ForeignId):
                raise refused from None
            raise NotKept(self.path, error) from error

    async def _open(self) -> AsyncEngine:
        async with self._order:
            if self._engine is None:
                self._engine = await _open_engine(self.path)
            return self._engine


async def _open_engine(path: Path) -> AsyncEngine:
    """An engine whose file has its tables."""
    await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _set_up_connection)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


def _set_up_connection(connection: object, record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
