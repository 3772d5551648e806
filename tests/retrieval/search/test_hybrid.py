"""Hybrid search: two legs, fused by weight, over the library as it is now."""

from pathlib import Path

import pytest

from language.loanwords import Loanwords
from retrieval.errors import NothingIndexed
from retrieval.ingest.ledger import index_files
from retrieval.passages import Hit, Leg, Scored
from retrieval.search.hybrid import (
    HybridSearch,
    by_language,
    fuse,
    lexical_queries,
    semantic_queries,
)
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import Desk
from tests.samples import make_pdf

WEIGHTS = {"bm25": 0.25, "vector": 0.75}


def found(search: HybridSearch, query: str, top: int = 9, bm25_weight: float = 0.7) -> list[Hit]:
    return search.search(lexical=[query], semantic=[query], top=top, bm25_weight=bm25_weight)


def named(hits: list[Hit]) -> list[str]:
    return [hit.passage.document for hit in hits]


class TestFusion:
    def test_shares_are_weighted_and_added(self):
        legs = {
            "bm25": {"a": Scored(6.0, 0.5), "b": Scored(4.0, 0.4), "c": Scored(2.0, 0.2)},
            "vector": {"b": Scored(0.9, 1.0), "a": Scored(0.5, 0.0)},
        }

        hits = fuse(legs, WEIGHTS)

        assert [(hit.id, hit.score) for hit in hits] == [
            ("b", pytest.approx(0.25 * 0.4 + 0.75)),
            ("a", pytest.approx(0.25 * 0.5)),
            ("c", pytest.approx(0.25 * 0.2)),
        ]
        assert hits[0].legs == {"bm25": Leg(rank=2, score=4.0), "vector": Leg(rank=1, score=0.9)}
        assert hits[2].legs == {"bm25": Leg(rank=3, score=2.0)}

    def test_a_leg_may_find_nothing(self):
        [only] = fuse({"bm25": {}, "vector": {"a": Scored(0.4, 1.0)}}, WEIGHTS)

        assert (only.score, only.legs) == (0.75, {"vector": Leg(rank=1, score=0.4)})

    def test_both_may(self):
        assert fuse({"bm25": {}, "vector": {}}, WEIGHTS) == []


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

        assert named(search.search(**asked, bm25_weight=1)) == ["gemma.pdf"]
        assert named(search.search(**asked, bm25_weight=0)) == ["attention.pdf"]

    def test_several_queries_count_together(self, search: HybridSearch):
        hits = search.search(
            lexical=["SOLAR depth", "Mistral layers"], semantic=["깊이", "SOLAR depth"], top=3
        )

        assert named(hits)[0] == "solar.pdf"

    def test_korean_alone_still_finds_by_vectors(self, search: HybridSearch):
        hits = found(search, "몇 개인가요?")

        assert len(hits) == 3
        assert all(set(hit.legs) == {"vector"} for hit in hits)

    def test_titles_are_those_of_all_documents(self, search: HybridSearch):
        assert sorted(search.titles()) == [
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
        with pytest.raises(NothingIndexed, match="munheon index"):
            found(self.opened(tmp_path / "none"), "anything")
        assert not (tmp_path / "none").exists()

    def test_every_document_failed(self, tmp_path: Path):
        Library(tmp_path).add_failed(Path("a.pdf"), "1", "broken")

        with pytest.raises(NothingIndexed):
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
        [gemma] = [one for one in library.documents() if one.name == "gemma.pdf"]

        library.remove(gemma.id)

        assert "gemma.pdf" not in named(found(reader, "Gemma"))
        assert len(reader.titles()) == 2


class TestLanguages:
    def test_a_korean_question_is_asked_beside_the_english_queries(self):
        assert lexical_queries("깊이?", ["Depth?", "layers"]) == ["깊이?", "Depth?", "layers"]
        assert lexical_queries("And why?", ["Why is SOLAR deep?"]) == ["Why is SOLAR deep?"]

    def test_a_question_counts_as_much_as_its_translations(self):
        assert semantic_queries("깊이?", ["Depth?", "Deep?"], twice=True) == [
            *("깊이?", "깊이?"),
            *("Depth?", "Deep?"),
        ]
        assert semantic_queries("깊이?", ["Depth?", "layers"], twice=False) == [
            "깊이?",
            *("Depth?", "layers"),
        ]
        assert semantic_queries("Depth?", ["Depth?"], twice=True) == ["Depth?"]

    def test_each_language_is_asked_its_own_queries(self):
        none = Loanwords({})

        assert by_language(["깊이?", "Depth?"], none) == {"en": ["Depth?"], "ko": ["깊이?"]}
        assert by_language(["Depth?"], none) == {"en": ["Depth?"], "ko": ["Depth?"]}
        assert by_language(["깊이?"], none) == {"en": ["깊이?"], "ko": ["깊이?"]}

    def test_english_passages_are_asked_for_the_words_that_hangul_stands_for(self):
        words = Loanwords({"Felicia": 2, "hurricane": 3})

        assert by_language(["허리케인 펠리시아?", "The storm?"], words) == {
            "en": ["The storm?", "hurricane Felicia"],
            "ko": ["허리케인 펠리시아?"],
        }

    def test_a_name_in_hangul_finds_its_passage_without_a_translation(self, tmp_path: Path):
        desk = Desk(tmp_path)
        desk.write("one.pdf", "The levees broke.")
        desk.write("two.pdf", "Hurricane Felicia lost its strength.")
        desk.write("three.pdf", "Snow fell on the hills.")
        desk.index()

        asked = ["펠리시아는 어떻게 되었나요?"]
        hits = desk.open_search().search(lexical=asked, semantic=asked, top=2, bm25_weight=1)

        assert named(hits)[0] == "two.pdf"
        assert hits[0].legs["bm25"].rank == 1
