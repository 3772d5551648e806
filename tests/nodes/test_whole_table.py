"""A table as a whole, told by code."""

from collections.abc import Sequence

from language.loanwords import Loanwords
from nodes.refusal import Refusal
from nodes.whole_table import FoundTable, find_whole_table, tell_whole_table
from retrieval.passages import LibraryPaper, Passage
from tests.samples import passage

ROWS = "Model\tSmall\tLarge\nLayers\t26\t42\nHeads\t8\t16"
CAPTION = "Table 1: Main | parameters."
ASKED = "Gemma 2 논문의 표 1을 설명해 줘"


class Catalogue:
    """One paper of one passage."""

    def __init__(self, text: str) -> None:
        self._passage = passage(text, document="gemma2.pdf", title="Gemma 2: Open Models")

    def list_papers(self) -> Sequence[LibraryPaper]:
        one = self._passage
        return [
            LibraryPaper(
                id=1, sha256="ab", document="gemma2.pdf", title=one.title, pages=1, first=one
            )
        ]

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        return [self._passage]

    def load_loanwords(self) -> Loanwords:
        return Loanwords({})


def test_its_caption_labels_and_cells_are_told():
    found = find_whole_table(ASKED, [], Catalogue(f"{ROWS}\n{CAPTION}"))

    assert isinstance(found, FoundTable)
    told = tell_whole_table(found, "Korean")
    assert told.text == (
        "‘Gemma 2: Open Models’의 표 1입니다. 논문의 설명: “Table 1: Main | parameters.” [1]\n\n"
        "행은 Layers, Heads이고, 열은 Small, Large입니다.\n\n"
        "|  | Small | Large |\n| --- | --- | --- |\n| Layers | 26 | 42 |\n| Heads | 8 | 16 |"
    )
    assert told.citations[0].quote == ROWS


def test_it_is_told_in_english_where_that_is_wanted():
    found = find_whole_table(ASKED, [], Catalogue(f"{ROWS}\n{CAPTION}"))

    assert isinstance(found, FoundTable)
    assert tell_whole_table(found, "English").text.startswith("Table 1 of ‘Gemma 2: Open Models’.")


def test_a_table_that_its_paper_never_names_is_refused():
    catalogue = Catalogue(f"{ROWS}\n{CAPTION}")

    refusal = find_whole_table(ASKED.replace("표 1", "표 2"), [], catalogue)
    assert refusal == Refusal(rule="no_such_table", detail="Gemma 2: Open Models: 2")
    assert find_whole_table(ASKED.replace("Gemma 2", "BERT"), [], catalogue) is None


def test_a_caption_that_text_parts_from_its_table_is_its_own_where_both_are_alone():
    between = "The model has more layers than the one before it."
    found = find_whole_table(ASKED, [], Catalogue(f"{ROWS}\n\n{between}\n\n{CAPTION}"))

    assert isinstance(found, FoundTable)
    assert found.table.caption is not None
    assert found.table.caption.text == CAPTION


def test_it_is_left_to_the_search_where_two_tables_could_be_meant():
    other = "Benchmark\tTrain\tTest\tAll\nSize\t10\t20\t30\nSplit\t5\t6\t11"
    text = f"{ROWS}\n\nThese are words.\n\n{other}\n\nThese are words too.\n\n{CAPTION}"

    assert find_whole_table(ASKED, [], Catalogue(text)) is None
