"""What went wrong with a model, in words its user can act on."""

from pathlib import Path

from retrieval.errors import UserError


class NoModel(UserError):
    """Neither a key nor the embedded models."""

    def __init__(self) -> None:
        super().__init__("chat_models.no_model")


class WrongProxy(UserError):
    """A variable of the environment that tells of proxies as no client can use them."""

    def __init__(self, variable: str) -> None:
        super().__init__("chat_models.wrong_proxy", variable=variable)


class UnknownModel(UserError):
    """A model name that says nothing we understand; a chat model may be named in more ways."""

    def __init__(self, name: str, setting: str, *, takes_more: bool) -> None:
        key = "chat_models.unknown_chat_model" if takes_more else "chat_models.unknown_model"
        super().__init__(key, setting=setting, name=repr(name))


class NoKey(NoModel):
    """A model of OpenAI's is set, and no key for it."""

    def __init__(self) -> None:
        UserError.__init__(self, "chat_models.no_key")


class NoServedModel(UserError):
    """The server of OPENAI_BASE_URL names no model to take unasked."""

    def __init__(self, address: str) -> None:
        super().__init__("chat_models.no_served_model", address=address)


class MissingProvider(UserError):
    """The library of a maker of models is not installed."""

    def __init__(self, provider: str, extra: str | None, package: str | None) -> None:
        install = f"make {extra}" if extra else f".venv/bin/uv pip install {package or provider}"
        super().__init__("chat_models.missing_provider", provider=provider, install=install)


class WrongProviderSettings(UserError):
    """The client of a maker of models cannot be opened: most often its key is missing."""

    def __init__(self, provider: str, said: str) -> None:
        reason = " ".join(said.split())[:200]
        super().__init__("chat_models.wrong_provider_settings", provider=provider, reason=reason)


class NotRecorded(UserError):
    """A call that a cassette does not hold, and no model to ask instead, for a reason if given."""

    def __init__(self, cassette: Path, reason: UserError | None = None) -> None:
        if reason is None:
            super().__init__("chat_models.not_recorded", cassette=cassette)
            return
        super().__init__("chat_models.not_recorded_because", cassette=cassette, reason=reason)


class NotPlayable(UserError):
    """A cassette for a model that speaks no API that it can record."""

    def __init__(self, cassette: Path, model: str) -> None:
        super().__init__("chat_models.not_playable", cassette=cassette, model=model)


class OtherModel(UserError):
    """A cassette of another model than the one that is set."""

    def __init__(self, cassette: Path, recorded: str, chosen: str) -> None:
        super().__init__(
            "chat_models.other_model", cassette=cassette, recorded=recorded, chosen=chosen
        )


class ModelFailed(UserError):
    """The model could not be reached, or would not answer."""
