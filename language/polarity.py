"""Whether a sentence denies what its English source denies, and turns things the same way.

Only signs that both languages must have are held against a sentence: "not" against 않, "higher"
against 낮. Words that Korean may put either way (without, lack, 어렵) excuse both.
"""

import re

from language.terms import is_korean

# "Not only" and 뿐만 아니라 deny nothing.
NO_DENIAL = re.compile(
    r"\bnot (?:only|just|merely)\b|뿐(?:만|더러)?\s*아니라|아니라\s*.{0,20}도\b|있지\s*않을까",
    re.IGNORECASE,
)
ENGLISH_DENIAL = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|none|nothing|nobody)\b|n['’]t\b"
    r"|\b(?:prohibit|forbid|forbidden|disallow)\w*\b",
    re.IGNORECASE,
)
# It may be put into Korean with a denial or without.
ENGLISH_HALF_DENIAL = re.compile(
    r"\b(?:without|fail\w*|unable|lack\w*|unlike\w*|except\w*|few|hardly|rarely|seldom|limited|regardless"
    r"|avoid\w*|prevent\w*|instead|rather than|insufficient\w*|absen\w*|refus\w*|ignor\w*|unless|other than"
    r"|un(?!der|til|ion|iv|iq|it)\w{4,}|ir(?:relevant|respective)\w*|in(?:capable|accura|consisten|correct"
    r"|adequa|comple|dependen|valid)\w*|non-?\w+)\b",
    re.IGNORECASE,
)
KOREAN_DENIAL = re.compile(
    r"지\s*(?:않|못|아니|마)|[을를은는이가도]\s*못\s*(?=[가-힣])|(?<![가-힣])안\s+(?=[가-힣]{1,4}[다니고며지])"
    r"|없(?!이는)|아니(?=[다며고었지기])|아닙|불가|금지|못하|못했|못한|못합"
)
KOREAN_HALF_DENIAL = re.compile(
    r"부족|결여|제외|대신|반대|실패|한계|거부|무시|방지|막|피하|달리|외에|뿐|비[가-힣]{2}|무[가-힣]{2}|미[가-힣]{2}"
    r"|틀리|잘못|거의|어렵|어려"
)
# It is the last thing that the sentence says.
FINAL_DENIAL = re.compile(
    r"(?:지\s*(?:않|못|아니)|없|아니|아닙|불가능?|금지|못\s*하|못\s*했|못\s*합)\S{0,8}[.!?]?\s*$"
)
ENGLISH_RISE = re.compile(
    r"\b(?:high(?:er|est|ly)?|greater|larger|bigger|longer|faster|stronger|better|more|outperform\w*|surpass\w*|exceed\w*"
    r"|increas\w*|improv\w*|enhanc\w*|most|many|ris(?:e|es|en|ing)|rose|gain\w*|grow\w*|grew|boost\w*|above|superior)\b",
    re.IGNORECASE,
)
ENGLISH_FALL = re.compile(
    r"\b(?:low(?:er|est)?|less|fewer|smaller|shorter|slower|weaker|worse|underperform\w*|decreas\w*|declin\w*|reduc\w*"
    r"|drop(?:s|ped|ping)?|degrad\w*|fall(?:s|en|ing)?|fell|below|inferior|lag\w*|hurt\w*|shrink\w*)\b",
    re.IGNORECASE,
)
KOREAN_RISE = re.compile(
    r"높|많[아은이습았고]|더\s*(?:크|큰|길|긴|빠르|빨|강|좋|나은|낫)|커[지졌]|증가|향상|상승|늘[어었리]|능가|상회|초과|우수|앞서|앞섭|뛰어"
)
KOREAN_FALL = re.compile(
    r"낮|더\s*(?:작|적|짧|느리|약|나쁘|못)|적[은습었게]|작아|감소|저하|하락|떨어|나빠|나쁘|줄[어었이]|악화|뒤처|뒤지|하회|미달|열등|미만"
)
# A reason or aim that is denied: 때문이 아닙니다. No word of English excuses it but a denial.
DENIED_REASON = re.compile(r"(?:때문|위해서?|위한\s*것)[이가은]?\s*아[니닙]")
# What is denied turns nothing: 높지 않, "does not improve".
DENIED_TURN = re.compile(
    r"\S+지\s*(?:않|못)\S*|(?:\b(?:not|no|never|neither|nor|without)\b|n['’]t\b)(?:\W+\w+){1,3}",
    re.IGNORECASE,
)
# Parts of a sentence that say things of their own.
CLAUSE_END = re.compile(
    r"[;:]|,|\b(?:but|while|whereas|although|though|however|because|since|which|and)\b"
)
TELLING_WORD = re.compile(r"[A-Za-z]{3,}|\d+(?:[.,]\d+)*")


