"""Rows of question files from answers that readers have rated."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.questions import QuestionRow
from language.figures import Figure, find_figures, find_values, format_in_korean
from language.glossary import find_known_terms
from language.names import find_names, has_name, is_in_name
from retrieval.passages import Evidence

MARK = re.compile(r"\s*\[\d+\]")


def make_good_row(record: Mapping[str, Any], citations: Sequence[Evidence]) -> QuestionRow:
    """An answer that is right: its own citations and figures are the gold; a refusal's gold is to refuse."""
    answer = MARK.sub("", record["answer"])
    if not citations:
        return {"document": None, "answer": answer}
    document = Counter(piece.passage.document for piece in citations).most_common(1)[0][0]
    cited = [piece for piece in citations if piece.passage.document == document]
    evidence = [" ".join(piece.quote.split()) for piece in cited]
    asked = f"{record['question']} {record['english']}"
    required = list_required(answer, asked=asked, evidence=" ".join(evidence))
    return {
        "document": document,
        "pages": sorted({piece.page for piece in cited}),
        "evidence": evidence,
        "answer": answer,
        "answer_must_include": required,
        **({} if required else {"needs_gold": True}),
    }


def list_required(answer: str, *, asked: str, evidence: str) -> list[list[str]]:
    """What a right answer has to say: the figures, else the names, else the terms of its own."""
    return (
        list_figure_groups(answer, asked)
        or _list_name_groups(answer, asked, evidence)
        or _list_term_groups(answer, asked, evidence)
    )


def _list_name_groups(answer: str, asked: str, evidence: str) -> list[list[str]]:
    """Each name that the evidence has and the question has not, with joints and without."""
    return [
        list(dict.fromkeys([name, re.sub(r"[\s-]+", "", name), re.sub(r"[\s-]+", " ", name)]))
        for name in dict.fromkeys(find_names(answer))
        if has_name(evidence, name) and not has_name(asked, name)
    ]


def _list_term_groups(answer: str, asked: str, evidence: str) -> list[list[str]]:
    """Each term whose English the evidence has and the question has not, in Korean and in English."""
    found = evidence.casefold()
    terms = {
        written: [one for one in english if one.casefold() in found]
        for written, english in find_known_terms(answer)
        if written not in asked
    }
    return [[written, *meant] for written, meant in terms.items() if meant]


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
