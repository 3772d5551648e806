"""Citations: every mark in an answer stands for words of a source, numbered as they come up."""

import asyncio
import re
from collections.abc import Sequence
from copy import copy
from functools import cached_property
from itertools import chain

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from language.figures import Figure, rescaled, states
from language.sentences import is_abbreviation, sentence_spans
from nodes.citing.check import UNVERIFIED, Check, Fault, says_what_is_missing
from retrieval.passages import Evidence
from retrieval.search.bm25 import LexicalIndex

MARK = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
# A sentence with its marks, behind which white space has come: it is whole.
SENTENCE = re.compile(r"\s*[^\n]*?(?:[.!?。][\"'”’)*]*(?:[ ]*\[[\d, ]*\])*(?=\s)|(?<=[^\n])(?=\n))")
# The end of the text so far that further words may still turn into a mark or a sentence's end.
OPEN = re.compile(r"[\s.!?。\"'”’)*\[\],\d|]*$")
# A row of a Markdown table ends in a stroke, which its marks must not follow.
ROW_END = re.compile(r"\s*\|\s*$")
RULE = re.compile(r"[|:\s-]*")
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
        self._ranked: dict[str, list[Evidence]] = {}
        self._original: list[str] = []

    def leaning_on(self, original: str) -> "Ties":
        """The same for an answer that is translated from English: it has more of the papers' words."""
        ties = copy(self)
        ties._ranked = {}
        ties._original = [original[start:end] for start, end in sentence_spans(original)]
        return ties

    @cached_property
    def _vectors(self) -> NDArray[np.float64]:
        return np.array(
            self._embeddings.embed_documents([piece.quote for piece in self._sentences])
        )

    @cached_property
    def _words(self) -> LexicalIndex:
        return LexicalIndex(piece.quote for piece in self._sentences)

    def best(self, sentence: str, *, holding: Figure | None = None) -> Evidence | None:
        """The sentence that shares most figures, names and meaning with one of the answer's.

        With `holding`, the best of those that state this figure of it, else of those that have it
        on another scale (81만 for 81 million); None where none does.
        """
        if sentence not in self._ranked:  # asked again for each figure, and where it is told anew
            order = np.argsort(-self._scores(sentence), kind="stable")
            self._ranked[sentence] = [self._sentences[int(at)] for at in order]
        ranked = self._ranked[sentence]
        if holding is None:
            return ranked[0] if ranked else None
        stating = (piece for piece in ranked if states(piece.quote, sentence, holding))
        scaling = (piece for piece in ranked if rescaled(holding, piece.quote))
        return next(chain(stating, scaling), None)

    def _scores(self, sentence: str) -> NDArray[np.float64]:
        figures, names = set(FIGURE.findall(sentence)), set(map(str.lower, NAME.findall(sentence)))
        shared = np.array(
            [
                2.0 * len(figures & set(FIGURE.findall(piece.quote)))
                + len(names & set(map(str.lower, NAME.findall(_with_title(piece)))))
                for piece in self._sentences
            ]
        )
        asked = np.array(self._embeddings.embed_query(sentence))
        scores: NDArray[np.float64] = shared + _standardised(self._vectors @ asked)
        if self._original:
            original = self._original_of(asked)
            near = self._vectors @ np.array(self._embeddings.embed_query(original))
            scores += _standardised(self._words.scores(original)) + _standardised(near)
        return scores

    def _original_of(self, asked: NDArray[np.float64]) -> str:
        """The sentence that one of the answer's is nearest to: what it is translated from."""
        near = [asked @ np.array(self._embeddings.embed_query(text)) for text in self._original]
        return self._original[int(np.argmax(near))]


