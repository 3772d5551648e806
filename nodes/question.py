"""The question of a turn: as it was asked, as models and the search read it, and what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from language.amounts import asks_amount, asks_else, wants_figure
from language.figures import find_values
from language.loanwords import is_heard_in
from language.matching import HANGUL_WORDS, find_asked_terms, find_languages, is_language
from language.names import PLACE, PROPER, find_names
from language.units import find_asked_units
from nodes.answer_language import Language
from nodes.kinds import OVERVIEWS, Kind
from retrieval.search.queries import choose_lexical_queries, choose_semantic_queries

# A table or figure named by its number: "Table 2", "표 2"; no count of them ("표 2개").
NUMBERED_PLACE = re.compile(
    r"(\bTab|\bFig|(?<![가-힣])(?:표|테이블|그림))(?:les?|ures?|\.)?\s*(\d+)(?!\s*(?:개|가지))",
    re.IGNORECASE,
)
# A caption begins with its name, which takes so many characters at most: "Figure 12:".
CAPTION_NAME_LENGTH = 12
PLACE_KINDS = {"표": "tab", "테이블": "tab", "그림": "fig"}
SEVERAL = re.compile(r"각각|각기|\brespectively\b|\beach\b")
INTERROGATIVE = re.compile(r"몇|얼마|무엇|뭐|무슨|어떤|왜|언제|어디|누구|어느")
WHY = re.compile(r"\b(?:why|reasons?)\b|왜|이유|까닭", re.IGNORECASE)

Place = tuple[str, str]
"""A table or figure: ("tab", "2")."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, with what is worked out of it once and read by all nodes."""

    asked: str
    """In the user's own words, without what they say of the answer's language."""

    normalised: str
    """The same with figures, names and terms as the papers write them."""

    english: str
    """The same in English, standing alone."""

    queries: Sequence[str] = ()
    """English search queries beside the question; new ones when a search finds nothing."""

    kind: Kind = "papers"
    """What kind of thing it asks for."""

    answer_in: Language | None = None
    """The language that its answer is wanted in; None where that was not said."""

    told: str = ""
    """The part of its answer that was told before; the rest is asked for."""

    translations: int = 1
    """How many of [english, *queries], from the front, are translations of the question."""

    @property
    def is_overview(self) -> bool:
        """Whether it asks for a paper as a whole, whose sections tell it."""
        return self.kind in OVERVIEWS

    @property
    def is_searched_for(self) -> bool:
        """Whether the papers' words have to be searched for it."""
        return self.kind == "papers"

    @cached_property
    def language(self) -> Language:
        """In which language it wants its answer: its own, if it does not say."""
        is_english = self.asked and not HANGUL_WORDS.search(self.asked)
        return self.answer_in or ("English" if is_english else "Korean")

    @cached_property
    def lexical_queries(self) -> list[str]:
        """What BM25 is asked."""
        return choose_lexical_queries(self.asked, [self.english, *self.queries])

    @cached_property
    def semantic_queries(self) -> list[str]:
        """What the vectors are asked."""
        english = [self.english, *self.queries]
        return choose_semantic_queries(self.asked, english, translations=self.translations)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stems of what is asked about."""
        return find_asked_terms(self.asked, self.english)

    @cached_property
    def names(self) -> list[str]:
        """The names in it: as they were typed, and those that it has in Hangul, from the English.

        Languages are known by their Korean names. A proper noun that one translation alone has, or that no word of the question sounds like, is
        a translator's mistake.
        """
        others = self.queries[: self.translations - 1]
        heard = [
            name
            for name in PROPER.findall(self.english)
            if not PLACE.fullmatch(name)
            and all(name in other for other in others)
            and (is_language(name) or is_heard_in(name, self.asked))
        ]
        return list(dict.fromkeys([*find_names(self.asked), *find_languages(self.asked), *heard]))

    @cached_property
    def figures(self) -> set[Decimal]:
        """The values that stand in it; an answer with these alone has no figure of its own."""
        return find_values(self.normalised) | find_values(self.english)

    @cached_property
    def places(self) -> set[Place]:
        """The tables and figures of papers that it names by number."""
        return find_places(self.asked) | find_places(self.english)

    @cached_property
    def asks_why(self) -> bool:
        """Whether it asks for reasons."""
        return bool(WHY.search(f"{self.asked} {self.english}"))

    @cached_property
    def asks_several(self) -> bool:
        """Whether it asks for more than one thing."""
        return bool(SEVERAL.search(self.asked)) or len(INTERROGATIVE.findall(self.asked)) > 1

    @cached_property
    def asks_amount(self) -> bool:
        """Whether it asks for an amount, perhaps with other things."""
        return asks_amount(self.normalised)

    @cached_property
    def asks_else(self) -> bool:
        """Whether it asks for something else than an amount, perhaps besides."""
        return asks_else(self.asked)

    @cached_property
    def asks_amount_alone(self) -> bool:
        """Whether it asks for an amount and nothing else."""
        return asks_amount(self.normalised, alone=True)

    @cached_property
    def wants_figure(self) -> bool:
        """Whether nothing but a figure answers it."""
        return wants_figure(self.normalised, self.english)

    @cached_property
    def units(self) -> list[re.Pattern[str]]:
        """How a source has each unit that it asks for by name."""
        return find_asked_units(self.asked, self.english)


def find_captioned_place(caption: str) -> set[Place]:
    """The table or figure that a caption names at its beginning."""
    return find_places(caption[:CAPTION_NAME_LENGTH])


def find_places(text: str) -> set[Place]:
    """The tables and figures that a text names: Table 1 and 표 1 are one."""
    found = ((kind.lower(), number) for kind, number in NUMBERED_PLACE.findall(text))
    return {(PLACE_KINDS.get(kind, kind), number) for kind, number in found}
