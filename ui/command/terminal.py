"""What the command line prints: progress, answers, tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tqdm import tqdm

from retrieval.errors import UserError
from ui.amounts import dollars, duration

if TYPE_CHECKING:  # Chroma and its kind take seconds to import, and most commands need none
    from indexing.estimate import Estimate
    from retrieval.ingest.ledger import Indexed
    from retrieval.ingest.progress import Progress
    from retrieval.store.contents import Document

SNIPPET = 300
BARS: dict[str, dict[str, Any]] = {
    "reading": {"desc": "읽기", "unit": "편"},
    "headers": {"desc": "머리말", "unit": "개"},
    "embedding": {"desc": "색인", "unit": "자", "unit_scale": True},
}
STATES = {
    "new": "대기",
    "parsed": "색인 중",
    "embedded": "색인 중",
    "ready": "준비됨",
    "failed": "실패",
}
FIGURES = {
    "right": "정답",
    "refused": "답이 없는 질문을 거절",
    "falsely_refused": "답이 있는 질문을 거절",
    "cited_document": "맞는 논문을 인용",
    "cited_page": "맞는 쪽을 인용",
    "errors": "오류",
}

# The figures that are told of each kind of question.
BY_KIND = ("evidence_hit@5", "page_hit@5", "recall@5", "mrr", "ndcg@10")


def tell(line: str) -> None:
    """A passing line about what takes long."""
    click.echo(
        f"\r\033[K{line}…" if sys.stderr.isatty() else f"{line}…",
        err=True,
        nl=not sys.stderr.isatty(),
    )


def counted(items: Iterable[Any], total: int, *, shown: bool, what: str = "질문") -> Iterator[Any]:
    """The items, with a bar and the time left on standard error."""
    yield from tqdm(items, total=total, desc=what, unit="개", disable=not shown)


@contextmanager
def index_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar for each step, with the time left and the document in hand."""
    bars: dict[str, Any] = {}
    with ExitStack() as shown:

        def show(progress: Progress) -> None:
            if progress.step not in bars:
                shown.pop_all().close()
                # What an earlier run has done says nothing of the time left.
                bar = tqdm(initial=progress.done, **BARS[progress.step])
                bars[progress.step] = shown.enter_context(bar)
            bar = bars[progress.step]
            bar.total = progress.total
            bar.set_postfix_str(so_far(progress), refresh=False)
            bar.update(progress.done - bar.n)

        yield show


def so_far(progress: Progress) -> str:
    """Documents and passages, cost so far, and the document in hand."""
    (document, documents), (passage, passages) = progress.documents, progress.passages
    parts = [
        f"문서 {document}/{documents}" if documents else "",
        f"구절 {passage}/{passages}" if passages else "",
        f"지금까지 {dollars(progress.usd)}" if progress.usd else "",
        progress.document,
    ]
    return ", ".join(filter(None, parts))


def ask_password(path: Path) -> str | None:
    """Ask for the password of a PDF, unseen; None where nobody can answer or wants to."""
    if not sys.stdin.isatty():
        return None
    hint = f"{path.name}의 암호 (건너뛰려면 Enter)"
    return click.prompt(hint, hide_input=True, default="", show_default=False, err=True) or None


def show_plan(planned: Sequence[Indexed], estimate: Estimate) -> None:
    """Say what an indexing run would do and take."""
    for one in planned:
        if one.outcome == "failed":
            click.echo(f"읽지 못함  {one.path.name}: {one.reason}", err=True)
    unchanged = sum(one.outcome == "unchanged" for one in planned)
    click.echo(f"이미 있는 문서 {unchanged}개")
    show_estimate(estimate)


def show_estimate(estimate: Estimate) -> None:
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
        f"모델 서버 호출 {estimate.calls}번, 비용 {_cost(estimate.usd)}, 시간 약 {duration(estimate.seconds)}"
    )


def _cost(usd: float | None) -> str:
    if usd is None:
        return "모름(MUNHEON_PRICES로 알려 주세요)"
    return dollars(usd) if usd else "없음"


