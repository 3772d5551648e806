"""The lists beside the code: whole rows, no term twice, patterns that compile."""

import re
from collections import Counter
from pathlib import Path

import pytest

from language.data import read_table
from language.glossary import put_terms_in_korean
from language.sounds import read_sounds
from language.units import read_units

COLUMNS = {
    "counted": ["noun", "korean", "english"],
    "glossary": ["korean", "english", "unless"],
    "homophones": ["korean", "unless"],
    "languages": ["code", "english", "korean"],
    "loanwords": ["korean", "english"],
    "sounds": ["table", "written", "read"],
    "units": ["unit", "korean", "english"],
}
SOUND_TABLES = {"consonant", "first_vowel", "diphthong", "spelling", "kind"}


def doubled(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_every_list_has_a_schema():
    lists = Path(__file__).parents[2] / "language"

    assert {file.stem for file in lists.glob("*.tsv")} == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_cell_is_filled_and_trimmed(name: str):
    for row in read_table(name):
        assert list(row) == COLUMNS[name]
        assert all(cell and cell == cell.strip() for cell in row.values()), row


def test_row_with_a_missing_cell_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "units.tsv").write_text("# a comment\n\na\tb\n1\n", "utf-8")
    monkeypatch.setattr("language.data.resources.files", lambda _: tmp_path)

    with pytest.raises(ValueError, match="shorter"):
        read_table("units")


def test_terms_stand_in_order_and_each_english_once():
    rows = read_table("glossary")
    korean = [one for row in rows for one in row["korean"].split(", ")]
    english = [one for row in rows for one in row["english"].split(", ")]

    assert doubled(english) == []
    assert [row["korean"] for row in rows] == sorted(row["korean"] for row in rows)
    assert all(re.fullmatch(r"[가-힣-]+(?: [가-힣-]+)*", one) for one in korean)
    assert all(re.fullmatch(r"[A-Za-z-]+(?: [A-Za-z-]+)*", one) for one in english)


def test_loanwords_stand_in_order_and_once():
    rows = read_table("loanwords")
    korean = [one for row in rows for one in row["korean"].split(", ")]

    assert doubled(korean) == []
    assert [row["korean"] for row in rows] == sorted(row["korean"] for row in rows)
    assert all(re.fullmatch("[가-힣]{2,}", one) for one in korean)


def test_term_with_several_lines_says_which_is_meant_when():
    lines = [
        (one.replace(" ", ""), row["unless"])
        for row in read_table("glossary")
        for one in row["korean"].split(", ")
    ]

    for korean in doubled([korean for korean, _ in lines]):
        assert [unless for one, unless in lines if one == korean].count("-") == 1, korean


def test_each_sound_stands_once_in_its_table():
    rows = read_table("sounds")

    assert {row["table"] for row in rows} == SOUND_TABLES
    assert doubled([f"{row['table']} {row['written']}" for row in rows]) == []


def test_likelihoods_are_shares():
    tables = read_sounds()

    for table in (tables.consonants, tables.first_vowels):
        likelihoods = [likely for english in table.values() for likely in english.values()]
        assert all(0 < likely <= 1 for likely in likelihoods)


def test_spellings_are_read_in_known_consonants():
    tables = read_sounds()
    known = {english for read in tables.consonants.values() for english in read}

    for _, readings in tables.spellings:
        for sound in " ".join(readings).split():
            assert sound in known or re.fullmatch("-[a-z]+", sound)


def test_languages_have_codes_of_two_letters_once():
    rows = read_table("languages")

    assert doubled([row["code"] for row in rows]) == doubled([row["english"] for row in rows]) == []
    assert all(re.fullmatch("[a-z]{2}", row["code"]) for row in rows)


def test_units_are_known_by_name_once():
    assert doubled([row["unit"] for row in read_table("units")]) == []
    assert "dollar" in read_units()


def test_every_english_term_can_be_put_into_korean():
    for row in read_table("glossary"):
        for english in row["english"].split(", "):
            assert put_terms_in_korean(f"the {english} here", "") != ""
