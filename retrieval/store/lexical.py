"""The lexical leg of a library: its passages' postings by language, kept beside library.db.

Each language has its own idf and mean length, so that neither makes the other's words rare.
With them are kept the English words as they are written, for Hangul that stands for them.
"""

import os
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from language.terms import is_korean, list_korean_terms, list_written_words, stem_words
from retrieval.passages import LegScore
from retrieval.store.library import Library
from retrieval.store.postings import Arrays, GrowingPostings, Postings

POSTINGS_FILE = "lexical.npz"
# Written into the file: postings of another analysis are made anew. Raise it with every change.
ANALYSIS = "english stems, kiwi morphemes and words, 2"
TERMS_BY_LANGUAGE = {"en": stem_words, "ko": list_korean_terms}


@dataclass(frozen=True)
class LanguageTexts:
    """The passages in one language."""

    ids: NDArray[np.int64]
    digests: NDArray[np.uint64]
    """Of what was searched: a passage that has not changed is not analysed again."""

    postings: Postings


class LexicalSearch:
    """BM25 over a library's passages, each asked in its own language."""

    def __init__(self, texts: Mapping[str, LanguageTexts], words: Mapping[str, int]) -> None:
        self.texts = texts
        self.words = words
        """The English words as they are written, and how often; some may be of removed passages."""

        self._rows: Mapping[str, NDArray[np.bool_]] = {
            language: np.ones(len(part.ids), dtype=bool) for language, part in texts.items()
        }

    def narrow(self, passages: NDArray[np.int64]) -> "LexicalSearch":
        """The same search over these passages alone; how rare a word is stays the library's."""
        narrowed = copy(self)
        narrowed._rows = {
            language: np.isin(part.ids, passages) for language, part in self.texts.items()
        }
        return narrowed

    @property
    def languages(self) -> list[str]:
        """The languages of the passages."""
        return [language for language, rows in self._rows.items() if rows.any()]

    def find_best(self, queries: Mapping[str, Sequence[str]], count: int) -> dict[str, LegScore]:
        """The passages that share words with the queries in their language, best first.

        The score is the mean over the queries. The share is that of the most that a passage
        could score: where a translation has little of the papers' words, no passage has much.
        """
        asked = [name for name in self.languages if queries.get(name)]
        if not asked:
            return {}
        found = [self._score_passages(name, queries[name]) for name in asked]
        scores, shares = (np.concatenate(column) for column in zip(*found, strict=True))
        ids = np.concatenate([self.texts[name].ids[self._rows[name]] for name in asked])
        best = _find_highest(shares, count)
        return {
            str(ids[at]): LegScore(float(scores[at]), float(shares[at]))
            for at in best
            if scores[at] > 0
        }

    def has_words(self, english: str) -> bool:
        """Whether some of the passages have each word of an English term."""
        return all(
            any(self.texts[name].postings.stands_in(stem, self._rows[name]) for name in self.texts)
            for stem in stem_words(english)
        )

    def _score_passages(
        self, language: str, queries: Sequence[str]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The score and the share of each passage of a language."""
        # Scores add up over terms: queries that share some are scored in one go.
        asked = [term for query in queries for term in TERMS_BY_LANGUAGE[language](query)]
        postings = self.texts[language].postings
        scores = postings.get_scores(asked)[self._rows[language]]
        return scores / len(queries), scores / (postings.highest_possible_score(asked) or 1.0)

    def list_ids(self) -> set[str]:
        """The ids of all passages."""
        return {
            str(id)
            for language, texts in self.texts.items()
            for id in texts.ids[self._rows[language]].tolist()
        }


def _find_highest(scores: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Where the highest scores stand, best first, the earlier of equals first."""
    places = np.arange(len(scores))
    if len(scores) > count:  # sorting 100,000 takes longer than the search
        places = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    return places[np.argsort(-scores[places], kind="stable")][:count]


def open_lexical(library: Library) -> LexicalSearch:
    """The postings of the library as it is: read where they are kept, else made and kept."""
    state = f"{ANALYSIS}; {library.read_state_key()}"
    kept_for, held = _read_postings(library.home / POSTINGS_FILE)
    if held and kept_for == state:
        return held
    made = _make_postings(
        library.iterate_searched_texts(), held if kept_for.startswith(f"{ANALYSIS};") else None
    )
    _keep_postings(library.home / POSTINGS_FILE, state, made)
    return made


def _make_postings(
    passages: Iterable[tuple[int, str]], held: LexicalSearch | None
) -> LexicalSearch:
    """Postings of passages; those that are held already are not analysed again."""
    texts = held.texts if held else {}
    rows = {
        digest: (language, row)
        for language, part in texts.items()
        for row, digest in enumerate(part.digests.tolist())
    }
    made = {language: _LanguageBuilder(texts.get(language)) for language in TERMS_BY_LANGUAGE}
    words = Counter(held.words if held else {})
    for id, text in passages:
        digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        if digest in rows:
            language, row = rows[digest]
            made[language].postings.keep_text(row)
        else:
            language = "ko" if is_korean(text) else "en"
            made[language].postings.add_text(TERMS_BY_LANGUAGE[language](text))
            words.update(list_written_words(text))
        made[language].ids.append(id)
        made[language].digests.append(digest)
    return LexicalSearch({language: part.build_texts() for language, part in made.items()}, words)


class _LanguageBuilder:
    """The passages of one language, as they are gone through."""

    def __init__(self, held: LanguageTexts | None) -> None:
        self.ids, self.digests = array("q"), array("Q")
        self.postings = GrowingPostings(held.postings if held else None)

    def build_texts(self) -> LanguageTexts:
        return LanguageTexts(
            np.array(self.ids, dtype=np.int64),
            np.array(self.digests, dtype=np.uint64),
            Postings(self.postings.build_arrays()),
        )


def _read_postings(path: Path) -> tuple[str, LexicalSearch | None]:
    """What a file was made for, and its postings; None where it is missing or broken."""
    try:
        # A zip: it checks each array's CRC.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        texts = {language: _unpack_texts(arrays, f"{language}_") for language in TERMS_BY_LANGUAGE}
        written = arrays["words"].tobytes().decode().split("\n")
        words = dict(zip(written, arrays["counts"].tolist(), strict=True)) if written[0] else {}
        return str(arrays["state"]), LexicalSearch(texts, words)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return "", None


def _unpack_texts(arrays: Arrays, prefix: str) -> LanguageTexts:
    own = {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}
    return LanguageTexts(own["ids"], own["digests"], Postings(own))


def _keep_postings(path: Path, state: str, made: LexicalSearch) -> None:
    """Write a file, whole or not at all; a folder that can only be read is searched all the same."""
    arrays: Arrays = {
        "state": np.array(state),
        "words": np.frombuffer("\n".join(made.words).encode(), dtype=np.uint8),
        "counts": np.array(list(made.words.values()), dtype=np.int64),
    }
    for language, part in made.texts.items():
        own = {**part.postings.arrays, "ids": part.ids, "digests": part.digests}
        arrays |= {f"{language}_{name}": values for name, values in own.items()}
    part_path = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part_path.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        part_path.replace(path)
    except OSError:
        with suppress(OSError):
            part_path.unlink(missing_ok=True)
