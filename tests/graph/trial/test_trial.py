"""A trial settles how a model is asked best, by what it does with tasks whose answers are known."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from graph.open import choose_profile, open_model, try_settled_model
from graph.settings import Settings
from graph.trial.tasks import TASKS, read_long_text
from graph.trial.trial import TaskResult, settle_profile
from language.catalogue import Text
from models.chat.adaptive_chat import AdaptiveChat
from models.chat.capabilities import Capabilities
from models.errors import ModelFailed
from tests.fake_openai import Exchange
from tests.servers import habits
from tests.servers.able import AbleServer
from tests.servers.habits import THINKING, refuse, rewords
from tests.treatments import refuses, says

ESSENTIAL = [task for task in TASKS if task.is_essential]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[AbleServer]:
    """A server of a model that nobody knows."""
    monkeypatch.setattr("models.tries.FIRST_WAIT", 0.001)
    server = AbleServer()
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:house-model")
    yield server
    server.close()


def gateway(exchange: Exchange) -> None:
    """Refuse the temperature, and `stream_options` as well."""
    if "temperature" in exchange.asked.body:
        refuse(exchange, "temperature is not allowed", param="temperature")
    else:
        habits.refuses_extra_fields(exchange)


def names_all(said: str) -> str:
    return '{"sentences": [1, 2, 3]}'


def tried(server: AbleServer, **more: Any) -> tuple[AdaptiveChat, dict[str, bool]]:
    """The model after a trial, and which tasks it has done."""
    model = open_model(Settings())
    results = try_settled_model(Settings(), model, **more)
    return model, {result.task.name: result.is_done for result in results}


# What a server does to every chat, the tasks that fail, and what is known of the model then.
MODELS: dict[str, tuple[Any, set[str], Capabilities]] = {
    "one that does all": (habits.replies_with(), set(), Capabilities()),
    "one that thinks in tags": (
        rewords(lambda said: THINKING + said),
        set(),
        Capabilities(),
    ),
    "one that thinks with an end alone": (
        rewords(lambda said: THINKING.removeprefix("<think>") + said),
        set(),
        Capabilities(thinks_unopened=True),
    ),
    "one without schemas": (habits.refuses_objects, set(), Capabilities(structure="json")),
    "one behind a gateway": (
        gateway,
        set(),
        Capabilities(refused=frozenset({"temperature", "stream_options"})),
    ),
    "one that names all sentences": (rewords(names_all, "grade"), {"select", "select_none"}, Capabilities()),
    "one that loses names": (rewords(lambda said: "How deep is it?", "translate"), {"translate"}, Capabilities()),
    "one that stays Korean": (rewords(lambda said: "SOLAR 10.7B의 layer는?", "translate"), {"translate"}, Capabilities()),
    "one that cites all": (rewords(lambda said: f"{said} [2]", "answer"), {"answer"}, Capabilities()),
    "one that answers in English": (rewords(lambda said: "It has 48 layers [1].", "answer"), {"answer", "refuse", "cell"}, Capabilities()),
    "one that forgets the beginning": (rewords(lambda said: "7395", "trial"), {"long_text", "system", "stream"}, Capabilities(window=2_048)),
}  # fmt: skip


@pytest.mark.parametrize(("habit", "failed", "known"), MODELS.values(), ids=MODELS)
def test_a_trial_finds_out_what_a_model_does(
    server: AbleServer, habit: Any, failed: set[str], known: Capabilities
):
    server.always["chat"] = habit

    model, done = tried(server)

    assert {name for name, is_done in done.items() if not is_done} == failed
    is_strong = not any(task.name in failed for task in ESSENTIAL)
    found = model.memory.known
    assert found.profile == ("strong" if is_strong else "small")
    assert found.is_measured
    assert (found.refused, found.structure, found.window, found.thinks_unopened) == (
        known.refused,
        known.structure,
        known.window,
        known.thinks_unopened,
    )


def test_its_result_is_kept_and_the_next_opening_asks_nothing(server: AbleServer):
    lines: list[Text] = []
    first = choose_profile(Settings(), open_model(Settings()), on_line=lines.append)
    asked = len(server.requests)

    again = choose_profile(Settings(), open_model(Settings()), on_line=lines.append)

    assert first == again == "strong"
    assert len(server.requests) == asked == sum(task.is_first for task in TASKS)
    assert len(lines) == 1
    assert "house-model" in lines[0].write()


def test_a_profile_that_is_set_needs_no_trial(server: AbleServer):
    assert choose_profile(Settings(profile="small"), open_model(Settings())) == "small"
    assert server.requests == []


def test_a_server_that_is_down_is_told_and_nothing_is_kept(
    server: AbleServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    with pytest.raises(ModelFailed, match=r"연결할 수 없습니다.*OPENAI_BASE_URL"):
        tried(server)

    assert open_model(Settings()).memory.known == Capabilities()


@pytest.mark.parametrize("status", [429, 500])
def test_a_busy_server_is_not_held_against_its_model(server: AbleServer, status: int):
    server.always["answer"] = refuses(status)

    with pytest.raises(ModelFailed, match=r"다시 시도"):
        tried(server)

    assert open_model(Settings()).memory.known.profile is None


def test_a_task_that_fails_alone_says_why_and_the_rest_goes_on(server: AbleServer):
    server.always["trial"] = refuses(500)

    results = try_settled_model(Settings(), open_model(Settings()))

    reasons = {result.task.name: result.reason for result in results if result.reason}
    assert set(reasons) == {"long_text", "system", "stream"}
    assert all("서버에 오류" in reason for reason in reasons.values())
    assert all(result.seconds > 0 for result in results)


def test_tasks_are_told_as_they_are_done(server: AbleServer):
    told: list[TaskResult] = []

    tried(server, on_result=told.append)

    assert [result.task.name for result in told] == [task.name for task in TASKS]


def test_a_long_text_is_not_tried_where_the_window_is_known(server: AbleServer):
    too_long = "This model's maximum context length is 8192 tokens."
    server.always["translate"] = lambda exchange: refuse(exchange, too_long)

    model, done = tried(server, first=True)

    assert done["translate"] is False
    assert model.memory.known.window == 8_192
    server.always.clear()
    _, done = tried(server)
    assert "long_text" in done  # what was known is measured anew


def test_a_window_that_is_set_counts_as_long_as_it_is_set(server: AbleServer):
    settings = Settings(context_tokens=5_000)
    model = open_model(settings)

    try_settled_model(settings, model)

    assert model.memory.known.window == 5_000
    assert open_model(Settings()).memory.known.window is None
    assert open_model(Settings()).memory.known.is_measured


@pytest.mark.parametrize("missed", [None, *ESSENTIAL], ids=lambda task: task and task.name)
def test_what_a_profile_cannot_do_without_settles_it(missed: Any):
    results = [TaskResult(task, is_done=task is not missed, seconds=1) for task in ESSENTIAL]
    comfort = TaskResult(TASKS[-1], is_done=False, seconds=1)

    assert settle_profile([*results, comfort]) == ("small" if missed else "strong")


def test_a_long_text_is_long(server: AbleServer):
    tried(server)

    [asked] = [one for one in server.requests if one.text.startswith("The first code")]
    assert len(re.findall(r"\w+", asked.text)) > 2_048
    assert any(task.perform is read_long_text for task in TASKS)


def test_an_empty_reply_is_no_deed(server: AbleServer):
    server.always["chat"] = says("")

    model, done = tried(server)

    assert not any(done.values())
    assert model.memory.known.profile == "small"
