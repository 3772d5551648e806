"""Search: what was found, and why."""

from pathlib import Path

import pytest

from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import QUESTION, chat_tasks, objects, printed, question_file


@pytest.mark.usefixtures("home")
class TestSearch:
    def test_passages_are_shown_with_why_they_were_found(self, openai: FakeOpenAI):
        told = printed("search", "SOLAR layers", "--no-model")

        assert "Q. SOLAR layers\n검색어: SOLAR layers\n" in told
        assert "1. solar.pdf 1, 2쪽" in told
        assert "bm25 1위" in told
        assert "SOLAR has 48 layers." in told

    def test_json_has_each_passages_text_and_legs(self, openai: FakeOpenAI):
        [record] = objects("search", QUESTION, "--json")

        assert (record["question"], record["english"]) == (QUESTION, openai.replies["translate"])
        assert {"id", "queries", "passages", "seconds"} < set(record)
        assert not {"answer", "outcome", "citations"} & set(record)
        best = record["passages"][0]
        assert {"rank", "document", "pages", "text", "legs"} <= set(best)
        assert (best["rank"], best["document"], best["pages"]) == (1, "solar.pdf", [1, 2])
        assert best["text"].startswith("SOLAR has 48 layers.")
        assert set(best["legs"]) == {"bm25", "vector"}
        assert set(best["legs"]["bm25"]) == {"rank", "score"}
        assert chat_tasks(openai) == ["translate"]

    def test_top_says_how_many_come_back(self, openai: FakeOpenAI):
        [record] = objects("search", "SOLAR", "--no-model", "--top", 2, "--json")

        assert [passage["rank"] for passage in record["passages"]] == [1, 2]

    @pytest.mark.parametrize(
        ("weight", "document"), [(1, "attention.pdf"), (0, "gemma.pdf")], ids=["words", "meaning"]
    )
    def test_weights_can_be_set(self, openai: FakeOpenAI, weight: int, document: str):
        arguments = ["teacher Gemma a is large", "--english", "Transformer", "--json"]

        [record] = objects("search", *arguments, "--bm25-weight", weight)

        assert record["passages"][0]["document"] == document

    def test_english_takes_the_place_of_the_translation(self, openai: FakeOpenAI):
        [record] = objects("search", "젬마?", "--english", "Gemma distillation", "--json")

        assert record["english"] == "Gemma distillation"
        assert record["passages"][0]["document"] == "gemma.pdf"
        assert chat_tasks(openai) == []

    def test_use_english_searches_with_the_files_english(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(
            tmp_path,
            {"id": 1, "question": "젬마?", "question_en": "Gemma distillation"},
            {"id": 2, "question": "솔라?", "question_en": "SOLAR layers"},
        )

        records = objects("search", "--questions", path, "--use-english", "--json")

        assert [(one["id"], one["passages"][0]["document"]) for one in records] == [
            (1, "gemma.pdf"),
            (2, "solar.pdf"),
        ]
        assert chat_tasks(openai) == []

    def test_the_files_english_is_left_alone_unless_asked_for(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        path = question_file(tmp_path, {"question": "젬마?", "question_en": "Gemma distillation"})

        [plain] = objects("search", "--questions", path, "--no-model", "--json")
        [translated] = objects("search", "--questions", path, "--json")

        assert plain["english"] == "젬마?"
        assert translated["english"] == openai.replies["translate"]
        assert chat_tasks(openai) == ["translate"]

    def test_no_model_searches_without_any_chat_model(
        self, openai: FakeOpenAI, monkeypatch, no_packages
    ):
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "embedded")

        [record] = objects("search", QUESTION, "--no-model", "--json")

        assert record["english"] == QUESTION
        assert chat_tasks(openai) == []
