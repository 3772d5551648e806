"""Hybrid search: two legs, fused by weight, over the library as it is now."""

from pathlib import Path

import pytest

from retrieval.errors import EmptyIndex
from retrieval.ingest.ledger import index_files
from retrieval.passages import Hit
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.trash import mark_removed
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import Desk
from tests.samples import make_pdf


def found(search: HybridSearch, query: str, top: int = 9, bm25_weight: float = 0.7) -> list[Hit]:
    return search.find_passages(lexical=[query], semantic=[query], top=top, bm25_weight=bm25_weight)


def named(hits: list[Hit]) -> list[str]:
    return [hit.passage.document for hit in hits]


class TestSearch:
    def test_the_passage_that_speaks_of_it_comes_first(self, search: HybridSearch):
        hits = found(search, "How was Gemma trained by distillation?")

        assert named(hits)[0] == "gemma.pdf"
        assert 0.5 < hits[0].score <= 1
        assert set(named(hits)) == {"gemma.pdf", "solar.pdf", "attention.pdf"}

    def test_each_leg_tells_its_rank_and_score(self, search: HybridSearch):
        best, *rest = found(search, "Gemma distillation")

        assert best.legs["bm25"].rank == best.legs["vector"].rank == 1
        assert best.legs["bm25"].score > 0
        assert 0 < best.legs["vector"].score <= 1
        assert sorted(hit.legs["vector"].rank for hit in rest) == [2, 3]
        assert all("bm25" not in hit.legs for hit in rest)

    def test_best_first_and_no_more_than_asked_for(self, search: HybridSearch):
        scores = [hit.score for hit in found(search, "layers of attention")]

        assert scores == sorted(scores, reverse=True)
        assert len(found(search, "layers", top=2)) == 2

    def test_weights_decide_between_the_legs(self, search: HybridSearch):
        asked = {"lexical": ["distillation"], "semantic": ["Transformer attention"], "top": 1}

        assert named(search.find_passages(**asked, bm25_weight=1)) == ["gemma.pdf"]
        assert named(search.find_passages(**asked, bm25_weight=0)) == ["attention.pdf"]

    def test_several_queries_count_together(self, search: HybridSearch):
        hits = search.find_passages(
            lexical=["SOLAR depth", "Mistral layers"], semantic=["깊이", "SOLAR depth"], top=3
        )

        assert named(hits)[0] == "solar.pdf"

    def test_korean_alone_still_finds_by_vectors(self, search: HybridSearch):
        hits = found(search, "몇 개인가요?")

        assert len(hits) == 3
        assert all(set(hit.legs) == {"vector"} for hit in hits)

    def test_titles_are_those_of_all_documents(self, search: HybridSearch):
        assert sorted(search.list_titles()) == [
            "Attention Is All You Need",
            "Gemma 2: Improving Open Models",
            "SOLAR 10.7B: Depth Up-Scaling",
        ]


class TestLibraryAsItIs:
    def opened(self, home: Path) -> HybridSearch:
        embeddings = FakeEmbeddings()
        return HybridSearch(Library(home), embeddings, lambda: VectorIndex(home, embeddings))

    def write(self, home: Path, path: Path) -> None:
        index_files(
            [path],
            library=Library(home),
            vectors=lambda: VectorIndex(home, FakeEmbeddings()),
            embedding="openai:text-embedding-3-small",
        )

    def test_nothing_indexed(self, tmp_path: Path):
        with pytest.raises(EmptyIndex, match="munheon index"):
            found(self.opened(tmp_path / "none"), "anything")
        assert not (tmp_path / "none").exists()

    def test_every_document_failed(self, tmp_path: Path):
        Library(tmp_path).add_failed(Path("a.pdf"), "1", "broken")

        with pytest.raises(EmptyIndex):
            found(self.opened(tmp_path), "anything")

    def test_a_finished_write_is_seen_at_the_next_question(self, home: Path, tmp_path: Path):
        readers = [self.opened(home), self.opened(home)]
        for reader in readers:
            assert "tides.pdf" not in named(found(reader, "tides and the moon"))

        self.write(home, make_pdf(tmp_path / "tides.pdf", "Tides follow the moon."))

        for reader in readers:
            best = found(reader, "tides and the moon")[0]
            assert best.passage.document == "tides.pdf"
            assert set(best.legs) == {"bm25", "vector"}

    def test_a_changed_document_is_found_by_its_new_words_alone(self, home: Path, tmp_path: Path):
        path = make_pdf(tmp_path / "tides.pdf", "Tides follow the moon.")
        self.write(home, path)
        reader = self.opened(home)
        assert named(found(reader, "moon"))[0] == "tides.pdf"
        self.write(home, make_pdf(path, "Rain falls on hills."))

        texts = [hit.passage.text for hit in found(reader, "moon rain")]

        assert texts[0] == "Rain falls on hills."
        assert "Tides follow the moon." not in texts

    def test_a_removed_document_is_found_no_more(self, home: Path):
        library, reader = Library(home), self.opened(home)
        assert "gemma.pdf" in named(found(reader, "Gemma"))
        [gemma] = [one for one in library.list_documents() if one.name == "gemma.pdf"]

        mark_removed(library, gemma.id)

        assert "gemma.pdf" not in named(found(reader, "Gemma"))
        assert len(reader.list_titles()) == 2


def test_a_name_in_hangul_finds_its_passage_without_a_translation(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.write("one.pdf", "The levees broke.")
    desk.write("two.pdf", "Hurricane Felicia lost its strength.")
    desk.write("three.pdf", "Snow fell on the hills.")
    desk.index()

    asked = ["펠리시아는 어떻게 되었나요?"]
    hits = desk.open_search().find_passages(lexical=asked, semantic=asked, top=2, bm25_weight=1)

    assert named(hits)[0] == "two.pdf"
    assert hits[0].legs["bm25"].rank == 1