def contradicts_source(sentence: str, source: str) -> bool:
    """Whether a sentence denies, or turns, what its English source does not; or the reverse.

    A sentence in Korean, or in English.
    """
    told = _find_told_part(sentence, source)
    denies = _denies_otherwise if is_korean(sentence) else _denies_otherwise_in_english
    return (
        denies(sentence, told, source)
        or _turns_otherwise(sentence, told)
        or _turns_otherwise(sentence, source)
    )


def _find_told_part(sentence: str, source: str) -> str:
    """The clauses of a source that share figures and English words with a sentence, else all of it."""
    shared = set(TELLING_WORD.findall(sentence))
    clauses = CLAUSE_END.split(source)
    counts = [len(shared & set(TELLING_WORD.findall(clause))) for clause in clauses]
    most = max(counts)
    if not most:
        return source
    return " ".join(clause for clause, count in zip(clauses, counts, strict=True) if count)


def _denies_otherwise(sentence: str, told: str, source: str) -> bool:
    """Whether only one of them denies; what a sentence ends in, by the clauses that it tells."""
    korean, told, source = (NO_DENIAL.sub(" ", text) for text in (sentence, told, source))
    if KOREAN_DENIAL.search(korean):
        is_final = FINAL_DENIAL.search(korean) is not None
        if is_final and _count_denials(korean) > _count_denials(source):
            return True
        near = told if is_final else source
        if DENIED_REASON.search(korean) or KOREAN_HALF_DENIAL.search(korean):
            return not ENGLISH_DENIAL.search(near)
        return not (ENGLISH_DENIAL.search(near) or ENGLISH_HALF_DENIAL.search(near))
    return bool(ENGLISH_DENIAL.search(told)) and not KOREAN_HALF_DENIAL.search(korean)


def _count_denials(text: str) -> int:
    """How often a text denies, halves among them in English alone: what Korean does without a denial."""
    patterns = (KOREAN_DENIAL,) if is_korean(text) else (ENGLISH_DENIAL, ENGLISH_HALF_DENIAL)
    return sum(len(pattern.findall(text)) for pattern in patterns)


def _denies_otherwise_in_english(sentence: str, told: str, source: str) -> bool:
    """Whether only one of them denies, with a word that leaves no doubt."""
    sentence, told = NO_DENIAL.sub(" ", sentence), NO_DENIAL.sub(" ", told)
    denials = [ENGLISH_DENIAL.search(text) is not None for text in (sentence, told)]
    is_excused = any(ENGLISH_HALF_DENIAL.search(text) for text in (sentence, told))
    return denials[0] != denials[1] and not is_excused


def _turns_otherwise(sentence: str, told: str) -> bool:
    """Whether a sentence speaks more often of less, and less often of more, than its source; or the reverse."""
    sentence, told = DENIED_TURN.sub(" ", sentence), DENIED_TURN.sub(" ", told)
    turns = (KOREAN_RISE, KOREAN_FALL) if is_korean(sentence) else (ENGLISH_RISE, ENGLISH_FALL)
    rises, falls = (len(pattern.findall(sentence)) for pattern in turns)
    rose, fell = (len(pattern.findall(told)) for pattern in (ENGLISH_RISE, ENGLISH_FALL))
    return (rises < rose and falls > fell) or (rises > rose and falls < fell)
