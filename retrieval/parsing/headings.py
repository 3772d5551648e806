"""Which blocks of a paper are headings, and how deep: by number, by name, by type."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.lines import CELL, is_caption
from retrieval.parsing.reading_order import ROW_BREAK, Block

# In characters, and in words: a choice.
MAX_HEADING_LENGTH = 110
MAX_HEADING_WORDS = 16
# Type that is larger by more stands out, in points; even "Abstract" is not set much smaller.
MIN_SIZE_DIFFERENCE = 0.5
MIN_HEADING_SIZE = 0.85
# Headings make up a smaller part of a paper's letters (0..1).
MAX_HEADING_SHARE = 0.05
# Where only type tells headings, those of sections are so many times as large as the text.
SECTION_SIZE = 1.3
REFERENCES = re.compile(
    r"references(?: and notes)?|bibliography|works cited|literature cited|참고\s*문헌",
    re.IGNORECASE,
)
APPENDIX = re.compile(
    r"(?:[\dA-Z]\.?\s+)?(?:appendix|appendices|supplementa\w+|supporting information|부록)\b",
    re.IGNORECASE,
)
NAMED_HEADING = re.compile(
    r"abstract|introduction|background|related works?|methods?|experiments?|results|discussion"
    r"|conclusions?|limitations|acknowled?ge?ments?|(?:table of )?contents|요약|초록|서론|결론|목차",
    re.IGNORECASE,
)
HEADING_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3}|[IVX]{1,5}(?=\.)"
NUMBERED_HEADING = re.compile(
    rf"(?:(?:Appendix|Section|Chapter) )?({HEADING_NUMBER})(?:\.|:)?\s+((?![a-z])[^\W\d_].*)",
    re.DOTALL,
)
SPACED = re.compile(rf"(?:{HEADING_NUMBER})\.?{CELL}[^{CELL}]+")
SENTENCE_END = re.compile(r"[.,;:!?。]$")
Style = tuple[float, bool]
"""Size of type in half points, and whether it is bold."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The heading of a section."""

    text: str
    level: int
    """1 for sections, 2 for their parts, and so on."""

    offset: int
    """Where it begins in its page's text."""


@dataclass(frozen=True)
class _HeadingStyle:
    """How a paper sets its text and its headings."""

    body: float
    """The size of most letters, in points."""

    section_size: float
    """That of the headings of sections that have a number."""

    has_roman: bool
    styles: dict[Style, int] | None
    """The levels that larger type stands for; None where no heading has a number or name."""

    rare: set[Style]
    """In which so few letters are set that they may be those of headings."""


