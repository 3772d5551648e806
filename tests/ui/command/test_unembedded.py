"""Texts that the embedding server takes none of: named, found by BM25, and tried again."""

import json
from pathlib import Path

import pytest

from retrieval.ingest.upkeep import compare_indexes
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fake_openai import Exchange, FakeOpenAI
from tests.fakes import FakeEmbeddings
from tests.samples import make_pdf
from tests.treatments import refuses
from tests.ui.command.commands import assert_told, munheon, objects, printed

DOCUMENTS = 100
POISON = "Note 42 tells of the heron."


def fails_at_poison(exchange: Exchange) -> None:
    """HTTP 500 for whatever holds one text, as servers do whose model computes no number for it."""
    said = json.dumps({"error": {"message": "unsupported value: NaN", "type": "api_error"}})
    if any("heron" in text for text in exchange.asked.body["input"]):
        exchange.send(said, status=500)
    else:
        exchange.send_vectors()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = POISON if number == 42 else f"Note {number} tells of the river."
        (folder / f"{number}.txt").write_text(text)
    return folder


def texts(openai: FakeOpenAI) -> list[str]:
    return [text for asked in openai.requests for text in asked.body["input"]]


def test_of_100_documents_one_is_named_and_the_next_run_asks_for_it_alone(
    openai: FakeOpenAI, notes: Path
):
    openai.always["embed"] = fails_at_poison

    result = munheon("index", notes)

    assert result.exit_code == 1
    assert "파일 100개 가운데 99개 준비됨, 1개 덜 끝남, 0개 실패." in result.stdout
    [named] = [line for line in result.stderr.splitlines() if line.startswith("벡터를 만들지 못한")]
    assert named == "벡터를 만들지 못한 구절: 42.txt 1쪽. HTTP 500: unsupported value: NaN"
    openai.requests.clear()
    openai.always.clear()

    assert "파일 100개 가운데 100개 준비됨, 0개 실패." in printed("index", notes)

    assert len(texts(openai)) == 1
    assert POISON in texts(openai)[0]
    openai.requests.clear()
    printed("index", notes)
    assert openai.requests == []


class TestLeftToBM25:
    @pytest.fixture(autouse=True)
    def _fails(self, home: Path, openai: FakeOpenAI, tmp_path: Path) -> None:
        """A library with one such text."""
        openai.always["embed"] = fails_at_poison
        self.note = tmp_path / "note.txt"
        self.note.write_text(POISON)
        assert munheon("index", self.note).exit_code == 1

    def test_a_search_finds_it_by_its_words(self):
        [found] = objects("search", "note 42", "--no-model", "--json")

        assert POISON in [hit["text"] for hit in found["passages"]]

    def test_it_is_listed_as_unfinished_with_the_reason(self):
        [line] = [line for line in printed("documents").splitlines() if "note.txt" in line]

        assert line.split(maxsplit=1)[1].startswith("덜 끝남")
        assert "구절 1개의 벡터를 만들지 못함: HTTP 500: unsupported value: NaN" in line
        assert "벡터 없이 BM25로만 찾는 1구절 포함" in printed("documents")

    def test_other_files_are_indexed_with_success(self, tmp_path: Path):
        other = make_pdf(tmp_path / "other.pdf", "Other words.")

        assert "파일 1개 가운데 1개 준비됨, 0개 실패." in printed("index", other)
        assert munheon("index", self.note).exit_code == 1

    def test_it_is_tried_again_on_request(self, openai: FakeOpenAI, home: Path):
        openai.always.clear()

        assert "1개 준비됨, 0개 실패." in printed("documents", "--retry")

        index = VectorIndex(home, FakeEmbeddings())
        assert all(leg.is_complete for leg in compare_indexes(Library(home), index))
        assert {one["unembedded"] for one in objects("documents", "--json")} == {0}

    def test_it_is_named_after_a_rebuild_as_well(self):
        result = munheon("index", "--rebuild")

        assert result.exit_code == 1
        assert "파일 4개 가운데 3개 준비됨, 1개 덜 끝남" in result.stdout
        assert "note.txt 1쪽. HTTP 500" in result.stderr


def test_a_library_of_such_texts_alone_is_searched_by_words(openai: FakeOpenAI, tmp_path: Path):
    openai.always["embed"] = fails_at_poison
    for name in ("red", "blue", "grey"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} heron.")
    assert munheon("index", tmp_path).exit_code == 1

    [found] = objects("search", "grey", "--no-model", "--json")

    assert found["passages"][0]["document"] == "grey.txt"


def test_a_server_that_fails_for_all_ends_the_run_and_loses_nothing(
    openai: FakeOpenAI, notes: Path, monkeypatch: pytest.MonkeyPatch
):
    openai.always["embed"] = lambda exchange: (
        refuses(500)(exchange) if openai.count("embed") > 50 else exchange.send_vectors()
    )

    assert_told(munheon("index", notes), "모델 서버에 오류가 났습니다")

    openai.always.clear()
    openai.requests.clear()
    printed("index", notes)
    assert len(texts(openai)) == 50


def test_vectors_of_another_size_are_told_and_none_is_kept(
    openai: FakeOpenAI, home: Path, tmp_path: Path
):
    class Shorter(FakeEmbeddings):
        SIZE = 512

    openai.embeddings = Shorter()
    note = tmp_path / "note.txt"
    note.write_text("Other words.")

    assert_told(munheon("index", note), "벡터의 길이가 1024에서 512(으)로 바뀌었습니다")

    assert_told(munheon("search", "words", "--no-model"), "munheon index --rebuild")
    openai.embeddings = FakeEmbeddings()
    assert "1개 준비됨, 0개 실패." in printed("index", note)
    assert printed("search", "other words", "--no-model")
