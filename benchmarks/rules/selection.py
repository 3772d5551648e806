"""What the rules of selection are worth: `python -m benchmarks.rules.selection NAME=FILE@HOME … [--rule NAME …]`.

Each rule by which a small model's evidence is searched for and chosen is switched off, one at a
time. Counted are the questions with an answer of which all evidence is read (a file without
evidence: a variant of each part of the answer stands in what is read of its paper), and the
others that are refused before the model answers. All are asked in their own English where the file has it, so that no
chat model is needed: a minute a file, and seconds a rule.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any

from benchmarks.baseline import QuestionFile, read_file
from benchmarks.report import format_table
from benchmarks.rules.catalogue import SELECTION, find_rules
from benchmarks.rules.switch import Rule, Switch
from evaluation.intervals import bootstrap_interval
from evaluation.questions import QuestionRow
from evaluation.scores import has_evidence, is_answerable
from graph.open import open_search
from graph.settings import load_settings
from language.normalise import normalise_question
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.small.select import select_evidence
from nodes.state import RunOptions
from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import UserError
from retrieval.passages import Evidence
from retrieval.search.hybrid import HybridSearch

HEADS = ("rule", "file", "read: with", "without", "difference", "refused: with", "without")


class RememberedEmbeddings(QueryEmbeddings):
    """Embeds each text once, however many rules read it."""

    def __init__(self, embeddings: QueryEmbeddings) -> None:
        self._embeddings = embeddings
        self._documents: dict[str, list[float]] = {}
        self._queries: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text of a paper."""
        new = [text for text in dict.fromkeys(texts) if text not in self._documents]
        self._documents |= zip(new, self._embeddings.embed_documents(new), strict=True)
        return [self._documents[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a query."""
        if text not in self._queries:
            self._queries[text] = self._embeddings.embed_query(text)
        return self._queries[text]


class Reader:
    """Chooses what a small model reads for the questions of a file."""

    def __init__(self, file: QuestionFile) -> None:
        self.file = file
        self._search = open_search(load_settings().model_copy(update={"home": file.home}))
        self._search.embeddings = RememberedEmbeddings(self._search.embeddings)

    def mark_questions(self, switch: Switch = nullcontext) -> list[bool]:
        """Whether each question is served without a rule: its evidence is read, or it is refused."""
        with switch(), asyncio.Runner() as runner:
            return [
                is_read_or_refused(question, runner.run(choose_evidence(question, self._search)))
                for question in self.file.questions
            ]


async def choose_evidence(question: QuestionRow, search: HybridSearch) -> list[Evidence] | Refusal:
    """What a small model reads for a question, asked in the English of its file."""
    asked = question["question"]
    understood = Question(
        asked=asked,
        normalised=normalise_question(asked, search.load_loanwords()),
        english=str(question.get("question_en") or asked),
    )
    options = RunOptions()
    hits = search.find_passages(
        lexical=understood.lexical_queries,
        semantic=understood.semantic_queries,
        top=options.passages,
        bm25_weight=options.bm25_weight,
    )
    return await select_evidence(understood, hits, embeddings=search.embeddings)


def is_read_or_refused(question: QuestionRow, chosen: Sequence[Evidence] | Refusal) -> bool:
    """Whether what answers a question is read; of one without an answer, whether it is refused."""
    if isinstance(chosen, Refusal) or not is_answerable(question):
        return isinstance(chosen, Refusal) and not is_answerable(question)
    own = (piece for piece in chosen if piece.passage.document == question["document"])
    read = "\n".join(piece.quote for piece in own)
    if question["evidence"]:
        return all(has_evidence(read, words) for words in question["evidence"])
    return all(
        any(variant in read for variant in variants) for variants in question["answer_must_include"]
    )


def measure_selection(rules: Sequence[Rule], files: Sequence[QuestionFile]) -> Iterator[list[Any]]:
    """A row for each rule and file: questions served with the rule, and without it."""
    readers = [Reader(file) for file in files]
    on = [reader.mark_questions() for reader in readers]
    for rule in rules:
        for reader, served in zip(readers, on, strict=True):
            off = reader.mark_questions(rule.switch)
            yield [rule.name, reader.file.name, *compare_marks(reader.file, served, off)]


def compare_marks(file: QuestionFile, on: Sequence[bool], off: Sequence[bool]) -> list[Any]:
    """Answerable questions served with and without a rule, the difference, and refused ones."""
    pairs = list(zip(file.questions, on, off, strict=True))
    answerable = [(first, second) for question, first, second in pairs if is_answerable(question)]
    others = [(first, second) for question, first, second in pairs if not is_answerable(question)]
    differences = [first - second for first, second in answerable]
    low, high = (len(differences) * bound for bound in bootstrap_interval(differences))
    told = f"{sum(differences):+d} [{low:+.0f}, {high:+.0f}]"
    return [*_count_marks(answerable), told, *_count_marks(others)]


def _count_marks(pairs: Sequence[tuple[bool, bool]]) -> list[int]:
    """How many are marked with a rule, and without it."""
    return [sum(first for first, _ in pairs), sum(second for _, second in pairs)]


def main() -> None:
    """Run what the command line says; what the user can put right is said in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", metavar="NAME=FILE@HOME")
    parser.add_argument("--rule", action="append", default=[], metavar="NAME", help="this alone")
    options = parser.parse_args()
    try:
        rules = find_rules(options.rule, SELECTION)
        rows = list(measure_selection(rules, [read_file(argument) for argument in options.files]))
    except UserError as error:
        raise SystemExit(str(error)) from error
    print(format_table(HEADS, rows))


if __name__ == "__main__":
    main()
