"""Cells that a question asks for: rows and columns told from their siblings."""

import pytest

from nodes.cells import cite_rows, find_absent_siblings, find_asked_cells, list_cells
from retrieval.passages import Evidence, Passage
from tests.samples import asking, passage

SIZES = (
    "Table 1: Sizes of the Gemma 2 models.\n\n"
    "Parameters\t2B\t9B\t27B\nd_model\t2304\t3584\t4608\nLayers\t26\t42\t46\nNum KV heads\t4\t8\t16"
)
SCORES = (
    "Model\tde\tko\tru\tAvg\nGemma-1.1-7B-it\t35.6\t20.1\t39.2\t34.0\n"
    "Aya-23-8B\t40.4\t30.3\t38.0\t36.6\nAya-23-35B\t61.6\t41.4\t58.0\t53.7\n\n"
    "Table 6: Grade School Math (MGSM) results."
)
TITLES = {"gemma": "Gemma 2: Improving Open Models", "aya": "Aya 23: Open Weight Releases"}


def papers(*texts: tuple[str, str]) -> list[Passage]:
    return [
        passage(text, f"{name}-{at}", document=f"{name}.pdf", title=TITLES[name])
        for at, (name, text) in enumerate(texts)
    ]


BOTH = papers(("gemma", SIZES), ("aya", SCORES))


def find(
    english: str, *, asked: str = "", among: list[Passage] = BOTH
) -> list[tuple[str, str, str]]:
    """Row, column and value of the cells that a question asks for."""
    cells = find_asked_cells(asking(asked, english), among)
    return [(cell.row.label, cell.head, cell.value) for cell in cells]


@pytest.mark.parametrize(
    ("english", "cells"),
    [
        ("How many layers does Gemma 2 9B have?", [("Layers", "9B", "42")]),
        ("How many KV heads does Gemma 2 27B have?", [("Num KV heads", "27B", "16")]),
        ("What is the German MGSM score of Aya-23-8B?", [("Aya-23-8B", "de", "40.4")]),
        ("What does Aya-23-35B score on Korean MGSM?", [("Aya-23-35B", "ko", "41.4")]),
        ("What is the MGSM average of Aya-23-35B?", [("Aya-23-35B", "Avg", "53.7")]),
    ],
)
def test_one_cell(english: str, cells: list[tuple[str, str, str]]):
    assert find(english) == cells


@pytest.mark.parametrize(
    ("english", "cells"),
    [
        (
            "What are the d_model of Gemma 2 2B and 27B?",
            [("d_model", "2B", "2304"), ("d_model", "27B", "4608")],
        ),
        (
            "How many layers and KV heads does Gemma 2 9B have?",
            [("Layers", "9B", "42"), ("Num KV heads", "9B", "8")],
        ),
        (
            "What are the Russian MGSM scores of Gemma-1.1-7B-it and Aya-23-8B?",
            [("Gemma-1.1-7B-it", "ru", "39.2"), ("Aya-23-8B", "ru", "38.0")],
        ),
    ],
)
def test_several_cells_for_several_names(english: str, cells: list[tuple[str, str, str]]):
    assert sorted(find(english)) == sorted(cells)


def test_all_columns_where_none_is_named():
    assert find("How many layers do the Gemma 2 models have?") == [
        ("Layers", "2B", "26"),
        ("Layers", "9B", "42"),
        ("Layers", "27B", "46"),
    ]


@pytest.mark.parametrize(
    "english",
    [
        "What is the Japanese MGSM score of Aya-23-8B?",  # no such column
        "What is the MMLU score of Aya-23-8B?",  # another table
        "What layer norm epsilon does Gemma 2 9B have?",  # a word that nothing accounts for
        "How many layers does Gemma 2 70B have?",  # no such sibling
        "How many layers does Llama 2 9B have?",  # another paper
        "Why does Gemma 2 9B have 42 layers?",  # a reason
        "How many layers does Gemma 2 9B have and which data was used?",  # more than a cell
        "What is the role of attention?",
    ],
)
def test_none_where_something_is_not_accounted_for(english: str):
    assert find(english) == []


def test_none_where_it_is_asked_how_two_differ_and_in_what_is_not_said():
    table = "Model\tko\tru\nAya-23-8B\t30.3\t38.0\nAya-23-35B\t41.4\t58.0"
    among = papers(("aya", f"{table}\n\nTable 5: How the models differ."))

    assert find("How do Aya-23-8B and Aya-23-35B differ?", among=among) == []
    assert len(find("How do Aya-23-8B and Aya-23-35B differ in Korean?", among=among)) == 2


@pytest.mark.parametrize(
    ("english", "absent"),
    [
        ("What is the Japanese MGSM score of Aya-23-8B?", ["japanes"]),
        ("How many layers does Gemma 2 70B have?", ["70b"]),
        ("What is the Korean MGSM score of Aya-23-8B?", []),
        ("What is the Japanese MMLU score of Aya-23-8B?", []),
        ("How many languages does Aya 23 serve?", []),
    ],
)
def test_a_language_or_size_that_the_table_lacks_is_named(english: str, absent: list[str]):
    assert find_absent_siblings(asking("", english), BOTH) == absent


def test_none_where_two_columns_are_called_alike():
    text = "Benchmark\t2B\t2B\t9B\nMMLU\t42.3\t52.2\t71.3\nGSM8K\t15.1\t24.3\t68.6"

    assert find("What is the MMLU score of Gemma 2 2B?", among=papers(("gemma", text))) == []


def test_a_tables_number_tells_which_is_meant():
    first = "Model\tNQ\tWQ\nRAG-Token\t44.1\t45.5\n\nTable 1: Open-domain question answering."
    second = "Model\tNQ\tWQ\nRAG-Token\t43.5\t46.5\n\nTable 6: Ablations."
    among = papers(("aya", first), ("aya", second))

    assert find("What is the NQ of RAG-Token in Table 6?", among=among) == [
        ("RAG-Token", "NQ", "43.5")
    ]
    assert find("What is the NQ of RAG-Token?", among=among) == [
        ("RAG-Token", "NQ", "44.1"),
        ("RAG-Token", "NQ", "43.5"),
    ]


def test_the_caption_tells_which_table_is_meant():
    other = SCORES.replace("35.6\t20.1", "49.7\t55.0").replace("Math (MGSM)", "Exams (MMLU)")
    among = papers(("aya", other), ("aya", SCORES))

    assert find("What is the German MGSM score of Gemma-1.1-7B-it?", among=among) == [
        ("Gemma-1.1-7B-it", "de", "35.6")
    ]


def test_cells_come_back_from_the_rows_that_are_cited():
    cells = find_asked_cells(asking("", "What are the d_model of Gemma 2 2B and 27B?"), BOTH)

    rows = cite_rows(cells)

    assert [(row.quote, row.columns) for row in rows] == [
        ("d_model\t2304\t3584\t4608", ("2B", "27B"))
    ]
    assert list_cells(rows) == cells
    assert list_cells([Evidence(passage=BOTH[0], start=0, end=5)]) == []