def consents(estimate: Estimate) -> bool:
    """Ask whether to go on; UserError where nobody can answer."""
    show_estimate(estimate)
    if not sys.stdin.isatty():
        raise UserError(
            "비용이 한도(MUNHEON_CONSENT_USD)를 넘습니다. 계속하려면 --yes를 주세요. (Over the limit: give --yes.)"
        )
    return click.confirm("계속할까요?")


def show_indexed(results: Sequence[Indexed]) -> int:
    """Say what became of each file; returns how many failed."""
    for result in results:
        if result.outcome == "indexed":
            hidden = f", 보이지 않는 글자 {result.hidden:,}자는 뺌" if result.hidden else ""
            click.echo(
                f"추가됨  {result.path.name} ({result.passages}개 구절{_headers(result)}{hidden})"
            )
        elif result.outcome == "unchanged":
            headers = _headers(result).removeprefix(", ")
            click.echo(f"그대로  {result.path.name}" + (f" ({headers})" if headers else ""))
        else:
            click.echo(f"실패    {result.path.name}: {result.reason}", err=True)
    for result in results:
        if result.warning:
            click.echo(f"주의    {result.path.name}: {result.warning}", err=True)
    _show_unwritten(results)
    failures = sum(result.outcome == "failed" for result in results)
    click.echo(
        f"파일 {len(results)}개 가운데 {len(results) - failures}개 준비됨, {failures}개 실패."
    )
    return failures


def _headers(result: Indexed) -> str:
    return f", 머리말 {result.headers}개 새로 씀" if result.headers else ""


def _show_unwritten(results: Sequence[Indexed]) -> None:
    """Name the passages that go without a written header, by why they do."""
    places: dict[str, list[str]] = {}
    for result in results:
        for reason, group in groupby(result.unwritten, key=lambda one: one.reason):
            pages = ", ".join(str(one.passage.pages[0]) for one in group)
            places.setdefault(reason, []).append(f"{result.path.name} {pages}쪽")
    for reason, where in places.items():
        click.echo(f"머리말을 쓰지 못한 구절: {'; '.join(where)}. {reason}", err=True)
    if places:
        click.echo(
            "이 구절들은 제목만으로 찾습니다. `munheon index --contextual`을 다시 실행하면 다시 시도합니다. "
            "(They keep the free header: run it again to try again.)",
            err=True,
        )


def show_record(answered: dict[str, Any]) -> None:
    """Print one question of several, with its answer and sources."""
    click.echo(click.style(f"Q. {answered['question']}", bold=True))
    if answered["outcome"] == "error":
        click.echo(f"오류: {answered['error']}\n")
        return
    click.echo(answered["answer"])
    show_citations(answered["citations"])
    click.echo()


def show_citations(citations: Sequence[dict[str, Any]]) -> None:
    """Print the sources of an answer."""
    if citations:
        click.echo()
    for citation in citations:
        quote = " ".join(citation["quote"].split())
        click.echo(f"[{citation['n']}] {citation['document']} {citation['page']}쪽: {quote}")


def show_found(found: dict[str, Any]) -> None:
    """Print the passages that a search found, and why."""
    click.echo(click.style(f"Q. {found['question']}", bold=True))
    if "error" in found:
        click.echo(f"오류: {found['error']}", err=True)
        return
    click.echo(f"영어: {' / '.join([found['english'], *found['queries']])}")
    for passage in found["passages"]:
        legs = ", ".join(
            f"{name} {leg['rank']}위({leg['score']})" for name, leg in passage["legs"].items()
        )
        pages = ", ".join(map(str, passage["pages"]))
        click.echo(
            f"\n{passage['rank']}. {passage['document']} {pages}쪽  [{passage['score']}: {legs}]"
        )
        click.echo(" ".join(passage["text"].split())[:SNIPPET] + "…")


