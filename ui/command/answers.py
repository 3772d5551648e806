"""Answers and found passages, as the command line prints them."""

from collections.abc import Sequence
from typing import Any

import click

from ui.notices import write_notices

# How many characters of a passage are shown.
PASSAGE_SNIPPET = 300


def print_record(answered: dict[str, Any]) -> None:
    """Print one question of several, with its answer and sources."""
    click.echo(click.style(f"Q. {answered['question']}", bold=True))
    if answered["outcome"] == "error":
        click.echo(f"오류: {answered['error']}\n")
        return
    click.echo(answered["answer"])
    print_citations(answered["citations"])
    for line in write_notices(answered.get("cut"), answered.get("evidence_left_out", 0)):
        click.echo(f"주의: {line}")
    click.echo()


def print_citations(citations: Sequence[dict[str, Any]]) -> None:
    """Print the sources of an answer."""
    if citations:
        click.echo()
    for citation in citations:
        quote = " ".join(citation["quote"].split())
        click.echo(f"[{citation['n']}] {citation['document']} {citation['page']}쪽: {quote}")


def print_found(found: dict[str, Any]) -> None:
    """Print the passages that a search found, and why."""
    click.echo(click.style(f"Q. {found['question']}", bold=True))
    if "error" in found:
        click.echo(f"오류: {found['error']}", err=True)
        return
    click.echo(f"검색어: {' / '.join([found['english'], *found['queries']])}")
    for passage in found["passages"]:
        legs = ", ".join(
            f"{name} {leg['rank']}위({leg['score']})" for name, leg in passage["legs"].items()
        )
        pages = ", ".join(map(str, passage["pages"]))
        click.echo(
            f"\n{passage['rank']}. {passage['document']} {pages}쪽  [{passage['score']}: {legs}]"
        )
        click.echo(" ".join(passage["text"].split())[:PASSAGE_SNIPPET] + "…")
