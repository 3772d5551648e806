"""What a chat model reads before it writes headers: a whole paper, or its abstract and a section."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from language.tokens import count_tokens
from retrieval.passages import Passage

# Beside what is read: a passage, the instructions and the reply; more where tokens are counted otherwise.
RESERVED_TOKENS = 3_000
# What stands in for a paper that is longer than a model can read.
ABSTRACT_TOKENS = 300
SECTION_TOKENS = 2_400
ABSTRACT = re.compile(r"\babstract\b", re.IGNORECASE)
CHARACTERS_A_TOKEN = 5
# What a call adds to what is read, and what two or three sentences come to.
INSTRUCTION_TOKENS = 150
HEADER_TOKENS = 100


@dataclass(frozen=True)
class HeaderReading:
    """A text and the passages of it that want headers: calls that begin alike."""

    text: str
    passages: Sequence[Passage]


@dataclass(frozen=True, kw_only=True)
class HeaderCost:
    """What headers take: calls, and tokens by the way in which they are paid for."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    """Of the input, what an earlier call began with: providers sell it for less."""

    output_tokens: int = 0


def plan_readings(passages: Sequence[Passage], *, window: int) -> list[HeaderReading]:
    """The whole paper for all its passages; past the window, abstract and section for each section's."""
    if not passages:
        return []
    text = join_passages(passages)
    if count_tokens(text) <= window - RESERVED_TOKENS:
        return [HeaderReading(text, passages)]
    abstract = _find_abstract(text)
    return [
        HeaderReading(f"{abstract}\n...\n{join_passages(section)}", section)
        for section in _group_by_section(passages)
    ]


def estimate_header_cost(
    papers: Sequence[Sequence[Passage]],
    *,
    window: int,
    is_written: Callable[[Passage], bool] = lambda passage: False,
) -> HeaderCost:
    """What headers for the passages of these papers would take that are not yet written."""
    calls = fresh = cached = 0
    for paper in papers:
        for reading in plan_readings(paper, window=window):
            lacking = [passage for passage in reading.passages if not is_written(passage)]
            if not lacking:
                continue
            read = count_tokens(reading.text)
            calls += len(lacking)
            cached += read * (len(lacking) - 1)
            fresh += read + sum(
                count_tokens(passage.text) + INSTRUCTION_TOKENS for passage in lacking
            )
    return HeaderCost(
        calls=calls,
        input_tokens=fresh + cached,
        cached_tokens=cached,
        output_tokens=calls * HEADER_TOKENS,
    )


def join_passages(passages: Sequence[Passage]) -> str:
    """The text that passages were cut from; what two of them share stands once."""
    whole = passages[0].text
    for before, passage in pairwise(passages):
        shared = _count_shared(before.text, passage.text)
        whole += passage.text[shared:] if shared else f"\n{passage.text}"
    return whole


def _count_shared(before: str, text: str) -> int:
    """How many characters at the end of one text begin the next."""
    sizes = range(min(len(before), len(text)), 0, -1)
    return next((size for size in sizes if before.endswith(text[:size])), 0)


def _find_abstract(text: str) -> str:
    """The paper's abstract, or its beginning where none is called so."""
    length = ABSTRACT_TOKENS * CHARACTERS_A_TOKEN
    found = ABSTRACT.search(text, 0, 2 * length)
    start = found.start() if found else 0
    return text[start : start + length]


def _group_by_section(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Runs of passages under one header, no longer than a section that a model is given."""
    section: list[Passage] = []
    size = 0
    for passage in passages:
        length = count_tokens(passage.text)
        if section and (passage.header != section[0].header or size + length > SECTION_TOKENS):
            yield section
            section, size = [], 0
        section.append(passage)
        size += length
    yield section
