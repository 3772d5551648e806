"""Questions on one paper, each written by code where the answering path finds what it asks for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from random import Random

from evaluation.making.askable import Askable, group_unique_cells
from language.catalogue import Language, write_text
from nodes.cells import find_asked_cells
from nodes.kinds import Kind, find_kind
from nodes.matched_table import find_own_places
from nodes.overview import find_overview
from nodes.question import Question
from nodes.whole_table import FoundTable, find_whole_table
from retrieval.passages import LibraryPaper, Passage
from retrieval.tables import Table
from ui.starters.shelf import Shelf
from ui.starters.starter import PaperName, Starter, list_names

OVERVIEWS: Mapping[Kind, str] = {
    "contributions": "starters.contributions",
    "limits": "starters.limits",
    "conclusion": "starters.conclusion",
    "overview": "starters.overview",
}
# Fewer sentences tell little of a paper.
MIN_SENTENCES = 2
# Smaller tables are lists, and rows that do not pair with their heads cannot be told.
MIN_ROWS, MIN_COLUMNS = 3, 2
# Longer labels of rows and columns are no names, and other signs say nothing in a question.
LABEL = re.compile(r"[A-Za-z가-힣][\w .,&/+-]{0,23}")
# So many cells of a paper are tried.
MAX_CELLS_TRIED = 12


@dataclass(frozen=True)
class AskedPaper:
    """A paper to ask about, among those of its reader."""

    paper: LibraryPaper
    shelf: Shelf
    language: Language
    random: Random

    @property
    def passages(self) -> Sequence[Passage]:
        """Its text."""
        return self.shelf.list_passages_of(self.paper)

    def has_overview(self, kind: Kind) -> bool:
        """Whether sections of it tell enough of what is asked of it as a whole."""
        return len(find_overview(kind, self.passages)) >= MIN_SENTENCES

    def list_telling_names(self) -> Iterator[PaperName]:
        """The names that tell it from all others, the shortest first."""
        for name in list_names(self.paper):
            if self.shelf.is_meant(name.quoted, [self.paper]):
                yield name

    def write_starters(self, key: str, kind: Kind, **values: object) -> Iterator[Starter]:
        """The question of a key by each name that means this paper alone in it, the shortest first."""
        for name in list_names(self.paper):
            starter = _write_starter(key, self.language, name, **values)
            if find_kind(starter.message) == kind and self.shelf.is_meant(
                starter.message, [self.paper]
            ):
                yield starter


DraftStarter = Callable[[AskedPaper], Starter | None]


def _write_starter(key: str, language: Language, name: PaperName, **values: object) -> Starter:
    write = partial(write_text, key, language=language, **values)
    return Starter(label=write(paper=name.shown), message=write(paper=name.quoted))


def draft_overview(asked: AskedPaper, *, kind: Kind) -> Starter | None:
    """A question for the paper as a whole, where sections of it tell that."""
    if not asked.has_overview(kind):
        return None
    return next(asked.write_starters(OVERVIEWS[kind], kind), None)


def draft_table(asked: AskedPaper) -> Starter | None:
    """A question for a table as a whole, where it was read whole."""
    numbers = {
        number
        for passage in asked.passages
        for table in passage.tables
        for kind, number in find_own_places(table)
        if kind == "tab" and _is_read_whole(table)
    }
    for number in asked.random.sample(sorted(numbers), len(numbers)):
        for starter in asked.write_starters("starters.table", "table", number=number):
            found = find_whole_table(starter.message, (), asked.shelf.narrow(starter.message))
            if isinstance(found, FoundTable) and _is_read_whole(found.table):
                return starter
    return None


def _is_read_whole(table: Table) -> bool:
    has_cells = all(row.cells and row.label.strip() for row in table.rows)
    return has_cells and len(table.rows) >= MIN_ROWS and len(table.heads) >= MIN_COLUMNS


def draft_cell(asked: AskedPaper) -> Starter | None:
    """A question for one value of a table, where code finds this cell alone."""
    cells = [one for some in group_unique_cells(asked.passages).values() for one in some]
    asked.random.shuffle(cells)
    drafts = (_ask_for_cell(asked, one) for one in islice(cells, MAX_CELLS_TRIED))
    return next(filter(None, drafts), None)


def _ask_for_cell(asked: AskedPaper, one: Askable) -> Starter | None:
    table = one.evidence.passage.table_at(one.evidence.start)
    numbers = [number for kind, number in find_own_places(table) if kind == "tab"] if table else []
    row, column = one.cell or ("", "")
    if not numbers or not (LABEL.fullmatch(row) and LABEL.fullmatch(column)):
        return None
    values = {"number": numbers[0], "row": row, "column": column}
    for starter in asked.write_starters("starters.cell", "papers", **values):
        english = write_text("starters.cell", language="en", paper=asked.paper.title, **values)
        question = Question(asked=starter.message, normalised=starter.message, english=english)
        found = find_asked_cells(question, asked.passages)
        if [(cell.row.start, cell.head) for cell in found] == [(one.evidence.start, column)]:
            return starter
    return None


DRAFTS: Sequence[DraftStarter] = (
    partial(draft_overview, kind="contributions"),
    draft_table,
    partial(draft_overview, kind="limits"),
    draft_cell,
    partial(draft_overview, kind="overview"),
    partial(draft_overview, kind="conclusion"),
)


def draft_starters(papers: Sequence[AskedPaper]) -> Iterator[Starter]:
    """Questions on papers, each paper in turn and of another kind than the one before."""
    for turn in range(len(DRAFTS)):
        for place, paper in enumerate(papers):
            if starter := DRAFTS[(turn + place) % len(DRAFTS)](paper):
                yield starter
