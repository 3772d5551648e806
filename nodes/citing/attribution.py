"""Attribution: which sentence of the evidence bears a sentence of the answer."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from language.figures import Figure, correct_scale, states_figure
from language.sentences import find_sentences
from nodes.citing.checks import SentenceCheck
from retrieval.passages import Evidence
from retrieval.search.bm25 import LexicalIndex

# Shorter sentences of a source are headings and stray marks, which bear nothing.
MIN_SOURCE_SENTENCE = 8
# What each figure and each name in common counts.
FIGURE_WEIGHT, NAME_WEIGHT = 2.0, 1.0
# Both outvote the nearest meaning (in standard deviations).
MAX_DEVIATION = 2.0
WRITTEN_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z\d-]+")


class Attribution:
    """Ties sentences of one answer to sentences of its evidence.

    An answer that was translated has its `original` in English, which shares more of the papers'
    words.
    """

    def __init__(
        self, evidence: Sequence[Evidence], embeddings: Embeddings, *, original: str = ""
    ) -> None:
        sentences = [
            Evidence(passage=piece.passage, start=piece.start + start, end=piece.start + end)
            for piece in evidence
            for start, end in find_sentences(piece.quote)
        ]
        telling = [piece for piece in sentences if len(piece.quote) >= MIN_SOURCE_SENTENCE]
        self._sentences = telling or sentences
        self._embeddings = embeddings
        self._ranked: dict[str, list[Evidence]] = {}
        self._original = [original[start:end] for start, end in find_sentences(original)]

    def cite_sentence(
        self, sentence: str, marked: Sequence[Evidence], check: SentenceCheck
    ) -> list[Evidence]:
        """What a sentence rests on: what it marks, else the best, and the source of each figure."""
        best = None if marked else self.find_best_source(sentence)
        cited = [*marked, *([best] if best else [])]
        return self._add_sources_of_figures(sentence, cited, check)

    def _add_sources_of_figures(
        self, sentence: str, cited: list[Evidence], check: SentenceCheck
    ) -> list[Evidence]:
        """What is cited, and the source of each figure of the sentence that it leaves out."""
        for figure in check.find_unproven_figures(sentence, cited):
            piece = self.find_best_source(sentence, holding=figure)
            if piece and piece not in cited:
                cited.append(piece)
        return cited

    @cached_property
    def _vectors(self) -> NDArray[np.float64]:
        return np.array(
            self._embeddings.embed_documents([piece.quote for piece in self._sentences])
        )

    @cached_property
    def _words(self) -> LexicalIndex:
        return LexicalIndex(piece.quote for piece in self._sentences)

    def find_best_source(self, sentence: str, *, holding: Figure | None = None) -> Evidence | None:
        """The sentence that shares most figures, names and meaning with one of the answer's.

        With `holding`, the best of those that state this figure of it, else of those that have it
        on another scale (81만 for 81 million); None where none does.
        """
        if sentence not in self._ranked:  # asked again for each figure, and where it is told anew
            order = np.argsort(-self._score_sources(sentence), kind="stable")
            self._ranked[sentence] = [self._sentences[int(at)] for at in order]
        ranked = self._ranked[sentence]
        if holding is None:
            return ranked[0] if ranked else None
        stating = (piece for piece in ranked if states_figure(piece.quote, sentence, holding))
        scaling = (piece for piece in ranked if correct_scale(holding, piece.quote))
        return next(chain(stating, scaling), None)

    def _score_sources(self, sentence: str) -> NDArray[np.float64]:
        figures, names = (
            set(WRITTEN_FIGURE.findall(sentence)),
            set(map(str.lower, LATIN_NAME.findall(sentence))),
        )
        shared = np.array(
            [
                FIGURE_WEIGHT * len(figures & set(WRITTEN_FIGURE.findall(piece.quote)))
                + NAME_WEIGHT
                * len(names & set(map(str.lower, LATIN_NAME.findall(_quote_with_title(piece)))))
                for piece in self._sentences
            ]
        )
        asked = np.array(self._embeddings.embed_query(sentence))
        scores: NDArray[np.float64] = shared + _clip_scores(self._vectors @ asked)
        if self._original:
            original = self._find_original(asked)
            near = self._vectors @ np.array(self._embeddings.embed_query(original))
            scores += _clip_scores(self._words.score_texts(original)) + _clip_scores(near)
        return scores

    def _find_original(self, asked: NDArray[np.float64]) -> str:
        """The sentence that one of the answer's is nearest to: what it is translated from."""
        near = [asked @ np.array(self._embeddings.embed_query(text)) for text in self._original]
        return self._original[int(np.argmax(near))]


def _clip_scores(near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores in standard deviations from their mean, none of them far from it."""
    deviations = (near - near.mean()) / (near.std() or 1.0)
    bounded: NDArray[np.float64] = np.clip(deviations, -MAX_DEVIATION, MAX_DEVIATION)
    return bounded


def _quote_with_title(piece: Evidence) -> str:
    """Its words and its paper's, which speaks of its own model all along (ours, it)."""
    return f"{piece.passage.title}\n{piece.quote}"
