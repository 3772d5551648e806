"""What kind of thing is asked: something that the papers say, something about the library, or nothing."""

import re
from typing import Literal

from language.names import find_names
from language.terms import HANGUL_RUN, LETTER
from nodes.citing.orders import is_order

Kind = Literal[
    "papers",
    "overview",
    "abstract",
    "contributions",
    "limits",
    "conclusion",
    "page",
    "papers_that",
    "list",
    "pages",
    "authors",
    "title",
    "existence",
    "table",
    "greeting",
    "thanks",
    "foreign",
    "other",
]
"""papers: what they say, which is searched for. overview to conclusion: of one paper as a whole; page: one of its pages.

The others are answered without a model: which papers speak of a name, what is in the library, a table
as a whole, hello, what munheon does, a language that it does not speak (foreign), and what no paper
tells (other).
"""
OVERVIEWS: frozenset[Kind] = frozenset(
    {"overview", "abstract", "contributions", "limits", "conclusion", "page"}
)
# What no later question leans on.
IDLE: frozenset[Kind] = frozenset({"list", "greeting", "thanks", "foreign", "other"})
# Letters of other languages: kana, Chinese, Cyrillic, Greek words, Arabic, Hebrew, Thai, Devanagari.
FOREIGN = re.compile(
    r"[\u3041-\u30ff\u4e00-\u9fff\u0400-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f]"
)
SENTENCE = re.compile(r"[^.!?~\n]+[.!?~\n]*")
GREETING = re.compile(
    r"\s*(?:안녕(?:하세요|하십니까|하신가요|히 ?계세요)?|하이|헬로우?|반갑습니다|반가워요?|처음 뵙겠습니다|ㅎㅇ|hello|hi|hey"
    r"|good (?:morning|afternoon|evening)|안뇽|여보세요)(?: there)?[\s.!?~^ㅎㅋ,]*",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"\s*(?:정말|너무|아주|진짜|네|아|오|답변|알려 ?줘서|도와 ?줘서|\s)*"
    r"(?:감사(?:합니다|해요|드려요|드립니다|해)|고맙습니다|고마워요?|고마웠어요?|수고(?:하셨습니다|했어요?|하세요)"
    r"|땡큐|thanks?(?: you)?(?: very much| so much| a lot)?|thank you(?: very much| so much)?|잘 ?가요?|bye)[\s.!?~^ㅎㅋ]*",
    re.IGNORECASE,
)
ABOUT_MUNHEON = re.compile(
    r"(?:(?<![가-힣])(?:너|넌|네가|니가|당신|자네|그쪽)(?:은|는|가|의)?\s|이 ?(?:챗봇|봇)|(?<!참고)(?<!참고 )(?<![가-힣])문헌(?:은|이란|이)|munheon)"
    r".*(?:누구|뭐|뭘|무엇|무슨|어떤|어떻게|할 ?수|이름|기능|사용법|도와)"
    r"|^\s*(?:뭘|무엇을|뭐를?|어떤 걸)\s*(?:할 수|도와|물어볼 수|해 ?줄)"
    r"|^\s*(?:사용법|도움말|help)\b"
    r"|\bwhat can you do\b|\bwho are you\b",
    re.IGNORECASE,
)
# What no paper tells: the weather, the hour, what to eat.
OTHER = re.compile(
    r"(?:오늘|내일|모레|지금|현재|이번 ?주|요즘|주말).{0,12}(?:날씨|기온|미세먼지|비 ?(?:와|오)|눈 ?(?:와|오)|주가|환율|뉴스|로또|운세|몇 ?시|며칠|무슨 ?요일)"
    r"|(?<![가-힣])(?:날씨|맛집|점심|저녁|아침|야식|메뉴|영화|드라마|노래|여행지|운세|로또)(?:을|를|은|는|이|가|도)?\s*.{0,8}(?:추천|어때|알려|뭐 ?먹)"
    r"|(?:농담|수수께끼|끝말잇기).{0,8}(?:해|하자|알려)|\b(?:what is|what's|how is) the weather\b",
    re.IGNORECASE,
)
# It asks something, orders beside it or not.
ASKS = re.compile(
    r"\?|알려|설명|요약|정리|무엇|얼마|몇|나요|까$|\b(?:what|how|why|which|who)\b", re.IGNORECASE
)
# Words that call a paper one.
PAPER = r"(?:논문|문서|보고서|리포트|(?<![가-힣])(?:자료|파일|글|책)(?![가-힣]{2})|pdf|papers?|documents?|files?)"
LIST = re.compile(
    rf"(?:어떤|무슨|어느|몇|모든|전체|전부|무엇|뭐)\s*(?:편의?|개의?|권의?)?\s*{PAPER}(?:들)?(?:이|가|은|는|을|를|도)?"
    rf"\s*(?:여기|지금|현재|라이브러리에|색인(?:되어|돼))?\s*(?:있|들어|올라|저장|보유|갖고|가지고)"
    rf"|{PAPER}\s*(?:은|는|이|가|들은|들이)?\s*(?:뭐|무엇|뭐뭐|어떤 ?것|어떤 ?게|몇).{{0,10}}(?:있|들어|인가|야|개)"
    rf"|{PAPER}.{{0,4}}(?:목록|리스트|제목들?)|(?:목록|리스트).{{0,10}}(?:보여|알려|말해|줘)"
    r"|(?:라이브러리|서재|색인|보관함|데이터베이스).{0,12}(?:뭐|무엇|무슨|어떤|몇|목록|들어|있)"
    rf"|\b(?:list|which|what) (?:all )?(?:the )?{PAPER}\b.*\b(?:do you have|library|indexed|are there[\s?.]*$)",
    re.IGNORECASE,
)
PAGES = re.compile(
    r"(?:몇|총|모두)\s*(?:쪽|페이지)\s*(?:이(?!라고)|인|짜리|분량|야|예요|에요|입|으로 (?:되|이루|구성)|\?|$)"
    r"|(?:쪽수|페이지 ?수|분량)(?:은|는|가|를|을|이)?\s*(?:얼마|몇|어떻게|알려|\?|$)|\bhow many pages\b|\bhow long is the paper\b",
    re.IGNORECASE,
)
AUTHORS = re.compile(
    rf"제?\s*(?:1|일)\s*저자|공동 ?저자|교신 ?저자"
    rf"|(?:저자|글쓴이|지은이|집필자)(?:들|진)?(?:은|는|이|가|의|를|을|도)?\s*"
    rf"(?:모두 |전부 |다 )?(?:누구|이름|명단|목록|소속|몇 ?명|알려|말해|보여|\?|$)"
    rf"|{PAPER}[을를은는이가]?\s*(?:쓴|작성한|집필한)\s*(?:사람|이들|곳|연구자|팀)"
    rf"|(?:누가|누구(?:가|의)?)\s*.{{0,20}}(?:썼|쓴|작성|집필)|{PAPER}.{{0,8}}(?:누가|누구(?:의|가))"
    rf"|\bwho (?:wrote|(?:is|are) the (?:first )?authors?)\b",
    re.IGNORECASE,
)
TITLE = re.compile(
    rf"{PAPER}?.{{0,6}}(?:정식 ?)?제목[이은을]?\s*(?:뭐|무엇|알려|말해|\?)|\bwhat is the title of\b",
    re.IGNORECASE,
)
EXISTENCE = re.compile(
    rf"{PAPER}(?:은|는|이|가|도|을|를)?\s*(?:여기|라이브러리에|혹시|들어|색인(?:되어|돼)?|갖고|가지고)?\s*(?:있(?:어|나|는지|습|니|을까|는가)|없(?:어|나|습|니))"
    rf"|\b(?:is there|do you have) .{{0,60}}\b{PAPER}\b",
    re.IGNORECASE,
)
# Which papers say something: "어느 논문에서 DPO를 썼어?", but no content of one paper.
PAPERS_THAT = re.compile(
    r"(?:어느|어떤|무슨|몇)\s*(?:편의\s*)?(?:논문|보고서|문서)(?:들)?(?:에서|에|이|가|은|는|들이)?\s"
    r"|(?:는|은|ㄴ|한|쓴|된|룬|힌|운)\s*(?:논문|보고서|문서)(?:들)?(?:을|를|은|는|이|가)?\s*(?:모두|전부|다|좀|목록)?"
    r"\s*(?:알려|찾아|말해|보여|나열|있|(?:뭐|무엇)\s*(?:야|인가|이|예|가|\?|$)|\?|$)"
    r"|\bwhich (?:of the )?papers?\b",
    re.IGNORECASE,
)
# A table as a whole: "표 1을 설명해 줘", but nothing that stands in it ("표 1에서 …").
WHOLE_TABLE = re.compile(
    r"(?:표|테이블|\btable|\btab\.)\s*\d+(?:번)?(?:의 ?내용)?(?:을|를|은|는|이|가)?\s*(?:에 ?대해서?|좀|다|전부|간단히|자세히|쉽게|한국어로|영어로)*\s*"
    r"(?:설명|보여|정리|요약|해석|소개|알려|뭐|무엇|무슨|어떤)"
    r"|\b(?:explain|show|summari[sz]e|describe)\b.{0,12}\btable\s*\d+",
    re.IGNORECASE,
)
ASK_END = r"(?:\s*(?:좀|다|모두|간단히|간략히|짧게|쉽게|한국어로|항목으로|목록으로|세 ?가지로|세 ?줄로|\d ?줄로|핵심만))*"
ASKED = rf"(?:은|는|이|가|을|를|만|도|에 ?대해서?)?{ASK_END}\s*(?:무엇(?!으로|보다|에)|뭐(?!로)|뭔|알려|설명|말해|요약|정리|소개|써|\?|$)"
# The same in English: "What are the main {} of the Gemma 2 paper?".
ASKS_FOR = r"\b(?:what(?:'s| is| are| does)|summari[sz]e|explain|describe|list|give|tell|show)\b[^.?!]{0,30}\b"
OF_PAPER = r"\b(?:\s+(?:of|in|from)\b[^?]{1,80}|\s+says?)?[\s?.!]*$"
OVERVIEW_ASKED: dict[Kind, re.Pattern[str]] = {
    "abstract": re.compile(
        rf"(?:초록|abstract){ASKED}|{ASKS_FOR}abstract{OF_PAPER}", re.IGNORECASE
    ),
    "contributions": re.compile(
        rf"(?:주요|핵심|주된|가장 큰)?\s*(?:기여|공헌|contributions?)(?:점|한 점)?{ASKED}"
        rf"|{ASKS_FOR}contributions?{OF_PAPER}",
        re.IGNORECASE,
    ),
    "limits": re.compile(
        rf"(?:한계|약점|단점|제한점|취약점|limitations?|weakness(?:es)?)(?:점|들)?{ASKED}"
        rf"|{ASKS_FOR}(?:limitations?|weakness(?:es)?){OF_PAPER}",
        re.IGNORECASE,
    ),
    "conclusion": re.compile(
        rf"(?:결론|맺음말|conclusions?){ASKED}|{ASKS_FOR}conclusions?{OF_PAPER}", re.IGNORECASE
    ),
    "overview": re.compile(
        rf"{PAPER}(?:의)?\s*(?:전체\s*)?(?:내용|요지|핵심|줄거리)?(?:을|를|은|는|에 ?대해서?)?{ASK_END}\s*(?:요약|정리|소개)"
        rf"|{PAPER}(?:의)?\s*(?:핵심 ?내용|요점|요지|골자|줄거리){ASKED}"
        rf"|(?:무엇|뭘|뭐|무슨 내용|어떤 내용|어떤 주제)(?:을|를|에 ?대해|에 ?관해)?\s*(?:다룬|다루는|연구한|주장하는|담은|말하는)\s*{PAPER}"
        rf"|(?:무슨|어떤)\s*(?:내용의\s*)?{PAPER}\s*(?:인가|이야|인지|이에요|예요|입니까|야\b)|\bsummar(?:y|ize|ise)\b.{{0,30}}\b{PAPER}\b"
        rf"|\bwhat(?:'s| is)\b[^.?!]{{0,30}}\b{PAPER}\b[^.?!]{{0,60}}\babout[\s?.!]*$"
        rf"|\b(?:give|show|write)\b.{{0,20}}\boverview of\b.{{0,60}}\b{PAPER}\b",
        re.IGNORECASE,
    ),
}
# A page as a whole: "2쪽 내용", but nothing that stands on it ("3쪽의 실험에서 …").
PAGE = re.compile(
    r"(?P<korean>\d{1,4})\s*(?:쪽|페이지)(?:에는|에|의|은|는|을|를)?\s*(?:전체\s*)?"
    r"(?:내용|요약|정리|설명|번역|뭐|무엇|무슨 ?(?:내용|말)|어떤 ?(?:내용|말)|알려|보여|읽어)"
    r"|\b(?:summari[sz]e|explain|describe|show|what(?: is|'s) on)\b.{0,20}\bpage\s*(?P<english>\d{1,4})",
    re.IGNORECASE,
)
# It asks what papers say, however it begins: "which papers use RoPE".
ASKS_CONTENT = re.compile(
    r"데이터|학습|훈련|코퍼스|말뭉치|쓰는|쓴다고|쓴다는|사용|다루|다룬|언급|설명|제안|비교|관한|대한|관련|대해|주장|공개|논문에서|보고서에서|\b(?:use|about|mention|propose)\w*\b"
)
# More is no greeting, and asks something.
MAX_GREETING = 60


