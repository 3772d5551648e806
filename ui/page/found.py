"""What a search found, as a table: each passage with the rank and score that each leg gave it."""

from collections.abc import Callable, Sequence

from language.catalogue import write_text
from retrieval.passages import Hit, RetrieverScore
from ui.page.markdown_text import escape_text, write_table
from ui.page.sources import shorten_name

LEGS = ("bm25", "vector")
HEADS = ("found.rank", "found.paper", "found.pages", "found.score")


def tabulate_hits(
    hits: Sequence[Hit],
    *,
    write_rank: Callable[[int], str] = str,
    escape: Callable[[str], str] = escape_text,
) -> str:
    """The passages, best first; `write_rank`: what stands for the n-th (from 1)."""
    return write_table(
        [*map(write_text, HEADS), "BM25", write_text("found.vectors")],
        [
            [
                write_rank(rank),
                escape(shorten_name(hit.passage)),
                ", ".join(map(str, hit.passage.pages)),
                f"{hit.score:.2f}",
                *(_write_leg(hit.legs.get(leg)) for leg in LEGS),
            ]
            for rank, hit in enumerate(hits, start=1)
        ],
    )


def _write_leg(leg: RetrieverScore | None) -> str:
    return write_text("found.place", rank=leg.rank, score=f"{leg.score:.2f}") if leg else "–"
