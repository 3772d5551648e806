"""Have the sentences of a text cited."""

from nodes.citing.attribution import Attribution
from nodes.citing.checks import SentenceCheck
from nodes.citing.stream import CitationStream
from retrieval.passages import Evidence
from tests.fakes import FakeEmbeddings
from tests.samples import evidence

EVIDENCE = [
    evidence("SOLAR has 48 layers."),
    evidence("It was scaled up in depth from 32 layers."),
    evidence("Its authors call this depth up-scaling."),
]
LAYERS, DEPTH, AUTHORS = EVIDENCE
TABLE = "크기는 표와 같습니다:\n\n| 모델 | 층 |\n|---|---|\n| SOLAR | 48 |\n| 이전 모델 | 32 |"


async def cited(
    *pieces: str, numbered: list[Evidence] = EVIDENCE, sources: list[Evidence] = EVIDENCE
) -> tuple[str, list[Evidence]]:
    stream = CitationStream(
        Attribution(sources, FakeEmbeddings()), SentenceCheck(), numbered=numbered
    )
    shown = (
        "".join([await stream.add_words(piece) for piece in pieces]) + await stream.finish_text()
    )
    return shown.strip(), stream.citations
