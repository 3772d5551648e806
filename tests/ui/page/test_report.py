"""The trace of an answer as a bug report."""

import json

from graph.settings import Settings
from tests.ui import quiet_chainlit  # noqa: F401
from ui.conversations.answers import Answer
from ui.page.tracing.made_with import describe_making
from ui.page.tracing.report import write_report
from ui.papers.viewer import Viewer

EVERYBODY = Viewer("", sees_all=True)


def make_answer(question: str) -> Answer:
    record = {
        "question": question,
        "outcome": "insufficient",
        "refusal": {"rule": "unknown_name", "detail": "GPT-9"},
        "answer": "``` 정보가 부족하여",
        "seconds": {"total": 1.5},
        "made_with": {"munheon": "1", "chat": "openai:gpt-4o-mini", "library": {"papers": 3}},
    }
    return Answer(id="a", question="q", text="", citations=[], cited_before=0, record=record)


def test_a_report_has_the_record_the_versions_and_no_secret(settings: Settings):
    secret = settings.model_copy(
        update={"pdf_password": "geheim", "chroma_url": "http://kim:geheim@chroma"}
    )

    report = write_report(make_answer("# GPT-9는?"), secret)

    assert report.startswith(
        "## \\# GPT-9는?\n\n- outcome: insufficient\n- refusal: unknown_name\n"
    )
    assert "- chat: openai:gpt-4o-mini" in report
    fence, block = report.partition("\n\n````json\n")[1:]
    assert fence
    facts = json.loads(block.removesuffix("\n````"))
    assert facts["record"]["refusal"]["detail"] == "GPT-9"
    assert facts["settings"]["profile"] == "auto"
    assert "geheim" not in report


def test_what_an_answer_was_made_with_names_models_and_the_library(home, openai):
    made_with = describe_making(Settings(), viewer=EVERYBODY)

    assert made_with["chat"] == "openai:gpt-4o-mini"
    assert made_with["embedding"] == "openai:text-embedding-3-small"
    assert made_with["library"]["papers"] > 1
    assert made_with["library"]["passages"] >= made_with["library"]["papers"]
    assert made_with["library"]["generation"] >= 1
    assert describe_making(Settings(), viewer=EVERYBODY, asks_chat=False)["chat"] is None
