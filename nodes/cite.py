"""Citations: every mark in an answer stands for words of a source, numbered as they come up."""

import asyncio
import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.passages import Evidence
from retrieval.sentences import is_abbreviation, sentence_spans

MARK = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
# A sentence with its marks, behind which white space has come: it is whole.
SENTENCE = re.compile(r"\s*[^\n]*?(?:[.!?。][\"'”’)*]*(?:[ ]*\[[\d, ]*\])*(?=\s)|(?<=[^\n])(?=\n))")
# The end of the text so far that further words may still turn into a mark or a sentence's end.
OPEN = re.compile(r"[\s.!?。\"'”’)*\[\],\d]*$")
NEW_LINE = re.compile(r"[ \t]*\n")
# Shorter ones are list numbers, headings and stray marks.
SHORTEST = 8
# A figure and a name in common outvote the nearest meaning (in standard deviations).
MOST_MEANING = 2.0
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"[A-Za-z][A-Za-z\d-]+")


class Ties:
    """Finds the sentence of the evidence that bears a sentence of the answer."""

    def __init__(self, evidence: Sequence[Evidence], embeddings: Embeddings) -> None:
        sentences = [
            Evidence(passage=piece.passage, start=piece.start + start, end=piece.start + end)
            for piece in evidence
            for start, end in sentence_spans(piece.quote)
        ]
        telling = [piece for piece in sentences if len(piece.quote) >= SHORTEST]
        self._sentences = telling or sentences
        self._embeddings = embeddings

    @cached_property
    def _vectors(self) -> NDArray[np.float64]:
        return np.array(
            self._embeddings.embed_documents([piece.quote for piece in self._sentences])
        )

    def best(self, sentence: str) -> Evidence:
        """The sentence that shares most figures, names and meaning with one of the answer's."""
        figures, names = set(FIGURE.findall(sentence)), set(map(str.lower, NAME.findall(sentence)))
        shared = np.array(
            [
                2.0 * len(figures & set(FIGURE.findall(piece.quote)))
                + len(names & set(map(str.lower, NAME.findall(_with_title(piece)))))
                for piece in self._sentences
            ]
        )
        near = self._vectors @ np.array(self._embeddings.embed_query(sentence))
        meaning = np.clip((near - near.mean()) / (near.std() or 1.0), -MOST_MEANING, MOST_MEANING)
        return self._sentences[int(np.argmax(shared + meaning))]


def _with_title(piece: Evidence) -> str:
    """Its words and its paper's, which speaks of its own model all along (ours, it)."""
    return f"{piece.passage.title}\n{piece.quote}"


class Citing:
    """Passes on an answer as it is written, with marks that all lead somewhere.

    A mark of the model's leads to that number of `numbered`, or is dropped; a sentence
    without any gets the mark of the sentence that bears it.
    """

    def __init__(self, numbered: Sequence[Evidence], ties: Ties) -> None:
        self.citations: list[Evidence] = []
        self._numbered = numbered
        self._ties = ties
        self._held = ""
        self._sentence = ""
        self._is_marked = False

    async def feed(self, words: str) -> str:
        """The text that can be shown after some more words."""
        self._held += words
        opening = OPEN.search(self._held)
        end = opening.start() if opening else len(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return await self._passed(ready)

    async def close(self) -> str:
        """The rest of the text."""
        return await self._passed(self._held.rstrip()) + await self._ending()

    async def _passed(self, text: str) -> str:
        shown = await self._ending() if NEW_LINE.match(text) else ""
        while whole := SENTENCE.match(text):
            shown += self._with_marks(whole[0])
            text = text[whole.end() :]
            if not is_abbreviation(self._sentence, text):
                shown += await self._ending()
        return shown + self._with_marks(text)

    def _with_marks(self, text: str) -> str:
        """The text with the model's marks renumbered, or dropped."""
        shown = MARK.sub(self._renumbered, text)
        self._sentence += MARK.sub("", text)
        return shown

    def _renumbered(self, match: re.Match[str]) -> str:
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        pieces = [self._numbered[n - 1] for n in numbers if 0 < n <= len(self._numbered)]
        self._is_marked |= bool(pieces)
        return "".join(f" {self._mark(piece)}" for piece in pieces)

    async def _ending(self) -> str:
        """The mark of a sentence that ends here without one."""
        sentence = self._sentence.strip()
        if len(sentence) < SHORTEST or not any(map(str.isalpha, sentence)):
            return ""
        is_marked, self._sentence, self._is_marked = self._is_marked, "", False
        if is_marked or sentence.endswith(":"):
            return ""
        return f" {self._mark(await asyncio.to_thread(self._ties.best, sentence))}"

    def _mark(self, piece: Evidence) -> str:
        if piece not in self.citations:
            self.citations.append(piece)
        return f"[{self.citations.index(piece) + 1}]"
