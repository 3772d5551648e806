"""What went wrong with a model, in words its user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import UserError


class NoModel(UserError):
    """Neither a key nor the embedded models."""

    def __init__(self) -> None:
        super().__init__(
            "쓸 수 있는 모델이 없습니다. OPENAI_API_KEY를 설정하거나 `make embedded`로 내장 모델을 설치하세요. "
            "(No model: set OPENAI_API_KEY, or install the embedded models with `make embedded`.)"
        )


class WrongConnection(UserError):
    """An address or a proxy that no client can use."""

    def __init__(self) -> None:
        super().__init__(
            "모델 서버로 가는 길의 설정이 올바르지 않습니다. OPENAI_BASE_URL과 프록시(HTTP_PROXY, HTTPS_PROXY, ALL_PROXY)를 "
            "확인하세요. (Check OPENAI_BASE_URL and the proxies; SOCKS proxies need `socksio`.)"
        )


@contextmanager
def explain_connection() -> Iterator[None]:
    """While a client is made: WrongConnection for a proxy that it does not know."""
    try:
        yield
    except (ImportError, ValueError) as error:
        raise WrongConnection from error


class UnknownModel(UserError):
    """A model name that says nothing we understand; a chat model may be a GGUF file as well."""

    def __init__(self, name: str, setting: str, *, takes_file: bool) -> None:
        file, english = (
            (", GGUF 파일 경로", ", or the path of a GGUF file") if takes_file else ("", "")
        )
        super().__init__(
            f"{setting}={name!r}을(를) 이해할 수 없습니다. openai:이름, embedded{file} 중 하나를 쓰세요. "
            f"(Use openai:NAME, embedded{english}.)"
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


class OtherModel(UserError):
    """A cassette of another model than the one that is set."""

    def __init__(self, cassette: Path, recorded: str, chosen: str) -> None:
        super().__init__(
            f"카세트 {cassette}은(는) {recorded}로 녹음했는데 설정은 {chosen}입니다. 설정을 지우거나 다른 카세트를 "
            "쓰세요. (Recorded with another model: unset the setting, or use another cassette.)"
        )


class ModelFailed(UserError):
    """The model could not be reached, or would not answer."""
