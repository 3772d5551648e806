"""Fuse the legs of a search: the weighted sum of their shares."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.passages import LegScore, RetrieverScore


@dataclass(frozen=True, kw_only=True)
class FusedPassage:
    """A passage that some leg found."""

    id: str
    score: float
    legs: dict[str, RetrieverScore]


def fuse_scores(
    legs: Mapping[str, Mapping[str, LegScore]], weights: Mapping[str, float]
) -> list[FusedPassage]:
    """All passages of any leg, each best first, by the weighted sum of their shares."""
    ranks = {
        name: {
            id: RetrieverScore(rank=rank, score=one.score)
            for rank, (id, one) in enumerate(found.items(), 1)
        }
        for name, found in legs.items()
    }
    fused = [
        FusedPassage(
            id=id,
            score=sum(
                weights[name] * found[id].share for name, found in legs.items() if id in found
            ),
            legs={name: places[id] for name, places in ranks.items() if id in places},
        )
        for id in dict.fromkeys(id for found in legs.values() for id in found)
    ]
    return sorted(fused, key=lambda one: -one.score)


def standardise_scores(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores with mean 0 and standard deviation 1; all 0 where they are equal."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread else np.zeros_like(scores)
