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

from benchmarks.claims.falsify import KINDS
from benchmarks.claims.true_claims import Claim, list_answers, list_cell_claims
from evaluation.questions import read_questions
from models.choose import choose_embedding
from models.embedding import open_embeddings
from nodes.citing.stream import prepare_streams
from retrieval.store.library import Library

COUNT, SEED = 300, 20261130
TIMEOUT = 60.0


class KeptEmbeddings(Embeddings):
    """Embeds each text once: many claims are made of the same passages."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._kept: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, self._embeddings.embed_documents(new), strict=True))
        return [self._kept[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """A vector for a question."""
        return self._embeddings.embed_query(text)


async def is_shown(claim: Claim, embeddings: Embeddings) -> bool:
    """Whether a reader sees the sentence as our words."""
    stream = prepare_streams(claim.question, claim.evidence, embeddings)()
    await stream.add_words(claim.sentence)
    await stream.finish_text()
    return not stream.confirms_nothing and not stream.settle_text().quotes


def draw_false_claims(claims: list[Claim], count: int, chance: random.Random) -> list[Claim]:
    """So many false claims, of each kind alike where there are enough."""
    made = {kind: make(claims, chance) for kind, make in KINDS.items()}
    for false in made.values():
        chance.shuffle(false)
    drawn: list[Claim] = []
    while len(drawn) < count and any(made.values()):
        drawn += [false.pop() for false in made.values() if false]
    return drawn[:count]


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
