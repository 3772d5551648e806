"""The command line: index papers, ask and search them, list them, chat, evaluate."""

import asyncio
import json
import logging
import sys
from contextlib import closing
from functools import partial
from math import isnan
from pathlib import Path

import click

from evaluation.questions import QuestionRow, is_encodable, read_questions, set_english
from graph.settings import Settings, load_settings
from models.errors import ModelFailed
from retrieval.errors import UserError
from retrieval.sources import Source
from ui.command import prompts
from ui.command.answers import print_found, print_record
from ui.command.doctor.command import doctor
from ui.command.documents import print_documents, print_indexed
from ui.command.entry import STOPPED, has_told
from ui.command.estimates import print_plan
from ui.command.feedback import feedback
from ui.command.measure import PATH, evaluate
from ui.command.models import models
from ui.command.progress import IndexDisplay, show_loading, track
from ui.command.scope import choose_papers, offer_scope
from ui.command.source_type import SOURCE
from ui.command.spending import tell_of_budget
from ui.command.users import user


class Commands(click.Group):
    """Shows problems the user can fix as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except (click.Abort, KeyboardInterrupt) as error:
            has_told.set()
            raise click.ClickException(STOPPED) from error
        finally:
            if isinstance(ctx.obj, Settings) and ctx.obj.budget_usd:
                tell_of_budget(ctx.obj)


@click.group(cls=Commands)
@click.version_option(package_name="munheon")
@click.pass_context
def main(ctx: click.Context) -> None:
    """영어 PDF 논문에 한국어로 묻고, 확인할 수 있는 근거와 함께 답을 받습니다."""
    # Its warnings, in English, say what we say ourselves.
    logging.getLogger("langchain_openai").setLevel(logging.ERROR)
    if ctx.invoked_subcommand != doctor.name:  # which tells what is wrong with them
        ctx.obj = load_settings()


@main.command()
@click.argument("paths", nargs=-1, type=SOURCE)
@click.option(
    "--contextual/--no-contextual",
    default=None,
    help="구절마다 논문을 읽은 채팅 모델이 머리말을 씁니다. 한 번 쓰면 다음에도 씁니다.",
)
@click.option(
    "--dry-run", is_flag=True, help="색인하지 않고 문서, 토큰, 비용, 시간을 미리 계산합니다."
)
@click.option("--yes", is_flag=True, help="비용이 한도를 넘어도 묻지 않습니다.")
@click.option(
    "--rebuild",
    is_flag=True,
    help="보관된 원본으로 지금 설정에 맞게 다시 만듭니다. 다 될 때까지 전의 것을 검색합니다.",
)
@click.pass_obj
def index(
    settings: Settings,
    paths: tuple[Source, ...],
    contextual: bool | None,
    dry_run: bool,
    yes: bool,
    rebuild: bool,
) -> None:
    """PDF, Markdown, 텍스트, HTML, DOCX, PPTX, EPUB 파일이나 폴더, PDF의 주소나 arXiv 번호(arxiv:1706.03762)를 색인합니다. 바뀌지 않은 파일은 건너뜁니다."""
    from indexing.run import index_paths, plan_paths, plan_rebuild, rebuild_library
    from indexing.sources import count_passed_over
    from retrieval.parsing.other_kinds import describe_other_kinds

    if bool(paths) == rebuild:
        raise UserError("options.paths_or_rebuild")
    plan = plan_rebuild if rebuild else partial(plan_paths, paths=paths)
    run = rebuild_library if rebuild else partial(index_paths, paths=paths)
    if dry_run:
        planned = plan(settings, contextual=contextual, ask_password=prompts.ask_password)
        print_plan(*planned)
        return
    with IndexDisplay() as display:
        results = run(
            settings,
            contextual=contextual,
            consents=lambda estimate: yes or display.confirm_cost(estimate),
            progress=display.show,
            on_line=display.note,
            ask_password=display.ask_password,
        )
    failures = print_indexed(results)
    if passed_over := describe_other_kinds(count_passed_over(settings, paths)):
        click.echo(passed_over)
    sys.exit(1 if failures else 0)


@main.command()
@click.argument("question", required=False)
@click.option("--questions", type=PATH, help="질문이 한 줄에 하나씩 든 JSONL 파일.")
@offer_scope
@click.option("--json", "as_json", is_flag=True, help="질문마다 JSON 객체 하나를 출력합니다.")
@click.pass_obj
def ask(
    settings: Settings,
    question: str | None,
    questions: Path | None,
    papers: tuple[str, ...],
    collection: tuple[str, ...],
    as_json: bool,
) -> None:
    """질문에 답합니다. 답은 쓰이는 대로 출력됩니다."""
    from evaluation.batch import ask_questions
    from graph.notice import take_model_notice
    from graph.open import open_graph
    from graph.record import record_failure
    from nodes.state import RunOptions
    from ui.command.asking import stream_answer

    asked = _questions(question, questions)
    options = RunOptions(papers=choose_papers(settings, papers, collection))
    if notice := take_model_notice(settings):
        click.echo(notice, err=True)
    try:
        with show_loading() as on_progress:
            graph = open_graph(settings, on_line=on_progress)
    except ModelFailed as fault:
        if not as_json:
            raise
        for item in asked:
            failed = {"id": item.get("id"), "question": item["question"], "error": str(fault)}
            click.echo(json.dumps(record_failure(**failed), ensure_ascii=False))
        sys.exit(1 if len(asked) == 1 else 0)
    if question is not None and not as_json:
        asyncio.run(stream_answer(graph, question, options=options))
        return
    outcomes = []
    with closing(ask_questions(graph, asked, options=options)) as answers:
        for record in track(answers, len(asked), is_shown=len(asked) > 1):
            outcomes.append(record["outcome"])
            if as_json:
                click.echo(json.dumps(record, ensure_ascii=False))
            else:
                print_record(record)
    if outcomes == ["error"]:
        sys.exit(1)


@main.command()
@click.argument("question", required=False)
@click.option("--questions", type=PATH, help="질문이 한 줄에 하나씩 든 JSONL 파일.")
@click.option("--english", help="번역 대신 쓸 영어 질문.")
@click.option("--use-english", is_flag=True, help="질문 파일의 question_en을 번역 대신 씁니다.")
@click.option("--no-model", is_flag=True, help="번역하지 않고 질문 그대로 찾습니다.")
@click.option(
    "--top", default=8, show_default=True, type=click.IntRange(1, 200), help="찾을 구절 수."
)
@click.option(
    "--bm25-weight", type=click.FloatRange(0, 1), help="BM25의 비중. 나머지는 벡터의 비중입니다."
)
@offer_scope
@click.option("--json", "as_json", is_flag=True, help="질문마다 JSON 객체 하나를 출력합니다.")
@click.pass_obj
def search(
    settings: Settings,
    question: str | None,
    questions: Path | None,
    english: str | None,
    use_english: bool,
    no_model: bool,
    top: int,
    bm25_weight: float | None,
    papers: tuple[str, ...],
    collection: tuple[str, ...],
    as_json: bool,
) -> None:
    """질문에 맞는 구절을 찾아, 각 검색이 매긴 순위와 점수를 보여 줍니다."""
    from evaluation.batch import search_questions
    from graph.open import open_profile, open_search
    from nodes.state import RunOptions

    if bm25_weight is not None and isnan(bm25_weight):
        raise UserError("options.word_weight")
    if english and questions:
        raise UserError("options.english")
    asked = [
        set_english(item, english, use_english=use_english)
        for item in _questions(question, questions)
    ]
    options = RunOptions(passages=top, papers=choose_papers(settings, papers, collection))
    if bm25_weight is not None:
        options.bm25_weight = bm25_weight
    needs_model = not no_model and not all("question_en" in item for item in asked)
    library = open_search(settings)
    with show_loading() as on_progress:
        profile = open_profile(settings, library, on_line=on_progress) if needs_model else None
    with closing(search_questions(library, asked, options=options, profile=profile)) as found:
        for record in track(found, len(asked), is_shown=len(asked) > 1):
            has_failed = len(asked) == 1 and "error" in record
            if as_json:
                click.echo(json.dumps(record, ensure_ascii=False))
            elif has_failed:
                raise click.ClickException(" ".join(record["error"].split()))
            else:
                print_found(record)
            if has_failed:
                sys.exit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="문서마다 JSON 객체 하나를 출력합니다.")
@click.option(
    "--remove",
    metavar="번호|이름",
    help="문서를 라이브러리에서 뺍니다. 번호, 파일 이름, 경로, 제목이나 그 일부로 고르고, 여럿이 맞으면 되묻습니다.",
)
@click.option("--restore", metavar="번호|이름", help="뺀 문서를 되살립니다(뺀 뒤 일주일 동안).")
@click.option("--removed", is_flag=True, help="되살릴 수 있는 문서와 언제까지인지 보여 줍니다.")
@click.option("--yes", is_flag=True, help="--remove: 묻지 않고 뺍니다.")
@click.option(
    "--retry", is_flag=True, help="실패했거나 벡터 없는 구절이 있는 파일을 다시 색인합니다."
)
@click.option(
    "--verify",
    is_flag=True,
    help="검색에 쓰이는 색인이 문서와 맞는지, 벡터가 모델의 것과 같은지 확인합니다.",
)
@click.option(
    "--bibtex",
    metavar="[번호|이름]",
    is_flag=False,
    flag_value="",
    help="모든 논문, 또는 이 번호나 이름의 논문을 BibTeX로 출력합니다.",
)
@click.pass_obj
def documents(
    settings: Settings,
    as_json: bool,
    remove: str | None,
    restore: str | None,
    removed: bool,
    yes: bool,
    retry: bool,
    verify: bool,
    bibtex: str | None,
) -> None:
    """색인된 문서와 쪽수, 토큰 수, 상태를 보여 주고, 빼거나 되살리거나 다시 시도하거나 확인합니다."""
    from dataclasses import asdict

    from retrieval.errors import EmptyIndex
    from retrieval.store.library import Library
    from ui.command import upkeep

    given = [remove, restore, bibtex]
    chosen = [*(one is not None for one in given), removed, retry, verify, as_json]
    if sum(chosen) > 1 or (yes and remove is None):
        raise UserError("options.documents")
    library = Library(settings.home)
    listed = library.list_documents() if library.exists() else []
    if not listed and restore is None and not removed:
        raise EmptyIndex(settings.home)
    if restore is not None:
        upkeep.restore_named(settings, restore)
    elif removed:
        upkeep.list_trash(settings)
    elif remove is not None:
        upkeep.remove_named(settings, library, remove, asks=not yes)
    elif retry:
        upkeep.retry_failures(settings)
    elif verify:
        upkeep.verify_search(settings)
    elif bibtex is not None:
        upkeep.print_bibtex(library, bibtex)
    elif as_json:
        for document in listed:
            click.echo(json.dumps(asdict(document), ensure_ascii=False))
    else:
        print_documents(listed)


@main.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="포트."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="주소.")
@click.option("--headless", is_flag=True, help="브라우저를 열지 않습니다.")
@click.pass_obj
def chat(settings: Settings, port: int, host: str, headless: bool) -> None:
    """브라우저에서 대화합니다."""
    from ui.command.launch import serve_chat

    serve_chat(settings, host=host, port=port, headless=headless)


main.add_command(evaluate)
main.add_command(feedback)
main.add_command(models)
main.add_command(user)
main.add_command(doctor)


def _questions(question: str | None, file: Path | None) -> list[QuestionRow]:
    """The one question given, or those of the file."""
    if (question is None) == (file is None):
        raise UserError("options.question_or_file")
    if question and not is_encodable(question):
        raise UserError("asking.encoding")
    return read_questions(file) if file else [{"question": question}]
