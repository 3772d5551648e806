"""`/search` shows what the search alone finds, with marks that lead to its words."""

from nodes.question import Question
from retrieval.passages import Hit, RetrieverScore
from retrieval.search.hybrid import HybridSearch
from tests.samples import passage
from tests.ui import quiet_chainlit  # noqa: F401
from ui.page.commands.searching import cite_snippets, describe_found, record_search
from ui.page.sources import add_sources, write_markdown

QUESTION = Question(asked="SOLAR layers", normalised="SOLAR layers", english="SOLAR layers")
EVIL = "SOLAR | a [x](http://a.b) <b> *c* ![d](e)"


def make_hit(text: str, **fields: object) -> Hit:
    legs = {"bm25": RetrieverScore(rank=2, score=3.25)}
    return Hit(passage=passage(text, **fields), score=0.5, legs=legs)


def test_a_snippet_is_the_sentences_with_the_words_asked_for():
    filler = "Nothing of the kind stands in this sentence, which is long. " * 9
    hit = make_hit(f"{filler}SOLAR has 48 layers in all. {filler}")

    [snippet] = cite_snippets(QUESTION, [hit])

    assert "SOLAR has 48 layers" in snippet.quote
    assert len(snippet.quote) <= 300


def test_a_passage_without_a_sentence_has_a_snippet():
    [snippet] = cite_snippets(QUESTION, [make_hit("48")])

    assert snippet.quote == "48"


def test_each_row_has_the_mark_of_its_snippet():
    hits = [make_hit("SOLAR has 48 layers."), make_hit("It is deep.", id="8")]

    shown = add_sources(
        describe_found("SOLAR layers", hits), cite_snippets(QUESTION, hits), cited_before=3
    )

    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert rows[2].startswith("| [\\[1\\]](#cite-3) |")
    assert rows[3].startswith("| [\\[2\\]](#cite-4) |")
    assert "2위\u00a0(3.25) | – |" in rows[2]
    assert "> SOLAR has 48 layers\\." in shown


def test_no_word_of_a_title_or_a_question_comes_alive():
    hits = [make_hit("SOLAR has 48 layers.", title=EVIL)]
    text = describe_found(f"{EVIL}\n# 9", hits)

    for shown in (add_sources(text, [], cited_before=0), write_markdown(text, [])):
        table = [line for line in shown.splitlines() if line.startswith("|")]
        assert {line.count("|") for line in table} == {7}
        assert not any(sign in text for sign in ("<b>", "](http", "![", "*c*"))
        assert "\n#" not in shown


def test_nothing_found_is_said():
    assert "찾지 못했습니다" in describe_found("x", [])


def test_the_record_tells_each_leg_and_that_it_was_a_search(search: HybridSearch):
    hits = search.find_passages(lexical=["SOLAR layers"], semantic=["SOLAR layers"], top=3)

    record = record_search("id", QUESTION, hits, cite_snippets(QUESTION, hits))

    assert record["outcome"] == "search"
    assert record["queries"] == []
    assert [one["n"] for one in record["citations"]] == [1, 2, 3]
    assert record["passages"][0]["legs"]["bm25"]["rank"] >= 1
