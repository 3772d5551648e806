"""Every fault of a model has words that its user can act on."""

import re
from importlib import import_module

import openai
import pytest
from langchain_core.exceptions import OutputParserException
from pydantic import BaseModel, ValidationError

from models.errors import ModelFailed
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, BadReply, is_final_fault, is_passing_fault
from retrieval.errors import UserError

# The HTTP library that openai is made with: httpx, or since version 3 httpx2.
HTTP = import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])
REQUEST = HTTP.Request("POST", "http://127.0.0.1/v1")


def status(
    kind: type[openai.APIStatusError], number: int, code: str | None = None
) -> openai.APIStatusError:
    return kind("no", response=HTTP.Response(number, request=REQUEST), body={"code": code})


def invalid() -> ValidationError:
    class Wanted(BaseModel):
        number: int

    with pytest.raises(ValidationError) as error:
        Wanted.model_validate({})
    return error.value


FAULTS = {
    "wrong key": (status(openai.AuthenticationError, 401), "API 키가 올바르지 않습니다"),
    "forbidden": (status(openai.PermissionDeniedError, 403), "이 API 키로는"),
    "no such model": (status(openai.NotFoundError, 404), "모델을 찾을 수 없습니다"),
    "rate limit": (status(openai.RateLimitError, 429), "사용 한도"),
    "bad request": (status(openai.BadRequestError, 400), "요청을 받아들이지"),
    "server error": (status(openai.InternalServerError, 500), "서버에 오류"),
    "another status": (status(openai.UnprocessableEntityError, 422), "요청을 받아들이지"),
    "time-out": (openai.APITimeoutError(REQUEST), "제시간에"),
    "no connection": (openai.APIConnectionError(request=REQUEST), "연결할 수 없습니다"),
    "anything of openai's": (openai.OpenAIError("?"), "서버에 오류가 났습니다: “?”"),
    "empty reply": (BadReply("empty"), "알아볼 수 없는 답"),
    "no JSON": (OutputParserException("no JSON"), "알아볼 수 없는 답"),
    "other JSON": (invalid(), "알아볼 수 없는 답"),
}


@pytest.mark.parametrize(("fault", "words"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_told_in_korean_with_what_to_do(fault: Exception, words: str):
    assert isinstance(fault, MODEL_FAULTS)

    told = explain_fault(fault)

    assert isinstance(told, ModelFailed)
    assert isinstance(told, UserError)
    assert words in str(told)
    assert re.search(r"(하세요|쓰세요|늘리세요)\. \([A-Z].*\)$", str(told))
    assert "\n" not in str(told)


@pytest.mark.parametrize(
    ("name", "passing"),
    [
        ("empty reply", True),
        ("no JSON", True),
        ("other JSON", True),
        ("wrong key", False),
        ("rate limit", False),
        ("time-out", False),
        ("server error", False),
    ],
)
def test_only_what_the_client_has_not_tried_again_is(name: str, passing: bool):
    assert is_passing_fault(FAULTS[name][0]) is passing


@pytest.mark.parametrize(
    ("fault", "final"),
    [
        (FAULTS["wrong key"][0], True),
        (FAULTS["forbidden"][0], True),
        (FAULTS["no such model"][0], True),
        (status(openai.RateLimitError, 429, code="insufficient_quota"), True),
        (status(openai.APIStatusError, 402), True),
        (FAULTS["rate limit"][0], False),
        (FAULTS["bad request"][0], False),
        (FAULTS["server error"][0], False),
        (FAULTS["time-out"][0], False),
        (FAULTS["empty reply"][0], False),
    ],
)
def test_a_wrong_key_or_model_and_no_credit_stay_so(fault: Exception, final: bool):
    assert is_final_fault(fault) is final


@pytest.mark.parametrize("bug", [KeyError("x"), AssertionError(), TypeError("x")])
def test_bugs_are_not_explained_away(bug: Exception):
    assert not isinstance(bug, MODEL_FAULTS)
    assert not is_passing_fault(bug)
