"""Embedding: how fast it went is remembered, and what is done is shown to searches."""

from pathlib import Path

import pytest

from retrieval.embeddings import NoVector
from retrieval.errors import VectorSizeDiffers
from retrieval.store.database import SPEED
from retrieval.store.windows import WindowVectors
from tests.retrieval.desk import CountingEmbeddings, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_speed_of_a_long_run_is_remembered(desk: Desk, monkeypatch):
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.index()
    assert desk.library.read_setting(SPEED) is None
    monkeypatch.setattr("retrieval.ingest.embed.MEASURED_SECONDS", 0)
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()

    assert float(desk.library.read_setting(SPEED) or 0) > 0


def test_searches_are_shown_what_is_done_now_and_then(desk: Desk, monkeypatch):
    for n in range(4):
        desk.write(f"{n}.pdf", f"Words {n}.")

    desk.index()
    assert desk.library.read_generation() == 1

    monkeypatch.setattr("retrieval.ingest.embed.SHOWN_EVERY", 0)
    monkeypatch.setattr("retrieval.ingest.embed.SHARE", 0)
    desk.write("4.pdf", "Words 4.")
    desk.write("5.pdf", "Words 5.")
    desk.index()
    assert desk.library.read_generation() == 3


class Picky(CountingEmbeddings):
    """Embeds all but texts about herons."""

    def embed_each(self, texts: list[str]) -> list[list[float] | NoVector]:
        made = self.embed_documents(texts)
        return [
            NoVector("no herons") if "heron" in text else one
            for text, one in zip(texts, made, strict=True)
        ]


class TestWithoutVector:
    @pytest.fixture(autouse=True)
    def _picky(self, desk: Desk) -> None:
        desk.embeddings = Picky()
        desk.write("birds.pdf", "The heron stands.")
        desk.write("rain.pdf", "Rain falls.")
        desk.write("tides.pdf", "Tides follow the moon.")

    def test_the_document_is_searched_and_named_with_the_reason(self, desk: Desk):
        birds, *others = desk.results()

        assert [(one.page, one.reason) for one in birds.unembedded] == [(1, "no herons")]
        assert [one.is_ready for one in (birds, *others)] == [False, True, True]
        assert "The heron stands." in desk.found("heron stands")
        assert len(desk.vectors()) == 2

    def test_a_run_of_other_files_says_nothing_of_it(self, desk: Desk):
        desk.index()

        [other] = desk.results(desk.write("snow.pdf", "Snow falls."))

        assert other.is_ready

    def test_the_next_run_embeds_it_alone_and_forgets_the_reason(self, desk: Desk):
        desk.index()
        desk.embeddings = CountingEmbeddings()

        assert all(one.is_ready for one in desk.results())

        assert desk.embeddings.embedded == 1
        assert WindowVectors(desk.library).list_unembedded() == []
        assert len(desk.vectors()) == 3

    def test_one_window_that_fails_leaves_the_whole_passage_without(self, desk: Desk):
        words = "The moon makes the tides rise and fall twice a day in every bay.\n" * 6
        desk.write("long.pdf", f"{words}A heron stands.\n{words}")

        [_, long, *_] = desk.results()

        assert (long.passages, len(long.unembedded)) == (1, 1)
        assert len(desk.vectors()) == 2


def test_nothing_of_another_size_is_kept(desk: Desk):
    class Shorter(CountingEmbeddings):
        SIZE = 8

    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()
    kept = WindowVectors(desk.library).list_ids()
    desk.write("rain.pdf", "Rain falls.")
    desk.embeddings = Shorter()

    with pytest.raises(VectorSizeDiffers, match="1024에서 8"):
        desk.index()

    assert WindowVectors(desk.library).list_ids() == desk.vectors() == kept
    desk.embeddings = CountingEmbeddings()
    desk.index()
    assert desk.found("rain") == ["Rain falls.", "Tides follow the moon."]
