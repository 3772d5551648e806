"""Preferences in chats.db, by user."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from ui.conversations.database import ChatDatabase
from ui.conversations.schema import preferences
from ui.preferences.preferences import Preferences


class PreferenceStore:
    """The preferences of all users; read once, as this process alone changes them."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database
        self._known: dict[str, Preferences] = {}

    async def read(self, user: str) -> Preferences:
        """What a user has chosen."""
        if user not in self._known:
            query = select(preferences.c.chosen).where(preferences.c.userId == user)
            async with self._database.read() as connection:
                chosen = await connection.scalar(query)
            self._known.setdefault(user, Preferences.restore(chosen or {}))
        return self._known[user]

    async def keep(self, user: str, chosen: Preferences) -> None:
        """Keep what a user has chosen; what is at its default follows the default."""
        query = insert(preferences).values(userId=user, chosen=chosen.changed)
        async with self._database.write() as connection:
            await connection.execute(
                query.on_conflict_do_update(
                    index_elements=["userId"], set_={"chosen": query.excluded.chosen}
                )
            )
        self._known[user] = chosen
