"""State cells of a table in Korean: the model words it, code holds it to the cells."""

import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langgraph.config import get_stream_writer

from language.figures import find_values
from nodes.cells import cite_rows
from nodes.citing.checks import SentenceCheck
from nodes.matched_table import Cell
from nodes.profile import Answer
from nodes.question import Question
from nodes.replies import ask_for_text
from nodes.small.prompts import PUT_INTO_KOREAN

# The form that is asked for.
AS_TABLE = re.compile(r"표(?:로|\s*형식|\s*형태)|\bas a table\b", re.IGNORECASE)

# A dropout of 0.1 is none of 0.1 %.
PERCENT = re.compile(r"%|퍼센트|프로(?![가-힣])|percent", re.IGNORECASE)


async def state_cells(cells: Sequence[Cell], question: Question, *, model: BaseChatModel) -> Answer:
    """An answer that tells each cell with its row and column, and cites the rows.

    The model's words where they hold the cells in order and no other figure; else a plain list.
    """
    rows = cite_rows(cells)
    marks = "".join(f" [{number}]" for number in range(1, len(rows) + 1))
    if AS_TABLE.search(question.asked):
        opening = "표에 적힌 값입니다." if question.language == "Korean" else "From the table:"
        text = f"{opening}{marks}\n\n{_write_table(cells)}"
    else:
        text = f"{await _word_cells(cells, question, model)}{marks}"
    answer = Answer(text=text, citations=rows)
    get_stream_writer()({"answer": answer.text})
    return answer


async def _word_cells(cells: Sequence[Cell], question: Question, model: BaseChatModel) -> str:
    """The cells in the model's words, else listed; in English as the table has them."""
    if question.language == "English":
        return _write_in_english(cells)
    told = await ask_for_text(
        PUT_INTO_KOREAN | model,
        {"question": question.asked, "answer": _write_in_english(cells)},
    )
    return told if _tells_cells(told, cells, question) else _list_in_korean(cells)


def _write_table(cells: Sequence[Cell]) -> str:
    """The cells as a Markdown table: a row for each of theirs, a column for each of theirs."""
    heads = list(dict.fromkeys(cell.head for cell in cells))
    rows: dict[str, dict[str, str]] = {}
    for cell in cells:
        rows.setdefault(cell.row.label, {})[cell.head] = cell.value
    lines = [["", *heads], ["---"] * (len(heads) + 1)]
    lines += [[label, *(values.get(head, "") for head in heads)] for label, values in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _write_in_english(cells: Sequence[Cell]) -> str:
    return " ".join(f"{cell.row.label}, {cell.head}: {cell.value}." for cell in cells)


def _list_in_korean(cells: Sequence[Cell]) -> str:
    """The cells one by one, as the table has them."""
    listed = ", ".join(f"{cell.row.label} · {cell.head}: {cell.value}" for cell in cells)
    return f"표에 적힌 값입니다. {listed}"


def _tells_cells(text: str, cells: Sequence[Cell], question: Question) -> bool:
    """Whether a Korean text has the cells' values in their order, under their names, and no others."""
    labels = " ".join(f"{cell.row.label} {cell.head}" for cell in cells)
    known = find_values(" ".join(cell.value for cell in cells)) | find_values(labels)
    if find_values(text) - known - question.figures:
        return False
    if PERCENT.search(text) and not any(PERCENT.search(_write_around(cell)) for cell in cells):
        return False
    if not _stand_in_order([cell.value for cell in cells], text):
        return False
    if len(cells) > 1 and not _stand_in_order(_list_telling_words(cells), text):
        return False
    return "\n" not in text and not any(
        SentenceCheck(labels, question.asked).find_faults(text, cite_rows(cells))
    )


def _write_around(cell: Cell) -> str:
    """A cell with its labels and its table's caption, one of which tells its unit."""
    caption = cell.table.caption.text if cell.table.caption else ""
    return f"{cell.value} {cell.row.label} {cell.head} {caption}"


def _list_telling_words(cells: Sequence[Cell]) -> list[str]:
    """The words of each cell's row and column that the others do not have; the first of each."""
    names = [f"{cell.row.label} {cell.head}".split() for cell in cells]
    telling = []
    for at, words in enumerate(names):
        others = {word for other in names[:at] + names[at + 1 :] for word in other}
        telling.append(next((word for word in words if word not in others), ""))
    return telling


def _stand_in_order(parts: Sequence[str], text: str) -> bool:
    """Whether all parts stand in a text, each behind the one before."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if not part or found < 0:
            return False
        at = found + len(part)
    return True
