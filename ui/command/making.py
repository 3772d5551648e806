"""`munheon eval --make`: write a question file, and say what became of each try."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from langchain_core.callbacks import UsageMetadataCallbackHandler

from evaluation.making.make import Maker, open_maker
from evaluation.questions import QuestionRow
from graph.open import choose_profile, open_model, open_search
from graph.settings import Settings
from retrieval.errors import UserError
from ui.command.evaluating import check_folder, price_tokens
from ui.command.figures import print_tokens
from ui.command.progress import show_loading, track

DEFAULT = Path("questions.jsonl")


def make_questions(settings: Settings, wanted: int, path: Path, *, as_json: bool) -> None:
    """Make so many questions from the library; what is made stays, whatever comes after."""
    if path.exists():
        raise UserError("options.file_exists", file=path)
    check_folder(path)
    search, usage = open_search(settings), UsageMetadataCallbackHandler()
    search.read_snapshot()  # an empty library is told before a model is started for it
    with show_loading() as on_progress:
        model = open_model(settings, on_line=on_progress)
    model.callbacks = [usage]
    maker = open_maker(choose_profile(settings, model), search, model)
    made = 0
    try:
        for _ in track(_write_questions(maker.make_questions(wanted), path), wanted, is_shown=True):
            made += 1
    finally:
        figures = _summarise_making(settings, maker, made, usage)
        if as_json:
            click.echo(
                json.dumps({"file": str(path) if made else None, **figures}, ensure_ascii=False)
            )
        else:
            _print_summary(path, figures)


def _write_questions(questions: Iterable[QuestionRow], path: Path) -> Iterator[QuestionRow]:
    """Each question once it stands in the file."""
    mode = "x"
    for question in questions:
        try:
            with path.open(mode, encoding="utf-8") as file:
                file.write(json.dumps(question, ensure_ascii=False) + "\n")
        except OSError as error:
            raise UserError("options.unwritable", file=path) from error
        mode = "a"
        yield question


def _summarise_making(
    settings: Settings, maker: Maker, made: int, usage: UsageMetadataCallbackHandler
) -> dict[str, Any]:
    """How many were made, why others were not kept, and what it took."""
    used = usage.usage_metadata.values()
    tokens = {
        "input": sum(count["input_tokens"] for count in used),
        "output": sum(count["output_tokens"] for count in used),
    }
    return {
        "made": made,
        "tries": maker.tries,
        "dropped": dict(maker.dropped.most_common()),
        "tokens": tokens,
        "usd": price_tokens(settings, tokens),
    }


def _print_summary(path: Path, figures: dict[str, Any]) -> None:
    """Print them."""
    made = figures["made"]
    click.echo(f"질문 {made}개를 만들었습니다(시도 {figures['tries']}번): {path if made else '-'}")
    for reason, count in figures["dropped"].items():
        click.echo(f"  버림 {count}개: {reason}")
    print_tokens(figures["tokens"], figures["usd"])
