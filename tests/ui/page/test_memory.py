"""What a chat remembers comes back as the types that it was."""

import pytest

from tests.samples import passage
from ui.page.memory import new_saver

TABLE = "Words.\n\nModel\tLayers\tHeads\nSOLAR\t48\t32\n\nTable 1: Sizes."


def test_the_tables_of_a_passage_are_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGGRAPH_STRICT_MSGPACK", "true")
    serde, before = new_saver().serde, passage(TABLE)

    after = serde.loads_typed(serde.dumps_typed(before))

    at = TABLE.index("SOLAR")
    row, table = after.row_at(at), after.table_at(at)
    assert row.span == (at, at + len("SOLAR\t48\t32"))
    assert [tuple(cell) for cell in row.cells] == [("Layers", "48"), ("Heads", "32")]
    assert table.head.span == before.tables[0].head.span
    assert table.caption.text == "Table 1: Sizes."
