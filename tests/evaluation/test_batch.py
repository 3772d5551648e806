"""Many questions: each has its record, in order; one that fails does not stop the rest."""

from typing import Any

import pytest

from evaluation.batch import ask_questions, search_questions
from graph.build import build_graph
from models.faults import BadReply
from nodes.state import RunOptions
from nodes.strong.select import NamedSentences
from retrieval.search.hybrid import HybridSearch
from tests.fakes import ScriptedModel, strong

FIRST, NONE = NamedSentences(sentences=[1]), NamedSentences(sentences=[])


def ask(search: HybridSearch, *questions: Any, script: list[Any]) -> list[dict[str, Any]]:
    model = ScriptedModel(*script)
    graph = build_graph(profile=strong(model), search=search)
    return list(ask_questions(graph, questions))


class TestAsk:
    def test_records_keep_order_and_ids(self, search: HybridSearch):
        records = ask(
            search,
            {"id": "b", "question": "SOLAR는 몇 층?"},
            {"id": "a", "question": "SOLAR의 층 수는?"},
            {"question": "그래서 SOLAR는?"},
            script=[*per_question(search), *per_question(search), *per_question(search)],
        )

        assert [(one["id"], one["outcome"]) for one in records] == [
            ("b", "answered"),
            ("a", "answered"),
            (None, "answered"),
        ]
        assert records[1]["question"] == "SOLAR의 층 수는?"

    def test_one_that_fails_does_not_stop_the_rest(self, search: HybridSearch):
        records = ask(
            search,
            {"id": 1, "question": " "},
            {"id": 2, "question": "가" * 20_000},
            {"id": 3, "question": "SOLAR는 몇 층?"},
            {"id": 4, "question": "그럼?"},
            {"id": 5, "question": "SOLAR는 몇 층?"},
            script=[BadReply("?")] * 3 + per_question(search),
        )

        outcomes = [(one["id"], one["outcome"]) for one in records]
        assert outcomes == [(1, "error"), (2, "error"), (3, "error"), (4, "error"), (5, "answered")]
        assert [set(one) for one in records[:4]] == [{"id", "question", "outcome", "error"}] * 4
        assert "비어" in records[0]["error"] or "입력" in records[0]["error"]
        assert "20,000" in records[1]["error"]
        assert "알아볼 수 없는 답" in records[2]["error"]
        assert "자세히" in records[3]["error"]

    def test_questions_do_not_lean_on_each_other(self, search: HybridSearch):
        [first, second] = ask(
            search,
            {"question": "SOLAR는 몇 층?"},
            {"question": "그럼?"},
            script=per_question(search),
        )

        assert (first["outcome"], second["outcome"]) == ("answered", "error")

    def test_a_question_may_bring_its_history(self, search: HybridSearch):
        history = [{"role": "user", "content": "SOLAR가 뭐야?"}]

        [record] = ask(
            search, {"question": "그럼?", "history": history}, script=per_question(search)
        )

        assert record["outcome"] == "answered"
        assert record["english"] == "How many layers does SOLAR have?"

    @pytest.fixture(autouse=True)
    def _retry_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import graph.build

        at_once = graph.build.RETRY._replace(initial_interval=0.001, jitter=False)
        monkeypatch.setattr(graph.build, "RETRY", at_once)


def per_question(search: HybridSearch) -> list[Any]:
    """What the model says to one question that is answered."""
    grades = [FIRST, *[NONE] * (len(search.list_titles()) - 1)]
    return ["How many layers does SOLAR have?", "SOLAR layers", *grades, "48개입니다 [1]."]


class TestSearch:
    def found(self, search: HybridSearch, *questions: Any, model: Any = None, top: int = 2) -> Any:
        return list(
            search_questions(
                search, questions, options=RunOptions(passages=top), profile=model and strong(model)
            )
        )

    def test_without_a_model_the_question_is_searched_for_as_it_is(self, search: HybridSearch):
        [record] = self.found(search, {"id": 7, "question": "SOLAR layers"})

        assert (record["id"], record["english"], record["queries"]) == (7, "SOLAR layers", [])
        assert [passage["rank"] for passage in record["passages"]] == [1, 2]
        assert record["passages"][0]["document"] == "solar.pdf"

    def test_a_given_translation_is_used_before_the_model(self, search: HybridSearch):
        model = ScriptedModel("Gemma distillation")

        records = self.found(
            search,
            {"question": "솔라?", "question_en": "SOLAR layers"},
            {"question": "젬마?"},
            model=model,
        )

        assert [one["english"] for one in records] == ["SOLAR layers", "Gemma distillation"]
        assert [one["passages"][0]["document"] for one in records] == ["solar.pdf", "gemma.pdf"]
        assert len(model.asked) == 1

    def test_one_that_fails_does_not_stop_the_rest(self, search: HybridSearch):
        records = self.found(
            search,
            {"question": ""},
            {"question": "솔라?"},
            {"question": "젬마?"},
            model=ScriptedModel("", "Gemma?"),
        )

        assert [one.get("outcome") for one in records] == ["error", "error", None]
        assert "알아볼 수 없는 답" in records[1]["error"]
