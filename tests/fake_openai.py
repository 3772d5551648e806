"""A stand-in for OpenAI's servers, over real HTTP."""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import numpy as np
from langchain_core.prompts import ChatPromptTemplate

from evaluation.making.prompts import WRITE, WRITE_UNANSWERABLE
from indexing.prompts import CONTEXTUALISE
from nodes import prompts
from nodes.small import prompts as small
from nodes.strong import prompts as strong
from tests.fakes import FakeEmbeddings


@dataclass(frozen=True)
class Asked:
    """One request that reached the server."""

    task: str
    """The prompt it was made with (translate, rewrite, grade, answer, header, question,
    unanswerable, trial, check), or embed.

    translate asks for search queries as well where the model is strong.
    """

    key: str
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """The words of all messages."""
        return "\n".join(message["content"] for message in self.body["messages"])


# How the server treats one request.
Treatment = Callable[["Exchange"], None]


class FakeOpenAI:
    """A server on a loopback port that speaks OpenAI's API.

    It replies to each task as `replies` says, unless `faults` holds treatments for that
    task: each is used once, in order; `always` holds the treatment that every request gets,
    under "chat" what every chat does that has none of its own. `lists` holds what it says of
    itself, by path.
    """

    def __init__(self) -> None:
        self.replies = {
            "translate": "How many layers does SOLAR have?",
            "rewrite": "SOLAR depth\nSOLAR has layers\nnumber of layers of SOLAR",
            "grade": '{"sentences": [1]}',
            "answer": "SOLAR는 층이 48개입니다 [1].",
            "check": "OK",
            "header": "SOLAR 10.7B has 48 layers, which is what its depth up-scaling is about.",
        }
        self.faults: dict[str, list[Treatment]] = defaultdict(list)
        self.always: dict[str, Treatment] = {}
        self.lists: dict[str, Any] = {}
        self.listed: list[tuple[str, str]] = []
        self.requests: list[Asked] = []
        self.embeddings = FakeEmbeddings()
        self.closing = Event()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.fake = self
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def reply(self, asked: Asked) -> str:
        """What it says to a request."""
        given = asked.body["messages"][0]["content"]
        if given.startswith(_beginning(strong.TRANSLATE_AND_REWRITE)):
            return f"{self.replies['translate']}\n{self.replies['rewrite']}"
        return self.replies[asked.task]

    def count(self, task: str) -> int:
        """How often something was asked for."""
        return sum(asked.task == task for asked in self.requests)

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # As many as come at once: the usual five would make the others wait a second.
    request_queue_size = 128
    fake: FakeOpenAI

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class Exchange(BaseHTTPRequestHandler):
    """One request and the reply to it."""

    server: _Server
    disable_nagle_algorithm = True  # small pieces would wait for each other

    def do_GET(self) -> None:
        fake = self.server.fake
        fake.listed.append((self.path, self.headers.get("Authorization", "")))
        if self.path in fake.lists:
            self.send(json.dumps(fake.lists[self.path]))
        else:
            self.send_nowhere()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked = Asked(_task(body), self.headers.get("Authorization", ""), body)
        fake, task = self.server.fake, self.asked.task
        fake.requests.append(self.asked)
        if self.path not in ("/v1/chat/completions", "/v1/embeddings"):
            self.send_nowhere()
        elif fake.faults[task]:
            fake.faults[task].pop(0)(self)
        elif task in fake.always:
            fake.always[task](self)
        elif task == "embed":
            self.send_vectors()
        elif "chat" in fake.always:
            fake.always["chat"](self)
        else:
            self.send_usual()

    def send_usual(self) -> None:
        """The words that the server replies to such a chat."""
        self.send_words(self.server.fake.reply(self.asked))

    def send_nowhere(self) -> None:
        """What servers in Go say of a path that they don't have."""
        self.send("404 page not found", status=404, content_type="text/plain")

    def send_vectors(self) -> None:
        texts = self.asked.body["input"]
        vectors = self.server.fake.embeddings.embed_documents(
            [texts] if isinstance(texts, str) else texts
        )
        as_text = self.asked.body.get("encoding_format") == "base64"
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": base64.b64encode(np.array(vector, "<f4").tobytes()).decode()
                if as_text
                else vector,
            }
            for index, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        self.send(json.dumps({"object": "list", "model": "fake", "data": data, "usage": usage}))

    def send_words(self, text: str, *, seconds: float = 0.0) -> None:
        """A chat completion, written in so many seconds.

        In one piece, or streamed a word at a time where that was asked for.
        """
        if self.asked.body.get("stream"):
            events = [*stream(text), ENDING]
            self.send(*events, content_type="text/event-stream", pause=seconds / len(events))
            return
        self.wait(seconds)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        self.send(
            json.dumps({**COMPLETION, "object": "chat.completion", "choices": [choice], **USAGE})
        )

    def send(
        self,
        *pieces: str,
        status: int = 200,
        content_type: str = "application/json",
        missing: int = 0,
        pause: float = 0.0,
        **headers: str,
    ) -> None:
        """Reply with the pieces, each after a pause; a client expects as many bytes more as miss."""
        content = "".join(pieces).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content) + missing))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        for piece in [piece.encode() for piece in pieces] if pause else [content]:
            self.wait(pause)
            self.wfile.write(piece)

    def wait(self, seconds: float) -> None:
        """Let time pass, unless the server closes."""
        self.server.fake.closing.wait(seconds)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


