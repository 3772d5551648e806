"""What the rules of selection are worth: evidence read, and questions refused, with each and without."""

import sys
from pathlib import Path

import pytest

from benchmarks.rules.selection import RememberedEmbeddings, is_read_or_refused, main
from nodes.refusal import Refusal
from retrieval.embeddings import QueryEmbeddings
from tests.fake_openai import FakeOpenAI
from tests.samples import evidence
from tests.ui.command.commands import question_file

GOLD = {
    "id": "one",
    "question": "SOLAR는 층이 몇 개인가요?",
    "question_en": "How many layers does SOLAR have?",
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}
NO_ANSWER = {
    "id": "none",
    "question": "GPT-5는 층이 몇 개인가요?",
    "question_en": "How many layers does GPT-5 have?",
    "document": "",
}
READ = evidence("SOLAR has 48 layers.")


def test_a_rule_is_set_against_the_same_questions_without_it(
    home: Path,
    openai: FakeOpenAI,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    named = f"few={question_file(tmp_path, GOLD, NO_ANSWER)}@{home}"
    monkeypatch.setattr(sys, "argv", ["selection", named, "--rule", "unknown_name"])

    main()

    *_, row = capsys.readouterr().out.splitlines()
    assert row.split() == ["unknown_name", "few", "1", "1", "+0", "[+0,", "+0]", "1", "0"]


def test_an_unknown_rule_is_told_in_one_line(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["selection", "few=none.jsonl@x", "--rule", "nonsense"])

    with pytest.raises(SystemExit, match="없는 규칙입니다: nonsense"):
        main()


def test_evidence_is_read_in_its_own_paper_alone():
    of_gold = {**GOLD, "document": READ.passage.document}

    assert is_read_or_refused(of_gold, [READ])
    assert not is_read_or_refused({**of_gold, "document": "other.pdf"}, [READ])
    assert not is_read_or_refused({**of_gold, "evidence": ["It has 32 layers."]}, [READ])
    assert not is_read_or_refused(of_gold, Refusal(rule="nothing_found"))


def test_a_file_without_evidence_counts_the_parts_of_its_answers():
    bare = {**GOLD, "document": READ.passage.document, "evidence": []}

    assert is_read_or_refused(bare, [READ])
    assert not is_read_or_refused({**bare, "answer_must_include": [["48"], ["32", "64"]]}, [READ])


def test_a_question_without_an_answer_is_served_by_a_refusal():
    assert is_read_or_refused(NO_ANSWER, Refusal(rule="unknown_name"))
    assert not is_read_or_refused(NO_ANSWER, [READ])


def test_each_text_is_embedded_once():
    asked: list[str] = []

    class Counting(QueryEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            asked.extend(texts)
            return [[float(len(text))] for text in texts]

        def embed_query(self, text: str) -> list[float]:
            asked.append(text)
            return [float(len(text))]

    remembered = RememberedEmbeddings(Counting())

    assert remembered.embed_documents(["a", "bb", "a"]) == [[1.0], [2.0], [1.0]]
    assert remembered.embed_documents(["bb"]) == [[2.0]]
    assert remembered.embed_queries(["c", "c"]) == [[1.0], [1.0]]
    assert asked == ["a", "bb", "c"]