def find_kind(asked: str) -> Kind:
    """The kind of a question, by how it is put."""
    if _is_foreign(asked):
        return "foreign"
    rest = strip_greetings(asked)
    if not rest:
        return "thanks" if THANKS.search(asked) and not GREETING.match(asked) else "greeting"
    if len(rest) <= MAX_GREETING and OTHER.search(rest) and not says_paper(rest):
        return "other"
    if is_order(rest) and not ASKS.search(rest):
        return "other"
    if len(rest) <= MAX_GREETING and ABOUT_MUNHEON.search(rest) and not find_names(rest):
        return "greeting"
    if find_page(rest) is not None:
        return "page"
    if overview := next((kind for kind, asks in OVERVIEW_ASKED.items() if asks.search(rest)), None):
        return overview
    if WHOLE_TABLE.search(rest):
        return "table"
    if PAPERS_THAT.search(rest) and find_names(rest):
        return "papers_that"
    if PAGES.search(rest):
        return "pages"
    if ASKS_CONTENT.search(rest) and not AUTHORS.search(rest):
        return "papers"
    if AUTHORS.search(rest):
        return "authors"
    if TITLE.search(rest):
        return "title"
    if LIST.search(rest) and not find_names(rest):
        return "list"
    return "existence" if EXISTENCE.search(rest) else "papers"


def find_page(asked: str) -> int | None:
    """The number of the page that is asked for as a whole; None for none."""
    found = PAGE.search(asked)
    return int(found["korean"] or found["english"]) if found else None


def _is_foreign(asked: str) -> bool:
    """Whether a message is written in letters of neither Korean nor English, for the most part."""
    foreign = len(FOREIGN.findall(asked))
    return not HANGUL_RUN.search(asked) and 2 * foreign > len(LETTER.findall(asked))


def strip_greetings(asked: str) -> str:
    """What is left of a message without sentences that only greet or thank."""
    sentences = SENTENCE.findall(asked) or [asked]
    left = [one for one in sentences if not (GREETING.fullmatch(one) or THANKS.fullmatch(one))]
    rest = "".join(left).strip()
    return "" if GREETING.fullmatch(rest) or THANKS.fullmatch(rest) else rest


def says_paper(asked: str) -> bool:
    """Whether a question calls what it asks about a paper."""
    return bool(re.search(PAPER, asked, re.IGNORECASE))
