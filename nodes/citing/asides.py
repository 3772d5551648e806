"""What models say beside an answer: courtesies, labels, notes, lists of their sources."""

import re
from collections.abc import Iterable, Mapping

from language.figures import find_figures
from language.names import is_in_name
from nodes.citing.marks import LABEL, POWERS
from nodes.fallback import INSUFFICIENT

# Signs around words that say nothing: of headings, lists, emphasis and quotes.
SIGNS = r"[\s#*_>\"“”'‘’•-]*"
COLON = r"\s*[*_]*\s*[:：][*_]*\s*"
UNMARKED = r"(?![^\n]*\[\d+\])"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(SIGNS + pattern, re.IGNORECASE)


# Before an answer: what is left out of its first sentence, and what is a sentence of its own. Signs
# before a yes are not: they may go on around the answer.
ANSWER = r"(?:(?:최종\s*)?(?:답변?|대답|응답)|(?:final )?answer|response|assistant)"
OPENING = _compile(
    rf"(?:{ANSWER}{COLON}|(?:here(?:['’]s| is| are)|below is)\b[^\n:\d]{{0,60}}"
    r"\b(?:answer|response|summary|explanation|overview|what)\b[^\n:\d]{0,60}:\s*)"
    r"|(?:네|예|넵|sure|certainly|of course|absolutely)\s*,\s*"
)
OFFER = (
    r"(?:변|답변|설명|대답|안내|말씀|정리)(?:을|해)?\s?(?:드리겠습니다|드릴게요|하겠습니다|할게요)"
)
COURTESY = _compile(
    rf"{UNMARKED}(?:{ANSWER}|네|예|넵|물론(?:입니다|이죠|이지요)|알겠습니다|안녕하세요|반갑습니다"
    r"|좋은 질문(?:입니다|이네요|이에요)|(?:좋은 )?(?:질문\S*\s*)?(?:주셔서 )?감사합니다"
    rf"|(?:다음은|아래는)[^.\n\d]{{0,60}}답변입니다|(?:질문|문의|요청|답)[^.,\n\d]{{0,60}}{OFFER}"
    r"|sure(?: thing)?|certainly|of course|absolutely|okay|ok|hello|hi|thank(?:s| you)[^.!\n\d]*"
    r"|(?:that['’]s an? )?(?:great|good|excellent) question"
    r"|i(?:['’]d| would|['’]ll| will)\b[^.!\n\d]*\b(?:help|answer|explain)\b[^.!\n\d]*"
    rf")\s*[.!,:：~]*{SIGNS}\Z"
)
QUESTION = _compile(rf"(?:질문|question|q){COLON}")
# Said of the papers as a whole, where the sentence is not about a part of what is asked.
REFUSAL = _compile(rf"(?:죄송\S*\s*)?{' '.join(INSUFFICIENT.split()[:2])}")
# Behind it.
CLOSING = _compile(
    rf"{UNMARKED}(?:(?:더|추가\S*|혹시|또|다른|그 ?밖에|궁금\S*|이 답변\S*|도움\S*|필요\S*|언제든\S*)\s"
    r"(?=[^\n]*(?:궁금|질문|문의|도움|필요|알려|말씀))[^\n]*"
    r"(?:주세요|주십시오|바랍니다|바라겠습니다|물어보세요|좋겠습니다|환영합니다)"
    r"|(?:please )?(?:let me know|feel free)|(?:i )?hope (?:this|that|it)\b|is there anything"
    r"|if you(?:['’]d like| would like| have| need| want)\b"
    r"(?=[^\n]*\b(?:questions?|help|let me know|further|more (?:details?|information)|clarification)\b))"
)
NOTE = _compile(
    rf"{UNMARKED}\(?{SIGNS}(?:(?:(?:please )?note|disclaimer){COLON}"
    rf"|(?:(?:참고|주의){COLON}|※)(?=\D*\Z))"
)
SOURCES = r"(?:출처|참고\s?(?:문헌|자료)|인용|sources?|references?|citations?|footnotes?)"
SOURCES_HEADING = _compile(
    rf"(?:{SOURCES}|근거|evidence)(?:\s?(?:목록|자료))?{SIGNS}[:：]?{SIGNS}\Z"
)
SOURCES_LINE = _compile(rf"{SOURCES}{COLON}(?:\[\d+\]|{UNMARKED})")
FOOTNOTE = re.compile(rf"\[\d+\]\s*[:：]|[{POWERS}]+\s|<sup>\s*\d+\s*</sup>\s")
FENCE = re.compile(r"`{3,}\s*\w*\s*\Z")
RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*\Z")
# A line of nothing but marks; it may say that they are its sources.
LINE_OF_MARKS = _compile(
    rf"\(?(?:{LABEL}[*_]*\s*)?(?:\[\d+\][\s,]*)+\)?\.?{SIGNS}\Z"
    rf"|{SIGNS}{LABEL}[*_]*\s*\d{{1,2}}(?:\s*,\s*\d{{1,2}})*\.?{SIGNS}\Z"
)
# A heading, or a line in bold type; it may be an item of a list or have a number.
HEADING = re.compile(
    r"(?:[-*•]\s+|\d+[.)]\s+)?(?:#{1,6}\s+(?P<title>[^\n]+)|\*\*(?P<bold>[^*\n]+)\*\*:?)"
)
LIST_NUMBER = re.compile(r"^[*\s]*\d+(?:\.\d+)*[.)]?\s+")
LEADING_MARKS = re.compile(r"((?:[-*•]\s+)?)((?:\[\d+\] ?)+)(?<=\s)(?=\S)")
# What goes on with an aside: the rest of its line, the items of a list (they begin with their mark
# or have none), the reasons of a refusal.
SAME_LINE = r"[^\S\n]*(?=\S)"
REST_OF_LINE = re.compile(SAME_LINE)
REST_OF_LIST = re.compile(
    rf"{SAME_LINE}|\s*(?:(?:[-*•]|\d+[.)])\s+)?\[\d+\]|\s*(?:[-*•]|\d+[.)])\s{UNMARKED}"
)
REST_OF_REFUSAL = re.compile(
    r"(?![\s\S]*\[\d+\])|\W*(?:다만|단지|이유는?)?\W*(?:(?:제공된|주어진)\s\S+|근거|증거)\s?(?:\[|\S)"
)
ASIDES: Mapping[re.Pattern[str], re.Pattern[str] | None] = {
    CLOSING: None,
    FENCE: None,
    NOTE: REST_OF_LINE,
}
# Behind an answer alone: what begins so may be an answer on the sources of data.
LISTS_OF_SOURCES: Mapping[re.Pattern[str], re.Pattern[str] | None] = {
    FOOTNOTE: REST_OF_LINE,
    SOURCES_HEADING: REST_OF_LIST,
    SOURCES_LINE: REST_OF_LINE,
}
# How they begin, in lower case: what begins so is looked at when it is whole.
OPENINGS = (
    *"네 예 넵 물론 알겠 안녕 반갑 질문 문의 요청 감사 답 최종 대답 응답 다음은 아래는 죄송 정보가".split(),
    *"sure certainly absolutely okay ok hello hi that thank i' i’ here answer response assistant".split(),
    *"좋은 질문|of course|great question|good question|excellent question|i would|i will".split(
        "|"
    ),
    *"below is|final answer|question|q".split("|"),
)
BEGINNINGS = (
    *"추가 혹시 궁금 도움 필요 언제든 그밖에 참고 (참고 주의 ※ 출처 (출처 근거 (근거 인용".split(),
    *"note (note disclaimer source (source reference citation footnote evidence ``` --- [ <sup>".split(),
    *"더 |또 |다른 |그 밖에|이 답변|please |let me|feel free|i hope|hope |is there|if you".split(
        "|"
    ),
    *POWERS,
)


