"""What an indexing run would do and take, as the command line says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from models.cost.prices import write_usd
from retrieval.file_names import show_name
from ui.amounts import write_dollars, write_duration

if TYPE_CHECKING:  # Chroma and its kind take seconds to import, and most commands need none
    from indexing.estimate import Estimate
    from retrieval.ingest.results import IndexResult


def print_plan(planned: Sequence[IndexResult], estimate: Estimate) -> None:
    """Say what an indexing run would do and take."""
    for one in planned:
        if one.outcome in ("unsupported", "failed"):
            click.echo(f"읽지 못함  {show_name(one.path)}: {one.reason}", err=True)
    unchanged = sum(one.outcome == "unchanged" for one in planned)
    click.echo(f"이미 있는 문서 {unchanged}개")
    print_estimate(estimate)


def print_estimate(estimate: Estimate) -> None:
    """Say what work takes."""
    work, headers = estimate.work, estimate.headers
    click.echo(
        f"색인할 문서 {len(work.papers)}개, {work.pages}쪽, 구절 {work.passages}개, {work.tokens:,}토큰"
    )
    if headers.calls:
        click.echo(
            f"머리말 {headers.calls}개: 입력 {headers.input_tokens:,}토큰(그 가운데 캐시 "
            f"{headers.cached_tokens:,}), 출력 {headers.output_tokens:,}토큰"
        )
    click.echo(
        f"모델 서버 호출 {estimate.calls}번, 비용 {_write_cost(estimate.usd)}, 시간 약 {write_duration(estimate.seconds)}"
    )
    if estimate.left_usd is not None:
        click.echo(f"오늘 남은 예산 {write_usd(estimate.left_usd)} (MUNHEON_BUDGET_USD)")


def _write_cost(usd: float | None) -> str:
    if usd is None:
        return "모름(MUNHEON_PRICES로 알려 주세요)"
    return write_dollars(usd) if usd else "없음"
