"""Whatever a model says, what is shown as evidence stands in the paper, on the page that is named."""

import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from langchain_core.messages import HumanMessage

from graph.build import RETRY, build_graph
from models.faults import BadReply
from nodes.citing.stream import QUOTES
from nodes.fallback import INSUFFICIENT
from nodes.profile import ModelProfile
from nodes.small.profile import SmallProfile
from nodes.state import Conversation
from nodes.strong.profile import StrongProfile
from nodes.strong.select import NamedSentences
from retrieval.passages import Evidence
from retrieval.search.hybrid import HybridSearch
from tests.fakes import ScriptedModel
from tests.samples import PAPERS

RUNS = 60
INVENTED = "Zephyrion"
QUOTE_BEGINS = QUOTES["Korean"].split("{}")[0]
WRONG = "7,777"  # stands in no paper
SOURCES = [
    sentence.strip(".")
    for _, pages in PAPERS.values()
    for page in pages
    for sentence in page.split(". ")
]
KOREAN = [
    "SOLAR는 48개의 층을 가집니다",
    f"SOLAR는 {WRONG}개의 층을 가집니다",
    f"Gemma는 {WRONG}개의 토큰으로 학습했습니다",
    "Gemma는 27B 모델에서 증류했습니다",
    "Transformer는 순환을 쓰지 않습니다",
    "GPT-5는 달에서 학습했습니다",
]
MARKS = ["", " [1]", " [2][1]", " [0]", " [99]", " [1, 2]", " [3] [7]", " [-1]", " [１]", " 【1】"]
QUESTION = "SOLAR는 어떤 모델인가요?"


class Liar(ScriptedModel):
    """Says anything: sentences of any paper, changed ones, marks that lead anywhere."""

    chance: Any = None

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)

    def _generate(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        reply = self._named() if kwargs.get("tools") else self._told()
        self.messages = iter([reply])
        return super()._generate(messages, *args, **kwargs)

    async def _agenerate(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        return self._generate(messages, *args, **kwargs)

    def _named(self) -> NamedSentences:
        count = self.chance.randint(0, 4)
        numbers = [self.chance.randint(-2, 9) for _ in range(count)]
        words = [self._changed(self.chance.choice(SOURCES)) for _ in range(count)]
        return NamedSentences(sentences=[*numbers, *words])

    def _told(self) -> str:
        count = self.chance.randint(1, 4)
        said = [self.chance.choice([*KOREAN, *map(self._changed, SOURCES)]) for _ in range(count)]
        return " ".join(f"{sentence}{self.chance.choice(MARKS)}." for sentence in said)

    def _changed(self, sentence: str) -> str:
        changes = (
            (r"\d+", WRONG),
            (r"\b[A-Z]\w+", INVENTED),
            (r"\b(is|was)\b", r"\1 not"),
            (r"\bThe\b", "A"),
            (r"$", ""),
        )
        return re.sub(*self.chance.choice(changes), sentence, count=1)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def stands_on_its_pages(piece: Evidence, papers: Path) -> bool:
    with pymupdf.open(papers / piece.passage.document) as document:
        text = "".join(document[page - 1].get_text() for page in piece.pages)
    return bool(letters(piece.quote)) and letters(piece.quote) in letters(text)


def profile_for(small: bool, model: Liar, search: HybridSearch) -> ModelProfile:
    return (SmallProfile if small else StrongProfile)(model, embeddings=search.embeddings)


@pytest.mark.parametrize("small", [False, True], ids=["a model that cites", "a small model"])
async def test_what_is_cited_stands_where_it_is_said_to(
    small: bool, search: HybridSearch, papers: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.build.RETRY", RETRY._replace(initial_interval=0.001, jitter=False))
    answered, quoted = 0, 0
    for seed in range(RUNS):
        model = Liar(seed)
        graph = build_graph(profile=profile_for(small, model, search), search=search)

        try:
            state = await graph.ainvoke(Conversation(messages=[HumanMessage(QUESTION)]))
        except BadReply:  # nothing to search with, told as a fault of the model
            continue

        text = state["messages"][-1].text
        if state["outcome"] == "insufficient":
            assert text == INSUFFICIENT
            continue
        answered += 1
        citations = state["citations"]
        assert set(re.findall(r"\[(\d+)\]", text)) == {str(n + 1) for n in range(len(citations))}
        assert all(stands_on_its_pages(piece, papers) for piece in citations)
        assert WRONG not in text
        assert INVENTED not in text
        quoted += QUOTE_BEGINS in text
    assert answered > RUNS / 4
    assert quoted
