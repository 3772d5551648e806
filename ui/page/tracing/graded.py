"""Why each passage that was found was kept or dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from language.catalogue import write_text
from nodes.profile import DropReason
from retrieval.passages import Evidence, Passage
from ui.page.markdown_text import escape_text
from ui.page.sources import name_paper, shorten_name, write_pages

REASONS: Mapping[DropReason | None, str] = {
    "read_before": "trace.read_before",
    "cells_found": "trace.cells_found",
    "other_paper": "trace.other_paper",
    "not_named": "trace.not_named",
    "not_best": "trace.not_best",
    None: "trace.not_told",
}


def describe_graded(state: Mapping[str, Any]) -> str:
    """The passages kept with their sentences, then those dropped with the reason, each by its rank."""
    passages = {hit.passage.id: hit.passage for hit in state["passages"]}
    pieces = _group_by_passage(state["evidence"])
    ranks = {id: rank for rank, id in enumerate(passages, start=1)}
    kept = [_write_kept(ranks[id], found) for id, found in pieces.items()]
    dropped = [
        _write_dropped(ranks[id], passage, state["dropped"].get(id))
        for id, passage in passages.items()
        if id not in pieces
    ]
    return "\n\n".join([*kept, "\n".join(dropped)]).strip()


def _group_by_passage(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    pieces: dict[str, list[Evidence]] = {}
    for piece in evidence:
        pieces.setdefault(piece.passage.id, []).append(piece)
    return pieces


def _write_kept(rank: int, pieces: Sequence[Evidence]) -> str:
    paper = escape_text(name_paper(pieces[0].passage))
    kept = write_text("trace.kept")
    head = f"{rank}. **{paper}** · {write_pages([pieces[0].page])} · {kept}"
    return "\n".join([head, *(f"   - {escape_text(piece.quote)}" for piece in pieces)])


def _write_dropped(rank: int, passage: Passage, reason: DropReason | None) -> str:
    pages = write_pages(passage.pages)
    dropped, why = write_text("trace.dropped"), write_text(REASONS[reason])
    return f"{rank}. {escape_text(shorten_name(passage))} · {pages} · {dropped}: {why}"
