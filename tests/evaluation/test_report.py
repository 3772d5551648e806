"""The page of a run: whole, offline, and with nothing of a paper taken for markup."""

from html.parser import HTMLParser

from evaluation.report import render_report

EVIL = '<script>alert("1")</script>'
QUESTION = {
    "id": "a",
    "question": f"층이 몇 개? {EVIL}",
    "document": f"{EVIL}.pdf",
    "pages": [3],
    "evidence": ["48"],
    "answer": EVIL,
    "answer_must_include": [["48"]],
    "kind": EVIL,
}
RECORD = {
    "english": EVIL,
    "queries": [EVIL],
    "outcome": "answered",
    "answer": f"48개 {EVIL}",
    "citations": [{"n": 1, "document": f"{EVIL}.pdf", "page": 3, "quote": EVIL}],
    "passages": [{"rank": 1, "document": EVIL, "pages": [3, 4], "relevant": True}],
    "seconds": {"first_token": 1.5, "total": 2.5},
}
FOUND = {
    "english": EVIL,
    "queries": [],
    "passages": [
        {
            "document": f"{EVIL}.pdf",
            "pages": [3],
            "text": f"48 {EVIL}",
            "score": 0.5,
            "legs": {EVIL: {"rank": 1, "score": 2.5}},
        }
    ],
}
FAILED = {"outcome": "error", "error": EVIL}


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_of_a_paper_or_a_model_is_markup_and_nothing_is_fetched():
    read = Tags(render_report([QUESTION, QUESTION], [RECORD, FAILED]))
    read.feed(render_report([QUESTION, QUESTION], [FOUND, FAILED]))

    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert not {"src", "href", "onload"} & read.attributes


def test_every_question_is_traced():
    written = render_report([QUESTION, QUESTION], [RECORD, FAILED])

    assert Tags(written).tags.count("details") == 2
    assert "맞음</b> a" in written
    assert "틀림</b> a" in written
    assert "3, 4쪽 <b>근거로 씀</b>" in written


def test_a_run_without_answers_has_a_page_too():
    assert "답 0개" in render_report([QUESTION], [FAILED])


def test_a_replay_says_that_its_seconds_are_not_the_models():
    assert "모델의 시간이 아닙니다" in render_report([QUESTION], [RECORD], replayed=True)
    assert "모델의 시간이 아닙니다" not in render_report([QUESTION], [RECORD])


def test_a_search_is_traced_with_the_passage_that_holds_the_evidence():
    written = render_report([QUESTION, QUESTION], [FOUND, FAILED])

    assert "맞음</b> a" in written
    assert written.count("근거가 있음") == 1
    assert "1위(2.5)" in written
    assert "k = 1: 50.0%" in written
    assert "<th>evidence_hit@5<td>0.500" in written
