"""Makers with an API of their own: opened by LangChain's libraries, or told what is missing."""

import sys
from importlib.util import find_spec
from typing import Any

import pytest
from langchain.chat_models import base

from models.chat.capabilities import Capabilities
from models.chat.open import open_chat
from models.connect.choose import Choice, choose_chat
from models.connect.providers import EXTRAS, open_provider
from models.errors import MissingProvider, UnknownModel, WrongProviderSettings

LIBRARIES = {
    "anthropic": ("langchain_anthropic", "ANTHROPIC_API_KEY"),
    "google_genai": ("langchain_google_genai", "GOOGLE_API_KEY"),
    "mistralai": ("langchain_mistralai", "MISTRAL_API_KEY"),
}
PROVIDERS = pytest.mark.parametrize("provider", LIBRARIES)
KEYS = ("ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY", "MISTRAL_API_KEY")
MODEL = "house-model"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def need_library(provider: str) -> None:
    library, _ = LIBRARIES[provider]
    if not find_spec(library):
        pytest.skip(f"{library} is not installed: make {EXTRAS[provider]}")


def opened(provider: str, known: Capabilities | None = None) -> Any:
    return open_provider(
        Choice(provider, MODEL),
        known or Capabilities(),
        temperature=0.1,
        timeout=5,
        most_tokens=1_000,
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestOpen:
    @PROVIDERS
    def test_a_key_opens_it(self, provider: str, monkeypatch: pytest.MonkeyPatch):
        need_library(provider)
        monkeypatch.setenv(LIBRARIES[provider][1], "k")

        client = opened(provider)

        assert MODEL in (getattr(client, "model", ""), getattr(client, "model_name", ""))
        assert client.temperature == 0.1
        assert opened(provider, Capabilities(refused=frozenset({"temperature"}))).temperature != 0.1

    @PROVIDERS
    def test_a_missing_key_is_told_with_its_name(self, provider: str):
        need_library(provider)

        with pytest.raises(
            WrongProviderSettings, match=f"{provider} 모델을 열 수 없습니다"
        ) as told:
            open_chat(Choice(provider, MODEL), timeout=5)

        assert LIBRARIES[provider][1] in str(told.value)
        assert "키를 환경 변수나 .env에" in str(told.value)


class TestMissing:
    @PROVIDERS
    def test_a_missing_library_is_told_with_what_installs_it(
        self, provider: str, monkeypatch: pytest.MonkeyPatch
    ):
        hide(monkeypatch, LIBRARIES[provider][0])

        with pytest.raises(MissingProvider, match=rf"`make {EXTRAS[provider]}`"):
            opened(provider)

    def test_one_without_an_extra_is_told_with_its_package(self, monkeypatch: pytest.MonkeyPatch):
        hide(monkeypatch, "langchain_groq")

        with pytest.raises(MissingProvider, match=r"uv pip install langchain-groq`"):
            opened("groq")

    @pytest.mark.parametrize("name", ["anthropik:x", "house:x"])
    def test_an_unknown_maker_is_told_with_what_is_possible(self, name: str):
        with pytest.raises(UnknownModel, match=r"openai:이름.*anthropic, google") as told:
            open_chat(choose_chat(name), timeout=5)

        assert name in str(told.value)


@pytest.mark.parametrize(
    ("given", "kind"),
    [("claude:x", "anthropic"), ("gemini:x", "google_genai"), ("mistral:x", "mistralai")],
)
def test_a_maker_is_known_by_the_names_in_use(given: str, kind: str):
    assert choose_chat(given) == Choice(kind, "x")


def hide(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Have a library be absent, whether it is installed or not."""
    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
