"""In which language an answer is wanted, where a message says so: that is no part of what is asked."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from language import catalogue

Language = Literal["Korean", "English"]

CODES: Mapping[Language, catalogue.Language] = {"Korean": "ko", "English": "en"}

SAYS_ENGLISH = re.compile(r"영어|영문|english", re.IGNORECASE)
HANGUL = re.compile(r"[가-힣]")
IN_LANGUAGE = r"(?:영어|영문|한국어|한국말|한글|우리말|국문)(?:으로|로)(?:만|는|도|요)?"
GIVES = r"(?:\s*(?:줘|주|줄|달라|다오|봐|바라|바랍|부탁)[가-힣]*(?:\s*수\s*있[가-힣]*)?)"
DONE = r"(?=\s*(?:[.!?~,:]|$))"
# "답해 줘", "하세요"; "영어로 답한 사람" and "영어로 쓰인 글" want nothing.
DOES = rf"(?:을|를)?\s*(?:해{GIVES}|하여{GIVES}|하(?:세요|시오|십시오|라|렴){DONE}|해(?:요|라|){DONE}|{GIVES})"
ANSWERS = (
    rf"(?:(?:답|답변|대답|말|말씀|이야기|얘기|번역|표현){DOES}"
    rf"|(?:써|적어|바꿔|바꾸어|옮겨|들려)(?:{GIVES}|라{DONE}|요?{DONE})|부탁[가-힣]*)"
)
TELLS = (
    rf"(?:{ANSWERS}|(?:설명|요약|정리|소개|작성){DOES}|(?:알려|보여)(?:{GIVES}|라{DONE}|요?{DONE}))"
)
HOW = r"(?:(?:간단히|간략히|짧게|길게|자세히|쉽게|다시|한\s?번|좀|더|전부|모두)(?:만)?\s+)*"
# What stands before a request that asks for nothing else.
BEFORE = (
    r"(?:(?:그럼|그러면|네|아|음|이제|방금|아까|위|앞|마지막|이|그|이걸|그걸|이거|그거|이것|그것|이번엔|답|답변|대답|내용"
    r"|것|거|다시|한\s?번|좀)(?:의|을|를|은|는|도|만)?[\s,]+)*"
)
PLEASE = r"(?:\s*,?\s*(?:please|again|instead|thanks|thank you))*"
IN_NAMED = rf"\b(?:in|into)\s+(?:english|korean)\b{PLEASE}"
SAY = r"(?:answer|reply|respond|repeat|say|tell|write|put|translate|give)"
ASK_SAY = (
    rf"(?:(?:please|now|and|then|can you|could you|would you)\s+)*"
    rf"(?:{SAY}(?:\s+(?:it|that|this|me|us|your|the|last|answer|reply|again))*\s+)?{IN_NAMED}"
)
# A sentence that wants a language and nothing else; a whole message may want it of the answer before.
ONLY = re.compile(rf"\s*(?:{BEFORE}{IN_LANGUAGE}\s*{HOW}(?:{ANSWERS})?|{ASK_SAY})", re.IGNORECASE)
AGAIN = re.compile(rf"\s*(?:{BEFORE}{IN_LANGUAGE}\s*{HOW}(?:{TELLS})?|{ASK_SAY})", re.IGNORECASE)
# A part of a sentence: "DUS를 영어로 설명해 줘", "층이 몇 개야 in English", "Explain DUS in Korean".
IN_KOREAN_SENTENCE = re.compile(
    rf"(?P<request>{IN_LANGUAGE}\s*(?={HOW}{TELLS})|,?\s*{IN_NAMED}(?=[\s.!?~:]*$))", re.IGNORECASE
)
IN_ENGLISH_SENTENCE = re.compile(
    rf"\s*(?:please\s+)?(?:explain|describe|summari[sz]e|{SAY})\b.*?(?P<request>,?\s*{IN_NAMED})[\s.!?~]*$",
    re.IGNORECASE | re.DOTALL,
)
# A sentence with what ends it.
SENTENCE = re.compile(r"(?:[^.?!\n]|\.(?=\S))+(?:[.?!\n~]+\s*|$)")
ENDS = " .!?~\n"


class Asked(NamedTuple):
    """A message without what it says of its answer's language."""

    question: str
    """Empty where it says nothing else."""

    answer_in: Language | None
    """The language that it wants; None where it does not say."""


def split_request(message: str) -> Asked:
    """What a message asks, and the language that it wants its answer in."""
    if AGAIN.fullmatch(message.rstrip(ENDS)):
        return Asked("", _read_language(message))
    wanted: Language | None = None
    kept = []
    for sentence in SENTENCE.findall(message):
        rest, request = _take_request(sentence)
        kept.append(rest)
        wanted = _read_language(request) if request else wanted
    return Asked(" ".join("".join(kept).split()), wanted) if wanted else Asked(message, None)


def _take_request(sentence: str) -> tuple[str, str]:
    """The rest of a sentence, and the words by which it wants a language."""
    if ONLY.fullmatch(sentence.rstrip(ENDS)):
        return "", sentence
    is_korean = HANGUL.search(sentence)
    found = (IN_KOREAN_SENTENCE if is_korean else IN_ENGLISH_SENTENCE).search(sentence)
    if not found:
        return sentence, ""
    start, end = found.span("request")
    return sentence[:start] + sentence[end:], found["request"]


def _read_language(request: str) -> Language:
    return "English" if SAYS_ENGLISH.search(request) else "Korean"
