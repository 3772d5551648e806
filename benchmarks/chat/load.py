"""How one chat server bears many readers at once, over the socket that browsers use.

`make load USERS=20 QUESTIONS=5` serves the examples to so many readers, first to one and then to
all, with a model that takes half a second a call, and prints how long they wait from a question to
the end of its answer, what an answer costs of processor time, and how the server's memory grows.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.chat.reader import Reader, Waits
from benchmarks.chat.server import Server, open_model, serve

CALL_SECONDS = 0.5


async def load(url: str, *, users: int, questions: int) -> Waits:
    """Let so many readers ask at once."""
    waits = Waits()
    await asyncio.gather(*(Reader(url, waits).ask(questions) for _ in range(users)))
    return waits


def measure(server: Server, *, users: int, questions: int) -> Waits:
    """Load the server, and print what that showed."""
    memory, used = server.read_memory(), server.read_processor_seconds()
    waits = asyncio.run(load(server.url, users=users, questions=questions))
    answers = len(waits.seconds)
    each = (server.read_processor_seconds() - used) / answers
    print(
        f"{users} readers, {answers} answers: median {median(waits.seconds):.2f} s, "
        f"p95 {waits.quantile(0.95):.2f} s, {1000 * each:.0f} ms of processor an answer, "
        f"memory {memory} to {server.read_memory()} MB, {waits.lost} lost, "
        f"{waits.refused} refused, {waits.crossed} crossed"
    )
    return waits


def main(arguments: Sequence[str]) -> None:
    """One reader, then as many as asked for."""
    users, questions = (int(given) for given in (*arguments, *("20", "5")[len(arguments) :]))
    model = open_model(CALL_SECONDS)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "data", model) as server:
        measure(server, users=1, questions=questions)  # what is read once at the first question
        one = measure(server, users=1, questions=questions)
        many = measure(server, users=users, questions=questions)
        print(f"p95 of {users} to p95 of one: {many.quantile(0.95) / one.quantile(0.95):.2f}")
    model.close()


if __name__ == "__main__":
    main(sys.argv[1:])
