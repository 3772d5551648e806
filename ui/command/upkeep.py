"""What `munheon documents` does besides listing: remove, retry, verify."""

import shlex
import sys

import click

from graph.settings import Settings
from indexing.run import retry_failed
from indexing.upkeep import check_indexes, remove_documents
from retrieval.ingest.upkeep import find_documents
from retrieval.store.library import Library
from ui.command.documents import print_documents, print_indexed
from ui.command.progress import IndexDisplay

LEGS = {"bm25": "BM25", "vector": "벡터"}


def remove_named(settings: Settings, library: Library, name: str, *, asks: bool) -> None:
    """Take the documents of this name or path out, asking first."""
    found = find_documents(library, name)
    print_documents(found)
    if len(found) > 1:
        click.echo("이름이 같은 문서입니다. 하나만 빼려면 이름 대신 그 경로를 쓰세요:")
        for document in found:
            click.echo(f"  {shlex.quote(document.source)}")
    if asks:
        click.confirm("라이브러리에서 뺄까요? 원래 파일은 그대로 있습니다.", abort=True)
    remove_documents(settings, found)
    sources = shlex.join(document.source for document in found)
    click.echo(f"뺐습니다. 다시 넣으려면: munheon index {sources}")


def retry_failures(settings: Settings) -> None:
    """Index the files again that failed; exit code 1 where some fail again."""
    with IndexDisplay() as display:
        results = retry_failed(
            settings,
            consents=display.confirm_cost,
            progress=display.show,
            on_line=display.note,
            ask_password=display.ask_password,
        )
    sys.exit(1 if print_indexed(results) else 0)


def verify_search(settings: Settings) -> None:
    """Say whether each leg holds what the ledger says; exit code 1 where one doesn't."""
    legs = check_indexes(settings)
    for leg in legs:
        state = (
            "맞음" if leg.is_complete else f"구절 {leg.missing}개 모자람, {leg.left_over}개 남음"
        )
        click.echo(f"{LEGS[leg.leg]}: {state}")
    if not all(leg.is_complete for leg in legs):
        click.echo(
            "색인이 끝나지 않았거나 손상되었습니다. `munheon index 경로`를 다시 실행하세요. "
            "(Not complete: run munheon index again.)",
            err=True,
        )
        sys.exit(1)
