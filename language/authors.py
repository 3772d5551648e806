"""The authors of a paper, as they stand between its title and its abstract."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from language.quotes import Span, find_quote

# What stands behind the authors.
ABSTRACT = re.compile(
    r"^\W*(?:abstract|초록|요약|1\.?\s+introduction|introduction)\b", re.IGNORECASE | re.MULTILINE
)
# In characters; authors that take more of a page are those of another kind of text.
MAX_STRETCH = 6_000
CAPITALISED = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*)"
PARTICLE = r"(?:de|da|di|du|dos|van|von|der|den|del|della|la|le|el|bin|al|ter|ten)\b"
# Of a person or a team: two to five words with capitals, or of Hangul.
PERSON = re.compile(
    rf"{CAPITALISED}(?: (?:{PARTICLE}|{CAPITALISED})){{1,4}}|[가-힣]{{2,4}}(?=[\s,·]|$)"
)
HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
SURNAME_OR_GIVEN = re.compile(CAPITALISED)
COMPANIES = r"google|microsoft|meta|facebook|openai|anthropic|deepmind|amazon|nvidia|naver|kakao|samsung|alibaba|ibm"
KINDS = (
    r"universit\w*|univ|institut\w*|college|school|department|dept|faculty|cent(?:er|re)|academy"
)
INSTITUTION = re.compile(
    rf"\b(?:{COMPANIES}|{KINDS}|hochschule|polytechni\w*|research|laborator\w*|labs?|inc|ltd|llc|gmbh|corp\w*|ai|academ\w*"
    r"|compan\w*|teams?|groups?|hospital|collective|foundation|ministry|technolog\w*|technical|sciences|engineering|association"
    r"|society|council|agency)\b|대학|연구|학교|회사|학회|협회|재단|병원",
    re.IGNORECASE,
)
# Where an institution begins behind a name that stands on the same line.
INSTITUTION_START = re.compile(rf"\b(?:(?:{COMPANIES})\b|(?:{KINDS}) (?:of|for)\b)", re.IGNORECASE)
PLACE = re.compile(
    r"(?:new (?:york|jersey|delhi|zealand|haven|mexico|orleans)|hong kong|(?:north|south) (?:korea|africa|carolina)"
    r"|united (?:states|kingdom|arab emirates)|san (?:francisco|diego|jose)|los (?:angeles|altos)|santa (?:clara|barbara|cruz|monica)"
    r"|palo alto|mountain view|menlo park|ann arbor|tel aviv|saudi arabia|sri lanka|costa rica|czech republic|st\.? louis)",
    re.IGNORECASE,
)
# Lines that name others, or the same persons again.
ASIDE = re.compile(
    r"(?:correspond|contact|edit(?:ed|or)|academic editor|review|accepted|received|keywords?|published|presented|preprint"
    r"|under review|equal|work done|the )",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\{[^}]*\}\s*@\S*|\S*@\S*|<[^>]*>|https?://\S+")
# What parts names: commas, marks of footnotes, wide spaces.
BETWEEN_NAMES = re.compile(r"[^\w\s.'’-]|[\d_\t]|\band\b|  +|\bwith\b")
MARKED_LINE = re.compile(r"\s*(?:\d|[^\w\s(){<\"“'‘,.;:-])")
# TeX's fonts set accents before their letters.
LOOSE_ACCENT = re.compile(r"([´`¨ˆ˜ˇ˘˙˚¯¸])\s?([A-Za-zıȷ])")
ACCENTS = dict(
    zip(
        "´`¨ˆ˜ˇ˘˙˚¯¸",
        "\u0301\u0300\u0308\u0302\u0303\u030c\u0306\u0307\u030a\u0304\u0327",
        strict=True,
    )
)
# Another work's title in quotation marks: notes on that, and no authors of this.
QUOTED_TITLE = re.compile(r"(?<!\w)[\"“‘«「](?:[^\s\"”]+ ){2}")
# A line of running text: so many words, and so large a share of them without a capital.
RUNNING_WORDS, RUNNING_SHARE = 8, 0.55


def find_author_stretch(title: str, text: str) -> Span | None:
    """Where a first page names its authors: behind the title, before abstract and running text."""
    found = find_quote(title, text)
    begin = found[1] if found else 0
    abstract = ABSTRACT.search(text, begin)
    if not found and not abstract:
        return None
    end = abstract.start() if abstract else len(text)
    for line in re.finditer(r"[^\n]+", text[begin:end]):
        if is_running_text(line[0]) or QUOTED_TITLE.search(line[0]):
            end = begin + line.start()
            break
    else:
        if not abstract:
            return None
    stretch = text[begin:end]
    if len(stretch) > MAX_STRETCH or not (abstract or _names_alone(stretch)):
        return None
    return (begin, end) if find_authors(stretch) else None


def find_authors(text: str) -> list[str]:
    """The persons that lines below a title name; where they name none, the teams and companies."""
    lines = [line for line in _clean_lines(text) if not ASIDE.match(line)]
    persons = [name for line in _rejoin_names(lines) for name in _find_persons(line)]
    teams = [name for line in lines for name in _find_teams(line)]
    return list(dict.fromkeys(persons or teams))


def is_institution(name: str) -> bool:
    """Whether a name is one of a team, a company or a university."""
    return bool(INSTITUTION.search(name)) or (len(name.split()) == 1 and name.isascii())


def is_running_text(line: str) -> bool:
    """Whether a line is a part of sentences, not of names and addresses."""
    words = [word for word in ADDRESS.sub(" ", line).split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) >= RUNNING_WORDS and small >= RUNNING_SHARE * len(words)


def _clean_lines(text: str) -> list[str]:
    """The lines of a text without addresses, their letters whole."""
    text = LOOSE_ACCENT.sub(_join_accent, text)
    text = unicodedata.normalize("NFKC", ADDRESS.sub(" ", text))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _join_accent(match: re.Match[str]) -> str:
    letter = {"ı": "i", "ȷ": "j"}.get(match[2], match[2])
    return letter + ACCENTS[match[1]]


def _names_alone(stretch: str) -> bool:
    """Whether lines are names and where these work, and nothing else: no abstract says that they are."""
    return bool(INSTITUTION.search(stretch) or re.search("[@,]", stretch)) and all(
        INSTITUTION.search(line) or not re.search(r"[^\W\d_]{2}", line) or _is_name_line(line)
        for line in _clean_lines(stretch)
    )


def _is_name_line(line: str) -> bool:
    is_latin = not line.isupper() and not re.search("[가-힣]", line)
    return is_latin and all(PERSON.fullmatch(part) for part in _split_names(line))


def _rejoin_names(lines: Sequence[str]) -> Iterator[str]:
    """The lines, a name that was broken between two of them made whole."""
    held = ""
    for line in lines:
        if held and _is_broken(held, line):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _is_broken(line: str, following: str) -> bool:
    """Whether a list of names is broken within one: Yichang Zhang, Yu / Wan, Yunfei Chu."""
    if "," not in line or INSTITUTION.search(line) or MARKED_LINE.match(following):
        return False
    last, first = BETWEEN_NAMES.split(line)[-1].strip(), BETWEEN_NAMES.split(following)[0].strip()
    single = [part for part in (last, first) if SURNAME_OR_GIVEN.fullmatch(part)]
    return bool(last and first and single)


def _find_persons(line: str) -> Iterator[str]:
    """The persons of a line; what stands behind an institution is where it is."""
    if MARKED_LINE.match(line):  # the legend of the marks behind names
        return
    for part in _split_names(line):
        start = INSTITUTION_START.search(part)
        name = part[: start.start()].strip() if start else part
        if INSTITUTION.search(name):
            return
        if _is_person(name):
            yield name
        if start:
            return


def _is_person(name: str) -> bool:
    return bool(PERSON.fullmatch(name)) and not PLACE.fullmatch(name)


def _find_teams(line: str) -> Iterator[str]:
    for part in _split_names(line):
        if INSTITUTION.search(part) and part[0].isupper() and len(part.split()) <= 6:
            yield part


def _split_names(line: str) -> list[str]:
    parts = (
        part.strip(" .-'’") if len(part) < 3 else part.strip(" -'’")
        for part in BETWEEN_NAMES.split(line)
    )
    return [part for part in parts if part]
