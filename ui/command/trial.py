"""What a trial of a chat model has shown, as the command line prints it."""

from collections.abc import Sequence
from typing import Any

import click

from graph.trial.trial import TaskResult
from models.chat.adaptive_chat import AdaptiveChat
from models.chat.capabilities import Capabilities, Structure
from ui.command.tables import Column, print_table

COLUMNS = (Column("일"), Column("결과"), Column("초", is_number=True))
STRUCTURES: dict[Structure, str] = {
    "schema": "JSON 스키마",
    "tools": "도구 호출",
    "json": "글 속의 JSON",
    "numbers": "글 속의 번호",
}


def record_trial(model: AdaptiveChat, results: Sequence[TaskResult]) -> dict[str, Any]:
    """The results, and what is known of the model after them, as JSON."""
    known = model.memory.known
    return {
        "model": model.memory.key,
        "profile": known.profile,
        "seconds": round(sum(result.seconds for result in results), 1),
        "tasks": {result.task.name: result.is_done for result in results},
        "structure": known.structure,
        "refused": sorted(known.refused),
        "thinks": bool(known.thinking_tokens) or known.thinks_unopened,
        "window": known.window,
        "tokens_a_second": known.tokens_a_second,
    }


def print_trial(model: AdaptiveChat, results: Sequence[TaskResult]) -> None:
    """Print each task with its result, and what follows for the model."""
    known = model.memory.known
    click.echo(f"모델: {model.memory.key}")
    print_table(COLUMNS, [_write_row(result) for result in results])
    for line in _describe(known):
        click.echo(line)
    click.echo(
        f"→ {known.profile} 방식으로 씁니다. 다른 방식을 쓰려면 MUNHEON_PROFILE을 설정하세요. "
        f"(Asked by the {known.profile} profile.)"
    )


def _write_row(result: TaskResult) -> list[str]:
    done = "됨" if result.is_done else f"안 됨 {result.reason}".strip()
    return [result.task.label, done, f"{result.seconds:.1f}"]


def _describe(known: Capabilities) -> list[str]:
    """What was found out beside the tasks."""
    thinks = "예" if known.thinking_tokens or known.thinks_unopened else "아니요"
    window = f"{known.window:,}토큰" if known.window else "4,000토큰 이상"
    return [
        f"구조화된 답: {STRUCTURES[known.structure]}",
        f"받지 않는 매개변수: {', '.join(sorted(known.refused)) or '없음'}",
        f"생각하고 답함: {thinks}",
        f"한 번에 읽는 길이: {window}",
        f"속도: 초당 {known.tokens_a_second or 0:g}토큰(읽는 시간 포함)",
    ]
