"""Tables: their rows and captions, and which column head belongs to which value."""

import pytest

from retrieval.parsing.tables import find_table_spans, find_tables
from retrieval.tables import Table, TableRow

TABLE = (
    "Some words before the table.\n\n"
    "Model\tLayers\tHeads\nSOLAR\t48\t32\nGemma 2\t42\t16\n\n"
    "Table 1: Sizes of models.\n\n"
    "NQ\tTQA\nRAG-Token\t44.1\t55.2/66.1\n"
)


def found(line: str, text: str) -> tuple[Table, TableRow] | None:
    start = text.index(line)
    return next(
        ((table, row) for table in find_tables(text) for row in table.rows if row.start == start),
        None,
    )


def head(line: str, text: str = TABLE) -> str | None:
    row = found(line, text)
    return row and row[0].head.text


def labelled(line: str, text: str = TABLE) -> str | None:
    row = found(line, text)
    if not row or not row[1].cells:
        return None
    return " | ".join([row[1].label, *(f"{head}: {value}" for head, value in row[1].cells)])


class TestHead:
    @pytest.mark.parametrize("row", ["SOLAR\t48", "Gemma 2\t42"])
    def test_a_row_leads_to_the_heads_of_its_columns(self, row: str):
        assert head(row) == "Model\tLayers\tHeads"

    @pytest.mark.parametrize("line", ["Some words", "Model\tLayers", "Table 1", "48\t32"])
    def test_prose_heads_captions_and_parts_of_rows_have_none(self, line: str):
        assert head(line) is None

    def test_a_caption_parts_two_tables(self):
        assert head("RAG-Token") == "NQ\tTQA"

    def test_without_cells_it_is_the_words_over_the_figures(self):
        table = "Model Layers Heads\nGemma 42 16\nSOLAR 48 32"

        assert head("SOLAR 48", table) == "Model Layers Heads"

    def test_a_table_without_heads_has_none(self):
        assert head("1 2 3", "1 2 3\n4 5 6") is None

    def test_a_paragraph_before_is_no_head(self):
        assert head("1 2 3", "word " * 40 + "\n1 2 3") is None

    def test_sizes_head_a_table_from_its_top_alone(self):
        table = "Gemma models.\n\nParameters\t2B\t9B\nLayers\t26\t42\nVocabulary\t256K\t256K"

        assert head("Vocabulary", table) == "Parameters\t2B\t9B"
        assert head("Vocabulary", table.split("\n\n")[1]) is None
        assert head("MMLU", "Benchmark\t2B\t9B\nMMLU\t52\t71") == "Benchmark\t2B\t9B"


class TestLabelled:
    def test_each_value_follows_the_head_of_its_column(self):
        assert labelled("Gemma 2\t42\t16") == "Gemma 2 | Layers: 42 | Heads: 16"

    def test_the_column_of_labels_may_have_no_head(self):
        assert labelled("RAG-Token\t44.1\t55.2/66.1") == "RAG-Token | NQ: 44.1 | TQA: 55.2/66.1"

    @pytest.mark.parametrize(
        "row",
        ["SOLAR\t48", "SOLAR\t48\t32\t16", "SOLAR 48 32", "7\t48\t32", "SOLAR\tdeep\twide"],
    )
    def test_what_does_not_pair_stays_as_it_is(self, row: str):
        assert labelled(row, f"Words.\n\nModel\tLayers\tHeads\n{row}") is None

    def test_what_spans_several_heads_is_a_part_of_each(self):
        table = "2B\t9B\nModel\tPT\tIT\tPT\tIT\n\nMBPP\t30.2\t36.6\t52.4\t59.2"

        expected = "MBPP | 2B PT: 30.2 | 2B IT: 36.6 | 9B PT: 52.4 | 9B IT: 59.2"
        assert labelled("MBPP\t30.2\t36.6\t52.4\t59.2", table) == expected

    def test_what_spans_them_unevenly_is_not(self):
        table = "2B\t9B\nModel\tPT\tIT\tPT\n\nMBPP\t30.2\t36.6\t52.4"

        assert labelled("MBPP\t30.2\t36.6\t52.4", table) == "MBPP | PT: 30.2 | IT: 36.6 | PT: 52.4"

    def test_heads_may_go_on_in_a_second_line(self):
        table = "Embedding\tNum\ndims\tlayers\n\nAya-23-8B\t4096\t32"

        assert labelled("Aya-23-8B\t4096\t32", table) == (
            "Aya-23-8B | Embedding dims: 4096 | Num layers: 32"
        )

    def test_some_heads_may_be_set_lower_than_others(self):
        table = "N\tdff\nPPL\tparams\n(dev)\t×106\n\nbase\t6\t2048\t4.92\t65"

        assert labelled("base\t6\t2048\t4.92\t65", table) is None  # too like a second line
        table = table.replace("N\t", "N\tdmodel\t")
        assert labelled("base\t6\t512\t2048\t4.92\t65", table.replace("6\t", "6\t512\t")) == (
            "base | N: 6 | dmodel: 512 | dff: 2048 | PPL (dev): 4.92 | params ×106: 65"
        )

    def test_a_first_row_of_words_is_no_second_line(self):
        table = "Datasets\tJamba\tYi\n\nArchitecture\tMoE\tDense\nParams\t52B\t34B"

        assert labelled("Params\t52B\t34B", table) == "Params | Jamba: 52B | Yi: 34B"

    @pytest.mark.parametrize(
        "head", ["Main results\n\nGPT-3.5 GPT-4\tQwen2", "GPT-3.5 GPT-4\tQwen2\n\nOpen models"]
    )
    def test_a_label_over_or_under_heads_is_none_of_them(self, head: str):
        row = "Korean\t2.37\t4.24\t4.14"

        assert labelled(row, f"{head}\n\n{row}") is None

    def test_a_head_that_lost_a_column_labels_nothing(self):
        table = "Words.\n\nModel\tGPT-3.5 GPT-4\tQwen2\nKorean\t2.37\t4.24\t4.14"

        assert labelled("Korean\t2.37\t4.24\t4.14", table) is None


