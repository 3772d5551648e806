"""Put made sentences through what every answer passes, as if a model had written them."""

import random

from langchain_core.embeddings import Embeddings

from benchmarks.claims.falsify import KINDS
from benchmarks.claims.true_claims import Claim
from nodes.citing.stream import prepare_streams


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
