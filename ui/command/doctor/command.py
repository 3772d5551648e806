"""`munheon doctor`: everything that can be wrong, looked at once."""

import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the checks take seconds to import
    from graph.settings import Settings
    from ui.command.doctor.finding import Subject


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, help="오류 신고에 붙일 JSON 객체 하나를 출력합니다."
)
@click.option("--offline", is_flag=True, help="모델 서버와 Chroma 서버를 부르지 않습니다.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="대화의 포트."
)
def doctor(as_json: bool, offline: bool, port: int) -> None:
    """모델, 색인, 데이터베이스, 포트, Tesseract, 글꼴, 버전을 점검하고 고치는 방법을 알려 줍니다."""
    from ui.command.doctor.checks.every import EVERY_CHECK
    from ui.command.doctor.report import print_finding, print_summary, record_findings
    from ui.command.doctor.run import run_checks

    results = []
    for result in run_checks(EVERY_CHECK, _choose_subject(offline, port)):
        results.append(result)
        if not as_json:
            print_finding(result)
    if as_json:
        click.echo(json.dumps(record_findings(results), ensure_ascii=False))
    else:
        print_summary(results)
    sys.exit(1 if any(finding.state == "error" for _, finding in results) else 0)


def _choose_subject(is_offline: bool, port: int) -> "Subject":
    """What is examined; settings at fault are told, and count as not set."""
    from ui.command.doctor.finding import Subject

    faults = list(_read_dotenv())
    settings = _read_settings(faults)
    return Subject(settings=settings, faults=tuple(faults), port=port, is_offline=is_offline)


def _read_dotenv() -> Iterator[Exception]:
    """Read .env; what is wrong with it."""
    from graph.settings import load_dotenv_file
    from retrieval.errors import UserError

    try:
        load_dotenv_file()
    except UserError as fault:
        yield fault


def _read_settings(faults: list[Exception]) -> "Settings":
    """The settings without those that make no sense, whose fault is added."""
    from graph.settings import InvalidSettings, Settings, read_settings

    try:
        return read_settings()
    except InvalidSettings as fault:
        faults.append(fault)
        for name in [name for name in os.environ if name.upper() in fault.variables]:
            del os.environ[name]
        return Settings()
