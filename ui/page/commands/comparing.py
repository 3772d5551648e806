"""`/compare A, B: TOPIC`: a question that compares papers, asked of the graph."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from pathlib import PurePath

from language.catalogue import write_text
from nodes.named_papers import PaperCatalogue, find_named_papers, find_papers_by_title
from nodes.retrieve import MAX_COMPARED
from retrieval.errors import UserError
from retrieval.passages import LibraryPaper
from ui.page.commands.request import Request
from ui.page.turn import Turn

BETWEEN = re.compile(r"\s*(?:[,、/&]|\bvs\b\.?)\s*", re.IGNORECASE)
MAX_SUGGESTED = 5


@dataclass(frozen=True)
class Named:
    """A paper, and what a question calls it."""

    paper: LibraryPaper
    name: str


async def compare_papers(request: Request) -> None:
    """Have the graph answer it, as any question."""
    catalogue = await asyncio.to_thread(request.open_search)
    question = await asyncio.to_thread(write_question, request.argument, catalogue)
    request.message.content = question
    turn = Turn(
        request.message,
        conversation=request.conversation,
        service=request.service,
        chosen=request.chosen,
    )
    await turn.run()


def write_question(argument: str, catalogue: PaperCatalogue) -> str:
    """The question in the reader's language; UserError where it names no two papers that can be told apart."""
    listed, _, topic = (part.strip() for part in argument.partition(":"))
    names = [name for name in BETWEEN.split(listed) if name]
    if not 1 < len(names) <= MAX_COMPARED:
        raise UserError("commands.which_papers")
    named = [_find_named(name, catalogue) for name in names]
    if len({one.paper.id for one in named}) < len(named):
        raise UserError("commands.same_paper", papers=_list([named[0].paper]))
    papers = reduce(_join, [write_text("commands.one_paper", name=one.name) for one in named])
    if topic:
        return write_text("commands.compare_topic", papers=papers, topic=topic)
    return write_text("commands.compare_papers", papers=papers)


def _join(first: str, second: str) -> str:
    return write_text("commands.both", first=first, second=second)


def _find_named(name: str, catalogue: PaperCatalogue) -> Named:
    """The one paper that is called so; UserError names those that it may be."""
    papers = catalogue.list_papers()
    found = find_papers_by_title([name], papers) or find_named_papers(name, catalogue)
    if len(found) == 1:
        return Named(found[0], _spell_as_in_title(name, found[0].title))
    if found:
        raise UserError("commands.unclear_paper", name=name, papers=_list(found))
    near = _find_near(name, papers)
    raise UserError("commands.unknown_paper", name=name, papers=_list(near))


def _spell_as_in_title(name: str, title: str) -> str:
    """A name with the capitals of the title: by them it is known as a name."""
    at = title.lower().find(name.lower())
    return title[at : at + len(name)] if at >= 0 else name


def _find_near(name: str, papers: Sequence[LibraryPaper]) -> list[LibraryPaper]:
    """The papers with a word that is spelt nearly so, else the first of all."""
    words = {
        word: paper
        for paper in papers
        for word in re.findall(r"\w+", f"{paper.title} {PurePath(paper.document).stem}".lower())
    }
    near = get_close_matches(name.lower(), words, n=MAX_SUGGESTED)
    found = {words[word].id: words[word] for word in near}
    return list(found.values()) or list(papers[:MAX_SUGGESTED])


def _list(papers: Sequence[LibraryPaper]) -> str:
    return ", ".join(paper.name for paper in papers[:MAX_SUGGESTED])
