"""The questions that a chat model wrote, one a paper, kept in the library's folder."""

import logging
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

FILE = "starter_questions.db"
# Seconds to wait for another process that writes the file, which takes it a moment.
BUSY_SECONDS = 5.0
SCHEMA = "CREATE TABLE IF NOT EXISTS questions (document TEXT PRIMARY KEY, question TEXT NOT NULL)"

logger = logging.getLogger("munheon.starters")


class WrittenQuestions:
    """By the SHA-256 of a document what was asked of it; nothing where no question held."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def read_all(self) -> Mapping[str, str]:
        """All that is kept; nothing where the file cannot be read, for code asks as well."""
        if not self._path.exists():
            return {}
        try:
            return dict(self._execute("SELECT document, question FROM questions"))
        except sqlite3.Error as error:
            logger.warning("%s cannot be read: %s", self._path, error)
            return {}

    def keep(self, document: str, question: str) -> None:
        """Keep what was asked of a document, so that no model is asked for it again."""
        self._execute("INSERT OR REPLACE INTO questions VALUES (?, ?)", document, question)

    def forget_others(self, documents: Collection[str]) -> None:
        """Forget the questions of all documents but these."""
        for gone in self.read_all().keys() - set(documents):
            self._execute("DELETE FROM questions WHERE document = ?", gone)

    def _execute(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(
            sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        ) as file:
            file.execute(SCHEMA)
            return file.execute(statement, values).fetchall()
