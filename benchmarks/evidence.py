"""Figures of the evidence: `python -m benchmarks.evidence FOLDER` (2,000 sentences of its papers).

With a file of questions behind the folder, the words of their `evidence` are found and placed.

Sentences are drawn from the pages' raw text, with its line breaks and hyphens, and must be
found in the text that was read; altered ones (a number, a name, a negation) must not. What is
found is compared, and what its boxes cover is read, by means that the program doesn't use.
"""

import json
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf

from language.quotes import find_quote
from language.sentences import find_sentences
from retrieval.parsing.chunks import PAGE_BREAK, cut_chunks
from retrieval.parsing.pdf import read_pdf
from retrieval.passages import Evidence, Passage
from retrieval.viewing.places import Place, find_places

COUNT, SEED = 2_000, 20261123
RAW_SENTENCE = re.compile(
    r"(?<=[.!?:)\]]\s)[A-Z](?:[^.!?]|\.(?=\d|\w\.|,)|(?<=al)\.){15,400}[a-z)%\d][.!?](?=\s+[A-Z])"
)
NEGATABLE = re.compile(r"\b(is|are|was|were|can|does|do|has|have|will)\b(?! not)")


def letters(text: str) -> str:
    """The text's letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text))


def spoken(text: str) -> str:
    """The text's words alone, without articles."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKD", text).lower())
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def raw_sentences(path: Path) -> Iterator[str]:
    """Sentences of the pages as PyMuPDF gives their plain text."""
    with pymupdf.open(path) as document:  # type: ignore[no-untyped-call]
        text = "\n".join(page.get_text() for page in document)
    yield from (match[0] for match in RAW_SENTENCE.finditer(text) if len(letters(match[0])) > 15)


def altered(sentence: str, chance: random.Random) -> str | None:
    """The sentence with one number, name or negation changed; None where it has none."""
    ways: list[Callable[[], str]] = []
    if numbers := list(re.finditer(r"\d", sentence)):
        at = chance.choice(numbers).start()
        digit = str((int(sentence[at]) + chance.randint(1, 9)) % 10)
        ways.append(lambda: sentence[:at] + digit + sentence[at + 1 :])
    if names := re.findall(r"(?<=\s)[A-Z][A-Za-z]{3,}", sentence):
        ways.append(lambda: sentence.replace(chance.choice(names), "Zephyrion", 1))
    if re.search(r"\bnot\b", sentence):
        ways.append(lambda: re.sub(r"\s*\bnot\b", "", sentence, count=1))
    elif NEGATABLE.search(sentence):
        ways.append(lambda: NEGATABLE.sub(r"\1 not", sentence, count=1))
    return chance.choice(ways)() if ways else None


def report_quotes(papers: dict[Path, str], chance: random.Random) -> None:
    """How many sentences are found as they stand, and how many altered ones."""
    drawn = [(path, sentence) for path in papers for sentence in raw_sentences(path)]
    drawn = chance.sample(drawn, min(COUNT, len(drawn)))
    found, seconds = 0, 0.0
    for path, sentence in drawn:
        started = time.perf_counter()
        span = find_quote(sentence, papers[path])
        seconds += time.perf_counter() - started
        found += span is not None and letters(papers[path][slice(*span)]) == letters(sentence)
    print(f"sentences found: {found} of {len(drawn)} ({found / len(drawn):.2%})")
    print(f"finding one in a paper: {1_000 * seconds / len(drawn):.1f} ms")
    whole = {path: spoken(text) for path, text in papers.items()}
    changed = [
        (path, words)
        for path, sentence in drawn * 2
        # What another sentence of the paper says is not altered.
        if (words := altered(sentence, chance)) and spoken(words) not in whole[path]
    ][:COUNT]
    accepted = [words for path, words in changed if find_quote(words, papers[path])]
    print(f"altered ones accepted: {len(accepted)} of {len(changed)}", *accepted, sep="\n  ")


@cache
def passages(path: Path) -> list[Passage]:
    """A paper's passages that a search may find."""
    return [
        Passage(
            id=str(number),
            document=path.name,
            title="",
            sha256="",
            header="",
            text=chunk.text,
            page_starts=list(chunk.page_starts),
            tables=chunk.tables,
        )
        for number, chunk in enumerate(cut_chunks(read_pdf(path)))
        if not chunk.is_reference
    ]


def evidence(path: Path) -> Iterator[Evidence]:
    """Every sentence of a paper's passages."""
    for passage in passages(path):
        for start, end in find_sentences(passage.text):
            if end - start > 20:
                yield Evidence(passage=passage, start=start, end=end)


def covered(document: Any, found: list[Place]) -> Counter[str]:
    """The letters of all words whose middle lies in one of the boxes."""
    words = [
        word[4]
        for place in found
        for word in document[place.page - 1].get_text("words")
        for left, top, right, bottom in place.boxes
        if left - 1 <= (word[0] + word[2]) / 2 <= right + 1
        and top - 1 <= (word[1] + word[3]) / 2 <= bottom + 1
    ]
    return Counter(letters("".join(words)))


def is_covered(document: Any, found: list[Place], words: str) -> bool:
    """Whether the boxes hold the words, but for a stray letter at their edges."""
    wanted = Counter(letters(words))
    missing = (wanted - covered(document, found)).total()
    return missing <= 0.05 * wanted.total() + 3


def report_places(paths: list[Path], chance: random.Random) -> None:
    """How many sentences have a place, and how many of these cover their words."""
    pieces = [(path, piece) for path in paths for piece in evidence(path)]
    pieces = chance.sample(pieces, min(COUNT, len(pieces)))
    documents = {path: pymupdf.open(path) for path in paths}  # type: ignore[no-untyped-call]
    placed, cover, seconds = 0, 0, 0.0
    for path, piece in pieces:
        started = time.perf_counter()
        found = find_places(documents[path], piece)
        seconds += time.perf_counter() - started
        placed += bool(found)
        cover += is_covered(documents[path], found, piece.quote)
    print(f"sentences placed: {placed} of {len(pieces)} ({placed / len(pieces):.2%})")
    print(f"boxes that cover their words: {cover} ({cover / len(pieces):.2%})")
    print(f"placing one on its pages: {1_000 * seconds / len(pieces):.1f} ms")


def report_questions(folder: Path, questions: Path) -> None:
    """How much evidence of the questions is found, on its page, with boxes that cover it."""
    total, right = 0, 0
    for line in questions.read_text("utf-8").splitlines():
        question = json.loads(line)
        for words in question.get("evidence") or []:
            path = folder / question["document"]
            total += 1
            with pymupdf.open(path) as document:  # type: ignore[no-untyped-call]
                spans = [(passage, find_quote(words, passage.text)) for passage in passages(path)]
                placed = [
                    find_places(document, Evidence(passage=passage, start=span[0], end=span[1]))
                    for passage, span in spans
                    if span
                ]
                hits = [
                    found
                    for found in placed
                    if {place.page for place in found} & set(question["pages"])
                    and is_covered(document, found, words)
                ]
            right += bool(hits)
            if not hits:
                print(f"  not placed: {question['id']} {words}")
    print(f"evidence of the questions placed: {right} of {total}")


def main(folder: Path, questions: Path | None) -> None:
    """Print the figures."""
    if questions:
        report_questions(folder, questions)
    paths = sorted(folder.glob("*.pdf"))
    papers = {path: PAGE_BREAK.join(page.text for page in read_pdf(path).pages) for path in paths}
    report_quotes(papers, random.Random(SEED))
    report_places(paths, random.Random(SEED))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