def _standardised(near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores in standard deviations from their mean, none of them far from it."""
    deviations = (near - near.mean()) / (near.std() or 1.0)
    bounded: NDArray[np.float64] = np.clip(deviations, -MOST_MEANING, MOST_MEANING)
    return bounded


def _with_title(piece: Evidence) -> str:
    """Its words and its paper's, which speaks of its own model all along (ours, it)."""
    return f"{piece.passage.title}\n{piece.quote}"


class Citing:
    """Passes on an answer as it is written, with marks that all lead somewhere.

    A mark of the model's leads to that number of `numbered`, or is dropped; a sentence
    without any gets the mark of the sentence that bears it. What `check` finds wrong with a
    sentence is kept, and shown behind it where `labelled`.
    """

    def __init__(
        self,
        numbered: Sequence[Evidence],
        ties: Ties,
        check: Check,
        *,
        labelled: bool = False,
    ) -> None:
        self.citations: list[Evidence] = []
        self.faults: list[Fault] = []
        self.stated = 0
        """How many sentences said more than what the papers leave out."""
        self._numbered = numbered
        self._ties = ties
        self._check = check
        self._labelled = labelled
        self._held = ""
        self._sentence = ""
        self._cited: list[Evidence] = []
        self._in_table = False

    def anew(self, *, translated: str = "", labelled: bool = False) -> "Citing":
        """One for another text, which may be a translation, or for the same text once more."""
        ties = self._ties.leaning_on(translated) if translated else self._ties
        return Citing(self._numbered, ties, self._check, labelled=labelled)

    @property
    def bears_nothing(self) -> bool:
        """Whether the evidence confirms none of the sentences."""
        unborne = {fault.sentence for fault in self.faults if fault.label == UNVERIFIED}
        return bool(unborne) and self.stated <= len(unborne)

    async def feed(self, words: str) -> str:
        """The text that can be shown after some more words."""
        self._held += words
        opening = OPEN.search(self._held)
        end = opening.start() if opening else len(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return await self._passed(ready)

    async def close(self) -> str:
        """The rest of the text."""
        shown = await self._passed(self._held.rstrip() + "\n")
        return shown.rstrip() + await self._ending(shortest=SHORTEST if self.stated else 1)

    async def _passed(self, text: str) -> str:
        shown = await self._ending() if NEW_LINE.match(text) else ""
        while whole := SENTENCE.match(text):
            text = text[whole.end() :]
            end = ROW_END.search(whole[0])
            shown += self._with_marks(whole[0][: end.start()] if end else whole[0])
            if end:
                shown += await self._ending_of_row() + end[0]
            elif not is_abbreviation(self._sentence, text):
                shown += await self._ending()
                self._in_table = False
        return shown + self._with_marks(text)

    def _with_marks(self, text: str) -> str:
        """The text with the model's marks renumbered, or dropped."""
        shown = MARK.sub(self._renumbered, text)
        self._sentence += MARK.sub("", text)
        return shown

    def _renumbered(self, match: re.Match[str]) -> str:
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        pieces = [self._numbered[n - 1] for n in numbers if 0 < n <= len(self._numbered)]
        self._cited += pieces
        return "".join(f" {self._mark(piece)}" for piece in pieces)

    async def _ending(self, *, shortest: int = SHORTEST) -> str:
        """The marks and labels of a sentence that ends here."""
        sentence = self._sentence.strip()
        told = any(map(str.isalpha if shortest == SHORTEST else str.isalnum, sentence))
        if len(sentence) < shortest or not told:
            return ""
        cited, self._sentence, self._cited = self._cited, "", []
        if says_what_is_missing(sentence) or (not cited and sentence.endswith(":")):
            return ""
        self.stated += 1
        further = await asyncio.to_thread(self._further, sentence, cited)
        faults = list(self._check.faults(sentence, [*cited, *further]))
        self.faults += faults
        labels = dict.fromkeys(fault.label for fault in faults) if self._labelled else ()
        marks = "".join(f" {self._mark(piece)}" for piece in further)
        return marks + "".join(f" ({label})" for label in labels)

    async def _ending_of_row(self) -> str:
        """The marks and labels of a table's row; its heads and the rule below them state nothing."""
        heads = not self._in_table or RULE.fullmatch(self._sentence)
        self._in_table = True
        if heads:
            self._sentence, self._cited = "", []
        return await self._ending()

    def _further(self, sentence: str, cited: Sequence[Evidence]) -> list[Evidence]:
        """What the sentence rests on beside what it cites, so that each figure has its source."""
        tied = [] if cited else [self._ties.best(sentence)]
        further = [piece for piece in tied if piece]
        for figure in self._check.unborne(sentence, [*cited, *further]):
            piece = self._ties.best(sentence, holding=figure)
            if piece and piece not in further:
                further.append(piece)
        return further

    def _mark(self, piece: Evidence) -> str:
        if piece not in self.citations:
            self.citations.append(piece)
        return f"[{self.citations.index(piece) + 1}]"
