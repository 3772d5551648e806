"""Two runs, question by question."""

from evaluation.compare import compared

LAYERS = {"id": "a", "question": "?", "document": "solar.pdf", "answer_must_include": [["48"]]}
UNKNOWN = {"id": "b", "question": "??", "document": None}
RIGHT = {"outcome": "answered", "answer": "48개"}
REFUSED = {"outcome": "insufficient", "answer": "정보가 부족합니다."}


def test_what_was_gained_and_lost_is_named():
    figures = compared([LAYERS, UNKNOWN], [RIGHT, RIGHT], [REFUSED, REFUSED])

    assert (figures["first"], figures["second"], figures["p"]) == (1, 1, 1)
    assert [row["id"] for row in figures["gained"]] == ["b"]
    assert [row["id"] for row in figures["lost"]] == ["a"]


def test_an_error_is_no_refusal():
    failed = {"outcome": "error", "error": "?"}

    assert compared([UNKNOWN], [failed], [REFUSED])["first"] == 0
