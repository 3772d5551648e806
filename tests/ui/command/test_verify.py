"""`munheon documents --verify`: the legs against the ledger, the vectors against the model."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.store.library import Library
from retrieval.store.windows import WindowVectors
from tests.fake_openai import FakeOpenAI
from tests.fakes import FakeEmbeddings
from tests.treatments import refuses
from tests.ui.command.commands import munheon, printed

WHOLE = "BM25: 맞음\n벡터: 맞음\n"

Change = Callable[[dict[str, list[list[float]]]], dict[str, list[list[float]]]]


@pytest.fixture
def change(home: Path) -> Callable[[Change], None]:
    """Puts other vectors in the place of those that are kept."""

    def change_kept(made: Change) -> None:
        kept = WindowVectors(Library(home))
        vectors = kept.read_vectors(sorted(kept.list_ids()))
        kept.keep_vectors(made({id: rows.tolist() for id, rows in vectors.items()}))

    return change_kept


@pytest.mark.usefixtures("home")
class TestVerify:
    def test_a_right_library_is_so(self, openai: FakeOpenAI):
        assert printed("documents", "--verify") == (
            f"{WHOLE}모델과 비교: 맞음(글 3조각을 모델에 다시 물음, 유료 모델도 1센트 미만)\n"
        )
        [asked] = openai.requests
        assert len(asked.body["input"]) == 3

    def test_vectors_that_were_shuffled_are_told_with_their_documents(
        self, openai: FakeOpenAI, change
    ):
        change(lambda kept: dict(zip(kept, reversed(kept.values()), strict=True)))

        result = munheon("documents", "--verify")

        assert result.exit_code == 1
        assert result.stdout.startswith(f"{WHOLE}모델과 비교: 2조각의 벡터가 다름")
        assert "다른 문서: attention.pdf, solar.pdf. " in result.stderr
        assert "munheon index --rebuild" in result.stderr

        printed("index", "--rebuild")
        assert "모델과 비교: 맞음" in printed("documents", "--verify")

    def test_one_vector_in_all_places_is_told(self, openai: FakeOpenAI, change):
        one = FakeEmbeddings().embed_query("zebra")
        change(lambda kept: {id: [one] * len(rows) for id, rows in kept.items()})

        result = munheon("documents", "--verify")

        assert result.exit_code == 1
        assert "attention.pdf, gemma.pdf, solar.pdf" in result.stderr

    def test_a_model_of_the_same_name_that_is_another_now_is_told(self, openai: FakeOpenAI):
        class Shorter(FakeEmbeddings):
            SIZE = 512

        openai.embeddings = Shorter()

        assert munheon("documents", "--verify").exit_code == 1

    @pytest.mark.parametrize(
        ("status", "words"), [(401, "API 키가 올바르지"), (500, "서버에 오류가 났습니다")]
    )
    def test_a_model_that_cannot_be_asked_is_told_and_the_rest_as_well(
        self, openai: FakeOpenAI, status: int, words: str
    ):
        openai.always["embed"] = refuses(status)

        result = munheon("documents", "--verify")

        assert result.exit_code == 0
        assert result.stdout == WHOLE
        assert result.stderr.startswith("모델과 비교하지 못했습니다. ")
        assert words in result.stderr

    def test_a_library_of_another_model_is_not_compared(self, openai: FakeOpenAI, monkeypatch):
        monkeypatch.setenv("MUNHEON_EMBEDDING_MODEL", "openai:text-embedding-3-large")

        result = munheon("documents", "--verify")

        assert "text-embedding-3-large" in result.stderr
        assert openai.requests == []

    def test_a_text_that_fails_now_is_no_wrong_vector(self, openai: FakeOpenAI):
        openai.always["embed"] = lambda exchange: (
            exchange.send(json.dumps({"error": {"message": "no"}}), status=500)
            if any("SOLAR" in text for text in exchange.asked.body["input"])
            else exchange.send_vectors()
        )

        assert "맞음(글 2조각을" in printed("documents", "--verify")


def test_twenty_windows_of_different_documents_are_asked_for(openai: FakeOpenAI, tmp_path: Path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"Note {number}.\n\n" + "Word. " * 500)
    printed("index", tmp_path)
    openai.requests.clear()

    assert "글 20조각을" in printed("documents", "--verify")
    [asked] = openai.requests
    assert len({text.splitlines()[0] for text in asked.body["input"]}) == 20


def test_windows_that_the_server_had_to_be_sent_in_part_are_not_compared(
    openai: FakeOpenAI, tmp_path: Path
):
    said = json.dumps({"error": {"message": "longer than the context length"}})
    openai.always["embed"] = lambda exchange: (
        exchange.send(said, status=400)
        if any(len(text) > 300 for text in exchange.asked.body["input"])
        else exchange.send_vectors()
    )
    (tmp_path / "long.txt").write_text(f"The moon pulls {'the water of the bay and ' * 30} more.")
    (tmp_path / "short.txt").write_text("A note.")

    printed("index", tmp_path)

    assert "모델과 비교: 맞음(글 1조각을" in printed("documents", "--verify")
