"""Fuse the legs of a search: the weighted sum of their shares."""

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.passages import Leg, Scored


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A passage that some leg found."""

    id: str
    score: float
    legs: dict[str, Leg]


def fuse(legs: Mapping[str, Mapping[str, Scored]], weights: Mapping[str, float]) -> list[Placed]:
    """All passages of any leg, each best first, by the weighted sum of their shares."""
    ranks = {
        name: {
            id: Leg(rank=rank, score=one.score) for rank, (id, one) in enumerate(found.items(), 1)
        }
        for name, found in legs.items()
    }
    fused = [
        Placed(
            id=id,
            score=sum(
                weights[name] * found[id].share for name, found in legs.items() if id in found
            ),
            legs={name: places[id] for name, places in ranks.items() if id in places},
        )
        for id in dict.fromkeys(id for found in legs.values() for id in found)
    ]
    return sorted(fused, key=lambda one: -one.score)
