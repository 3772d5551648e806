"""What became of the files of an indexing run, and the documents of a library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from language.catalogue import write_text
from retrieval.file_names import show_name, show_text
from ui.command.tables import Column, print_table

if TYPE_CHECKING:  # Chroma and its kind take seconds to import, and most commands need none
    from pathlib import Path

    from retrieval.ingest.results import IndexResult
    from retrieval.store.contents import Document

UNFINISHED = "덜 끝남"
STATES = {
    "new": "대기",
    "parsed": UNFINISHED,
    "embedded": UNFINISHED,
    "ready": "준비됨",
    "failed": "실패",
}
COLUMNS = (
    Column("번호", is_number=True),
    Column("상태"),
    Column("문서"),
    Column("쪽", is_number=True),
    Column("토큰", is_number=True),
    Column("구절", is_number=True),
    Column("제목"),
)


def print_indexed(results: Sequence[IndexResult]) -> int:
    """Say what became of each file; returns how many are not ready as a whole."""
    for result in results:
        if result.is_restored:
            click.echo(write_text("documents.came_back", name=show_name(result.path)))
        elif result.outcome == "indexed":
            hidden = f", 보이지 않는 글자 {result.hidden:,}자는 뺌" if result.hidden else ""
            click.echo(
                f"추가됨  {show_name(result.path)} ({result.passages}개 구절{_write_headers(result)}{hidden})"
            )
        elif result.outcome == "unchanged":
            same = f", {show_name(result.same_as)}와(과) 같은 파일" if result.same_as else ""
            notes = f"{same}{_write_headers(result)}".removeprefix(", ")
            click.echo(f"그대로  {show_name(result.path)}" + (f" ({notes})" if notes else ""))
        elif result.outcome == "unsupported":
            click.echo(f"안 읽음 {show_name(result.path)}: {result.reason}", err=True)
        else:
            click.echo(f"실패    {show_name(result.path)}: {result.reason}", err=True)
    for result in results:
        if result.warning:
            click.echo(f"주의    {show_name(result.path)}: {result.warning}", err=True)
    _print_unwritten(results)
    _print_unembedded(results)
    return _print_sum(results)


def _print_sum(results: Sequence[IndexResult]) -> int:
    """Say how many files are ready; returns how many are not."""
    ready = sum(result.is_ready for result in results)
    failures = sum(result.outcome == "failed" for result in results)
    others = sum(result.outcome == "unsupported" for result in results)
    partly = len(results) - ready - failures - others
    unfinished = f", {partly}개 {UNFINISHED}" if partly else ""
    unsupported = f", {others}개 지원하지 않는 형식" if others else ""
    click.echo(
        f"파일 {len(results)}개 가운데 {ready}개 준비됨{unfinished}{unsupported}, {failures}개 실패."
    )
    return partly + failures + others


def _write_headers(result: IndexResult) -> str:
    return f", 머리말 {result.headers}개 새로 씀" if result.headers else ""


def _print_unwritten(results: Sequence[IndexResult]) -> None:
    """Name the passages that go without a written header, by why they do."""
    lacking = [
        (result.path, of.passage.pages[0], of.reason)
        for result in results
        for of in result.unwritten
    ]
    _print_places("머리말을 쓰지 못한 구절", lacking)
    if lacking:
        click.echo(
            "이 구절들은 제목만으로 찾습니다. `munheon index --contextual`을 다시 실행하면 다시 시도합니다. "
            "(They keep the free header: run it again to try again.)",
            err=True,
        )


def _print_unembedded(results: Sequence[IndexResult]) -> None:
    """Name the passages that go without a vector, by what the server said of them."""
    lacking = [(one.path, of.page, of.reason) for one in results for of in one.unembedded]
    _print_places("벡터를 만들지 못한 구절", lacking)
    if lacking:
        click.echo(
            "이 구절들은 BM25로만 찾습니다. `munheon index 경로`를 다시 실행하면 이 구절들만 다시 시도합니다. "
            "(No vectors for them, BM25 finds them: run it again to try again.)",
            err=True,
        )


def _print_places(heading: str, lacking: Sequence[tuple[Path, int, str]]) -> None:
    """Say at which pages of which files something is lacking, by why it is."""
    places: dict[str, list[str]] = {}
    for (path, reason), group in groupby(lacking, key=lambda one: (one[0], one[2])):
        pages = ", ".join(str(page) for _, page, _ in group)
        places.setdefault(reason, []).append(f"{show_name(path)} {pages}쪽")
    for reason, where in places.items():
        click.echo(f"{heading}: {'; '.join(where)}. {reason}", err=True)


def print_documents(documents: Sequence[Document]) -> None:
    """Print the documents of the library as a table, and how much they are together."""
    print_table(COLUMNS, [_write_row(document) for document in documents])
    ready = [document for document in documents if document.state == "ready"]
    lacking = sum(document.unembedded for document in ready)
    click.echo(
        f"문서 {len(ready)}개, {sum(document.tokens for document in ready):,}토큰, "
        f"{sum(document.passages for document in ready)}구절"
        + (f"(벡터 없이 BM25로만 찾는 {lacking}구절 포함)" if lacking else "")
    )


def print_sources(documents: Sequence[Document]) -> None:
    """Print documents with what tells them apart: their numbers and files."""
    columns = (Column("번호", is_number=True), Column("제목"), Column("파일"))
    rows = [[str(one.id), one.shown_title, show_text(one.source)] for one in documents]
    print_table(columns, rows)


def print_removed(documents: Sequence[Document]) -> None:
    """Print documents that were taken out, and until when each can be brought back."""
    if not documents:
        click.echo(write_text("documents.none_removed"))
        return
    columns = (
        Column("번호", is_number=True),
        Column("되살릴 수 있는 때까지"),
        Column("문서"),
        Column("제목"),
    )
    rows = [
        [str(one.id), f"{one.kept_until:%Y-%m-%d %H:%M}", one.name, one.given_title or one.title]
        for one in documents
    ]
    print_table(columns, rows)
    click.echo(write_text("documents.how_to_restore"))


def _write_row(document: Document) -> list[str]:
    warning = f"  주의: {document.warning}" if document.warning else ""
    if document.unembedded:
        warning += f"  주의: 구절 {document.unembedded}개의 벡터를 만들지 못함: {document.unembedded_reason}"
    return [
        str(document.id),
        UNFINISHED if document.unembedded else STATES[document.state],
        document.name,
        str(document.pages),
        f"{document.tokens:,}",
        str(document.passages),
        f"{document.error or document.given_title or document.title}{warning}",
    ]
