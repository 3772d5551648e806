"""`munheon models`: chat models that run on this machine."""

import click

from models.download import download_model
from models.downloadable import (
    DownloadableModel,
    find_downloadable,
    list_downloadable,
    write_gigabytes,
)
from retrieval.errors import UserError
from ui.command.downloading import show_download
from ui.command.tables import Column, print_table

COLUMNS = (
    Column("이름"),
    Column("크기", is_number=True),
    Column("메모리", is_number=True),
    Column("라이선스"),
    Column("상태"),
)


@click.group()
def models() -> None:
    """이 컴퓨터에서 도는 채팅 모델을 다룹니다."""


@models.command()
@click.argument("name", metavar="이름", required=False)
def download(name: str | None) -> None:
    """채팅 모델을 내려받습니다. 이름을 주지 않으면 받을 수 있는 모델을 보여 줍니다."""
    if name is None:
        print_table(COLUMNS, map(_write_row, list_downloadable()))
        return
    model = find_downloadable(name)
    was_there = model.is_downloaded
    try:
        with show_download() as display:
            path = download_model(model, on_bytes=display.show, on_line=display.note)
    except KeyboardInterrupt as error:
        raise UserError(
            "내려받기를 멈췄습니다. 같은 명령을 다시 실행하면 받은 데부터 이어받습니다. (Stopped: run it again to resume.)"
        ) from error
    click.echo(f"이미 받아 두었습니다: {path}" if was_there else f"내려받았습니다: {path}")
    click.echo(
        f"쓰려면 .env에 다음 줄을 넣으세요. 메모리가 약 {model.memory_gb} GB 듭니다. "
        f"(Put this line into .env; it takes about {model.memory_gb} GB of memory.)"
    )
    click.echo(f"MUNHEON_CHAT_MODEL={path}")


def _write_row(model: DownloadableModel) -> list[str]:
    return [
        model.name,
        write_gigabytes(model.size),
        f"{model.memory_gb} GB",
        model.licence,
        "받음" if model.is_downloaded else "",
    ]
