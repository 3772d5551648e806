"""What `munheon documents` does besides listing: remove, retry, verify."""

import shlex
import sys

import click

from graph.settings import Settings
from indexing.run import retry_failed
from indexing.upkeep import check_indexes, check_vectors, remove_documents
from retrieval.bibtex import write_bibtex
from retrieval.errors import UserError
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


def print_bibtex(library: Library, wanted: str) -> None:
    """Print the BibTeX of the document of this number, name or path; of all that are ready for none."""
    listed = [one for one in library.list_documents() if one.state != "failed" and one.passages]
    chosen = listed
    if wanted:
        chosen = [one for one in listed if str(one.id) == wanted] or find_documents(library, wanted)
    click.echo(write_bibtex(chosen, among=listed))


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
