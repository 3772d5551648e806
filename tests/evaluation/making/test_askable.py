"""What can be asked about: figures of plain sentences, and of tables."""

from evaluation.making.askable import find_sentence_figures, find_table_figures
from tests.evaluation.making.texts import TABLE, TEXT
from tests.samples import passage


def test_only_whole_sentences_that_lean_on_none_are_asked_about():
    assert [
        (one.evidence.quote, one.figure.text) for one in find_sentence_figures(passage(TEXT))
    ] == [("SOLAR 10.7B was trained on 300 GPUs for two weeks [12].", "300")]


def test_figures_that_stand_twice_in_their_row_are_not_asked_for():
    assert [one.cell for one in find_table_figures(passage(TABLE))] == [
        ("SOLAR", "MMLU"),
        ("SOLAR", "GSM8K"),
    ]
