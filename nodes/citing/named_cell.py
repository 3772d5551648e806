"""Whether a figure of a sentence stands in the cell that it names, its siblings told apart."""

from collections.abc import Iterable, Set

from language.figures import Figure, find_figures, find_values
from language.matching import COMMON_STEMS, LabelMatch, find_asked_terms, match_label
from retrieval.passages import Evidence


def stands_in_named_cell(figure: Figure, piece: Evidence, sentence: str, asked: Set[str]) -> bool:
    """Whether a row of a table has a figure where a sentence, else its question, says that it stands.

    A name counts for the figures behind it, up to the next. `asked`: the stems of the question. True
    where nothing names a row or a column, and of text.
    """
    table, row = piece.passage.table_at(piece.start), piece.passage.row_at(piece.start)
    if not table or not row or figure.value not in find_values(piece.quote):
        return True
    others = [one for one in find_figures(sentence) if one.value != figure.value]
    before = max((one.end for one in others if one.end <= figure.start), default=0)
    rest = sentence[: figure.start] + sentence[figure.end :]
    said = [find_asked_terms(words, "") for words in (sentence[before : figure.start], rest)]
    # A question for several values may name a column for one of them alone.
    heads = {head for head, _ in row.cells}
    rows = _find_named({one.label for one in table.rows}, *said, asked)
    columns = _find_named(heads, *said, *([] if others else [asked]))
    named = " ".join(value for head, value in row.cells if head in columns)
    return (not rows or row.label in rows) and (not columns or figure.value in find_values(named))


def _find_named(labels: Set[str], *told: Set[str]) -> Set[str]:
    """The labels that the first stems of those that are told name most fully, where any names some.

    Told are the words before a figure, all of its sentence, and the question.
    """
    found = (_find_fullest(labels, stems) for stems in told)
    return next(filter(None, found), frozenset())


def _find_fullest(labels: Iterable[str], stems: Set[str]) -> Set[str]:
    """The labels that name some of the stems, but for those of which another names more, or less else."""
    matches = {label: match_label(label, frozenset(stems - COMMON_STEMS), {}) for label in labels}
    named = {label: match for label, match in matches.items() if match.asked}
    return {
        label
        for label, match in named.items()
        if not any(_names_more(other, match) for other in named.values())
    }


def _names_more(other: LabelMatch, match: LabelMatch) -> bool:
    """Whether a label names all that another does and more, or the same with less besides."""
    if other.asked == match.asked:
        return len(other.others - COMMON_STEMS) < len(match.others - COMMON_STEMS)
    return other.asked > match.asked
