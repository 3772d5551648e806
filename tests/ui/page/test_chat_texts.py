"""What the chat writes: the words of papers and models, sources, steps."""

import re
from typing import ClassVar, get_args

import pytest

from graph.build import build_graph
from language.catalogue import write_text
from nodes.profile import ReplacedSentence
from nodes.refusal import Refusal, RefusalRule
from retrieval.passages import Evidence, Hit, Passage, RetrieverScore
from tests.samples import asking
from ui.page import steps
from ui.page.markdown_text import escape_answer, escape_for_notes, escape_text
from ui.page.sources import add_sources, mark_text

JOINER = "\u2060"
HANGUL = re.compile("[가-힣]")


def passage(text: str = "DUS scales depth. It is simple.", **fields: object) -> Passage:
    """A passage of the SOLAR paper, on pages 3 and 4."""
    given = {
        "id": "7",
        "document": "solar.pdf",
        "title": "SOLAR 10.7B",
        "sha256": "ab",
        "header": "",
        "text": text,
        "page_starts": [(0, 3), (18, 4)],
    }
    return Passage(**{**given, **fields})


def evidence(text: str = "DUS scales depth.") -> Evidence:
    return Evidence(passage=passage(text), start=0, end=len(text))


class TestMarkdown:
    def test_a_papers_words_lose_every_power(self):
        quote = (
            "See [1](http://a.b/c) ![x](y) <b>5</b>, `code` | *p* < .05: ~3 :note www.x.org a@b.c"
        )

        shown = escape_text(quote)

        assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", shown))
        assert f"http\\:{JOINER}\\/\\/" in shown
        assert f"www{JOINER}\\." in shown
        assert f"\\@{JOINER}b" in shown
        assert re.sub(rf"\\(?=[!-/:-@\[-`{{-~])|{JOINER}", "", shown) == quote

    def test_a_papers_lines_become_one(self):
        assert escape_text("# one\n\n- two\u200b") == "\\# one \\- two"

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("**굵게** 그리고 `code`\n- 하나 [1]", "**굵게** 그리고 `code`\n- 하나 [1]"),
            ("[눌러](/x)", "\\[눌러\\](/x)"),
            ("![그림](/x)", "\\!\\[그림\\](/x)"),
            ("\\[x](/y)", "\\\\\\[x\\](/y)"),
            ("[1](/y)", "[1\\](/y)"),
            ("<img src=x>", "\\<img src=x>"),
            ("3~5층, 1~2점", "3\\~5층, 1\\~2점"),
            ("비율 :note 10:30", "비율 \\:note 10:30"),
            ("https://a.b", f"https:{JOINER}//a.b"),
            ("**깊이(DUS)**을 씁니다", f"**깊이(DUS){JOINER}**을 씁니다"),
        ],
    )
    def test_an_answer_keeps_its_form_and_loses_its_links(self, written: str, shown: str):
        assert escape_answer(written) == shown


class TestSources:
    def test_marks_lead_to_the_sources_below(self):
        shown = add_sources("깊이를 늘립니다 [1].", [evidence()], cited_before=0)

        assert shown == (
            "깊이를 늘립니다 [\\[1\\]](#cite-0).\n\n---\n\n"
            "[\\[1\\]](#cite-0) **SOLAR 10\\.7B** · 3쪽\n> DUS scales depth\\."
        )

    def test_marks_of_a_later_answer_lead_to_its_own_sources(self):
        shown = add_sources("하나 [1], 둘 [2].", [evidence(), evidence("It is.")], cited_before=4)

        assert shown.startswith("하나 [\\[1\\]](#cite-4), 둘 [\\[2\\]](#cite-5).")

    def test_references_in_a_quote_in_korean_are_no_marks_of_ours(self):
        korean = {1: "앞선 BERT [2]는 깊습니다."}
        shown = add_sources(
            "하나 [1].", [evidence(), evidence("It.")], cited_before=0, korean=korean
        )

        assert "BERT \\[2\\]는" in shown

    def test_numbers_in_brackets_that_cite_nothing_stay_text(self):
        shown = add_sources("배열 [0], [2] [1].", [evidence("As in [1].")], cited_before=0)

        assert shown.startswith("배열 \\[0\\], \\[2\\] [\\[1\\]](#cite-0).")
        assert shown.endswith("> As in \\[1\\]\\.")

    def test_an_answer_without_sources_stands_alone(self):
        assert add_sources("정보가 부족하여", [], cited_before=3) == "정보가 부족하여"

    def test_a_paper_without_title_goes_by_its_file(self):
        piece = Evidence(passage=passage(title=""), start=0, end=3)

        assert "**solar\\.pdf** · 3쪽" in add_sources("예 [1]", [piece], cited_before=0)


