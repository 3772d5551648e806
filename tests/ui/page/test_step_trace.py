"""The steps of a question as a page is shown them, and as they are kept."""

from typing import Any
from uuid import uuid4

import pytest

from graph.run import Finished, Run, Started
from nodes.question import Question
from tests.ui.quiet_chainlit import context, init_http_context
from ui.page.step_trace import StepTrace


@pytest.fixture
async def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The steps that the page has been sent, as they were sent last."""
    shown: dict[str, dict[str, Any]] = {}
    init_http_context(thread_id=str(uuid4()))

    async def show(step: dict[str, Any]) -> None:
        shown[step["id"]] = step

    for name in ("send_step", "update_step"):
        monkeypatch.setattr(context.emitter, name, show)
    return shown


async def test_what_is_kept_of_the_steps_is_what_the_page_shows(sent: dict[str, dict[str, Any]]):
    trace = StepTrace(parent=None)
    await trace.start(Started("fallback"))
    assert trace.steps == list(sent.values())
    assert [step["end"] for step in trace.steps] == [None, None]

    await trace.end_early(is_error=True)

    line, step = trace.steps
    assert trace.steps == list(sent.values())
    assert step["parentId"] == line["id"]
    assert line["end"]
    assert step["end"]
    assert line["isError"]
    assert step["isError"]


async def test_a_step_that_ended_says_what_it_did(sent: dict[str, dict[str, Any]]):
    trace, state = StepTrace(parent=None), {"refusal": None, "outcome": "insufficient"}
    await trace.start(Started("fallback"))
    await trace.finish(Finished("fallback", {}), Run(state={**EMPTY, **state}))
    await trace.sum_up("2초")

    line, step = sent.values()
    assert line["name"] == "2초"
    assert step["output"]
    assert step["end"] >= step["start"]


QUESTION = Question(asked="층?", normalised="층?", english="Layers?")
EMPTY: dict[str, Any] = {
    "question": QUESTION,
    "passages": [],
    "evidence": [],
    "citations": [],
    "replaced": [],
}
