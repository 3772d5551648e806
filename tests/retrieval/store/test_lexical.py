"""A library's postings: by language, kept on disk, never trusted when stale or broken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.parsing.chunks import Chunk
from retrieval.store import lexical
from retrieval.store.lexical import POSTINGS_FILE, open_lexical
from retrieval.store.library import Library
from retrieval.store.trash import mark_removed

ENGLISH = ["Tides follow the moon.", "Attention layers of models.", "Snow falls on hills."]
KOREAN = ["육아휴직 급여는 통상임금의 80%입니다.", "어린이날 경기는 14시에 시작한다.", "눈이 온다."]


def add(library: Library, name: str, *texts: str) -> int:
    path = library.home.parent / name
    path.write_bytes(name.encode())
    parts = [Chunk(text=text, page_starts=[(0, 1)], tokens=9, new_tokens=9) for text in texts]
    document = library.add_parsed(path, name, title="", pages=1, chunks=parts)
    library.set_ready(document)
    return document


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "home")
    add(library, "english.pdf", *ENGLISH)
    return library


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The English texts that are analysed from now on."""
    seen: list[str] = []

    def terms(text: str) -> list[str]:
        seen.append(text)
        return text.lower().split()

    monkeypatch.setitem(lexical.TERMS_BY_LANGUAGE, "en", terms)
    return seen


def best(library: Library, **queries: str) -> list[str]:
    """The texts that the queries find, each asked of the passages in its language."""
    found = open_lexical(library).find_best({name: [query] for name, query in queries.items()}, 9)
    passages = library.read_passages(list(found))
    return [passages[id].text for id in found]


def test_the_passage_with_the_words_is_best(library: Library):
    assert best(library, en="What do the tides follow?") == [ENGLISH[0]]


def test_korean_passages_are_found_by_morphemes_and_english_ones_by_stems(library: Library):
    add(library, "korean.pdf", *KOREAN)

    assert best(library, ko="휴직하면 급여를 얼마나 받나요?", en="tide")[0] in (
        KOREAN[0],
        ENGLISH[0],
    )
    assert set(best(library, ko="급여가 얼마죠?", en="tide")) == {KOREAN[0], ENGLISH[0]}


def test_words_of_one_language_are_no_rarer_for_the_other(library: Library):
    before = open_lexical(library).find_best({"en": ["tides"]}, 1)

    add(library, "korean.pdf", *KOREAN)

    assert open_lexical(library).find_best({"en": ["tides"]}, 1) == before


def test_english_alone_leaves_kiwi_asleep(library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(
        lexical.TERMS_BY_LANGUAGE, "ko", lambda text: pytest.fail("analysed as Korean")
    )

    assert best(library, ko="조수는 무엇을 따르나요?", en="tides") == [ENGLISH[0]]


def test_what_is_kept_is_not_analysed_again(library: Library, analysed: list[str]):
    open_lexical(library)
    analysed.clear()

    open_lexical(library)

    assert analysed == []


def test_only_what_is_new_is_analysed(library: Library, analysed: list[str]):
    open_lexical(library)
    analysed.clear()
    add(library, "new.pdf", "Rain falls.")

    assert best(library, en="rain") == ["Rain falls."]
    assert analysed == ["Rain falls.", "rain"]


def test_a_document_that_is_removed_is_found_no_more(library: Library):
    document = add(library, "new.pdf", "Rain falls.")
    assert best(library, en="rain") == ["Rain falls."]

    mark_removed(library, document)

    assert best(library, en="rain") == []


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flip(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[held.index(b"en_rows.npy") + 150] ^= 255
    path.write_bytes(held)


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        _cut,
        _flip,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("x"),
    ],
    ids=["missing", "cut short", "one byte changed", "empty", "something else"],
)
def test_a_broken_file_is_made_anew(library: Library, damage: Callable[[Path], object]):
    open_lexical(library)
    damage(library.home / POSTINGS_FILE)

    assert best(library, en="tides") == [ENGLISH[0]]
    assert best(library, en="tides") == [ENGLISH[0]]


def test_the_file_of_another_analysis_is_made_anew(
    library: Library, analysed: list[str], monkeypatch: pytest.MonkeyPatch
):
    open_lexical(library)
    analysed.clear()
    monkeypatch.setattr(lexical, "ANALYSIS", "another")

    open_lexical(library)

    assert analysed == ENGLISH


def test_the_file_of_another_library_is_made_anew(library: Library, tmp_path: Path):
    open_lexical(library)
    other = Library(tmp_path / "other")
    add(other, "other.pdf", "Rain.", "Hail.", "Dew.")
    (library.home / POSTINGS_FILE).replace(other.home / POSTINGS_FILE)

    assert best(other, en="hail") == ["Hail."]


def test_a_library_that_cannot_be_written_is_searched(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    def full(*args: object, **kwargs: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(lexical.np, "savez", full)

    assert best(library, en="tides") == [ENGLISH[0]]
    assert [file.name for file in library.home.glob("lexical*")] == []


def test_words_are_kept_as_they_are_written(library: Library):
    made = open_lexical(library).words
    add(library, "new.pdf", "The moon of Snow hills.", "구글의 Gemma 모델입니다.")

    grown = open_lexical(library).words

    assert made["Snow"] == made["hills"] == made["moon"] == 1
    assert (grown["Snow"], grown["hills"], grown["moon"], grown["Gemma"]) == (2, 2, 2, 1)
    assert not {"The", "of", "구글의"} & set(grown)
    assert open_lexical(library).words == grown


def test_a_share_is_that_of_all_that_the_query_weighs(library: Library):
    lexical = open_lexical(library)

    [whole] = lexical.find_best({"en": ["tides"]}, 1).values()
    [part] = lexical.find_best({"en": ["tides unheard"]}, 1).values()

    assert 0 < part.share < whole.share <= 1
    assert part.score == whole.score