def may_begin(text: str, beginnings: Iterable[str]) -> bool:
    """Whether a text that is still being written begins as one of these does, so far."""
    words = re.sub(rf"^{SIGNS}", "", text).casefold()
    return any(begin.startswith(words) or words.startswith(begin) for begin in beginnings)


def compare_letters(text: str) -> str:
    """A text's letters and digits, to set it against another."""
    return re.sub(r"[\W_]+", "", text).casefold()


def drop_openings(text: str) -> str:
    """The first sentence of an answer from where it comes to the matter; empty where it never does."""
    while not COURTESY.match(text) and (opening := OPENING.match(text)):
        text = text[opening.end() :]
    return "" if COURTESY.match(text) or QUESTION.match(text) else text


def is_heading(line: str) -> bool:
    """Whether a line is a title that states no figure."""
    if not (heading := HEADING.fullmatch(line)):
        return False
    title = LIST_NUMBER.sub("", heading["title"] or heading["bold"])
    is_sentence = title.rstrip("* ").endswith((".", "!", "다"))
    return not is_sentence and all(
        is_in_name(title, figure.start) for figure in find_figures(title)
    )


def move_marks_behind(text: str) -> str:
    """A line that begins with its marks, with them at its end."""
    if leading := LEADING_MARKS.match(text):
        return f"{leading[1]}{text[leading.end() :]} {leading[2].strip()}"
    return text