class TestSpans:
    def test_tables_have_their_heads_captions_and_labels(self):
        inside = "A\tB\n\n(A)\n\n1\t2\n3\t4\n\nTable 1: Sizes of models."
        text = f"Words before it, as they come.\n\n{inside}\n\nMore words behind it, as they come."

        assert [text[slice(*span)] for span in find_table_spans(text)] == [inside]

    @pytest.mark.parametrize("text", ["", "Words alone.", "Heading\n\nOne\t1\n\nWords, as ever."])
    def test_words_and_one_row_are_none(self, text: str):
        assert find_table_spans(text) == []


class TestWhole:
    def test_a_table_has_the_rows_down_to_its_caption(self):
        [first, second] = find_tables(TABLE)

        assert [TABLE[slice(*row.span)] for row in first.rows] == [
            "SOLAR\t48\t32",
            "Gemma 2\t42\t16",
        ]
        assert [row.label for row in second.rows] == ["RAG-Token"]

    def test_its_heads_are_those_of_its_columns_in_full(self):
        [table] = find_tables("2B\t9B\nModel\tPT\tIT\tPT\tIT\n\nMBPP\t30\t36\t52\t59")

        assert table.heads == ["2B PT", "2B IT", "9B PT", "9B IT"]

    @pytest.mark.parametrize(
        ("text", "caption"),
        [
            ("Words.\n\nA\tB\n1\t2\n\nTable 1: Sizes.\n\nMore.", "Table 1: Sizes."),
            ("Words.\n\nTable 3: Scores.\n\nA\tB\n1\t2\n\nMore.", "Table 3: Scores."),
            ("Words.\n\nA\tB\n1\t2\n\nMore.", None),
        ],
    )
    def test_its_caption_stands_below_or_above_it(self, text: str, caption: str | None):
        [table] = find_tables(text)

        assert (table.caption and table.caption.text) == caption
        if table.caption and table.caption.span:
            assert text[slice(*table.caption.span)] == caption

    def test_a_row_knows_the_label_that_it_stands_under(self):
        table = "Model\tNQ\tTQA\n\nClosed Book\n\nT5\t34\t50\n\nOpen Book\n\nDPR\t41\t57"
        [first] = find_tables(table)

        assert [(row.label, row.group) for row in first.rows] == [
            ("T5", "Closed Book"),
            ("DPR", "Open Book"),
        ]

    def test_rows_without_labels_between_are_in_no_group(self):
        assert [row.group for row in find_tables(TABLE)[0].rows] == ["", ""]


def captions_of(text: str) -> list[str | None]:
    """The name of each table's caption."""
    return [table.caption and table.caption.text.split(":")[0] for table in find_tables(text)]


ROWS = "Model\tNQ\tWQ\nDPR\t41.5\t41.1\nRAG\t44.5\t45.2"
OTHER = "Task\tTrain\tTest\nNQ\t79169\t3611\nWQ\t3418\t2033"


@pytest.mark.parametrize(
    ("text", "captions"),
    [
        (f"Table 1: Scores.\n{ROWS}\nTable 2: Sizes.\n{OTHER}", ["Table 1", "Table 2"]),
        (f"{ROWS}\nTable 1: Scores.\n{OTHER}\nTable 2: Sizes.", ["Table 1", "Table 2"]),
        (f"Some words.\n{ROWS}\nTable 2: Sizes.\n{OTHER}\nMore words.", ["Table 2", None]),
    ],
    ids=["above", "below", "below where nothing tells"],
)
def test_a_caption_between_two_tables_is_of_that_side_where_the_others_have_theirs(
    text: str, captions: list[str | None]
):
    assert captions_of(text) == captions
