"""Kill the chat's server at random moments: `make crashes KILLS=20`.

Readers ask one question after the other; the server is killed (SIGKILL) and started again. Each
answer that a reader has seen must be kept once, with its message, and no question be answered twice.
"""

import asyncio
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.chat.reader import Reader, Waits
from benchmarks.chat.server import Server, open_model, serve

READERS, SEED = 3, 20261201
# An answer takes half a second: kills meet all that is done for one.
CALL_SECONDS = 0.05
LIFE = (3.0, 8.0)
"""Seconds between start and kill; the first answer takes two more than the others."""


async def ask_until_killed(server: Server, waits: Waits, seconds: float) -> None:
    """Let readers ask, and kill the server under them."""
    readers = [asyncio.create_task(Reader(server.url, waits).ask(1_000)) for _ in range(READERS)]
    await asyncio.sleep(seconds)
    server.kill()
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)


def find_faults(path: Path, seen: list[str]) -> list[str]:
    """What is lost or doubled in chats.db."""
    with closing(sqlite3.connect(path)) as connection:
        answers = connection.execute("SELECT id, question FROM answers").fetchall()
        messages = connection.execute("SELECT id FROM steps WHERE type = 'assistant_message'")
        shown = {id for (id,) in messages}
    kept = {id for id, _ in answers}
    twice = [question for question, count in Counter(q for _, q in answers).items() if count > 1]
    return [
        *(f"lost: {id}" for id in seen if id not in kept),
        *(f"without its message: {id}" for id in kept - shown),
        *(f"answered twice: {question}" for question in twice),
    ]


def main(kills: int) -> None:
    """Print what was found; exit code 1 where anything is wrong."""
    waits, chance, model = Waits(), random.Random(SEED), open_model(CALL_SECONDS)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), model) as server:
        for _ in range(kills):
            asyncio.run(ask_until_killed(server, waits, chance.uniform(*LIFE)))
            server.start()
        faults = find_faults(Path(folder) / "chats.db", waits.answered)
    model.close()
    print(f"{kills} kills, {len(waits.answered)} answers seen, faults: {len(faults)}", *faults)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(int(sys.argv[1]))
