"""Two runs, question by question."""

from evaluation.compare import compare_runs, count_served_by_kind

LAYERS = {"id": "a", "question": "?", "document": "solar.pdf", "answer_must_include": [["48"]]}
UNKNOWN = {"id": "b", "question": "??", "document": None}
RIGHT = {"outcome": "answered", "answer": "48개"}
REFUSED = {"outcome": "insufficient", "answer": "정보가 부족합니다."}


def test_what_was_gained_and_lost_is_named():
    figures = compare_runs([LAYERS, UNKNOWN], [RIGHT, RIGHT], [REFUSED, REFUSED])

    assert (figures["first"], figures["second"], figures["p"]) == (1, 1, 1)
    assert [row["id"] for row in figures["gained"]] == ["b"]
    assert [row["id"] for row in figures["lost"]] == ["a"]


def test_an_error_is_no_refusal():
    failed = {"outcome": "error", "error": "?"}

    assert compare_runs([UNKNOWN], [failed], [REFUSED])["first"] == 0


def test_searches_are_compared_where_there_is_something_to_find():
    sought = {**LAYERS, "pages": [3], "evidence": ["48 layers"]}
    found = {"passages": [{"document": "solar.pdf", "pages": [3], "text": "48 layers"}]}
    missed: dict[str, list[str]] = {"passages": []}

    figures = compare_runs([sought, UNKNOWN], [missed, missed], [found, missed])

    assert (figures["questions"], figures["first"], figures["second"]) == (1, 0, 1)


def test_each_kind_is_counted():
    layers = {**LAYERS, "kind": "fact"}

    assert count_served_by_kind([layers, layers, UNKNOWN], [RIGHT, REFUSED, REFUSED]) == {
        "fact": (1, 2),
        "other": (1, 1),
    }