class TestMarkedText:
    TEXT = "Solar is deep. It is *wide*.\nIt is new."

    def cited(self, *quotes: str, **fields: object) -> dict[int, Evidence]:
        spans = [(self.TEXT.index(quote), len(quote)) for quote in quotes]
        return {
            number: Evidence(passage=passage(self.TEXT, **fields), start=start, end=start + length)
            for number, (start, length) in enumerate(spans, start=1)
        }

    def test_cited_words_are_marked_in_the_order_of_the_text(self):
        shown = mark_text(self.cited("It is new.", "It is *wide*."), passage(self.TEXT))

        assert shown == (
            "Solar is deep\\. **\\[2\\] It is \\*wide\\*\\.** \n\n **\\[1\\] It is new\\.**"
        )

    def test_words_that_two_sources_share_are_marked_once(self):
        shown = mark_text(self.cited("Solar is deep.", "is deep."), passage(self.TEXT))

        assert shown.count("**") == 2
        assert shown.count("deep") == 1

    def test_what_is_cited_of_another_passage_is_not_marked(self):
        pieces = self.cited("Solar is deep.", id="8")

        assert "**" not in mark_text(pieces, passage(self.TEXT))


class TestSteps:
    STATE: ClassVar = {
        "question": asking("DUS가 뭐야?", "What is DUS?", queries=["depth *up*-scaling"]),
        "passages": [
            Hit(passage=passage(), score=0.5, legs={"bm25": RetrieverScore(rank=2, score=3.25)})
        ],
        "evidence": [evidence(), evidence("It is simple.")],
        "citations": [evidence()],
        "outcome": "answered",
        "refusal": None,
        "searches": 1,
        "dropped": {},
        "replaced": [],
    }

    def shown(self, node: str, **changes: object) -> tuple[str, str]:
        state = {**self.STATE, **changes}
        return steps.summarise_step(node, state), steps.describe_step(node, state)

    def test_translation_shows_what_was_understood(self):
        question = asking("SOLAR는 표 2에서 몇 달러야?", "How many dollars in Table 2?")

        name, report = self.shown("translate", question=question)

        assert name == "번역"
        assert report.startswith("영어 질문: **How many dollars in Table 2\\?**\n\n- 이름: SOLAR")
        assert "tab 2" in report
        assert "수치를 묻는" in report
        assert "dollars" in report.split("단위")[1]

    def test_queries_are_listed(self):
        assert self.shown("rewrite") == ("검색어 1개", "- depth \\*up\\*\\-scaling")

    def test_no_queries_say_that_the_question_is_searched(self):
        name, report = self.shown("rewrite", question=asking("DUS?", "DUS?"))

        assert name == "검색어"
        assert "질문 그대로 검색" in report

    def test_passages_stand_in_a_table_with_ranks(self):
        name, report = self.shown("retrieve")

        assert name == "검색 · 구절 1개"
        assert report.splitlines() == [
            "| 순위 | 논문 | 쪽 | 점수 | BM25 | 벡터 |",
            "| --- | --- | --- | --- | --- | --- |",
            "| 1 | SOLAR 10\\.7B | 3, 4 | 0.50 | 2위\u00a0(3.25) | – |",
        ]

    def test_every_passage_says_why_it_was_kept_or_dropped(self):
        others = [passage(id="8"), passage(id="9")]
        hits = [*self.STATE["passages"], *(Hit(passage=one, score=0.1) for one in others)]

        name, report = self.shown("grade", passages=hits, dropped={"8": "other_paper"})

        assert name == "근거 선별 · 1개 구절에서 2곳"
        assert report.splitlines() == [
            "1. **SOLAR 10\\.7B** · 3쪽 · 고름",
            "   - DUS scales depth\\.",
            "   - It is simple\\.",
            "",
            f"2. SOLAR 10\\.7B · 3, 4쪽 · 버림: {write_text('trace.other_paper')}",
            f"3. SOLAR 10\\.7B · 3, 4쪽 · 버림: {write_text('trace.not_told')}",
        ]

    def test_nothing_kept_says_which_rule_held_and_what_it_met(self):
        refusal = Refusal(rule="unknown_name", detail="GPT-5,\nGPT-4")

        report = self.shown("grade", evidence=[], refusal=refusal)[1]

        said = f"{write_text('refusals.unknown_name')} (`unknown_name`)\n\n> GPT\\-5\\, GPT\\-4\n\n1. SOLAR"
        assert report.startswith(said)

    def test_sentences_that_gave_way_are_told_with_what_was_wrong(self):
        replaced = [
            ReplacedSentence(sentence="층은 *96*개입니다.", faults=["근거에서 확인되지 않음"]),
            ReplacedSentence(sentence="모릅니다.", faults=[]),
        ]

        report = self.shown("answer", replaced=replaced)[1]

        assert "- 층은 \\*96\\*개입니다\\.\n  → 근거에서 확인되지 않음" in report
        assert f"- 모릅니다\\.\n  → {write_text('trace.whole_answer')}" in report

    def test_an_answer_that_was_refused_says_why(self):
        refusal = Refusal(rule="no_amount")

        report = self.shown("answer", outcome="insufficient", citations=[], refusal=refusal)[1]

        assert (
            report
            == f"{write_text('steps.refused')} {write_text('refusals.no_amount')} (`no_amount`)"
        )

    @pytest.mark.parametrize(
        ("kind", "node", "said"),
        [
            ("list", "translate", "steps.not_searched"),
            ("greeting", "retrieve", "steps.not_searched"),
            ("overview", "translate", "steps.read_as_a_whole"),
            ("overview", "rewrite", "steps.read_as_a_whole"),
        ],
    )
    def test_steps_that_do_nothing_say_why(self, kind: str, node: str, said: str):
        state = {**self.STATE, "question": asking("?", kind=kind)}

        assert steps.describe_step(node, state) == write_text(said)

    def test_every_rule_has_its_reason(self):
        assert set(steps.REASONS) == set(get_args(RefusalRule))

    def test_an_answer_and_a_refusal_say_which(self):
        assert "1개를 근거로" in self.shown("answer")[1]
        assert "답하지 않았습니다" in self.shown("answer", outcome="insufficient", citations=[])[1]
        assert "답하지 않았습니다" in self.shown("fallback", outcome="insufficient")[1]

    def test_every_node_has_a_korean_name_and_an_icon(self):
        nodes = set(drawn_graph().nodes) - {"__start__", "__end__"}

        assert set(steps.NAMES) == set(steps.ICONS) == nodes
        assert all(HANGUL.search(steps.name_step(node)) for node in nodes)


def drawn_graph():
    """The real graph as it is drawn, with nothing behind its nodes."""
    return build_graph(profile=None, search=None).get_graph()


def test_notes_escape_only_what_markdown_would_change():
    assert (
        escape_for_notes("SOLAR 10.7B (2023):\n a_b, *c* & <d>")
        == "SOLAR 10.7B (2023): a\\_b, \\*c\\* & \\<d>"
    )
