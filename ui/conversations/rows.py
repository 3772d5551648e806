"""Rows of chats.db as Chainlit's dictionaries, and the other way round."""

from collections.abc import Mapping
from typing import Any, cast

from chainlit.element import ElementDict
from chainlit.step import StepDict
from chainlit.types import FeedbackDict
from sqlalchemy import RowMapping, Table

FEEDBACK = ("id", "value", "comment")


def write_row(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a table has columns for."""
    return {column.name: values[column.name] for column in table.columns if column.name in values}


def read_step(row: RowMapping) -> StepDict:
    """A step with its feedback; what it was given is told where it is to be shown."""
    values = {name: value for name, value in row.items() if not name.startswith("feedback_")}
    return cast(
        StepDict,
        {
            **values,
            "input": row["input"] if row["showInput"] not in (None, "false", False) else "",
            "output": row["output"] or "",
            # What is kept is written no more, though it was kept while it was: its buttons show.
            "streaming": False,
            "metadata": row["metadata"] or {},
            "feedback": read_feedback(row),
        },
    )


def read_feedback(row: RowMapping) -> FeedbackDict | None:
    """What its reader thinks of a step."""
    if row["feedback_value"] is None:
        return None
    found = {name: row[f"feedback_{name}"] for name in FEEDBACK}
    return cast(FeedbackDict, {"forId": row["id"], **found})


def read_element(row: RowMapping) -> ElementDict:
    """An element as the page is sent it."""
    return cast(ElementDict, {**row, "props": row["props"] or {}})
