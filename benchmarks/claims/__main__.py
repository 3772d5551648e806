"""What is shown of made sentences: `python -m benchmarks.claims HOME [QUESTIONS…]`.

True sentences are the answers of question files, which stand in the library HOME, and cells of its
tables; false ones are made of them (`falsify.py`). Each is put through what every answer passes, as
if a model had written it over its passages. Counted is how many false ones are shown as ours, and
how many true ones give way to a quote; `--list` prints these, `--count N` draws so many of each.
"""

import argparse
import asyncio
import random
from collections import Counter
from pathlib import Path

from langchain_core.embeddings import Embeddings

from benchmarks.claims.trials import KeptEmbeddings, draw_false_claims, is_shown
from benchmarks.claims.true_claims import Claim, list_answers, list_cell_claims
from evaluation.questions import read_questions
from models.connect.choose import choose_embedding
from models.embedding.open import open_embeddings
from retrieval.store.library import Library

COUNT, SEED = 300, 20261130
TIMEOUT = 60.0


async def report(claims: list[Claim], embeddings: Embeddings, *, wanted: bool, lists: bool) -> None:
    """How many of the claims are not treated as wanted, by kind."""
    of_kind, failed = Counter[str](), Counter[str]()
    for claim in claims:
        of_kind[claim.kind] += 1
        if await is_shown(claim, embeddings) != wanted:
            failed[claim.kind] += 1
            if lists:
                print(f"  {claim.kind}: {claim.question.asked} | {claim.sentence}")
    name = "true sentences that gave way" if wanted else "false sentences shown as ours"
    print(f"{name}: {failed.total()} of {len(claims)} ({failed.total() / len(claims):.1%})")
    print("  " + ", ".join(f"{kind} {failed[kind]} of {of_kind[kind]}" for kind in sorted(of_kind)))


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    chance = random.Random(SEED)
    passages = Library(arguments.home).list_passages()
    rows = [row for path in arguments.questions for row in read_questions(path)]
    answers, cells = list(list_answers(rows, passages)), list(list_cell_claims(passages))
    false = draw_false_claims([*answers, *cells], arguments.count, chance)
    true = [*answers, *chance.sample(cells, len(cells))][: arguments.count]
    embeddings = KeptEmbeddings(open_embeddings(choose_embedding(None), timeout=TIMEOUT))
    asyncio.run(report(false, embeddings, wanted=False, lists=arguments.list))
    asyncio.run(report(true, embeddings, wanted=True, lists=arguments.list))


main()
