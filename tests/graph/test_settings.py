"""Settings come from the environment, then from .env; those that make no sense are named."""

import os
from pathlib import Path

import pytest

from graph.settings import Settings, load_settings
from retrieval.errors import UserError


def test_every_setting_has_a_default(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MUNHEON_HOME")

    assert load_settings() == Settings(
        chat_model=None,
        embedding_model=None,
        home=Path("data"),
        chroma_url=None,
        timeout=60,
        profile="auto",
    )


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:gpt-4.1")
    monkeypatch.setenv("MUNHEON_HOME", "/papers")
    monkeypatch.setenv("MUNHEON_TIMEOUT", "2.5")
    monkeypatch.setenv("MUNHEON_PROFILE", "")

    settings = load_settings()

    assert settings.chat_model == "openai:gpt-4.1"
    assert settings.home == Path("/papers")
    assert settings.timeout == 2.5
    assert settings.profile == "auto"


def test_a_file_sets_what_the_environment_does_not(monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "MUNHEON_TIMEOUT"):  # so that they go when the test ends
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("MUNHEON_PROFILE", "small")
    Path(".env").write_text(
        "# 설정\nMUNHEON_TIMEOUT=5\nMUNHEON_PROFILE=strong\nOPENAI_API_KEY=k\nOTHER=1\n", "utf-8"
    )
    monkeypatch.setenv("OTHER", "2")

    settings = load_settings()

    assert (settings.timeout, settings.profile) == (5, "small")
    assert os.environ["OPENAI_API_KEY"] == "k"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MUNHEON_TIMEOUT", "soon"),
        ("MUNHEON_TIMEOUT", "0"),
        ("MUNHEON_TIMEOUT", "-1"),
        ("MUNHEON_PROFILE", "never"),
    ],
)
def test_one_that_makes_no_sense_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)

    with pytest.raises(UserError, match=rf"올바르지 않습니다: {name}\."):
        load_settings()


def test_a_file_with_a_mark_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MUNHEON_TIMEOUT", "")
    monkeypatch.delenv("MUNHEON_TIMEOUT")
    Path(".env").write_text("MUNHEON_TIMEOUT=7\n", "utf-8-sig")

    assert load_settings().timeout == 7


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_file_is_read_in_the_encodings_of_windows(encoding: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MUNHEON_HOME")
    Path(".env").write_bytes("# 설정\r\nMUNHEON_HOME=논문\r\n".encode(encoding))

    assert load_settings().home == Path("논문")
    monkeypatch.delenv("MUNHEON_HOME")


def test_a_file_in_an_encoding_that_is_not_clear_is_told():
    Path(".env").write_bytes("MUNHEON_HOME=논문\n".encode("utf-16-le"))

    with pytest.raises(UserError, match="UTF-8"):
        load_settings()


def test_the_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MUNHEON_HOME", "~/papers")

    assert load_settings().home == Path.home() / "papers"
