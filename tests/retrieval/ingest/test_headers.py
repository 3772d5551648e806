"""Headers by a chat model: each is asked for once, kept as it comes, searched and never quoted."""

from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.ingest.headers import is_contextual
from retrieval.store.trash import mark_removed
from tests.retrieval.desk import PowerCut
from tests.retrieval.ingest.clerk import Clerk, Desk

PAGE = "\n".join(["The same words again and again, without an end"] * 40)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestWriting:
    def test_both_legs_find_a_passage_by_its_header_and_quotes_do_not_hold_it(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.clerk.fails = {"a.pdf", "b.pdf", "c.pdf"}
        for name in desk.clerk.fails:
            desk.write(name, f"Other words in {name}.")
        desk.index()

        [best, *rest] = desk.hits("zebras")

        assert set(best.legs) == {"bm25", "vector"}
        assert all(set(hit.legs) == {"vector"} for hit in rest)
        assert best.passage.text == "SOLAR has layers."
        assert best.passage.searched_text == (
            "The solar.pdf paper\nZebras are the topic, says clerk.\nSOLAR has layers."
        )

    def test_one_that_fails_keeps_the_free_header_and_is_named(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.clerk.fails = {"solar.pdf"}

        [result] = desk.index()

        assert [(one.passage.text, one.reason) for one in result.unwritten] == [
            ("SOLAR has layers.", "no reply")
        ]
        [passage] = desk.library.list_passages()
        assert passage.searched_text == "The solar.pdf paper\nSOLAR has layers."

    def test_progress_counts_headers_and_then_characters(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.write("tides.pdf", "Tides follow the moon.")
        desk.index()

        headers = [(told.done, told.total) for told in desk.told if told.step == "headers"]
        assert headers == [(0, 2), (1, 2), (2, 2)]
        assert [told.step for told in desk.told][2:] == ["headers"] * 3 + ["embedding"] * 3

    def test_without_the_option_nothing_is_asked(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index(contextual=False)

        assert desk.clerk.asked == []
        assert not is_contextual(desk.library)


class TestNextRun:
    def test_nothing_is_asked_twice(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        generation = desk.library.read_generation()
        desk.index()

        assert desk.clerk.asked == ["SOLAR has layers."]
        assert desk.library.read_generation() == generation
        assert is_contextual(desk.library)

    def test_a_run_that_was_cut_short_repeats_no_finished_call(self, desk: Desk):
        desk.write("long.pdf", PAGE, PAGE, PAGE)
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.clerk.budget = 2
        with pytest.raises(PowerCut):
            desk.index()
        first = list(desk.clerk.asked)
        assert set(desk.states()) == {("long.pdf", "parsed"), ("solar.pdf", "parsed")}
        desk.clerk.budget = 10**9

        desk.index()

        assert desk.clerk.asked[:2] == first
        assert (
            len(desk.clerk.asked) == len(set(desk.clerk.asked)) == len(desk.library.list_passages())
        )
        assert all("Zebras" in passage.context for passage in desk.library.list_passages())

    def test_a_file_that_comes_back_needs_no_call(self, desk: Desk):
        path = desk.write("solar.pdf", "SOLAR has layers.")
        old = path.read_bytes()
        desk.index()
        desk.write("solar.pdf", "SOLAR has more layers.")
        desk.index()
        path.write_bytes(old)

        desk.index()

        assert desk.clerk.asked == ["SOLAR has layers.", "SOLAR has more layers."]
        assert [passage.text for passage in desk.found("zebras")] == ["SOLAR has layers."]

    def test_one_that_failed_is_tried_again(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.clerk.fails = {"solar.pdf"}
        desk.index()
        desk.clerk.fails.clear()

        [result] = desk.index()

        assert (result.outcome, result.headers, result.unwritten) == ("unchanged", 1, [])
        assert len(desk.found("zebras")) == 1

    def test_what_fails_again_leaves_the_library_as_it_was(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.clerk.fails = {"solar.pdf"}
        desk.index()
        before = desk.library.read_generation(), desk.library.list_passage_ids()
        desk.index()

        assert (desk.library.read_generation(), desk.library.list_passage_ids()) == before

    def test_another_model_writes_for_what_is_new_alone(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        desk.write("tides.pdf", "Tides follow the moon.")
        desk.clerk = Clerk("scribe")
        desk.index()

        assert desk.clerk.asked == ["Tides follow the moon."]
        assert {passage.context.split()[-1] for passage in desk.library.list_passages()} == {
            "clerk.",
            "scribe.",
        }

    def test_what_is_removed_comes_back_with_its_headers_for_a_week(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        [document] = desk.library.list_documents()
        mark_removed(desk.library, document.id)
        desk.index()
        assert len(desk.clerk.asked) == 1

        mark_removed(desk.library, document.id)
        monkeypatch.setattr("retrieval.store.contents.KEPT", timedelta(0))
        desk.index()
        assert len(desk.clerk.asked) == 2


class TestFromFreeHeaders:
    def test_a_ready_document_is_replaced_by_itself_with_headers(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index(contextual=False)
        [before] = desk.library.list_documents()

        [result] = desk.index()

        assert (result.outcome, result.headers) == ("unchanged", 1)
        [after] = desk.library.list_documents()
        assert (after.name, after.title, after.state) == (before.name, before.title, "ready")
        assert [passage.text for passage in desk.found("zebras")] == ["SOLAR has layers."]
        assert desk.open_vectors().list_ids() == desk.library.list_passage_ids()

    def test_until_it_is_complete_its_old_self_is_found(self, desk: Desk, monkeypatch):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index(contextual=False)

        def cut(texts: list[str]) -> list[list[float]]:
            raise PowerCut

        with monkeypatch.context() as patched:
            patched.setattr(desk.embeddings, "embed_documents", cut)
            with pytest.raises(PowerCut):
                desk.index()
        assert [passage.context for passage in desk.found("layers")] == [""]
        assert sorted(state for _, state in desk.states()) == ["parsed", "ready"]

        desk.index()

        assert [passage.text for passage in desk.found("zebras")] == ["SOLAR has layers."]
        assert desk.states() == [("solar.pdf", "ready")]
        assert len(desk.clerk.asked) == 1

    def test_papers_that_were_not_named_stay_as_they_are(self, desk: Desk):
        solar = desk.write("solar.pdf", "SOLAR has layers.")
        desk.index(contextual=False)
        solar.unlink()
        desk.write("tides.pdf", "Tides follow the moon.")
        desk.index()

        assert desk.clerk.asked == ["Tides follow the moon."]
