"""Attribution: which sentence of the evidence bears a sentence of the answer."""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from language.figures import find_figures
from language.names import has_name
from language.sentences import find_sentences
from language.terms import is_korean
from nodes.citing.checks import SentenceCheck
from nodes.question import Question
from retrieval.passages import Evidence
from retrieval.search.bm25 import LexicalIndex, score_by_words
from retrieval.search.fusion import standardise_scores

# Shorter sentences of a source are headings and stray marks, which bear nothing.
MIN_SOURCE_SENTENCE = 8
# What each figure and each name in common counts. Without that of figures as many right pages are
# cited, and one more mark stands in 8 of 126 answers.
FIGURE_WEIGHT, NAME_WEIGHT = 2.0, 1.0
# A figure rests on one of so many sentences of text that are nearest to the question. Of answers on
# thirteen papers, 4 in 71 right ones have a figure from elsewhere, and 7 in 24 wrong ones.
NEAR_SOURCES = 10
# No score by words or meaning counts more than this (in standard deviations).
MAX_DEVIATION = 2.0
WRITTEN_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z\d-]+")


class Attribution:
    """Ties sentences of one answer to sentences of its evidence.

    An answer that was translated has its `original` in English, which shares more of the papers'
    words. Without a question, a figure may rest on any sentence.
    """

    def __init__(
        self,
        evidence: Sequence[Evidence],
        embeddings: Embeddings,
        *,
        question: Question | None = None,
        original: str = "",
    ) -> None:
        sentences = [
            Evidence(passage=piece.passage, start=start, end=end)
            for piece in evidence
            for start, end in piece.passage.find_statements(piece.start, piece.end)
        ]
        telling = [piece for piece in sentences if len(piece.quote) >= MIN_SOURCE_SENTENCE]
        self._sentences = telling or sentences
        self._embeddings = embeddings
        self._question = question
        self._ranked: dict[str, list[Evidence]] = {}
        self._embedded: dict[str, NDArray[np.float64]] = {}
        self._original = [original[start:end] for start, end in find_sentences(original)]

    def cite_sentence(
        self, sentence: str, marked: Sequence[Evidence], check: SentenceCheck
    ) -> list[Evidence]:
        """What a sentence rests on: what it marks, else the best; the source of each figure and name."""
        cited = list(marked) or [self.find_best_source(sentence)]
        self._add_sources_of_figures(sentence, cited, check)
        self._add_sources_of_names(sentence, cited, check)
        return cited

    def _add_sources_of_figures(
        self, sentence: str, cited: list[Evidence], check: SentenceCheck
    ) -> None:
        """Join the source of each figure of the sentence that what is cited leaves out."""
        for figure in check.find_unproven_figures(sentence, cited):
            bearing = (
                piece
                for piece in self._rank_bearing(sentence)
                if check.bears_figure(piece, sentence, figure)
            )
            if (piece := next(bearing, None)) and piece not in cited:
                cited.append(piece)

    def _add_sources_of_names(
        self, sentence: str, cited: list[Evidence], check: SentenceCheck
    ) -> None:
        """Join the best source for each name of the sentence that what is cited leaves out."""
        for name in check.find_unproven_names(sentence, cited):
            naming = (
                piece for piece in self._rank_sources(sentence) if has_name(piece.quote, name)
            )
            if (piece := next(naming, None)) and piece not in cited:
                cited.append(piece)

    @cached_property
    def near_sources(self) -> Sequence[Evidence]:
        """The sentences that are nearest to the question in words and meaning, in both languages."""
        if not self._question:
            return self._sentences
        asked = (self._question.asked, self._question.english)
        meaning = [self._vectors @ self._embed(text) for text in asked]
        quotes = [piece.quote for piece in self._sentences]
        words = score_by_words(quotes, english=asked[1], korean=asked[0])
        scores = np.sum([standardise_scores(leg) for leg in [*meaning, words]], axis=0)
        order = np.argsort(-scores, kind="stable")
        return [self._sentences[int(at)] for at in order[:NEAR_SOURCES]]

    @cached_property
    def _vectors(self) -> NDArray[np.float64]:
        return np.array(
            self._embeddings.embed_documents([piece.quote for piece in self._sentences])
        )

    @cached_property
    def _original_vectors(self) -> NDArray[np.float64]:
        return np.array([self._embed(text) for text in self._original])

    def _embed(self, text: str) -> NDArray[np.float64]:
        """A text's vector, asked for once: the question's counts for each sentence of an answer."""
        if text not in self._embedded:
            self._embedded[text] = np.array(self._embeddings.embed_query(text))
        return self._embedded[text]

    @cached_property
    def _words(self) -> LexicalIndex:
        return LexicalIndex(piece.quote for piece in self._sentences)

    def find_best_source(self, sentence: str) -> Evidence:
        """The sentence that shares most figures, names and meaning with one of the answer's."""
        return self._rank_bearing(sentence)[0]

    def _rank_bearing(self, sentence: str) -> list[Evidence]:
        """The sentences that one of the answer's may rest on, the best first: of one with figures, fewer."""
        ranked = self._rank_sources(sentence)
        has_figure = any(find_figures(sentence))
        return [piece for piece in ranked if not has_figure or self._bears_figures(piece)]

    def _rank_sources(self, sentence: str) -> list[Evidence]:
        """The sentences of the evidence, the best first."""
        if sentence not in self._ranked:  # asked again for each figure, and where it is told anew
            order = np.argsort(-self._score_sources(sentence), kind="stable")
            self._ranked[sentence] = [self._sentences[int(at)] for at in order]
        return self._ranked[sentence]

    def _bears_figures(self, piece: Evidence) -> bool:
        """Whether a figure may rest on a sentence: rows of tables have checks of their own."""
        return piece in self.near_sources or piece.passage.row_at(piece.start) is not None

    def _score_sources(self, sentence: str) -> NDArray[np.float64]:
        figures, names = set(WRITTEN_FIGURE.findall(sentence)), _find_latin_names(sentence)
        shared = [
            FIGURE_WEIGHT * len(figures & set(WRITTEN_FIGURE.findall(piece.quote)))
            + NAME_WEIGHT * len(names & _find_latin_names(_quote_with_title(piece)))
            for piece in self._sentences
        ]
        told = self._embed(sentence)
        scores: NDArray[np.float64] = np.array(shared) + _clip_scores(self._vectors @ told)
        if self._original:  # the sentence that this one is translated from
            at = int(np.argmax(self._original_vectors @ told))
            near = self._vectors @ self._original_vectors[at]
            words = self._words.score_texts(self._original[at])
            scores += _clip_scores(words) + _clip_scores(near)
        if self._question and not is_korean(" ".join(piece.quote for piece in self._sentences)):
            # What answers it is likelier to be told than a sentence beside that.
            scores += _clip_scores(self._vectors @ self._embed(self._question.english))
        return scores


def _clip_scores(near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores in standard deviations from their mean, none of them far from it."""
    bounded: NDArray[np.float64] = np.clip(standardise_scores(near), -MAX_DEVIATION, MAX_DEVIATION)
    return bounded


def _find_latin_names(text: str) -> set[str]:
    return set(map(str.lower, LATIN_NAME.findall(text)))


def _quote_with_title(piece: Evidence) -> str:
    """Its words and its paper's, which speaks of its own model all along (ours, it)."""
    return f"{piece.passage.title}\n{piece.quote}"
