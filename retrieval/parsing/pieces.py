"""What a page sets in one go, and what stands side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Words that the page sets in one go."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned_at: float | None = None
    """Of words that are set on their side: their middle from left to right on the page as it lies."""

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        """Half way from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Of its line, in points."""
        return (self.bottom - self.top) or 1.0


Row = Sequence[Piece]
"""Pieces side by side, in reading order."""
