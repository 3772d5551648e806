"""A table as a whole: what its caption says, what its rows and columns are, and all its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nodes.answer_language import Language
from nodes.matched_table import find_own_places
from nodes.named_papers import PaperCatalogue, find_meant_papers
from nodes.profile import Answer
from nodes.question import Place, find_captioned_place, find_places
from nodes.refusal import Refusal
from retrieval.lines import LINE, is_caption
from retrieval.passages import Evidence, Passage
from retrieval.tables import Line, Table

OPENINGS: dict[Language, str] = {
    "Korean": "‘{paper}’의 표 {number}입니다. 논문의 설명: “{caption}” [1]\n\n행은 {rows}이고, 열은 {columns}입니다.",
    "English": "Table {number} of ‘{paper}’. Its caption: “{caption}” [1]\n\nRows: {rows}. Columns: {columns}.",
}
# So many names of rows and columns are listed before the table itself.
MOST_NAMES = 12


@dataclass(frozen=True)
class FoundTable:
    """A table with a caption, in its passage."""

    passage: Passage
    table: Table
    number: str


def find_whole_table(
    asked: str, earlier: Sequence[str], catalogue: PaperCatalogue
) -> FoundTable | Refusal | None:
    """The table that a question names by paper and number; Refusal where its paper never speaks of it.

    None where it speaks of it and the table is not told apart, or where no one paper is meant.
    """
    papers = find_meant_papers(asked, earlier, catalogue)
    places = {place for place in find_places(asked) if place[0] == "tab"}
    if isinstance(papers, Refusal) or len(papers) != 1 or len(places) != 1:
        return None
    [place] = places
    passages = catalogue.list_passages_of(papers[0])
    tables = [found for passage in passages for found in _find_tables(place, passage)]
    if not tables and not any(place in find_places(passage.text) for passage in passages):
        return Refusal(rule="no_such_table", detail=f"{papers[0].name}: {place[1]}")
    # A table over two passages: the larger part of it.
    return max(tables, key=lambda found: len(found.table.rows), default=None)


def _find_tables(place: Place, passage: Passage) -> Iterator[FoundTable]:
    """The tables of a passage that have this place in their caption.

    Else the one table without a caption beside the one caption without a table, which has this place.
    """
    captioned = [table for table in passage.tables if place in find_own_places(table)]
    yield from (FoundTable(passage, table, place[1]) for table in captioned)
    alone = [table for table in passage.tables if not table.caption and len(table.rows) > 1]
    known = {table.caption.text for table in passage.tables if table.caption}
    captions = [
        Line(line[0], line.start())
        for line in LINE.finditer(passage.text)
        if is_caption(line[0]) and line[0] not in known and _names_table(line[0])
    ]
    if len(alone) == len(captions) == 1 and place in find_captioned_place(captions[0].text):
        yield FoundTable(passage, replace(alone[0], caption=captions[0]), place[1])


def _names_table(caption: str) -> bool:
    """Whether a caption is a table's, and no figure's."""
    return any(kind == "tab" for kind, _ in find_captioned_place(caption))


def tell_whole_table(found: FoundTable, language: Language) -> Answer:
    """Its caption, the names of its rows and columns, and its cells as a Markdown table."""
    table, passage = found.table, found.passage
    start = table.rows[0].start
    head = table.head.span or (start, start)
    whole = Evidence(passage=passage, start=min(start, head[0]), end=table.rows[-1].end)
    opening = OPENINGS[language].format(
        number=found.number,
        paper=passage.title or passage.document,
        caption=" ".join(table.caption.text.split()) if table.caption else "",
        rows=_list_names([row.label for row in table.rows]),
        columns=_list_names(table.heads or [table.head.text]),
    )
    return Answer(text=f"{opening}\n\n{write_table(table)}", citations=[whole])


def write_table(table: Table) -> str:
    """A table in Markdown; a row whose values and heads don't pair stands in its first column."""
    heads = table.heads
    lines = [["", *heads], ["---"] * (len(heads) + 1)]
    for row in table.rows:
        values = [value for _, value in row.cells]
        lines.append([row.label, *values, *[""] * (len(heads) - len(values))])
    return "\n".join(f"| {' | '.join(_escape(cell) for cell in line)} |" for line in lines)


def _escape(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").split())


def _list_names(names: Sequence[str]) -> str:
    listed = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    more = ["…"] if len(listed) > MOST_NAMES else []
    return ", ".join([*listed[:MOST_NAMES], *more])
