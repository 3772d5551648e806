"""Chat models of makers that speak an API of their own, through LangChain's libraries for them."""

import re
from collections.abc import Mapping
from typing import Any

from langchain_core.language_models import BaseChatModel

from models.chat.capabilities import Capabilities
from models.connect.choose import Choice
from models.errors import MissingProvider, UnknownModel, WrongProviderSettings

# The extras that bring the libraries, each with its target in the Makefile.
EXTRAS: Mapping[str, str] = {
    "anthropic": "anthropic",
    "google_genai": "google",
    "mistralai": "mistral",
}
# Clients that open without a key and then ask in vain: where they hold it.
KEYS: Mapping[str, str] = {"anthropic": "anthropic_api_key", "mistralai": "mistral_api_key"}
PACKAGE = re.compile(r"langchain[-_][\w-]+")


def open_provider(
    choice: Choice,
    known: Capabilities,
    *,
    temperature: float,
    timeout: float,
    most_tokens: int,
) -> BaseChatModel:
    """The client of a model; UserError where its library or its key is missing."""
    provider = choice.kind
    from langchain.chat_models import init_chat_model  # half a second that OpenAI's users save

    parameters: dict[str, Any] = {"timeout": timeout, "max_retries": 0, "max_tokens": most_tokens}
    if known.can_take("temperature"):
        parameters["temperature"] = temperature
    try:
        client: BaseChatModel = init_chat_model(choice.name, model_provider=provider, **parameters)
    except ImportError as error:
        package = PACKAGE.search(str(error))
        raise MissingProvider(provider, EXTRAS.get(provider), package and package[0]) from error
    except ValueError as error:
        if "provider" in str(error).lower():
            raise UnknownModel(str(choice), "MUNHEON_CHAT_MODEL", takes_more=True) from error
        raise WrongProviderSettings(provider, str(error)) from error
    except Exception as error:  # each library says in errors of its own that a key is missing
        raise WrongProviderSettings(provider, str(error)) from error
    if provider in KEYS and not getattr(client, KEYS[provider]):
        raise WrongProviderSettings(provider, f"{KEYS[provider].upper()} is not set")
    return client
