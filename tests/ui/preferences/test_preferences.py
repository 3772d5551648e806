"""What a reader can choose: within limits, whatever a page sends."""

import json

import pytest

from graph.settings import Settings
from nodes.state import RunOptions
from ui.preferences.preferences import Preferences, WrongPreferences, apply_model


def test_nothing_chosen_is_what_the_graph_does_by_itself():
    assert Preferences().options == RunOptions()
    assert Preferences().changed == {}


def test_what_is_chosen_reaches_the_graph():
    chosen = Preferences.accept(
        {"passages": 3, "bm25_weight": 0.2, "searches": 5, "length": "full", "steps": "open"}
    )

    assert chosen.options == RunOptions(passages=3, bm25_weight=0.2, searches=5, length="full")
    assert chosen.steps == "open"


@pytest.mark.parametrize(
    "sent",
    [
        '{"passages": 0}',
        '{"passages": 31}',
        '{"passages": 1e400}',
        '{"passages": null}',
        '{"bm25_weight": -0.1}',
        '{"bm25_weight": NaN}',
        '{"searches": [2]}',
        '{"length": "endless"}',
        '{"steps": {}}',
        '{"language": "de"}',
        '{"model": 7}',
        '["passages"]',
        "null",
    ],
)
def test_what_is_outside_of_the_limits_is_refused(sent: str):
    with pytest.raises(WrongPreferences):
        Preferences.accept(json.loads(sent))


def test_what_was_kept_and_fits_no_longer_falls_back_to_its_default_alone():
    kept = {"passages": 500, "length": "full", "gone": 1}

    assert Preferences.restore(kept) == Preferences(length="full")


def test_what_is_set_for_the_servers_own_model_is_not_said_of_another():
    settings = Settings(chat_model="openai:own", profile="strong", context_tokens=4_000)

    assert apply_model(settings, None) is settings
    other = apply_model(settings, "embedded")
    assert (other.chat_model, other.profile, other.context_tokens) == ("embedded", "auto", None)
