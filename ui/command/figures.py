"""The figures of `munheon eval`, as the command line prints them."""

from collections.abc import Mapping
from typing import Any

import click

from ui.command.tables import Column, print_table

FIGURES = {
    "right": "정답",
    "wrong": "틀린 답",
    "quoted": "근거를 그대로 인용",
    "refused": "답이 없는 질문을 거절",
    "falsely_refused": "답이 있는 질문을 거절",
    "cited_document": "맞는 논문을 인용",
    "cited_page": "맞는 쪽을 인용",
    "errors": "오류",
}

# Those that are printed of each paper, so short that they stand side by side.
OF_PAPERS = {"right": "정답", "wrong": "틀림", "quoted": "인용", "falsely_refused": "거절"}
# The figures that are printed of each kind of question, and of each baseline.
BRIEF = ("evidence_hit@5", "page_hit@5", "recall@5", "mrr", "ndcg@10")
BRIEF_COLUMNS = [Column(name, is_number=True) for name in BRIEF]
FIGURE_COLUMN, BAR = Column("수치"), Column("", is_bar=True)
VALUE, INTERVAL = Column("값", is_number=True), Column("95 % 구간", is_number=True)
KIND, QUESTIONS = Column("종류"), Column("질문", is_number=True)


def print_answer_figures(figures: dict[str, Any]) -> None:
    """Print how well a question file was answered: shares with their intervals, kind by kind."""
    print_table(
        [FIGURE_COLUMN, VALUE, INTERVAL, BAR],
        [
            [label, f"{figures[name]:.1%}", f"[{low:.1%}, {high:.1%}]", figures[name]]
            for name, label in FIGURES.items()
            for low, high in [figures["intervals"][name]]
        ],
    )
    click.echo(
        f"첫 글자까지 {figures['first_token']:.1f}초, 모두 {figures['total']:.1f}초 (중앙값)"
    )
    verified, tokens, usd = figures["verified"], figures["tokens"], figures["usd"]
    shown = "라이브러리에 없는 논문이라 확인 못 함" if verified is None else f"{verified:.1%}"
    click.echo(f"인용한 말이 그 쪽에 있음: {shown}")
    print_tokens(tokens, usd)
    print_table(
        [KIND, Column("맞음", is_number=True), BAR],
        [
            [kind, f"{served}/{asked}", served / asked]
            for kind, (served, asked) in figures["kinds"].items()
        ],
    )
    _print_papers(figures["papers"])


def _print_papers(papers: Mapping[str, Mapping[str, float]]) -> None:
    """Print the shares of each paper's questions, and between which they lie."""
    if len(papers) < 2:
        return
    rows = [
        [paper, f"{shares['questions']:.0f}", *(f"{shares[name]:.0%}" for name in OF_PAPERS)]
        for paper, shares in papers.items()
    ]
    each = [[shares[name] for shares in papers.values()] for name in OF_PAPERS]
    spread = [f"{min(values):.0%}–{max(values):.0%}" for values in each]
    print_table(
        [
            Column("논문"),
            QUESTIONS,
            *(Column(label, is_number=True) for label in OF_PAPERS.values()),
        ],
        [*rows, ["가장 낮은 것–가장 높은 것", "", *spread]],
    )


def print_tokens(tokens: Mapping[str, int], usd: float | None) -> None:
    """Print what the chat model has read and written, and what that cost where it is known."""
    cost = "" if usd is None else f", ${usd:.4f}"
    click.echo(f"토큰: 입력 {tokens['input']:,}개, 출력 {tokens['output']:,}개{cost}")


def print_search_figures(figures: dict[str, Any]) -> None:
    """Print where the evidence was found: every figure with its interval, then kind by kind."""
    print_table(
        [FIGURE_COLUMN, VALUE, INTERVAL, BAR],
        [
            [name, f"{figure['mean']:.3f}", f"[{low:.3f}, {high:.3f}]", figure["mean"]]
            for name, figure in figures["all"]["figures"].items()
            for low, high in [figure["interval"]]
        ],
    )
    print_table(
        [KIND, QUESTIONS, *BRIEF_COLUMNS],
        [
            [
                kind,
                str(summary["questions"]),
                *(f"{summary['figures'][name]['mean']:.3f}" for name in BRIEF),
            ]
            for kind, summary in figures["kinds"].items()
        ],
    )


def print_calls(calls: dict[str, int]) -> None:
    """Print how many model calls a cassette has played and recorded."""
    click.echo(
        f"카세트: 모델 호출 {calls['played']:,}번 재생, {calls['recorded']:,}번 녹음 "
        "(임베딩은 글마다 한 번)"
    )
    if not calls["missed"]:
        click.echo("모든 호출을 재생했습니다. 걸린 시간은 모델이 아니라 재생의 시간입니다.")


def print_comparison(figures: dict[str, Any]) -> None:
    """Print what changed between two runs, question by question."""
    click.echo(
        f"맞음: {figures['first']}개 → {figures['second']}개, p = {figures['p']:.3f} (McNemar)"
    )
    changed = [
        [label, str(row["id"] or ""), row["question"]]
        for name, label in (("gained", "새로 맞음"), ("lost", "새로 틀림"))
        for row in figures[name]
    ]
    if changed:
        print_table([Column("변화"), Column("id"), Column("질문")], changed)


def print_baselines(figures: dict[str, Any]) -> None:
    """Print the figures of each way to search, with their intervals."""
    print_table(
        [Column("검색"), *BRIEF_COLUMNS],
        [
            [name, *(_write_with_interval(summary["all"]["figures"][figure]) for figure in BRIEF)]
            for name, summary in figures["rungs"].items()
        ],
    )
    if figures["left_out"]:
        click.echo(
            f"재지 않음: {', '.join(figures['left_out'])}. multi-query에는 채팅 모델이, contextual에는 "
            "`munheon index --contextual`로 쓴 머리말이 필요합니다."
        )


def _write_with_interval(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['mean']:.3f} [{low:.2f}, {high:.2f}]"
