"""What `munheon documents` does besides listing: remove, restore, retry, verify."""

import sys
from collections.abc import Sequence

import click

from graph.settings import Settings
from indexing.run import retry_failed
from indexing.upkeep import (
    check_indexes,
    check_vectors,
    list_removed,
    remove_documents,
    restore_documents,
)
from language.catalogue import write_text
from retrieval.errors import UserError
from retrieval.ingest.naming import SeveralDocuments, find_document
from retrieval.store.contents import KEPT, Document
from retrieval.store.library import Library
from ui.command.documents import print_documents, print_indexed, print_removed, print_sources
from ui.command.progress import IndexDisplay

LEGS = {"bm25": "BM25", "vector": "벡터"}


def remove_named(settings: Settings, library: Library, name: str, *, asks: bool) -> None:
    """Take the document that is called so out, asking first; of several the reader chooses."""
    found = _find_named(library.list_documents(), name)
    print_documents([found])
    if asks:
        click.confirm(write_text("documents.ask_remove"), abort=True)
    remove_documents(settings, [found])
    if found.state in ("new", "failed"):  # nothing was made of it
        click.echo(write_text("documents.forgotten"))
    else:
        click.echo(write_text("documents.removed", id=found.id, days=KEPT.days))


def restore_named(settings: Settings, name: str) -> None:
    """Bring the document back that is called so, of those that were taken out."""
    found = _find_named(list_removed(settings), name)
    with IndexDisplay() as display:
        restore_documents(settings, [found], consents=display.confirm_cost, progress=display.show)
    click.echo(write_text("documents.restored", name=found.name))


def list_trash(settings: Settings) -> None:
    """Print what can be brought back, and until when."""
    print_removed(list_removed(settings))


def _find_named(listed: Sequence[Document], name: str) -> Document:
    """The document that is called so; where several are, they are printed for the reader to choose."""
    try:
        return find_document(listed, name)
    except SeveralDocuments as error:
        print_sources(error.found)
        raise


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
    """Say whether each leg holds what the ledger says, and vectors that are right; else exit code 1."""
    is_complete, is_right = _print_legs(settings), _print_comparison(settings)
    sys.exit(0 if is_complete and is_right else 1)


def _print_legs(settings: Settings) -> bool:
    """Say whether each leg holds what the ledger says; whether all do."""
    legs = check_indexes(settings)
    for leg in legs:
        state = (
            "맞음" if leg.is_complete else f"구절 {leg.missing}개 모자람, {leg.left_over}개 남음"
        )
        click.echo(f"{LEGS[leg.leg]}: {state}")
    if is_complete := all(leg.is_complete for leg in legs):
        return is_complete
    click.echo(
        "색인이 끝나지 않았거나 손상되었습니다. `munheon index 경로`를 다시 실행하세요. "
        "(Not complete: run munheon index again.)",
        err=True,
    )
    return is_complete


def _print_comparison(settings: Settings) -> bool:
    """Say whether the embedding model makes the vectors that are kept; whether none is wrong."""
    try:
        compared = check_vectors(settings)
    except UserError as error:
        click.echo(f"모델과 비교하지 못했습니다. {error} (Not compared.)", err=True)
        return True
    if not compared.asked:
        return True
    sample = f"글 {compared.asked}조각을 모델에 다시 물음, 유료 모델도 1센트 미만"
    if not compared.differing:
        click.echo(f"모델과 비교: 맞음({sample})")
        return True
    click.echo(f"모델과 비교: {compared.differing}조각의 벡터가 다름({sample})")
    click.echo(
        f"벡터가 지금 모델의 것과 다른 문서: {', '.join(compared.documents)}. 다른 문서도 그럴 수 있으니 "
        "`munheon index --rebuild`로 모두 다시 만드세요. "
        "(Their vectors are not the model's: make all anew with `munheon index --rebuild`.)",
        err=True,
    )
    return False
