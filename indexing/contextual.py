"""Contextual headers: a model that has read the paper says what each passage of it is about."""

import asyncio
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import openai
from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate

from language.sentences import sentence_spans
from models.errors import MODEL_FAULTS, BadReply, explained, is_final
from nodes.prompts import CONTEXTUALISE, fenced
from nodes.replies import reply_text
from retrieval.ingest.headers import Keep, Unwritten
from retrieval.ingest.readings import Reading
from retrieval.passages import Passage

# How often a passage is tried; behind each try stand those of the client.
TRIES = 3
# After so many passages in a row that a server would not answer, the rest is left for another day.
LOST = 8
# How long a call that goes alone and is still too much for the server waits, in seconds.
WAIT = 5.0

SENTENCES = 3
# Words by which the model is told which passage is meant.
BEGINS = 8
SERVER_FAULTS = (openai.APIConnectionError, openai.InternalServerError, openai.RateLimitError)
PREAMBLE = re.compile(r"^(?:(?:sure|certainly|here)\b[^.:]*:|(?:context|header|summary):)\s*", re.I)
# What says nothing to a search, and stands where a name should.
THIS = re.compile(
    r"\bthis (?:part(?: of the (?:paper|document))?|passage|text|excerpt|chunk|section|document|paper|study)\b"
    r"|\bthe paper\b|^the (?:passage|text|excerpt|chunk|section|document)(?= (?:also |further )?[a-z]{2,}s\b)",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
# Names may be written in their own letters.
ENGLISH = 0.9
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff]")


def version(prompt: ChatPromptTemplate) -> str:
    """What tells a prompt from another: the digest of its words."""
    words = prompt.format(**dict.fromkeys(prompt.input_variables, ""))
    return sha256(words.encode()).hexdigest()


class ContextualHeaders:
    """Writes headers, so many at once; all of a paper together, so that it is read once."""

    prompt = version(CONTEXTUALISE)

    def __init__(self, chat: BaseChatModel, *, model: str, window: int, at_once: int) -> None:
        self.model = model
        self.window = window
        self._chat = chat
        self._at_once = at_once

    def write(self, readings: Sequence[Reading], keep: Keep) -> Sequence[Unwritten]:
        """Hand each header over as it comes; what is left without one comes back."""
        return asyncio.run(_Calls(self._chat, readings, keep, self._at_once).all())


@dataclass(frozen=True)
class _Call:
    """One passage to write for, and the calls that wait until its prompt is in the cache."""

    reading: Reading
    passage: Passage
    behind: list["_Call"] = field(default_factory=list)


class _Calls:
    """All calls of a run. The first of each reading goes ahead of the rest, which begin as it does."""

    def __init__(
        self, chat: BaseChatModel, readings: Sequence[Reading], keep: Keep, at_once: int
    ) -> None:
        self._chain = CONTEXTUALISE | chat
        self._keep = keep
        self._first = deque(_first(reading) for reading in readings)
        self._ready: deque[_Call] = deque()
        self._at_once = at_once
        self._limit = float(at_once)
        self._lost = 0
        self._unwritten: list[Unwritten] = []
        self._reason = ""
        self._fault: Exception | None = None

    async def all(self) -> list[Unwritten]:
        """Make the calls; a next paper is begun only where there is nothing else to do."""
        running: set[asyncio.Task[list[_Call]]] = set()
        while True:
            while len(running) < int(self._limit) and (call := self._next()):
                running.add(asyncio.create_task(self._write(call)))
            if not running:
                break
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._ready += task.result()
        if self._fault:
            raise self._fault
        left = [one for call in (*self._ready, *self._first) for one in (call, *call.behind)]
        return [*self._unwritten, *(Unwritten(call.passage, self._reason) for call in left)]

    def _next(self) -> _Call | None:
        if self._fault or self._lost >= LOST:
            return None
        waiting = self._ready or self._first
        return waiting.popleft() if waiting else None

    async def _write(self, call: _Call) -> list[_Call]:
        """Have one header written and kept; the calls that can be made then."""
        for _ in range(TRIES):
            try:
                text = await self._header(call)
            except MODEL_FAULTS as fault:
                last, self._reason = fault, str(explained(fault))
                if is_final(fault):
                    self._fault = fault
                    return []
                if isinstance(fault, openai.RateLimitError) and await self._goes_slower():
                    return [call]  # it is no fault of the passage
                continue
            self._keep(call.passage, text)
            self._lost = 0
            self._limit = min(self._at_once, self._limit + 1 / self._limit)
            return call.behind
        self._lost += isinstance(last, SERVER_FAULTS)
        self._unwritten.append(Unwritten(call.passage, self._reason))
        return call.behind

    async def _goes_slower(self) -> bool:
        """Whether fewer calls at once can help; a call that goes alone waits."""
        if self._limit > 1:
            self._limit = max(1, self._limit - 1)
            return True
        await asyncio.sleep(WAIT)
        return False

    async def _header(self, call: _Call) -> str:
        title = call.passage.title or call.passage.document
        reply = await reply_text(
            self._chain,
            {
                "title": fenced(title).replace('"', "'"),
                "reading": fenced(call.reading.text),
                "passage": fenced(call.passage.text),
                "begins": fenced(" ".join(call.passage.text.split()[:BEGINS])),
            },
        )
        return tidied(reply, title)


def tidied(reply: str, title: str) -> str:
    """The sentences of a reply that a search can use; BadReply where they are not English."""
    text = PREAMBLE.sub("", " ".join(reply.replace("**", "").split())).strip('"“” ')
    sentences = [text[start:end] for start, end in sentence_spans(text)][:SENTENCES]
    name = title.partition(":")[0]
    named = [THIS.sub(lambda _: name, sentence) for sentence in sentences]
    letters = LETTER.findall(text)
    if not letters or len(LATIN.findall(text)) < len(letters) * ENGLISH:
        raise BadReply("no English header")
    return " ".join(named)


def _first(reading: Reading) -> _Call:
    """The call that puts a reading into the cache, with the rest behind it."""
    first, *rest = [_Call(reading, passage) for passage in reading.passages]
    first.behind.extend(rest)
    return first
