"""What the header and the form show, and in which language the chat speaks."""

import pytest

from tests.ui import quiet_chainlit  # noqa: F401
from ui.preferences.form import OWN_MODEL, make_form, read_form
from ui.preferences.header import CHANGED, compose_header, describe_changed
from ui.preferences.preferences import Preferences
from ui.preferences.speaking import choose_language


@pytest.mark.parametrize(
    ("setting", "browser", "language"),
    [
        ("auto", "ko", "ko"),
        ("auto", "ko-KR", "ko"),
        ("auto", "KO-kr", "ko"),
        ("auto", "en-US", "en"),
        ("auto", "kok-IN", "en"),
        ("auto", "", "en"),
        ("ko", "en-US", "ko"),
        ("en", "ko-KR", "en"),
    ],
)
def test_the_chosen_language_goes_before_the_browsers(setting, browser: str, language: str):
    assert choose_language(setting, browser) == language


def test_the_header_tells_model_and_library():
    assert compose_header(model="gpt-4o-mini", papers=8) == "gpt-4o-mini · 논문 8편"
    assert compose_header(model="m", papers=8, scope="논문 2편만") == "m · 논문 2편만"
    assert compose_header(model="m", papers=1, note="여는 중…") == "m · 논문 1편 · 여는 중…"


def test_every_preference_that_is_no_default_is_told():
    chosen = Preferences(
        model="embedded", passages=3, bm25_weight=0.25, searches=4, length="full", steps="open"
    )

    assert describe_changed(chosen) == [
        "모델 바꿈",
        "구절 3개",
        "낱말(BM25) 0.25",
        "검색 4번까지",
        "자세한 답",
        "과정 펼쳐 두기",
    ]
    assert describe_changed(Preferences(language="en")) == []
    assert set(Preferences.model_fields) - set(CHANGED) == {"language", "scope"}


def test_a_form_that_is_sent_as_it_was_filled_in_changes_nothing():
    for chosen in (Preferences(), Preferences(model="embedded", passages=3, length="full")):
        form = make_form(chosen, own="gpt-4o-mini", offered=["openai:gpt-4o"])

        assert Preferences.accept(read_form(form.settings())) == chosen


def test_the_form_offers_the_own_model_first_and_the_chosen_one_always():
    form = make_form(Preferences(model="ollama:away"), own="gpt-4o-mini", offered=["openai:gpt-4o"])

    items = form.inputs[0].items
    assert list(items.values()) == [OWN_MODEL, "openai:gpt-4o", "ollama:away"]
    assert "gpt-4o-mini" in next(iter(items))


@pytest.mark.parametrize("sent", [None, [], "x", 3])
def test_what_is_no_form_is_taken_for_an_empty_one(sent: object):
    assert read_form(sent) == {}
