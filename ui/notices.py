"""What a reader is told of an answer that is not whole."""

from collections.abc import Mapping

from language.catalogue import write_text
from nodes.profile import CutReason

CUT_REASONS: Mapping[CutReason, str] = {
    "length": "notices.length",
    "filter": "notices.filter",
    "error": "notices.error",
}


def write_notices(cut: CutReason | None, left_out: int) -> list[str]:
    """A line each; none of a whole answer."""
    lines = []
    if cut:
        lines.append(write_text(CUT_REASONS[cut]))
    if left_out:
        lines.append(write_text("notices.left_out", count=left_out))
    return lines
