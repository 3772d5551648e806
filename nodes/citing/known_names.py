"""Which names of a sentence its sources know: models, data sets, people, papers."""

import re
from collections.abc import Collection, Iterator, Sequence

from language.figures import Figure
from language.names import (
    VERSIONED,
    find_family,
    find_names,
    has_name,
    list_missing_names,
    remove_joints,
)
from language.terms import STOP_WORDS
from nodes.citing.evidence import quote_with_table_head
from retrieval.passages import Evidence

# An English sentence may begin with a name too; and 21M is a figure, not a name.
FIRST_NAME = re.compile(r"\W*([A-Z][\w-]+)", re.ASCII)
# Behind a name whose property is told: "DPR의", "DPR 점수는"; no "OPUS-100을 거른 뒤".
OWNER = re.compile(r"(?:의|은|는|이|가|에서는?)(?=[\s,]|$)|\s[가-힣]+(?:은|는|이|가)(?=[\s,]|$)")
FIGURE_NAME = re.compile(r"\d[\d.,]*[A-Za-z]")


def list_unknown_names(
    sentence: str, cited: Sequence[Evidence], *, values: Collection[str]
) -> list[str]:
    """The names of a sentence that its sources' passages do not have: what one paper says is said of no other's model.

    `values`: figures that a source bears, which make no version of the name before them.
    """
    begins = FIRST_NAME.match(sentence)
    first = [begins[1]] if begins and begins[1].lower() not in STOP_WORDS else []
    names = [name for name in [*find_names(sentence), *first] if not FIGURE_NAME.fullmatch(name)]
    text = _join_texts(cited)
    return [
        name
        for name in list_missing_names(list(dict.fromkeys(names)), text)
        if not _is_value_of_known(name, text, values)
    ]


def is_in_known_name(sentence: str, figure: Figure, cited: Sequence[Evidence]) -> bool:
    """Whether a figure is a part of a name that the sources' passages have: GPT-4-0613, Aya 23."""
    text = _join_texts(cited)
    return any(
        match.start() < figure.start < match.end()
        for name in find_names(sentence)
        if name[0].isalpha() and has_name(text, name)
        for match in re.finditer(re.escape(name), sentence)
    )


def is_anothers_figure(sentence: str, figure: Figure, piece: Evidence) -> bool:
    """Whether a sentence of a source that names others has a figure, and not whose it is said to be.

    That is the last name before the figure that is its subject. Rows of tables have checks of their own, and a paper's
    title names its own model, which it calls we.
    """
    if piece.passage.row_at(piece.start):
        return False
    before = sentence[: figure.start]
    names = [
        name
        for name in find_names(before)
        if not FIGURE_NAME.fullmatch(name) and OWNER.match(before, before.rfind(name) + len(name))
    ]
    owner = max(names, key=before.rfind, default="")
    own = f"{piece.passage.title}\n{piece.quote}"
    return bool(owner and find_names(piece.quote) and list_missing_names([owner], own))


def find_mistaken_names(sentence: str, cited: Sequence[Evidence]) -> Iterator[tuple[str, str]]:
    """A name of the sentence, and the sibling that its evidence has in its place (-mini, -small)."""
    sources = " ".join(piece.quote for piece in cited)
    joined = remove_joints(sources)
    for name in find_names(sentence):
        family = find_family(name)
        if not family or remove_joints(name) in joined:
            continue
        stem = remove_joints(family)
        siblings = [
            other
            for other in find_names(sources)
            if find_family(other) and remove_joints(other).startswith(stem)
        ]
        # A sentence that names both says how they relate.
        if siblings and not any(
            remove_joints(other) in remove_joints(sentence) for other in siblings
        ):
            yield name, siblings[0]


def _is_value_of_known(name: str, text: str, values: Collection[str]) -> bool:
    """Whether what looks like a name with its version is a known name with a value: MMLU 75.7."""
    known, _, value = name.rpartition(" ")
    return bool(VERSIONED.fullmatch(name)) and value in values and has_name(text, known)


def _join_texts(cited: Sequence[Evidence]) -> str:
    """What the sources' passages say, with their titles and the heads of their tables."""
    return "\n".join(
        f"{piece.passage.title}\n{piece.passage.searched_text}\n{quote_with_table_head(piece)}"
        for piece in cited
    )
