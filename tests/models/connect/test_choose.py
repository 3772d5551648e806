"""Which model a setting names, and which is taken where none is named."""

from collections.abc import Callable

import pytest

from models.connect.addresses import read_openai_key
from models.connect.choose import Choice, choose_chat, choose_embedding
from models.errors import NoModel, UnknownModel

BOTH = pytest.mark.parametrize("choose", [choose_chat, choose_embedding])
Choose = Callable[[str | None], Choice]


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the packages of the embedded models."""
    monkeypatch.setattr("models.embedded.gguf.find_spec", lambda name: name)


@BOTH
@pytest.mark.parametrize(
    ("given", "choice"),
    [
        ("openai:gpt-4.1", Choice("openai", "gpt-4.1")),
        ("openai:qwen2:7b", Choice("openai", "qwen2:7b")),
        ("embedded", Choice("embedded")),
    ],
)
def test_a_named_model_is_taken(choose: Choose, given: str, choice: Choice):
    assert choose(given) == choice


@BOTH
@pytest.mark.parametrize(
    "given", ["gpt-4o", "openai:", "openai", "embedded:x", "Azure AI:gpt", ":"]
)
def test_other_names_are_refused_with_what_is_possible(choose: Choose, given: str):
    with pytest.raises(
        UnknownModel, match=r"openai:이름, ollama:이름, lmstudio:이름, vllm:이름"
    ) as refused:
        choose(given)

    assert given in str(refused.value)
    assert ("GGUF" in str(refused.value)) == (choose is choose_chat)


def test_the_message_names_the_setting():
    with pytest.raises(UnknownModel, match="MUNHEON_CHAT_MODEL"):
        choose_chat("x")
    with pytest.raises(UnknownModel, match="MUNHEON_EMBEDDING_MODEL"):
        choose_embedding("x")


def test_a_gguf_file_can_chat_and_not_embed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", "/home/me")

    assert choose_chat("/models/my.gguf") == Choice("gguf", "/models/my.gguf")
    assert choose_chat("~/my.gguf") == Choice("gguf", "/home/me/my.gguf")
    with pytest.raises(UnknownModel):
        choose_embedding("/models/my.gguf")


@pytest.mark.parametrize("unset", [None, ""])
class TestAutomatic:
    def test_with_a_key_it_is_openais(self, unset: str | None, monkeypatch, packages):
        monkeypatch.setenv("OPENAI_API_KEY", "k")

        assert choose_chat(unset) == Choice("openai", "gpt-4o-mini")
        assert choose_embedding(unset) == Choice("openai", "text-embedding-3-small")

    @pytest.mark.parametrize("key", [None, ""])
    def test_without_one_it_is_the_embedded(self, unset, key, monkeypatch, packages):
        if key is not None:
            monkeypatch.setenv("OPENAI_API_KEY", key)

        assert choose_chat(unset) == choose_embedding(unset) == Choice("embedded")

    def test_without_either_both_ways_are_told(self, unset: str | None, no_packages):
        for choose in (choose_chat, choose_embedding):
            with pytest.raises(NoModel, match=r"OPENAI_API_KEY.*make embedded"):
                choose(unset)


def test_a_choice_is_written_as_it_is_set():
    assert str(Choice("openai", "gpt-4o")) == "openai:gpt-4o"
    assert str(Choice("embedded")) == "embedded"


class TestKey:
    def test_it_is_the_environments(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("OPENAI_API_KEY", "k")

        assert read_openai_key() == "k"

    def test_a_server_of_ones_own_needs_none(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:11434/v1")

        assert read_openai_key()

    def test_openai_does(self):
        with pytest.raises(NoModel):
            read_openai_key()


@pytest.mark.parametrize("blank", ["  ", "\n", '""', " '' "])
def test_a_key_of_blanks_is_none(blank: str, packages: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", blank)
    monkeypatch.setattr("models.connect.choose.find_served", lambda: ())

    assert choose_chat(None) == choose_embedding(None) == Choice("embedded")
    with pytest.raises(NoModel):
        read_openai_key()
