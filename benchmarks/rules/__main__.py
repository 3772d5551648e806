"""What each rule is worth: `python -m benchmarks.rules OUT NAME=FILE@HOME … [--rule NAME …] [--play-only] [--markdown]`.

Each rule of the answering path of a small model is switched off, one at a time, and the questions
of each file are asked through OUT/NAME.cassette (`python -m benchmarks.baseline` records them).
Printed is what comes of them with the rule, without it, and the difference, in questions, with the
95 % interval of a paired bootstrap. Calls that no cassette holds are asked of the models and
recorded; with `--play-only` their questions are left out and counted as not recorded. What is left
then of rules that come before the last call are questions that the rule does not touch.

A rule goes where it is worth less than one question over all files but `dev`, which the rules were
made on. Worth is right answers less wrong ones, a question without an answer that is not refused
among them (quotes that hold the evidence are neither); of a rule for citations, right pages cited.
Rules with a reason of safety stay.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.baseline import QuestionFile, read_file
from benchmarks.report import format_table
from benchmarks.rules.catalogue import RULES, find_rules
from benchmarks.rules.switch import Rule, Switch
from benchmarks.rules.worth import (
    FIGURES,
    SIGNS,
    Absent,
    Comparison,
    Worth,
    compare_records,
    judge,
    measure_worth,
    sum_up,
    weigh,
)
from evaluation.batch import ask_question
from evaluation.questions import QuestionRow
from graph.open import open_cassette, open_graph
from graph.run import Graph
from graph.settings import load_settings
from models.cassettes.cassette import Cassette
from retrieval.errors import UserError

Record = dict[str, Any]

# The file that the rules were made on.
MADE_ON = "dev"
OTHERS = "all but dev"


def replay_file(
    file: QuestionFile, folder: Path, switch: Switch = nullcontext, *, plays_only: bool
) -> list[Record | Absent]:
    """The record of each question without a rule, or why there is none."""
    settings = load_settings().model_copy(update={"home": file.home, "profile": "small"})
    path = folder / f"{file.name}.cassette"
    cassette, settings = open_cassette(settings, path, plays_only=plays_only)
    with switch(), asyncio.Runner() as runner:
        graph = open_graph(settings, cassette=cassette)
        return [_replay_question(runner, graph, one, cassette) for one in file.questions]


def _replay_question(
    runner: asyncio.Runner, graph: Graph, question: QuestionRow, cassette: Cassette
) -> Record | Absent:
    """The record of a question, or why there is none; a fault of the cassette ends the run."""
    missed = cassette.missed
    answered = runner.run(ask_question(graph, question))
    if cassette.fault:
        raise cassette.fault
    return "not recorded" if cassette.plays_only and cassette.missed > missed else answered


def compare_rules(
    rules: Iterable[Rule], files: Sequence[QuestionFile], folder: Path, *, plays_only: bool
) -> Iterator[tuple[Rule, list[Comparison]]]:
    """Each rule with a comparison for each file; with all rules a file is asked once."""
    on = [replay_file(file, folder, plays_only=plays_only) for file in files]
    for rule in rules:
        compared = []
        for file, with_it in zip(files, on, strict=True):
            without = replay_file(file, folder, rule.switch, plays_only=plays_only)
            compared.append(compare_records(file.name, file.questions, with_it, without))
        yield rule, compared


def join_others(comparisons: Sequence[Comparison]) -> Comparison:
    """All files but that which the rules were made on."""
    return sum_up(OTHERS, [one for one in comparisons if one.file != MADE_ON])


def write_block(rule: Rule, comparisons: Sequence[Comparison]) -> str:
    """A rule's table, a row for each file and one for the others together, and the verdict."""
    others = join_others(comparisons)
    figures = [*FIGURES, *(figure for figure in SIGNS[rule.aim] if figure not in FIGURES)]
    heads = ["file", "questions", "not recorded", "changed", *figures]
    table = format_table(heads, (_make_row(one, figures) for one in [*comparisons, others]))
    verdict = f"worth {weigh(rule, others):+d}: {judge(rule, others)}"
    return f"{rule.name}: {rule.does}\n{table}\n{verdict}\n"


def _make_row(comparison: Comparison, figures: Sequence[str]) -> list[Any]:
    told = [_write_worth(comparison, figure) for figure in figures]
    return [
        comparison.file,
        len(comparison.pairs),
        comparison.not_recorded,
        comparison.changed,
        *told,
    ]


def _write_worth(comparison: Comparison, figure: str) -> str:
    """With the rule, without it, the difference and its interval: 12/11 +1 [-1, +3]."""
    worth = measure_worth(comparison, figure)
    return f"{worth.on}/{worth.off} {_write_difference(worth)}"


def _write_difference(worth: Worth) -> str:
    if not worth.difference and worth.low == worth.high:
        return "0"
    return f"{worth.difference:+d} [{worth.low:+.0f}, {worth.high:+.0f}]"


def write_markdown(compared: Sequence[tuple[Rule, Sequence[Comparison]]]) -> str:
    """All rules in one Markdown table: a row for each, its worth in each file, and the verdict."""
    names = [one.file for one in compared[0][1]] if compared else []
    heads = ["rule", "what it does", *names, OTHERS, *FIGURES, "changed", "verdict"]
    rows = [heads, ["---"] * len(heads), *(_make_markdown_row(*one) for one in compared)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _make_markdown_row(rule: Rule, comparisons: Sequence[Comparison]) -> list[str]:
    others = join_others(comparisons)
    worth = [f"{weigh(rule, one):+d}" if one.pairs else "-" for one in [*comparisons, others]]
    figures = [_write_difference(measure_worth(others, figure)) for figure in FIGURES]
    return [rule.name, rule.does, *worth, *figures, str(others.changed), judge(rule, others)]


def measure_rules(options: argparse.Namespace) -> None:
    """Switch the rules off one by one, and print each as it is done, or all in one table."""
    rules = find_rules(options.rule, RULES)
    files = [read_file(argument) for argument in options.files]
    compared = []
    for rule, comparisons in compare_rules(rules, files, options.out, plays_only=options.play_only):
        compared.append((rule, comparisons))
        told = sys.stderr if options.markdown else sys.stdout
        print(write_block(rule, comparisons), file=told, flush=True)
    if options.markdown:
        print(write_markdown(compared))


def main() -> None:
    """Run what the command line says; what the user can put right is said in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="the cassettes' folder")
    parser.add_argument("files", nargs="+", metavar="NAME=FILE@HOME")
    parser.add_argument("--rule", action="append", default=[], metavar="NAME", help="this alone")
    parser.add_argument("--play-only", action="store_true", help="ask no model")
    parser.add_argument("--markdown", action="store_true", help="one Markdown table")
    try:
        measure_rules(parser.parse_args())
    except UserError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
