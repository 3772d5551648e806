"""The sides of a comparison: papers that a question names, each by a name of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from language.names import find_family, has_name, list_missing_names
from nodes.question import Question
from retrieval.passages import Evidence, Passage


@dataclass(frozen=True)
class Side:
    """A paper that is compared with others."""

    document: str
    name: str
    """What the question calls it."""


def find_sides(question: Question, passages: Sequence[Passage]) -> list[Side]:
    """The papers that a question names, in its order; empty where it names fewer than two.

    By names that stand, in full or by their family (phi-3-mini), in the title of one paper alone.
    Empty too where one passage has all names: a paper that compares them itself is read.
    """
    if any(not list_missing_names(question.names, one.searched_text) for one in passages):
        return []
    titles = {passage.document: passage.title for passage in passages}
    sides: dict[str, Side] = {}
    for name in question.names:
        called = [document for document, title in titles.items() if _is_called(title, name)]
        if len(called) == 1:
            sides.setdefault(called[0], Side(called[0], name))
    english = question.english.lower()
    in_order = sorted(sides.values(), key=lambda side: english.find(side.name.lower()))
    return in_order if len(in_order) > 1 else []


def pick_side(side: Side, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of one side."""
    return [piece for piece in evidence if piece.passage.document == side.document]


def _is_called(title: str, name: str) -> bool:
    family = find_family(name)
    return has_name(title, name) or bool(family and has_name(title, family))
