"""`munheon feedback`: what readers think of answers, as a table or as questions for `munheon eval`."""

import asyncio
import json
from pathlib import Path

import click

from evaluation.questions import QuestionRow
from evaluation.rated import make_good_row
from graph.settings import Settings
from language.catalogue import write_text
from retrieval.errors import UserError
from ui.command.measure import PATH
from ui.command.tables import Column, print_table
from ui.conversations.database import ChatDatabase
from ui.conversations.ratings import Rating, read_ratings

HEADS = (
    "feedback.head_rating",
    "feedback.head_day",
    "feedback.head_outcome",
    "feedback.head_question",
    "feedback.head_comment",
)
MAX_SHOWN = 60  # characters of a question, and of a comment


@click.group()
def feedback() -> None:
    """독자가 답에 남긴 평가를 보고, 평가용 질문 파일로 내보냅니다."""


@feedback.command("list")
@click.pass_obj
def list_ratings(settings: Settings) -> None:
    """평가를 모두 보여 줍니다."""
    columns = [Column(write_text(head)) for head in HEADS]
    print_table(columns, map(_write_row, _read_ratings(settings)))


@feedback.command()
@click.argument("file", required=False, type=PATH)
@click.pass_obj
def export(settings: Settings, file: Path | None) -> None:
    """평가를 `munheon eval`의 질문 파일(JSONL)로 FILE에, 없으면 화면에 씁니다."""
    rows = [make_row(rating) for rating in _read_ratings(settings)]
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    if file is None:
        click.echo(lines, nl=False)
    else:
        _write_new(file, lines)
        needs_gold = sum("needs_gold" in row for row in rows)
        told = write_text("feedback.written", count=len(rows), path=file, needs_gold=needs_gold)
        click.echo(told)
    if unsure := sum(row.get("answer_must_include") == [] for row in rows):
        click.echo(write_text("feedback.nothing_required", count=unsure), err=True)


def make_row(rating: Rating) -> QuestionRow:
    """A question with its gold where its answer is right and cites papers, or refuses rightly; else with what was answered."""
    record = rating.record
    asked = {"id": rating.id, "question": record["question"], "question_en": record["english"]}
    history = {"history": list(rating.history)} if rating.history else {}
    told = {"made_with": record.get("made_with"), "comment": rating.comment}
    if rating.is_good and (rating.citations or record["outcome"] == "insufficient"):
        return {**asked, **history, **make_good_row(record, rating.citations), **told}
    answered = {name: record[name] for name in ("outcome", "answer", "citations")}
    return {**asked, **history, "needs_gold": True, "answered": answered, **told}


def _read_ratings(settings: Settings) -> list[Rating]:
    """All ratings; UserError where there are none."""
    database = ChatDatabase(settings.home)
    if not database.path.exists():
        raise UserError("feedback.none_kept", path=database.path)
    if ratings := asyncio.run(_read_once(database)):
        return ratings
    raise UserError("feedback.none_given")


async def _read_once(database: ChatDatabase) -> list[Rating]:
    try:
        return await read_ratings(database)
    finally:
        await database.close()


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UserError("feedback.file_there", path=path) from error
    except OSError as error:
        raise UserError("feedback.not_written", path=path) from error


def _write_row(rating: Rating) -> list[str]:
    word = write_text("feedback.good") if rating.is_good else write_text("feedback.bad")
    question, outcome = rating.record["question"], rating.record["outcome"]
    return [word, rating.day[:10], outcome, _shorten(question), _shorten(rating.comment)]


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN]}…"