def set_heading_levels(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks, those that are headings with their level."""
    body = _measure_body_type(blocks)
    short = [at for at, block in enumerate(blocks) if _may_be_heading(block, body, title)]
    sure = dict(_find_sure_headings([(at, blocks[at]) for at in short], body))
    setting = _learn_heading_style(blocks, sure, body)
    # What stands before the first one is the title, and who wrote it.
    first = min(sure, default=0)
    levels = {at: _judge_level(blocks[at], sure.get(at, 0), setting) for at in short if at >= first}
    return [
        replace(block, level=level, text=block.text.replace(CELL, " "))
        if (level := levels.get(at))
        else block
        for at, block in enumerate(blocks)
    ]


def is_heading_text(text: str) -> bool:
    """Whether a line could be the heading of a section by its name or number."""
    return any(known.fullmatch(text) for known in (NAMED_HEADING, REFERENCES, NUMBERED_HEADING))


def names_section(text: str) -> bool:
    """Whether a line is a usual section's name, perhaps with its number: 1. Introduction."""
    name = re.sub(r"^\d{1,2}\.?\s+", "", text)
    return bool(NAMED_HEADING.fullmatch(name) or REFERENCES.fullmatch(name))


def _join_heading(block: Block) -> str:
    """The words of a heading on one line."""
    return " ".join(block.text.split())


def _find_sure_headings(
    short: Sequence[tuple[int, Block]], body: float
) -> Iterator[tuple[int, int]]:
    """Which blocks a name or number makes headings, and their levels.

    A letter numbers what comes behind figures: "A Survey of Models" is a title.
    """
    has_figures = False
    for at, block in short:
        depth, number = _read_level(block, body), _read_number(block)
        counts = len(number) != 1 or number.isdigit() or block.text.startswith("I.")
        if depth and (has_figures or counts):
            yield at, depth
            has_figures = has_figures or bool(number)


def _measure_body_type(blocks: Sequence[Block]) -> float:
    """The size of most letters of a paper."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _may_be_heading(block: Block, body: float, title: str) -> bool:
    """Whether a block is short, no caption, row or sentence, and not set smaller than the text."""
    text = _join_heading(block)
    return (
        len(text) <= MAX_HEADING_LENGTH
        and len(text.split()) <= MAX_HEADING_WORDS
        and text != title
        and ROW_BREAK not in block.text
        and (CELL not in block.text or bool(SPACED.fullmatch(block.text)))
        and block.largest >= body * MIN_HEADING_SIZE
        and bool(re.search(r"[^\W\d_]{2}", text))
        and not is_caption(text)
        and not SENTENCE_END.search(text)
    )


def _read_number(block: Block) -> str:
    """What numbers a block: 3.2, B.1, IV; empty where nothing does."""
    return _split_number(block)[0]


def _split_number(block: Block) -> tuple[str, str]:
    """The number and the words of what may be a heading."""
    text = _join_heading(block)
    match = NUMBERED_HEADING.match(text)
    return (match[1], match[2]) if match else ("", text)


def _read_level(block: Block, body: float) -> int:
    """The level of a heading that has a known name or a number; 0 where it has neither."""
    number, name = _split_number(block)
    if any(known.fullmatch(name) for known in (NAMED_HEADING, REFERENCES)):
        return number.count(".") + 1
    if block.largest < body - MIN_SIZE_DIFFERENCE:
        return 0
    is_larger = block.largest > body + MIN_SIZE_DIFFERENCE
    stands_out = block.is_bold or is_larger or name.isupper()
    if APPENDIX.match(_join_heading(block)) and stands_out:
        return 1
    return number.count(".") + 1 if number and stands_out else 0


def _style_of(block: Block) -> Style:
    return round(2 * block.largest) / 2, block.is_bold


def _learn_heading_style(
    blocks: Sequence[Block], sure: dict[int, int], body: float
) -> _HeadingStyle:
    """What the headings that a name or number tells say about all others."""
    letters: Counter[Style] = Counter()
    for block in blocks:
        letters[_style_of(block)] += len(block.text)
    styles: dict[Style, int] = {}
    for at, depth in sure.items():
        style = _style_of(blocks[at])
        if blocks[at].largest > body + MIN_SIZE_DIFFERENCE:
            styles[style] = min(depth, styles.get(style, depth))
    sections = [blocks[at].largest for at in sure if len(_read_number(blocks[at])) == 1]
    return _HeadingStyle(
        body=body,
        section_size=max(sections, default=0.0),
        has_roman=any(_read_number(blocks[at]).startswith("II") for at in sure),
        styles=styles if sure else None,
        rare={
            style
            for style, count in letters.items()
            if count <= MAX_HEADING_SHARE * letters.total()
        },
    )


def _judge_level(block: Block, depth: int, setting: _HeadingStyle) -> int:
    """The level of what may be a heading; 0 where it is none."""
    if not depth:
        return _judge_level_by_type(block, setting)
    is_part = depth == 1 and _read_number(block) and not _is_numbered_section(block, setting)
    return 2 if is_part else depth


def _judge_level_by_type(block: Block, setting: _HeadingStyle) -> int:
    """The level of a heading that only its type tells; 0 where it doesn't."""
    is_larger = block.largest > setting.body + MIN_SIZE_DIFFERENCE
    if not is_larger or _read_number(block) or _style_of(block) not in setting.rare:
        return 0
    if setting.styles is None:
        return 1 if block.largest > SECTION_SIZE * setting.body else 2
    return setting.styles.get(_style_of(block), 0)


def _is_numbered_section(block: Block, setting: _HeadingStyle) -> bool:
    """Whether a heading with a number of one part is a section, not a part of one.

    "A." is one below "II.", and where sections are set larger, those set smaller are parts.
    """
    if setting.has_roman and not set(_read_number(block)) <= set("IVX"):
        return False
    return block.largest >= setting.section_size - MIN_SIZE_DIFFERENCE
