"""Lines: rows of tables and captions are told from prose."""

import pytest

from retrieval.lines import is_caption, is_table_row


@pytest.mark.parametrize("line", ["SOLAR\t48\t32", "SOLAR 48 32", "Korean 2.37 (1st) 4.24"])
def test_cells_or_figures_make_a_row(line: str):
    assert is_table_row(line)


@pytest.mark.parametrize(
    "line", ["", "Introduction", "We use 48 layers and 32 heads in all models."]
)
def test_prose_is_no_row(line: str):
    assert not is_table_row(line)


@pytest.mark.parametrize("line", ["Table 2: Results.", "Figure 10 | Curves", "Fig. 3. Layers"])
def test_captions_are_known_by_their_number(line: str):
    assert is_caption(line)


@pytest.mark.parametrize("line", ["Table 2 shows that", "Figures are rounded.", "Tables: three"])
def test_mentions_of_tables_are_no_captions(line: str):
    assert not is_caption(line)
