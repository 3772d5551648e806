"""What went wrong with a model, in words its user can act on."""

from pathlib import Path

from retrieval.errors import UserError


class NoModel(UserError):
    """Neither a key nor the embedded models."""

    def __init__(self) -> None:
        super().__init__(
            "쓸 수 있는 모델이 없습니다. OPENAI_API_KEY를 설정하거나, Ollama 같은 로컬 서버를 켜거나, `make embedded`로 "
            "내장 모델을 설치하세요. (No model: set OPENAI_API_KEY, start a local server such as Ollama, or install "
            "the embedded models with `make embedded`.)"
        )


class WrongProxy(UserError):
    """A variable of the environment that tells of proxies as no client can use them."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"환경 변수 {variable}의 프록시 설정을 쓸 수 없습니다. 값을 고치거나 변수를 지우세요. SOCKS 프록시라면 "
            f"`.venv/bin/uv pip install socksio`로 쓸 수 있게 됩니다. (Correct or unset {variable}; SOCKS proxies need "
            "`socksio`.)"
        )


class UnknownModel(UserError):
    """A model name that says nothing we understand; a chat model may be named in more ways."""

    def __init__(self, name: str, setting: str, *, takes_more: bool) -> None:
        more, english = (
            (
                ", 제공사:이름(anthropic, google, mistral, azure …), GGUF 파일 경로",
                ", PROVIDER:NAME, or the path of a GGUF file",
            )
            if takes_more
            else ("", "")
        )
        super().__init__(
            f"{setting}={name!r}을(를) 이해할 수 없습니다. openai:이름, ollama:이름, lmstudio:이름, vllm:이름, embedded{more} 중 하나를 쓰세요. "
            f"(Use openai:NAME, ollama:NAME, lmstudio:NAME, vllm:NAME, embedded{english}.)"
        )


class NoKey(NoModel):
    """A model of OpenAI's is set, and no key for it."""

    def __init__(self) -> None:
        UserError.__init__(
            self,
            "이 모델을 쓰려면 OPENAI_API_KEY를 설정하세요. 키 없이 쓰려면 MUNHEON_CHAT_MODEL과 MUNHEON_EMBEDDING_MODEL을 "
            "지우거나 embedded로 두세요. (This model needs OPENAI_API_KEY.)",
        )


class NoServedModel(UserError):
    """The server of OPENAI_BASE_URL names no model to take unasked."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"OPENAI_BASE_URL의 서버({address})가 쓸 만한 모델을 알려 주지 않습니다. 서버가 켜져 있는지 보고, "
            "MUNHEON_CHAT_MODEL=openai:이름으로 모델을 정하세요. (The server lists no fit model: name one.)"
        )


class MissingProvider(UserError):
    """The library of a maker of models is not installed."""

    def __init__(self, provider: str, extra: str | None, package: str | None) -> None:
        install = f"make {extra}" if extra else f".venv/bin/uv pip install {package or provider}"
        super().__init__(
            f"{provider} 모델을 쓰려면 그 라이브러리가 필요합니다. `{install}`로 설치하세요. (Install its library.)"
        )


class WrongProviderSettings(UserError):
    """The client of a maker of models cannot be opened: most often its key is missing."""

    def __init__(self, provider: str, said: str) -> None:
        reason = " ".join(said.split())[:200]
        super().__init__(
            f"{provider} 모델을 열 수 없습니다: {reason}. 그 서비스의 키를 환경 변수나 .env에 설정하세요. "
            "(Set the key of the service.)"
        )


class NotRecorded(UserError):
    """A call that a cassette does not hold, and no model to ask instead, for a reason if given."""

    def __init__(self, cassette: Path, reason: UserError | None = None) -> None:
        why = f": {reason}" if reason else "."
        super().__init__(
            f"카세트 {cassette}에 이 모델 호출이 없습니다. 녹음할 때와 같은 질문과 라이브러리로 실행하거나, "
            f"녹음한 모델을 연결하세요{why} "
            "(The cassette holds no such call: repeat the run as it was recorded, or connect the model.)"
        )


class NotPlayable(UserError):
    """A cassette for a model that speaks no API that it can record."""

    def __init__(self, cassette: Path, model: str) -> None:
        super().__init__(
            f"카세트 {cassette}에는 {model}을(를) 녹음할 수 없습니다. openai:이름, ollama:이름이나 내장 모델을 쓰세요. "
            "(Only models behind OpenAI's API can be recorded.)"
        )


class OtherModel(UserError):
    """A cassette of another model than the one that is set."""

    def __init__(self, cassette: Path, recorded: str, chosen: str) -> None:
        super().__init__(
            f"카세트 {cassette}은(는) {recorded}로 녹음했는데 설정은 {chosen}입니다. 설정을 지우거나 다른 카세트를 "
            "쓰세요. (Recorded with another model: unset the setting, or use another cassette.)"
        )


class ModelFailed(UserError):
    """The model could not be reached, or would not answer."""
