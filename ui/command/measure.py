"""`munheon eval`: score answers or searches, measure baselines, compare runs, make questions."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from evaluation.questions import QuestionRow, needs_gold, read_questions, set_english
from graph.settings import Settings
from models.cassettes.cassette import Cassette
from retrieval.errors import EmptyIndex, UserError
from retrieval.store.library import Library
from ui.command.figures import (
    print_answer_figures,
    print_baselines,
    print_calls,
    print_comparison,
    print_search_figures,
)


class _NamedPath(click.Path):
    """A path; an empty word, as of a variable that is not set, is none and not this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; UserError for an empty word."""
        if value == "":
            raise UserError("options.empty_path")
        return super().convert(value, param, ctx)


PATH = _NamedPath(path_type=Path)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What `munheon eval` was told, as on its command line."""

    answers: bool
    retrieval: bool
    ladder: bool
    use_english: bool
    no_model: bool
    records: Path | None
    compare: Path | None
    html: Path | None
    cassette: Path | None
    make: int | None

    def list_given(self) -> set[str]:
        """Those given, by their names."""
        names = [field.name for field in fields(self) if getattr(self, field.name)]
        return {f"--{name.replace('_', '-')}" for name in names}


@click.command("eval")
@click.argument("file", type=PATH, required=False)
@click.option("--answers", is_flag=True, help="답을 채점합니다. 다른 말이 없으면 이렇게 합니다.")
@click.option("--retrieval", is_flag=True, help="답하지 않고 검색만 채점합니다.")
@click.option("--ladder", is_flag=True, help="더 단순한 검색 방식들과 견줍니다.")
@click.option(
    "--use-english", is_flag=True, help="--retrieval, --ladder: question_en을 번역 대신 씁니다."
)
@click.option(
    "--no-model", is_flag=True, help="--retrieval, --ladder: 채팅 모델 없이 질문 그대로 찾습니다."
)
@click.option(
    "--records",
    type=PATH,
    help="`munheon ask --json`(--retrieval: `search`)의 출력을 다시 묻지 않고 채점합니다.",
)
@click.option("--compare", type=PATH, help="--records와 문항별로 견줄 다른 출력.")
@click.option("--html", type=PATH, help="그림과 모든 질문의 답, 근거를 담은 페이지를 쓸 파일.")
@click.option(
    "--cassette",
    type=PATH,
    help="모델 호출을 이 파일에 녹음하고, 든 것은 묻지 않고 재생합니다.",
)
@click.option(
    "--make",
    type=click.IntRange(min=1),
    help="라이브러리에서 질문을 이만큼 만들어 FILE(없으면 questions.jsonl)에 씁니다.",
)
@click.option("--json", "as_json", is_flag=True, help="결과를 JSON으로 출력합니다.")
@click.pass_obj
def evaluate(settings: Settings, /, file: Path | None, as_json: bool, **given: Any) -> None:
    """정답이 적힌 질문 파일로 답을, 또는 검색만 채점합니다."""
    from ui.command import evaluating, making

    options = Options(**given)
    evaluating.check_options(options.list_given())
    if options.make:
        making.make_questions(settings, options.make, file or making.DEFAULT, as_json=as_json)
    elif file is None:
        raise UserError("options.question_file")
    else:
        _score(settings, read_questions(file), options, as_json=as_json)


def _score(
    settings: Settings, questions: Sequence[QuestionRow], options: Options, *, as_json: bool
) -> None:
    """Measure what was asked for, and print it with what a cassette has played of it."""
    from evaluation.scores import check_gold
    from graph.open import open_cassette

    scored = [question for question in questions if not needs_gold(question)]
    left_out = len(questions) - len(scored)
    if not scored:
        raise UserError("asking.no_gold")
    check_gold(scored)
    tape = None
    if options.cassette:
        tape, settings = open_cassette(settings, options.cassette)
    figures, print_figures = _measure(settings, scored, options, tape)
    if as_json:
        calls = {"cassette": tape.count_calls()} if tape else {}
        without_gold = {"needs_gold": left_out} if left_out else {}
        click.echo(json.dumps({**figures, **calls, **without_gold}, ensure_ascii=False))
        return
    without_gold_line = f"(정답이 없는 {left_out}개는 채점에서 뺐습니다)" if left_out else ""
    click.echo(f"질문 {len(scored)}개{without_gold_line}")
    print_figures(figures)
    if tape:
        print_calls(tape.count_calls())


def _measure(
    settings: Settings, questions: Sequence[QuestionRow], options: Options, tape: Cassette | None
) -> tuple[dict[str, Any], Callable[[dict[str, Any]], None]]:
    """The figures, and how they are shown."""
    from ui.command import evaluating

    if options.compare:
        compared = evaluating.compare_records(questions, options.records, options.compare)
        return compared, print_comparison
    if not options.records:
        _check_indexed(settings)
    asked = [set_english(question, use_english=options.use_english) for question in questions]
    if options.ladder:
        baselines = evaluating.evaluate_baselines(
            settings, asked, asks_model=not options.no_model, cassette=tape
        )
        return baselines, print_baselines
    read_from, html = options.records, options.html
    if options.retrieval:
        found = evaluating.evaluate_searches(
            settings,
            asked,
            translates=not options.no_model,
            records=read_from,
            html=html,
            cassette=tape,
        )
        return found, print_search_figures
    answered = evaluating.evaluate_answers(settings, questions, read_from, html, cassette=tape)
    return answered, print_answer_figures


def _check_indexed(settings: Settings) -> None:
    """EmptyIndex for a library without anything in it, where all questions would fail alike."""
    library = Library(settings.home)
    if not (library.exists() and library.list_titles()):
        raise EmptyIndex(settings.home)
