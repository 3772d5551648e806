"""Contextual headers: a model that has read the paper says what each passage of it is about."""

import asyncio
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate

from indexing.prompts import CONTEXTUALISE
from language.sentences import find_sentences
from models.cost.spending import BudgetReached
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, BadReply, is_final_fault, read_fault
from nodes.prompts import fence_text
from nodes.replies import ask_for_text
from retrieval.ingest.headers import Keep, MissingHeader
from retrieval.ingest.readings import HeaderReading
from retrieval.passages import Passage

# How often a passage is tried; behind each try stand those of the client.
TRIES_A_HEADER = 3
# After so many passages in a row that a server would not answer, the rest is left for another day.
LOST = 8
# How long a call that goes alone and is still too much for the server waits, in seconds.
WAIT = 5.0

SENTENCES = 3
# Words by which the model is told which passage is meant.
FIRST_WORDS = 8
SERVER_FAULTS = {"unreachable", "timeout", "server", "rate"}
PREAMBLE = re.compile(r"^(?:(?:sure|certainly|here)\b[^.:]*:|(?:context|header|summary):)\s*", re.I)
# What says nothing to a search, and stands where a name should.
THIS = re.compile(
    r"\bthis (?:part(?: of the (?:paper|document))?|passage|text|excerpt|chunk|section|document|paper|study)\b"
    r"|\bthe paper\b|^the (?:passage|text|excerpt|chunk|section|document)(?= (?:also |further )?[a-z]{2,}s\b)",
    re.IGNORECASE,
)
HEADER_LETTER = re.compile(r"[^\W\d_]")
# Names may be written in their own letters.
ENGLISH_SHARE = 0.9
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff]")


def hash_prompt(prompt: ChatPromptTemplate) -> str:
    """What tells a prompt from another: the digest of its words."""
    words = prompt.format(**dict.fromkeys(prompt.input_variables, ""))
    return sha256(words.encode()).hexdigest()


class ContextualHeaders:
    """Writes headers, so many at once; all of a paper together, so that it is read once."""

    prompt = hash_prompt(CONTEXTUALISE)

    def __init__(self, chat: BaseChatModel, *, model: str, window: int, at_once: int) -> None:
        self.model = model
        self.window = window
        self._chat = chat
        self._at_once = at_once

    def write_headers(
        self, readings: Sequence[HeaderReading], keep: Keep
    ) -> Sequence[MissingHeader]:
        """Hand each header over as it comes; what is left without one comes back."""
        return asyncio.run(_HeaderCalls(self._chat, readings, keep, self._at_once).make_all())


@dataclass(frozen=True)
class _HeaderCall:
    """One passage to write for, and the calls that wait until its prompt is in the cache."""

    reading: HeaderReading
    passage: Passage
    behind: list["_HeaderCall"] = field(default_factory=list)


class _HeaderCalls:
    """All calls of a run. The first of each reading goes ahead of the rest, which begin as it does."""

    def __init__(
        self, chat: BaseChatModel, readings: Sequence[HeaderReading], keep: Keep, at_once: int
    ) -> None:
        self._chain = CONTEXTUALISE | chat
        self._keep = keep
        self._first = deque(_queue_calls(reading) for reading in readings)
        self._ready: deque[_HeaderCall] = deque()
        self._at_once = at_once
        self._limit = float(at_once)
        self._lost = 0
        self._unwritten: list[MissingHeader] = []
        self._reason = ""
        self._fault: Exception | None = None

    async def make_all(self) -> list[MissingHeader]:
        """Make the calls; a next paper is begun only where there is nothing else to do."""
        running: set[asyncio.Task[list[_HeaderCall]]] = set()
        while True:
            while len(running) < int(self._limit) and (call := self._take_next()):
                running.add(asyncio.create_task(self._write_header(call)))
            if not running:
                break
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._ready += task.result()
        if self._fault:
            raise self._fault
        left = [one for call in (*self._ready, *self._first) for one in (call, *call.behind)]
        return [*self._unwritten, *(MissingHeader(call.passage, self._reason) for call in left)]

    def _take_next(self) -> _HeaderCall | None:
        if self._fault or self._lost >= LOST:
            return None
        waiting = self._ready or self._first
        return waiting.popleft() if waiting else None

    async def _write_header(self, call: _HeaderCall) -> list[_HeaderCall]:
        """Have one header written and kept; the calls that can be made then."""
        for _ in range(TRIES_A_HEADER):
            try:
                text = await self._ask_for_header(call)
            except BudgetReached as spent:  # the calls under way are paid, and kept
                self._fault = spent
                return []
            except MODEL_FAULTS as fault:
                last, self._reason = fault, str(explain_fault(fault))
                if is_final_fault(fault):
                    self._fault = fault
                    return []
                if read_fault(fault).kind == "rate" and await self._slow_down():
                    return [call]  # it is no fault of the passage
                continue
            self._keep(call.passage, text)
            self._lost = 0
            self._limit = min(self._at_once, self._limit + 1 / self._limit)
            return call.behind
        self._lost += read_fault(last).kind in SERVER_FAULTS
        self._unwritten.append(MissingHeader(call.passage, self._reason))
        return call.behind

    async def _slow_down(self) -> bool:
        """Whether fewer calls at once can help; a call that goes alone waits."""
        if self._limit > 1:
            self._limit = max(1, self._limit - 1)
            return True
        await asyncio.sleep(WAIT)
        return False

    async def _ask_for_header(self, call: _HeaderCall) -> str:
        title = call.passage.title or call.passage.document
        reply = await ask_for_text(
            self._chain,
            {
                "title": fence_text(title).replace('"', "'"),
                "reading": fence_text(call.reading.text),
                "passage": fence_text(call.passage.text),
                "begins": fence_text(" ".join(call.passage.text.split()[:FIRST_WORDS])),
            },
        )
        return tidy_header(reply, title)


def tidy_header(reply: str, title: str) -> str:
    """The sentences of a reply that a search can use; BadReply where they are not English."""
    text = PREAMBLE.sub("", " ".join(reply.replace("**", "").split())).strip('"“” ')
    sentences = [text[start:end] for start, end in find_sentences(text)][:SENTENCES]
    name = title.partition(":")[0]
    named = [THIS.sub(lambda _: name, sentence) for sentence in sentences]
    letters = HEADER_LETTER.findall(text)
    if not letters or len(LATIN.findall(text)) < len(letters) * ENGLISH_SHARE:
        raise BadReply("no English header")
    return " ".join(named)


def _queue_calls(reading: HeaderReading) -> _HeaderCall:
    """The call that puts a reading into the cache, with the rest behind it."""
    first, *rest = [_HeaderCall(reading, passage) for passage in reading.passages]
    first.behind.extend(rest)
    return first
