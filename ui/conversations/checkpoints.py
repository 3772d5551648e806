"""What the graph remembers of each conversation: the latest state alone, in checkpoints.db."""

import asyncio
from pathlib import Path
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from nodes.profile import ReplacedSentence
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, Hit, Passage, RetrieverScore
from retrieval.tables import Line, Table, TableRow

BUSY_SECONDS = 30
# What may come back out of the file.
KNOWN = (
    *(Evidence, Hit, RetrieverScore, Line, Passage, Question, Refusal, ReplacedSentence),
    *(Table, TableRow),
)


def make_serializer() -> JsonPlusSerializer:
    """One that knows the types in the graph's state, and makes no others."""
    return JsonPlusSerializer(allowed_msgpack_modules=KNOWN)


class LatestSaver(AsyncSqliteSaver):
    """LangGraph's checkpointer for SQLite; of each conversation it keeps the latest state."""

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a state in place of those before."""
        kept = await super().aput(config, checkpoint, metadata, new_versions)
        place: dict[str, Any] = kept["configurable"]
        for table in ("checkpoints", "writes"):
            await self.conn.execute(
                f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?",
                (place["thread_id"], place["checkpoint_ns"], place["checkpoint_id"]),
            )
        await self.conn.commit()
        return kept


async def open_saver(home: Path) -> LatestSaver:
    """The checkpointer of a library's conversations, in the loop that is running."""
    await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
    connection = await aiosqlite.connect(home / "checkpoints.db", timeout=BUSY_SECONDS)
    saver = LatestSaver(connection, serde=make_serializer())
    await saver.setup()
    return saver
