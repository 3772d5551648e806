"""What went wrong with a model, in words its user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openai
from langchain_core.exceptions import OutputParserException
from pydantic import ValidationError

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


class BadReply(Exception):
    """The model answered, but not with what was asked for; worth another try."""


class BrokenStream(Exception):
    """The connection broke in mid-answer; worth another try."""


class EmbeddingFault(Exception):
    """Embeddings that are not to be had or not to be trusted; the message is shown as it stands."""


UNUSABLE = (
    BadReply,
    OutputParserException,
    ValidationError,
    openai.LengthFinishReasonError,
    openai.ContentFilterFinishReasonError,
)

MESSAGES: list[tuple[type[Exception] | tuple[type[Exception], ...], str]] = [
    (
        openai.AuthenticationError,
        "API 키가 올바르지 않습니다. OPENAI_API_KEY를 확인하세요. (The API key was refused.)",
    ),
    (
        openai.PermissionDeniedError,
        "이 API 키로는 이 모델을 쓸 수 없습니다. 계정의 권한을 확인하세요. (The key may not use this model.)",
    ),
    (
        openai.NotFoundError,
        "모델을 찾을 수 없습니다. MUNHEON_CHAT_MODEL과 MUNHEON_EMBEDDING_MODEL의 이름을 확인하세요. (No such model.)",
    ),
    (
        openai.RateLimitError,
        "모델 서버의 사용 한도를 넘었습니다. 잠시 후 다시 시도하거나 요금제와 잔액을 확인하세요. (Rate limit or quota.)",
    ),
    (
        openai.APITimeoutError,
        "모델 서버가 제시간에 답하지 않았습니다. 잠시 후 다시 시도하거나 MUNHEON_TIMEOUT을 늘리세요. (The model timed out.)",
    ),
    (
        openai.BadRequestError,
        "모델 서버가 요청을 받아들이지 않았습니다. 질문을 줄이거나 모델 이름을 확인하세요. (The request was refused.)",
    ),
    (
        openai.InternalServerError,
        "모델 서버에 오류가 났습니다. 잠시 후 다시 시도하세요. (The model server failed.)",
    ),
    (
        openai.APIConnectionError,
        "모델 서버에 연결할 수 없습니다. 네트워크와 OPENAI_BASE_URL을 확인하세요. (The model cannot be reached.)",
    ),
    (
        BrokenStream,
        "모델 서버와의 연결이 끊겼습니다. 잠시 후 다시 시도하세요. (The connection broke.)",
    ),
    (
        UNUSABLE,
        "모델이 알아볼 수 없는 답을 보냈습니다. 다시 시도하거나 다른 모델을 쓰세요. (The model sent no usable reply.)",
    ),
    (
        openai.OpenAIError,
        "모델을 부르지 못했습니다. 설정을 확인하고 다시 시도하세요. (The model call failed.)",
    ),
]


# All that `explain_fault` has words for.
MODEL_FAULTS = (openai.OpenAIError, BrokenStream, EmbeddingFault, *UNUSABLE)

WRONG_SETTINGS = (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError)
# How servers say that an account is empty; the status is that of OpenRouter and DeepSeek.
NO_CREDIT_STATUS = 402
NO_CREDIT_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}


def explain_fault(fault: Exception) -> ModelFailed:
    """What to tell the user about one of MODEL_FAULTS."""
    if isinstance(fault, EmbeddingFault):
        return ModelFailed(str(fault))
    return ModelFailed(next(words for kinds, words in MESSAGES if isinstance(fault, kinds)))


def is_passing_fault(error: Exception) -> bool:
    """Whether the same call may well succeed when it is made again at once.

    HTTP faults are not: the client has already tried them again, backing off.
    """
    return isinstance(error, (*UNUSABLE, BrokenStream))


def is_final_fault(error: Exception) -> bool:
    """Whether every further call would fail as this one did: key, model or credit are wrong."""
    if isinstance(error, openai.APIStatusError) and error.status_code == NO_CREDIT_STATUS:
        return True
    return isinstance(error, WRONG_SETTINGS) or getattr(error, "code", None) in NO_CREDIT_CODES
