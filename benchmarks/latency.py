"""How long a reader waits for the first words where the models are OpenAI's, and for which calls.

`make bench` asks questions on the examples of a server in this process that takes as long as
OpenAI's do: so long before a chat call begins its reply, so long for a token, so long for vectors.
"""

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from langchain_core.messages import HumanMessage

from benchmarks.pace import Call, Log, at_once, chat, in_a_row, until_first_token
from evaluation.questions import QuestionRow, read_questions
from evaluation.scores import is_answerable
from graph.open import open_graph
from graph.run import Graph, Run
from graph.settings import Settings
from indexing.run import index_paths
from tests.fake_openai import Asked, FakeOpenAI

CHAT_SECONDS = 0.8
TOKENS_A_SECOND = 60
EMBED_SECONDS = 0.2
QUESTIONS = 10
EXAMPLES = Path("examples")
# Without figures, so that every paper's words bear it.
ANSWER = "논문은 이 점을 분명히 설명하고 있습니다 [1]. 저자들은 그 이유도 함께 밝혔습니다 [2]."
# As long as a model writes them.
QUERIES = (
    "Transformer base model training time GPUs\n"
    "The base model was trained for hours on GPUs\n"
    "duration of training the Transformer on one machine"
)
FOUND, NOTHING = '{"sentences": [1]}', '{"sentences": []}'


@dataclass(frozen=True)
class Asking:
    """A question's run and the calls it took."""

    run: Run
    calls: Sequence[Call]


def served(home: Path) -> tuple[Graph, FakeOpenAI, Log]:
    """The program's own graph over the examples, and the server that its clients talk to."""
    server = FakeOpenAI()
    os.environ |= {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": server.base_url}
    settings = Settings(
        home=home,
        chroma_url=None,
        chat_model="openai:gpt-4o-mini",
        embedding_model="openai:text-embedding-3-small",
        profile="auto",
    )
    index_paths(settings, [EXAMPLES / "papers"])

    def wait(asked: Asked) -> None:
        server.closing.wait(EMBED_SECONDS if asked.task == "embed" else CHAT_SECONDS)

    return open_graph(settings), server, Log(server, wait=wait, a_token=1 / TOKENS_A_SECOND)


async def ask(graph: Graph, log: Log, question: str) -> Asking:
    """One question, whose calls are all that the log has noted since."""
    known, run = len(log.calls), Run()
    async for _ in run.stream(graph, [HumanMessage(question)]):
        pass
    return Asking(run, log.calls[known:])


def prepare(server: FakeOpenAI, question: QuestionRow, grade: str) -> None:
    """Have the server reply to this question, at the length that a model would."""
    server.replies |= {
        "translate": question["question_en"],
        "rewrite": QUERIES,
        "grade": grade,
        "answer": ANSWER,
    }


def show_answered(askings: Sequence[Asking]) -> None:
    """What Korean questions took until the first words of the answer."""
    before = [until_first_token(asking.calls) for asking in askings]
    first = [asking.run.seconds["first_token"] for asking in askings]
    chats = max(in_a_row(chat(calls)) for calls in before)
    embeds = [[call for call in calls if call.task == "embed"] for calls in before]
    grades = [[call for call in calls if call.task == "grade"] for calls in before]
    print(
        f"first token after {median(first):.1f} s (median of {len(first)} Korean questions; a chat "
        f"call takes {CHAT_SECONDS} s and {TOKENS_A_SECOND} tokens a second, vectors {EMBED_SECONDS} s)"
    )
    print(
        f"in a row until then, at most: {chats} chat calls, {max(map(in_a_row, embeds))} embedding "
        f"request; {min(map(at_once, grades))} passages graded at the same time"
    )
    print(f"calls of a Korean question: {_calls(askings)}")


def _calls(askings: Sequence[Asking]) -> str:
    """How many calls a question takes, by task; the mean."""
    counts = Counter(call.task for asking in askings for call in asking.calls)
    return ", ".join(f"{task} {count / len(askings):g}" for task, count in counts.items())


async def bench(graph: Graph, server: FakeOpenAI, log: Log) -> None:
    """Ask questions that are answered, one in English, and one that is refused."""
    known = read_questions(EXAMPLES / "questions.jsonl")
    answerable = [question for question in known if is_answerable(question)]
    refused = next(question for question in known if not is_answerable(question))
    askings = []
    for question in answerable[:: len(answerable) // QUESTIONS][:QUESTIONS]:
        prepare(server, question, FOUND)
        askings.append(await ask(graph, log, question["question"]))
    show_answered(askings)

    prepare(server, answerable[0], FOUND)
    english = await ask(graph, log, answerable[0]["question_en"])
    print(f"calls of an English question: {_calls([english])}")

    prepare(server, refused, NOTHING)
    asking = await ask(graph, log, refused["question"])
    print(
        f"calls of a refused question: {_calls([asking])}; {in_a_row(chat(asking.calls))} chat calls "
        f"in a row, {asking.run.seconds['total']:.1f} s"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        graph, server, log = served(Path(folder))
        asyncio.run(bench(graph, server, log))
        server.close()
