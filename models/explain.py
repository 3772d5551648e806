"""What to tell a person about a fault of a model server: what it was, and what to do."""

import re
from collections.abc import Mapping

from models.errors import ModelFailed
from models.faults import EmbeddingFault, Fault, FaultKind, read_fault

# Servers repeat a wrong key in part.
KEY = re.compile(r"\b(?:sk|gsk|key|AIza)[-_*\w]{6,}")

SENTENCES: Mapping[FaultKind, str] = {
    "key": "API 키가 올바르지 않습니다. OPENAI_API_KEY(또는 그 서비스의 키)를 확인하세요. (The API key was refused.)",
    "forbidden": "이 API 키로는 이 모델을 쓸 수 없습니다. 계정의 권한을 확인하세요. (The key may not use this model.)",
    "no_model": "모델을 찾을 수 없습니다. `munheon models`로 쓸 수 있는 이름을 보고 MUNHEON_CHAT_MODEL과 "
    "MUNHEON_EMBEDDING_MODEL을 확인하세요. (No such model.)",
    "credit": "모델 서버의 사용 한도를 넘었습니다. 요금제와 잔액을 확인하세요. (Quota or credit.)",
    "rate": "모델 서버의 사용 한도를 넘었습니다. {wait} 다시 시도하거나 요금제를 확인하세요. (Rate limit.)",
    "timeout": "모델 서버가 제시간에 답하지 않았습니다. 잠시 후 다시 시도하거나 MUNHEON_TIMEOUT을 늘리세요. (The model timed out.)",
    "too_long": "모델이 한 번에 읽을 수 있는 길이를 넘었습니다. 질문을 줄이거나, 더 긴 글을 읽는 모델을 쓰거나, 그 길이를 "
    "MUNHEON_CONTEXT_TOKENS로 알려 주세요. (Too long for the model.)",
    "filtered": "모델 서버의 내용 필터가 이 질문이나 근거를 막았습니다. 질문을 바꾸거나 다른 모델을 쓰세요. (Stopped by a content filter.)",
    "refused": "모델 서버가 요청을 받아들이지 않았습니다. 모델 이름과 서버 설정을 확인하고, `munheon models test`로 무엇을 받아들이는지 시험하세요. "
    "(The request was refused.)",
    "server": "모델 서버에 오류가 났습니다. {wait} 다시 시도하세요. (The model server failed.)",
    "unreachable": "모델 서버에 연결할 수 없습니다. 서버가 켜져 있는지(Ollama라면 `ollama serve`), 네트워크와 주소(OPENAI_BASE_URL, "
    "OLLAMA_HOST)가 맞는지 확인하세요. "
    "(The model cannot be reached.)",
    "broken": "모델 서버와의 연결이 끊겼습니다. 잠시 후 다시 시도하세요. (The connection broke.)",
    "web_page": "이 주소는 모델 서버의 것이 아닙니다. OPENAI_BASE_URL이 /v1로 끝나는 API 주소인지, 로그인이 필요한 "
    "네트워크가 아닌지 확인하세요. (The address is no model server's.)",
    "unusable": "모델이 알아볼 수 없는 답을 보냈습니다. 다시 시도하거나 다른 모델을 쓰세요. (The model sent no usable reply.)",
}
# Of these the server's own words say more than ours; the rest say all, or quote a whole page.
WORDS_HELP: frozenset[FaultKind] = frozenset(
    {
        "refused",
        "server",
        "broken",
        "too_long",
        "filtered",
        "rate",
        "credit",
        "no_model",
        "forbidden",
    }
)


def explain_fault(error: Exception) -> ModelFailed:
    """What to tell the user about one of MODEL_FAULTS, with the server's own sentence."""
    told = str(error) if isinstance(error, EmbeddingFault) else write_fault(read_fault(error))
    return ModelFailed(told)


def write_fault(fault: Fault) -> str:
    """A fault as a sentence that says what to do."""
    wait = f"{fault.retry_after:,.0f}초 뒤에" if fault.retry_after else "잠시 후"
    sentence = SENTENCES[fault.kind].format(wait=wait)
    if fault.kind not in WORDS_HELP or not fault.words:
        return sentence
    what, rest = sentence.split(". ", 1)
    return f"{what}: “{KEY.sub('***', fault.words)}”. {rest}"
