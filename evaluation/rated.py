"""Rows of question files from answers that readers have rated."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.questions import QuestionRow
from language.figures import Figure, find_figures, find_values, format_in_korean
from language.names import is_in_name
from retrieval.passages import Evidence

MARK = re.compile(r"\s*\[\d+\]")


def make_good_row(record: Mapping[str, Any], citations: Sequence[Evidence]) -> QuestionRow:
    """An answer that is right: its own citations and figures are the gold; a refusal's gold is to refuse."""
    answer = MARK.sub("", record["answer"])
    if not citations:
        return {"document": None, "answer": answer}
    document = Counter(piece.passage.document for piece in citations).most_common(1)[0][0]
    cited = [piece for piece in citations if piece.passage.document == document]
    return {
        "document": document,
        "pages": sorted({piece.page for piece in cited}),
        "evidence": [" ".join(piece.quote.split()) for piece in cited],
        "answer": answer,
        "answer_must_include": list_figure_groups(
            answer, f"{record['question']} {record['english']}"
        ),
    }


def list_figure_groups(answer: str, asked: str) -> list[list[str]]:
    """Each figure that an answer states of its own, in the ways in which it may be written."""
    groups = {
        figure.value: _list_spellings(figure)
        for figure in find_figures(answer)
        if figure.value not in find_values(asked) and not is_in_name(answer, figure.start)
    }
    return list(groups.values())


def _list_spellings(figure: Figure) -> list[str]:
    written = [figure.text, f"{figure.value.normalize():f}", f"{figure.value.normalize():,f}"]
    return list(dict.fromkeys([*written, format_in_korean(figure.value)]))
