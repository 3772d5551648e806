"""What question files come to: `python -m benchmarks.baseline OUT NAME=FILE@HOME … [--against FOLDER]`.

Each file is asked of its library (HOME, a folder) through the cassette OUT/NAME.cassette: calls
that it holds are played, and all others asked of the models and recorded. The records go to
OUT/NAME.jsonl, as `munheon ask --json` prints them, and a table has a row for each file: the
shares that `munheon eval FILE` prints too. With `--against`, what changed since the records of
another folder is told question by question, with McNemar's exact test.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import format_table
from evaluation.batch import ask_questions
from evaluation.compare import compare_runs
from evaluation.questions import QuestionRow, read_questions
from evaluation.scores import check_gold, is_answerable, read_records, score_answers
from graph.open import open_cassette, open_graph
from graph.settings import load_settings
from retrieval.errors import UserError
from ui.command.evaluating import stop_at_fault
from ui.command.progress import show_loading, track

Record = dict[str, Any]

OF_ANSWERABLE = ("right", "wrong", "falsely_refused", "cited_page")
HEADS = (
    *("file", "questions", "unanswerable", "right", "wrong", "refused", "falsely refused"),
    *("cited page", "first token (s)", "asked of a model"),
)


@dataclass(frozen=True)
class QuestionFile:
    """Questions with what is right, and the library that they are asked of."""

    name: str
    questions: Sequence[QuestionRow]
    home: Path


@dataclass(frozen=True)
class Outcome:
    """What came of a file, and how many calls no cassette held."""

    file: QuestionFile
    records: Sequence[Record]
    missed: int


def read_file(argument: str) -> QuestionFile:
    """The questions that NAME=FILE@HOME names; SystemExit where they cannot be scored."""
    name, equals, rest = argument.partition("=")
    path, at, home = rest.rpartition("@")
    if not (name and equals and path and at and home):
        raise SystemExit(f"NAME=FILE@HOME이 아닙니다: {argument} (Not NAME=FILE@HOME.)")
    questions = read_questions(Path(path))
    check_gold(questions)
    return QuestionFile(name, questions, Path(home))


def ask_file(file: QuestionFile, folder: Path) -> Outcome:
    """Ask all questions through the file's cassette, and write their records beside it."""
    settings = load_settings().model_copy(update={"home": file.home})
    cassette, settings = open_cassette(settings, folder / f"{file.name}.cassette")
    with show_loading() as on_progress:
        graph = open_graph(settings, on_line=on_progress, cassette=cassette)
    asked = stop_at_fault(ask_questions(graph, file.questions), cassette)
    records = list(track(asked, len(file.questions), is_shown=True, what=file.name))
    lines = (f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    (folder / f"{file.name}.jsonl").write_text("".join(lines), "utf-8")
    return Outcome(file, records, cassette.missed)


def make_row(outcome: Outcome) -> list[Any]:
    """The figures of a file, in the order of the table's heads; a dash where nothing counts."""
    questions = outcome.file.questions
    figures = score_answers(questions, outcome.records)
    answerable = sum(map(is_answerable, questions))
    shares = {name: f"{figures[name]:.1%}" if answerable else "-" for name in OF_ANSWERABLE}
    unanswerable = len(questions) - answerable
    return [
        *(outcome.file.name, len(questions), unanswerable, shares["right"], shares["wrong"]),
        f"{figures['refused']:.1%}" if unanswerable else "-",
        *(shares["falsely_refused"], shares["cited_page"]),
        f"{figures['first_token']:.1f}",
        outcome.missed,
    ]


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """Print the table, and whether the models were asked at all."""
    print(format_table(HEADS, map(make_row, outcomes)))
    missed = sum(outcome.missed for outcome in outcomes)
    if missed:
        print(f"\n{missed} calls were in no cassette, and were asked of a model.")
    else:
        print("\nNo model was asked: all calls were played, and the seconds are not a model's.")


def show_changes(outcome: Outcome, before: Sequence[Record]) -> None:
    """Print which questions are answered, or refused, rightly now alone, and before alone."""
    changes = compare_runs(outcome.file.questions, before, outcome.records)
    print(
        f"\n{outcome.file.name}: served {changes['first']} -> {changes['second']} "
        f"of {changes['questions']}, p = {changes['p']:.3f} (exact McNemar)"
    )
    for name in ("gained", "lost"):
        for row in changes[name]:
            print(f"  {name:<6}  {row['id'] or ''}  {row['question']}")


def run_files(folder: Path, arguments: Sequence[str], against: Path | None) -> None:
    """Ask all files and print what they come to, and what changed."""
    files = [read_file(argument) for argument in arguments]
    # Read first: the folder may be the one that is written to.
    before = [
        read_records(against / f"{file.name}.jsonl", file.questions, searches=False)
        for file in files
        if against
    ]
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = [ask_file(file, folder) for file in files]
    show_outcomes(outcomes)
    for outcome, records in zip(outcomes, before, strict=False):  # none without --against
        show_changes(outcome, records)


def main() -> None:
    """Run what the command line says; what the user can put right is said in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="the cassettes' and records' folder")
    parser.add_argument("files", nargs="+", metavar="NAME=FILE@HOME")
    parser.add_argument("--against", type=Path, help="a folder of earlier records")
    options = parser.parse_args()
    try:
        run_files(options.out, options.files, options.against)
    except UserError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