COMPLETION = {"id": "fake", "created": 0, "model": "fake"}
USAGE = {"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}


def stream(text: str) -> list[str]:
    """The events of a streamed completion, a word each."""
    words = [{"content": word} for word in re.findall(r"\s*\S+|\s+$", text)]
    deltas = [{"role": "assistant", "content": ""}, *words]
    return [event([{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]


def event(choices: list[dict[str, Any]], **more: Any) -> str:
    """One event of a streamed completion."""
    chunk = {**COMPLETION, "object": "chat.completion.chunk", "choices": choices, **more}
    return f"data: {json.dumps(chunk)}\n\n"


ENDING = "".join(
    [
        event([{"index": 0, "delta": {}, "finish_reason": "stop"}]),
        event([], **USAGE),
        "data: [DONE]\n\n",
    ]
)


# How the call begins by which `munheon doctor` learns whether a model answers.
CHECKED = "Reply with one word"
# How the tasks begin that are there to try a model alone.
TRIED = ("The first code is", "Whatever the user says", "Count from one")


def _task(body: dict[str, Any]) -> str:
    """Which prompt a request was made with, by how its instructions begin."""
    if "input" in body:
        return "embed"
    given = body["messages"][0]["content"]
    templates = {
        "translate": small.TRANSLATE,
        "translate plainly": small.TRANSLATE_PLAINLY,
        "translate a follow-up": small.TRANSLATE_FOLLOW_UP,
        "translate and rewrite": strong.TRANSLATE_AND_REWRITE,
        "rewrite": prompts.REWRITE,
        "grade": strong.GRADE,
        "answer": strong.ANSWER_CITING,
        "answer plainly": small.ANSWER_PLAIN,
        "answer in Korean": small.PUT_INTO_KOREAN,
        "header": CONTEXTUALISE,
        "question": WRITE,
        "unanswerable": WRITE_UNANSWERABLE,
    }
    if given.startswith(TRIED):
        return "trial"
    if given.startswith(CHECKED):
        return "check"
    for task, template in templates.items():
        if given.startswith(_beginning(template)):
            return task.split()[0]
    raise AssertionError(f"no such prompt: {given}")


def _beginning(template: ChatPromptTemplate) -> str:
    """The words of its instructions before the first that a question fills in."""
    first: Any = template.messages[0]
    words: str = first.prompt.template.split("{")[0]
    return words
