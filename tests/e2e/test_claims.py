"""Whatever a model says of real papers: false sentences are not shown as ours, true ones are."""

import asyncio
import random
from pathlib import Path

import pytest

from benchmarks.claims.trials import KeptEmbeddings, draw_false_claims, is_shown
from benchmarks.claims.true_claims import Claim, list_cell_claims
from models.connect.choose import choose_embedding
from models.embedding.open import open_embeddings
from retrieval.store.library import Library

pytestmark = pytest.mark.e2e

COUNT = 60
# Of cells; `python -m benchmarks.claims` measures answers too.
MOST_SHOWN, MOST_REPLACED = 0.1, 0.05


def test_another_cells_value_is_rarely_shown_and_its_own_is(library: Path):
    chance = random.Random(1)
    claims = list(list_cell_claims(Library(library).list_passages()))
    assert len(claims) > COUNT
    false = draw_false_claims(claims, COUNT, chance)
    true = chance.sample(claims, COUNT)

    assert count_shown(false) <= MOST_SHOWN * len(false)
    assert count_shown(true) >= (1 - MOST_REPLACED) * len(true)


def count_shown(claims: list[Claim]) -> int:
    embeddings = KeptEmbeddings(open_embeddings(choose_embedding("embedded"), timeout=60))

    async def count() -> int:
        return sum([await is_shown(claim, embeddings) for claim in claims])

    return asyncio.run(count())