def show_documents(documents: Sequence[Document]) -> None:
    """Print the documents of the library as a table."""
    for document in documents:
        click.echo(
            f"{STATES[document.state]}  {document.name}  {document.pages}쪽  {document.tokens:,}토큰  "
            f"{document.passages}구절  {document.error or document.title}"
            + (f"  주의: {document.warning}" if document.warning else "")
        )
    ready = [document for document in documents if document.state == "ready"]
    click.echo(
        f"문서 {len(ready)}개, {sum(document.tokens for document in ready):,}토큰, "
        f"{sum(document.passages for document in ready)}구절"
    )


def show_figures(figures: dict[str, Any]) -> None:
    """Print how well a question file was answered: shares with their intervals, kind by kind."""
    for name, label in FIGURES.items():
        low, high = figures["intervals"][name]
        click.echo(f"{label}: {figures[name]:.1%}  [{low:.1%}, {high:.1%}]")
    click.echo(
        f"첫 글자까지 {figures['first_token']:.1f}초, 모두 {figures['total']:.1f}초 (중앙값)"
    )
    verified, tokens, usd = figures["verified"], figures["tokens"], figures["usd"]
    shown = "라이브러리에 없는 논문이라 확인 못 함" if verified is None else f"{verified:.1%}"
    click.echo(f"인용한 말이 그 쪽에 있음: {shown}")
    show_tokens(tokens, usd)
    for kind, (served, asked) in figures["kinds"].items():
        click.echo(f"{kind:<17}{served:>3}/{asked}")


def show_tokens(tokens: Mapping[str, int], usd: float | None) -> None:
    """Print what the chat model has read and written, and what that cost where it is known."""
    cost = "" if usd is None else f", ${usd:.4f}"
    click.echo(f"토큰: 입력 {tokens['input']:,}개, 출력 {tokens['output']:,}개{cost}")


def show_retrieval(figures: dict[str, Any]) -> None:
    """Print where the evidence was found: every figure with its interval, then kind by kind."""
    for name, figure in figures["all"]["figures"].items():
        low, high = figure["interval"]
        click.echo(f"{name:<17}{figure['mean']:.3f}  [{low:.3f}, {high:.3f}]")
    for kind, summary in figures["kinds"].items():
        shown = "  ".join(f"{name} {summary['figures'][name]['mean']:.3f}" for name in BY_KIND)
        click.echo(f"{kind:<17}{summary['questions']:>3}개  {shown}")


def show_calls(calls: dict[str, int]) -> None:
    """Print how many model calls a cassette has played and recorded."""
    click.echo(
        f"카세트: 모델 호출 {calls['played']:,}번 재생, {calls['recorded']:,}번 녹음 "
        "(임베딩은 글마다 한 번)"
    )
    if not calls["missed"]:
        click.echo("모든 호출을 재생했습니다. 걸린 시간은 모델이 아니라 재생의 시간입니다.")


def show_compared(figures: dict[str, Any]) -> None:
    """Print what changed between two runs, question by question."""
    click.echo(
        f"맞음: {figures['first']}개 → {figures['second']}개, p = {figures['p']:.3f} (McNemar)"
    )
    for name, label in (("gained", "새로 맞음"), ("lost", "새로 틀림")):
        for row in figures[name]:
            click.echo(f"{label}  {row['id'] or ''}  {row['question']}")


def show_baselines(figures: dict[str, Any]) -> None:
    """Print the figures of each way to search, with their intervals, as a table in Markdown."""
    click.echo(f"| | {' | '.join(BY_KIND)} |\n|{' --- |' * (len(BY_KIND) + 1)}")
    for rung, summary in figures["rungs"].items():
        cells = [_with_interval(summary["all"]["figures"][name]) for name in BY_KIND]
        click.echo(f"| {rung} | {' | '.join(cells)} |")
    if figures["left_out"]:
        click.echo(
            f"재지 않음: {', '.join(figures['left_out'])}. multi-query에는 채팅 모델이, contextual에는 "
            "`munheon index --contextual`로 쓴 머리말이 필요합니다."
        )


def _with_interval(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['mean']:.3f} [{low:.2f}, {high:.2f}]"
