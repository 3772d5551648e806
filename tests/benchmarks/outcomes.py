"""A question with an answer and one without, what came of them, and a rule that does nothing."""

from typing import Any

from benchmarks.rules.switch import Rule, replace_name

GOLD = {
    "id": "one",
    "question": "SOLAR는 층이 몇 개인가요?",
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}
NO_ANSWER = {"id": "none", "question": "GPT-5는 층이 몇 개인가요?", "document": ""}
RIGHT = {"outcome": "answered", "answer": "48개", "citations": []}
WRONG = {"outcome": "answered", "answer": "32개", "citations": []}
REFUSED = {"outcome": "insufficient", "answer": "정보가", "citations": []}
NO_RULE = replace_name("nodes.small.select.CELL_WEIGHT", 2.0)


def a_rule(**fields: Any) -> Rule:
    return Rule(**{"name": "r", "does": "nothing", "switch": NO_RULE, **fields})
