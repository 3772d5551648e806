"""Make true sentences false, each in one way that models have: a wrong cell, a dropped negation."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from benchmarks.claims.true_claims import Claim, make_cell_claim
from language.figures import find_figures
from language.names import find_names
from retrieval.tables import TableRow

INVENTED = ("Zephyrion", "Marlowe", "Quantaris", "Belgrave", "Tessaline")
# How sentences end, and the same denied; the first that fits.
DENIALS = (
    (re.compile(r"하지 않습니다"), "합니다"),
    (re.compile(r"되지 않습니다"), "됩니다"),
    (re.compile(r"없습니다"), "있습니다"),
    (re.compile(r"있습니다"), "없습니다"),
    (re.compile(r"(했|됐|었|았|였)습니다"), r"\1던 것은 아닙니다"),
    (re.compile(r"합니다"), "하지 않습니다"),
    (re.compile(r"됩니다"), "되지 않습니다"),
    (re.compile(r"습니다"), "지 않습니다"),
    (re.compile(r"때문입니다"), "때문이 아닙니다"),
    (re.compile(r"입니다"), "이 아닙니다"),
)
TURNS = (
    *(("높", "낮"), ("증가", "감소"), ("향상", "저하"), ("많은", "적은"), ("많습", "적습")),
    *(("더 큰", "더 작은"), ("더 큽", "더 작습"), ("더 빠르", "더 느리"), ("상승", "하락")),
    *(("늘어", "줄어"), ("늘었", "줄었"), ("늘리", "줄이"), ("높이", "낮추")),
)


def take_other_columns(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """Another value of the same row."""
    return [
        replace(
            make_cell_claim(claim.passages[0], row, claim.head, chance.choice(others)),
            kind="column",
        )
        for claim, row in _list_cells(claims)
        if (others := [value for head, value in row.cells if _differs(value, claim)])
    ]


def take_other_rows(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """The value of another row in the same column."""
    made = []
    for claim, row in _list_cells(claims):
        table = claim.passages[0].table_at(row.start)
        rows = table.rows if table else ()
        values = [dict(other.cells).get(claim.head, "") for other in rows]
        if others := [value for value in values if _differs(value, claim)]:
            other = chance.choice(others)
            false = make_cell_claim(claim.passages[0], row, claim.head, other)
            made.append(replace(false, kind="row"))
    return made


def take_other_figures(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """Another figure of the passage in place of one."""
    made = []
    for claim in _list_sentences(claims):
        figures = list(find_figures(claim.sentence))
        held = {figure.value for one in claim.passages for figure in find_figures(one.text)}
        others = sorted(held - {figure.value for figure in figures})
        if figures and others:
            at = chance.choice(figures)
            other = f"{chance.choice(others):f}"
            false = f"{claim.sentence[: at.start]}{other}{claim.sentence[at.end :]}"
            made.append(replace(claim, sentence=false, kind="figure"))
    return made


def deny(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """The opposite, by its ending."""
    return [
        replace(claim, sentence=false, kind="denied")
        for claim in _list_sentences(claims)
        if (false := _change_last(claim.sentence)) != claim.sentence
    ]


def turn(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """Lower for higher."""
    return [
        replace(
            claim, sentence=re.sub(rf"(?<![가-힣]){before}", after, claim.sentence), kind="turned"
        )
        for claim in _list_sentences(claims)
        for pair in TURNS
        for before, after in (pair, pair[::-1])
        if re.search(rf"(?<![가-힣]){before}", claim.sentence)
    ]


def invent_names(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """A name that nobody has, for one of the sentence's or as whose property it is."""
    made = []
    for claim in _list_sentences(claims):
        name = chance.choice(INVENTED)
        names = find_names(claim.sentence)
        false = (
            claim.sentence.replace(chance.choice(names), name)
            if names
            else f"{name}은 {claim.sentence}"
        )
        made.append(replace(claim, sentence=false, kind="invented"))
    return made


def take_other_papers(claims: Sequence[Claim], chance: random.Random) -> list[Claim]:
    """What one paper says, told of another's model, as if that had been asked about."""
    models = {
        one.document: one.title.partition(":")[0] for claim in claims for one in claim.passages
    }
    made = []
    for claim in _list_sentences(claims):
        document = claim.passages[0].document
        text = " ".join(f"{one.title} {one.searched_text}" for one in claim.passages)
        others = [
            name
            for other, name in sorted(models.items())
            if other != document and 2 < len(name) < MAX_NAME and name not in text
        ]
        if others:
            name = chance.choice(others)
            asked = f"{name}에서는 {claim.question.asked}"
            question = replace(claim.question, asked=asked, normalised=asked)
            false = f"{name}에서는 {claim.sentence}"
            made.append(replace(claim, question=question, sentence=false, kind="paper"))
    return made


MAX_NAME = 30
KINDS: dict[str, Callable[[Sequence[Claim], random.Random], list[Claim]]] = {
    "column": take_other_columns,
    "row": take_other_rows,
    "figure": take_other_figures,
    "denied": deny,
    "turned": turn,
    "invented": invent_names,
    "paper": take_other_papers,
}


def _list_cells(claims: Sequence[Claim]) -> Iterator[tuple[Claim, TableRow]]:
    return ((claim, claim.row) for claim in claims if claim.row)


def _list_sentences(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if not claim.row]


def _differs(value: str, claim: Claim) -> bool:
    """Whether a cell has another figure than all of this row and column: tables may be two."""
    figures = {figure.value for figure in find_figures(value)}
    same = [
        found
        for table in claim.passages[0].tables
        for row in table.rows
        if claim.row and row.label == claim.row.label
        for head, found in row.cells
        if head == claim.head
    ]
    held = {figure.value for cell in same for figure in find_figures(cell)}
    return bool(figures) and figures.isdisjoint(held)


def _change_last(sentence: str) -> str:
    """A sentence with its last ending denied."""
    ends = [(found, after) for before, after in DENIALS if (found := _find_last(before, sentence))]
    if not ends:
        return sentence
    last = max(found.end() for found, _ in ends)
    found, after = next((found, after) for found, after in ends if found.end() == last)
    return f"{sentence[: found.start()]}{found.expand(after)}{sentence[found.end() :]}"


def _find_last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=re.Match.end, default=None)
