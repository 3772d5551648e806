"""Whether a figure of a sentence stands in the cell that it names, its siblings told apart."""

from collections.abc import Iterable, Sequence, Set

from language.figures import Figure, find_figures, find_values
from language.matching import ASIDE, COMMON_STEMS, LabelMatch, find_asked_terms, match_label
from language.names import is_in_name
from retrieval.passages import Evidence


def stands_in_named_cell(figure: Figure, piece: Evidence, sentence: str, asked: Set[str]) -> bool:
    """Whether a row of a table has a figure where a sentence, else its question, says that it stands.

    A name counts for the figures behind it, up to the next. `asked`: the stems of the question. True
    where nothing names a row or a column, and of text.
    """
    table, row = piece.passage.table_at(piece.start), piece.passage.row_at(piece.start)
    if not table or not row or figure.value not in find_values(piece.quote):
        return True
    label = sentence.find(row.label)
    if label >= 0 and label <= figure.start < label + len(row.label):  # Average of 17 tests
        return True
    others = [
        one
        for one in find_figures(sentence)
        if one.value != figure.value and not is_in_name(sentence, one.start)
    ]
    before = max((one.end for one in others if one.end <= figure.start), default=0)
    rest = sentence[: figure.start] + sentence[figure.end :]
    said = [find_asked_terms(words, "") for words in (sentence[before : figure.start], rest)]
    # A question for several values may name a column for one of them alone.
    heads = {head for head, _ in row.cells}
    rows = _find_named({one.label for one in table.rows}, said, asked)
    columns = _find_named(heads, said, frozenset() if others else asked)
    named = " ".join(value for head, value in row.cells if head in columns)
    return (not rows or row.label in rows) and (not columns or figure.value in find_values(named))


def _find_named(labels: Set[str], said: Sequence[Set[str]], asked: Set[str]) -> Set[str]:
    """The labels that the first stems of those said name most fully, else those asked; none for none.

    Said are the words before a figure, and all of its sentence. What tells labels apart may be said
    in Korean (w/o safety): then the question tells.
    """
    found = (_find_fullest(labels, stems, asked) for stems in [*said, asked])
    return next(filter(None, found), frozenset())


def _find_fullest(labels: Iterable[str], stems: Set[str], asked: Set[str]) -> Set[str]:
    """The labels that name some of the stems, but for those of which another names more.

    Of those that name the same, the ones that name more of the question too, and less besides.
    """
    matches = {label: _match(label, stems) for label in labels}
    named = {label: match.asked for label, match in matches.items() if match.asked}
    wider = {label: _match(label, stems | asked) for label in named}
    return {
        label
        for label, told in named.items()
        if not any(
            other > told or (other == told and _tells_more(wider[rival], wider[label]))
            for rival, other in named.items()
        )
    }


def _match(label: str, stems: Set[str]) -> LabelMatch:
    """What a label without its brackets (3-shot) names of the stems that tell things apart."""
    return match_label(ASIDE.sub("", label), frozenset(stems - COMMON_STEMS), {})


def _tells_more(rival: LabelMatch, match: LabelMatch) -> bool:
    """Whether a label names more of sentence and question than another, or as much with less besides."""
    if rival.asked == match.asked:
        return len(rival.others - COMMON_STEMS) < len(match.others - COMMON_STEMS)
    return rival.asked > match.asked
