"""True sentences on papers, with the passages that bear them: gold answers, and cells of tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.questions import QuestionRow
from evaluation.scores import is_answerable
from language.figures import find_figures
from language.quotes import find_quote
from nodes.question import Question
from retrieval.passages import Evidence, Passage
from retrieval.tables import TableRow

MAX_LABEL = 40
# People leave out the references and settings of labels: "[12]", "(5-shot)".
BRACKETS = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))")
MIN_ANSWER = 6


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer, the question it answers, and what a model read."""

    question: Question
    sentence: str
    passages: tuple[Passage, ...]
    kind: str

    row: TableRow | None = None
    """Of a cell's claim: the row that it stands in."""

    head: str = ""

    @property
    def evidence(self) -> list[Evidence]:
        """All of the passages."""
        return [Evidence(passage=one, start=0, end=len(one.text)) for one in self.passages]


def list_answers(rows: Sequence[QuestionRow], passages: Sequence[Passage]) -> Iterator[Claim]:
    """The gold answers of one sentence whose gold evidence stands in the passages."""
    for row in rows:
        answer = row.get("answer", "")
        if not is_answerable(row) or len(answer) < MIN_ANSWER:
            continue
        bearing = [_find_bearing(words, row, passages) for words in row.get("evidence", [])]
        if bearing and all(bearing):
            yield Claim(
                Question(
                    asked=row["question"],
                    normalised=row["question"],
                    english=row.get("question_en") or row["question"],
                ),
                answer,
                tuple({one.id: one for one in bearing if one}.values()),
                "answer",
            )


def _find_bearing(words: str, row: QuestionRow, passages: Sequence[Passage]) -> Passage | None:
    """The passage of a question's paper that has the words."""
    of_paper = (one for one in passages if one.document == row["document"])
    return next((one for one in of_paper if find_quote(words, one.text)), None)


def list_cell_claims(passages: Sequence[Passage]) -> Iterator[Claim]:
    """A sentence for each cell with one figure, of rows and columns that have names of their own."""
    for passage in passages:
        for table in passage.tables:
            labels = Counter(row.label for row in table.rows)
            for row in table.rows:
                heads = Counter(head for head, _ in row.cells)
                for head, value in row.cells:
                    is_own = labels[row.label] == 1 and heads[head] == 1
                    if is_own and all(map(_is_name, (row.label, head))) and _is_figure(value):
                        yield make_cell_claim(passage, row, head, value)


def make_cell_claim(passage: Passage, row: TableRow, head: str, value: str) -> Claim:
    """The sentence that a row has this value in this column."""
    label, head_name = (BRACKETS.sub("", name).strip() for name in (row.label, head))
    what = f"{label}의 {head_name}"
    question = Question(
        asked=f"{what}는 얼마인가요?",
        normalised=f"{what}는 얼마인가요?",
        english=f"What is the {head_name} of {label}?",
    )
    return Claim(question, f"{what}는 {value}입니다.", (passage,), "cell", row, head)


def _is_name(label: str) -> bool:
    return any(map(str.isalpha, label)) and len(label) <= MAX_LABEL


def _is_figure(value: str) -> bool:
    return len(list(find_figures(value))) == 1 and value.strip()[-1:].isdigit()
