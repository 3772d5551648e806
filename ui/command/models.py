"""`munheon models`: the chat models that can be reached, what each bears, and more to download."""

import json
from typing import Any

import click

from graph.settings import Settings
from language.catalogue import Text
from models.connect.catalogue import ReachableModel, list_reachable
from models.connect.choose import find_address
from models.downloads.download import download_model
from models.downloads.downloadable import (
    DownloadableModel,
    find_downloadable,
    list_downloadable,
    write_gigabytes,
)
from models.errors import NoModel
from retrieval.errors import UserError
from ui.command.downloading import show_download
from ui.command.progress import show_loading
from ui.command.spending import print_spent
from ui.command.tables import Column, print_table
from ui.command.trial import print_trial, record_trial

REACHABLE = (
    Column(""),
    Column("MUNHEON_CHAT_MODEL"),
    Column("어디"),
    Column("매개변수", is_number=True),
    Column("읽는 길이", is_number=True),
    Column("방식"),
)
PROFILES = {"strong": "strong", "small": "small", None: "처음 쓸 때 시험"}
DOWNLOADABLE = (
    Column("이름"),
    Column("크기", is_number=True),
    Column("메모리", is_number=True),
    Column("라이선스"),
    Column("상태"),
)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="모델마다 JSON 객체 하나를 출력합니다.")
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """쓸 수 있는 채팅 모델을 모두 보여 주고, 시험하거나 내려받습니다."""
    if ctx.invoked_subcommand:
        return
    settings: Settings = ctx.obj
    reachable = list_reachable(settings.chat_model, settings.home)
    if as_json:
        for model in reachable:
            click.echo(json.dumps(_record_reachable(model), ensure_ascii=False))
        return
    if not reachable:
        raise NoModel
    print_table(REACHABLE, map(_write_reachable, reachable))
    click.echo(
        "* 지금 설정으로 쓰는 모델. 다른 모델을 쓰려면 .env에 MUNHEON_CHAT_MODEL=이름을 넣으세요."
    )
    print_spent(settings)


@models.command("test")
@click.option("--json", "as_json", is_flag=True, help="결과를 JSON 객체 하나로 출력합니다.")
@click.pass_obj
def try_chosen_model(settings: Settings, as_json: bool) -> None:
    """설정된 채팅 모델에 답을 아는 작은 일들을 시켜, 무엇을 할 수 있는지 재고 기억합니다."""
    from graph.open import open_model, try_settled_model

    with show_loading() as on_line:
        model = open_model(settings, on_line=on_line)
        results = try_settled_model(
            settings,
            model,
            on_result=lambda result: on_line(Text("chat_models.trying", task=result.task.label)),
        )
    if as_json:
        click.echo(json.dumps(record_trial(model, results), ensure_ascii=False))
    else:
        print_trial(model, results)


@models.command()
@click.argument("name", metavar="이름", required=False)
def download(name: str | None) -> None:
    """채팅 모델을 내려받습니다. 이름을 주지 않으면 받을 수 있는 모델을 보여 줍니다."""
    if name is None:
        print_table(DOWNLOADABLE, map(_write_downloadable, list_downloadable()))
        return
    model = find_downloadable(name)
    was_there = model.is_downloaded
    try:
        with show_download() as display:
            path = download_model(model, on_bytes=display.show, on_line=display.note)
    except KeyboardInterrupt as error:
        raise UserError("downloads.interrupted") from error
    click.echo(f"이미 받아 두었습니다: {path}" if was_there else f"내려받았습니다: {path}")
    click.echo(
        f"쓰려면 .env에 다음 줄을 넣으세요. 메모리가 약 {model.memory_gb} GB 듭니다. "
        f"(Put this line into .env; it takes about {model.memory_gb} GB of memory.)"
    )
    click.echo(f"MUNHEON_CHAT_MODEL={path}")


def _write_downloadable(model: DownloadableModel) -> list[str]:
    return [
        model.name,
        write_gigabytes(model.size),
        f"{model.memory_gb} GB",
        model.licence,
        "받음" if model.is_downloaded else "",
    ]


def _record_reachable(model: ReachableModel) -> dict[str, Any]:
    return {
        "name": model.setting,
        "where": model.where,
        "base_url": find_address(model.choice) if model.choice.speaks_openai else None,
        "billions": model.size,
        "window": model.window,
        "profile": model.known.profile,
        "measured": model.known.is_measured,
        "chosen": model.is_chosen,
    }


def _write_reachable(model: ReachableModel) -> list[str]:
    return [
        "*" if model.is_chosen else "",
        model.setting,
        model.where,
        f"{model.size:g}B" if model.size else "",
        f"{model.window:,}토큰" if model.window else "",
        PROFILES[model.known.profile],
    ]
