"""Eval with a cassette: a run is repeated without a model, and one that cannot be is told."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from models.cassettes.cassette import Cassette
from models.errors import NotRecorded
from retrieval.errors import UserError
from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import GOLD, assert_told, munheon, objects, printed, question_file
from ui.command.evaluating import stop_at_fault

pytestmark = pytest.mark.usefixtures("home")


def untimed(figures: dict[str, Any]) -> dict[str, Any]:
    """Without what a run that is played has in another way: its seconds, and its cost."""
    others = {"first_token", "total", "usd"}
    return {name: value for name, value in figures.items() if name not in others}


def traces(html: Path) -> str:
    """The questions of a page, below its figures."""
    return html.read_text("utf-8").partition("<h2>질문</h2>")[2]


@pytest.mark.parametrize("kind", ["--answers", "--retrieval", "--ladder"])
def test_a_run_is_repeated_without_a_model(
    openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    path = question_file(tmp_path, {**GOLD, "question_en": "How many layers has SOLAR?"})
    run = ("eval", path, kind, "--cassette", tmp_path / "run.jsonl")
    [plain] = objects("eval", path, kind, "--json")
    [recorded] = objects(*run, "--json")
    openai.close()
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")

    [played] = objects(*run, "--json")

    calls = recorded.pop("cassette")["recorded"]
    assert calls > 0
    assert played.pop("cassette") == {"played": calls, "recorded": 0, "missed": 0}
    assert untimed(played) == untimed(recorded) == untimed(plain)
    assert f"모델 호출 {calls}번 재생, 0번 녹음" in printed(*run)
    assert "재생의 시간" in printed(*run)


@pytest.mark.usefixtures("no_packages")
def test_a_page_is_the_same_when_it_is_played(
    openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, html = question_file(tmp_path, GOLD), tmp_path / "run.html"
    run = ("eval", path, "--html", html, "--cassette", tmp_path / "run.jsonl")
    printed(*run)
    recorded = traces(html)
    openai.close()
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")

    printed(*run)

    assert traces(html) == recorded
    assert "SOLAR has 48 layers." in recorded

    other = question_file(tmp_path, {**GOLD, "question": "Gemma는?"})
    assert_told(munheon("eval", other, "--cassette", tmp_path / "run.jsonl"), "no such call")


def test_a_run_that_its_cassette_failed_leaves_nothing_open(tmp_path: Path):
    closed: list[bool] = []

    def records() -> Generator[dict[str, Any], None, None]:
        try:
            yield {}
        finally:
            closed.append(True)

    cassette = Cassette(tmp_path / "run.jsonl")
    cassette.fault = NotRecorded(Path("lacking"))
    with pytest.raises(UserError, match="lacking"):
        list(stop_at_fault(records(), cassette))

    assert closed == [True]


def test_a_cassette_of_another_model_is_told(
    openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run = ("eval", question_file(tmp_path, GOLD), "--cassette", tmp_path / "run.jsonl")
    printed(*run)
    monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:gpt-4o")

    assert_told(munheon(*run), "openai:gpt-4o-mini로 녹음했는데 설정은 openai:gpt-4o입니다")
