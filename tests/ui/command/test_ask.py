"""Ask: answers over a fake OpenAI server."""

from pathlib import Path

import pytest

from nodes.fallback import INSUFFICIENT
from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import (
    ANSWER,
    QUESTION,
    SOURCE,
    chat_tasks,
    objects,
    printed,
    question_file,
)


@pytest.mark.usefixtures("home")
class TestAsk:
    def test_the_answer_and_its_sources_are_printed(self, openai: FakeOpenAI):
        assert printed("ask", QUESTION) == f"{ANSWER}\n\n{SOURCE}\n"

    def test_what_is_not_in_the_papers_is_said_in_the_fixed_sentence(self, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'
        assert printed("ask", QUESTION) == f"{INSUFFICIENT}\n"

    def test_a_refusal_by_the_model_ends_in_the_fixed_sentence(self, openai: FakeOpenAI):
        openai.replies["answer"] = "죄송하지만 정보가 부족하여 모릅니다."
        assert printed("ask", QUESTION).endswith(f"{INSUFFICIENT}\n")

    def test_an_english_question_is_not_translated(self, openai: FakeOpenAI):
        assert ANSWER in printed("ask", "How many layers does SOLAR have?")
        assert "translate" not in chat_tasks(openai)

    def test_json_has_the_fields_of_the_contract(self, openai: FakeOpenAI):
        [record] = objects("ask", QUESTION, "--json")

        assert list(record) == (
            "id question english queries outcome answer citations passages seconds tokens".split()
        )
        assert (record["id"], record["question"]) == (None, QUESTION)
        assert record["english"] == openai.replies["translate"]
        assert record["queries"] == openai.replies["rewrite"].split("\n")
        assert (record["outcome"], record["answer"]) == ("answered", ANSWER)
        [citation] = record["citations"]
        passage = citation.pop("passage")
        assert isinstance(passage, str)
        assert citation == {
            "n": 1,
            "document": "solar.pdf",
            "page": 1,
            "quote": "SOLAR has 48 layers.",
        }
        assert {tuple(passage) for passage in record["passages"]} == {
            ("rank", "document", "pages", "relevant")
        }
        assert record["passages"][0] == {
            "rank": 1,
            "document": "solar.pdf",
            "pages": [1, 2],
            "relevant": True,
        }
        steps = {"translate", "rewrite", "retrieve", "grade", "first_token", "total"}
        assert steps <= set(record["seconds"])
        assert set(record["tokens"]) == {"input", "output"}
        assert record["tokens"]["input"] > 0

    def test_json_tells_what_is_insufficient(self, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'

        [record] = objects("ask", QUESTION, "--json")

        assert (record["outcome"], record["answer"]) == ("insufficient", INSUFFICIENT)
        assert record["citations"] == []
        assert not any(passage["relevant"] for passage in record["passages"])

    def test_a_file_of_questions_gives_a_line_each_in_order(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        path = question_file(
            tmp_path,
            {"id": "z", "question": QUESTION},
            {"id": "bad", "question": " "},
            {"id": "a", "question": "Gemma는?"},
        )

        records = objects("ask", "--questions", path, "--json")

        assert [(one["id"], one["outcome"]) for one in records] == [
            ("z", "answered"),
            ("bad", "error"),
            ("a", "answered"),
        ]
        assert set(records[1]) == {"id", "question", "outcome", "error"}
        assert "질문을 입력" in records[1]["error"]

    def test_a_file_of_questions_can_be_read_by_people(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {"question": QUESTION}, {"question": " "})

        told = printed("ask", "--questions", path)

        assert f"Q. {QUESTION}\n{ANSWER}\n\n{SOURCE}\n" in told
        assert "오류: 질문을 입력" in told
