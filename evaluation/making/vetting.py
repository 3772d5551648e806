"""What code can tell of a question that a model wrote, and of the only passage that answers it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from evaluation.scores import has_evidence, squeeze_text
from language.figures import find_figures, find_values, format_in_korean
from language.matching import find_asked_terms, stem_terms
from language.names import find_names
from language.names import remove_joints as alike
from language.quotes import find_quote
from language.sentences import find_sentences
from nodes.citing.checks import FOREIGN_SCRIPT
from nodes.question import WHY, Question
from nodes.small.papers import find_unknown_names
from nodes.translate import ANY_HANGUL
from retrieval.lines import is_table_row
from retrieval.passages import Evidence, Passage

# Shorter quotes stand anywhere; shorter strings stand in any answer.
MIN_QUOTE_LENGTH = 15
MIN_KEY_LENGTH = 2
# A sentence that has the answer's strings may answer where it shares so much of the question.
SHARED = 1 / 3
# With so much of the words of a question for a figure, any figure may be meant (another beam size).
RIVAL = 0.75
# Words that point at what only the question's writer saw.
POINTING = re.compile(
    r"(?:^|\s)(?:이|본|해당|위|위의|저희|우리)\s?(?:논문|구절|글|문장|문서|연구|표|그림|모델|보고서)"
    r"|저자(?:들)?[은이가의]|(?:^|\s)(?:저희|우리)(?:[는가의]|\s)"
    r"|\bthis (?:paper|study|work|model|table|figure)\b"
    r"|\b(?:this|the) (?:passage|sentence|text|excerpt|paper|author)s?\b"
    r"|\b(?:we|our|us)\b",
    re.IGNORECASE,
)
UNITS = (("만", 10**4), ("억", 10**8), ("조", 10**12))
ENGLISH_UNITS = (("trillion", "T", 10**12), ("billion", "B", 10**9), ("million", "M", 10**6))
HOW = re.compile(r"^(?:how|in what way)\b(?! (?:many|much|long|often|large|big|far|high))", re.I)


class Dropped(Exception):
    """A question that is not kept; the message says why, and is counted."""


class Key(BaseModel):
    """One thing that an answer must hold to be right."""

    model_config = ConfigDict(str_strip_whitespace=True)

    source: str = Field(description="In the quote's own words.")
    korean: list[str] = Field(description="Other ways in which a Korean answer may write it.")


class Draft(BaseModel):
    """A question with its answer, as a model wrote it from a passage."""

    model_config = ConfigDict(str_strip_whitespace=True)

    question: str = Field(description="The question, in Korean.")
    question_en: str = Field(description="The same question in English.")
    quote: str = Field(description="What answers it, copied to the letter from the passage.")
    answer: str = Field(description="The answer, one short sentence in Korean.")
    keys: list[Key] = Field(description="What a right answer must hold.")


def vet_draft(draft: Draft, passage: Passage) -> tuple[Evidence, list[list[str]]]:
    """The draft's evidence and the strings of its answer; Dropped where code finds it wrong."""
    check_question(draft.question, draft.question_en, passage)
    evidence = locate_evidence(draft, passage)
    groups = collect_groups(draft, evidence)
    check_hides_answer(draft.question, draft.question_en, groups)
    return evidence, groups


def locate_evidence(draft: Draft, passage: Passage) -> Evidence:
    """The source's own words that the draft quotes."""
    span = find_quote(draft.quote, passage.text)
    if span is None or span[1] - span[0] < MIN_QUOTE_LENGTH:
        raise Dropped("인용이 원문에 없음")
    end = span[1] + passage.text.startswith(".", span[1])  # it is no part of what is compared
    return Evidence(passage=passage, start=span[0], end=end)


def collect_groups(draft: Draft, evidence: Evidence) -> list[list[str]]:
    """For each key the strings of which a right answer holds one; the draft's own answer does."""
    groups = []
    for key in draft.keys:
        if not has_key(evidence.quote, key.source):
            raise Dropped("정답이 인용에 없음")
        ways = dict.fromkeys([*list_spellings(key.source), *key.korean])
        group = [way for way in ways if len(way) >= MIN_KEY_LENGTH]
        if not any(way.lower() in draft.answer.lower() for way in group):
            raise Dropped("정답이 답에 없음")
        groups.append(group)
    if not groups:
        raise Dropped("정답이 답에 없음")
    return groups


def has_key(text: str, key: str) -> bool:
    """Whether words stand in a text, or the figures that they state (7.8B, 7.8 billion)."""
    stated = {figure.value for figure in find_figures(key)}
    return find_quote(key, text) is not None or (bool(stated) and stated <= find_values(text))


def list_spellings(key: str) -> Iterator[str]:
    """The ways to write what a key says, as it stands first; of 7.8B also 78억."""
    yield key
    found = list(find_figures(key))
    if len(found) != 1:
        return
    yield found[0].text
    value = found[0].value
    if value == value.to_integral_value():
        yield f"{value:f}"
        yield f"{value:,f}"
    if value >= UNITS[0][1]:
        yield from _spell_in_korean(value)
        yield from _spell_in_english(value)


def _spell_in_english(value: Decimal) -> Iterator[str]:
    """7,800,000,000 as 7.8 billion, 7.8B."""
    scales = ((word, letter, value / scale) for word, letter, scale in ENGLISH_UNITS)
    word, letter, count = next((one for one in scales if one[2] >= 1), ("", "", Decimal(0)))
    if count:
        number = f"{count.normalize():f}"
        yield from (f"{number} {word}", f"{number}{letter}")


def _spell_in_korean(value: Decimal) -> Iterator[str]:
    """213,000,000 as 2억 1300만, 2억 1,300만, 2.13억."""
    spelled = format_in_korean(value)
    grouped = re.sub(r"\d{4}", lambda match: f"{int(match[0]):,}", spelled)
    for form in (spelled, grouped):
        yield form
        yield form.replace(" ", "")
    for unit, scale in UNITS:
        if 1 <= value / scale < 10**4:
            yield f"{(value / scale).normalize():f}{unit}"


def check_question(question: str, english: str, passage: Passage) -> None:
    """Dropped where it does not stand alone, or names what the passage does not."""
    check_stands_alone(question, english)
    asked = Question(asked=question, normalised=question, english=english)
    if find_unknown_names(asked, [passage]):
        raise Dropped("구절에 없는 이름")


def check_stands_alone(question: str, english: str) -> None:
    """Dropped where it is no Korean question that stands alone, and the same in English."""
    is_korean = ANY_HANGUL.search(question) and not FOREIGN_SCRIPT.search(question)
    if not is_korean or _is_garbled(question) or not question.endswith("?"):
        raise Dropped("한국어 질문이 아님")
    if ANY_HANGUL.search(english) or not english.endswith("?"):
        raise Dropped("영어 질문이 아님")
    if POINTING.search(question) or POINTING.search(english) or not find_names(question):
        raise Dropped("홀로 서지 않음")
    if not set(map(alike, find_names(question))) & set(map(alike, find_names(english))):
        raise Dropped("영어 질문과 다름")


def _is_garbled(text: str) -> bool:
    """Whether it has syllables that Korean words hardly have: none of the 2,350 of KS X 1001."""
    return any(len(one.encode("euc-kr", "replace")) != 2 for one in ANY_HANGUL.findall(text))


def check_hides_answer(question: str, english: str, groups: Iterable[Sequence[str]]) -> None:
    """Dropped where the question holds a string of its answer."""
    for text in (question, english):
        stated = {figure.value for figure in find_figures(text)}
        for group in groups:
            given = {figure.value for way in group for figure in find_figures(way)}
            words = [way for way in group if not way[0].isdigit()]
            if stated & given or any(way.lower() in text.lower() for way in words):
                raise Dropped("질문에 답이 드러남")


def check_single_source(evidence: Evidence, draft: Draft, others: Sequence[Passage]) -> None:
    """Dropped where words elsewhere may answer as well.

    That is a sentence with all keys and a good part of the question's words or all its names, or
    another figure for nearly all its words, in a passage with all its names. Passages that overlap with the evidence's own repeat it: that is no other.
    """
    own = squeeze_text(evidence.quote)
    for passage in others:
        if find_unknown_names(_understood(draft), [passage]):
            continue
        for sentence in (passage.text[slice(*span)] for span in find_sentences(passage.text)):
            is_same = squeeze_text(sentence) in own or own in squeeze_text(sentence)
            if not is_same and _is_rival(sentence, draft):
                raise Dropped("다른 곳에도 답이 있음")


def _understood(draft: Draft) -> Question:
    """A draft's Korean question alone, whose names are all that counts."""
    return Question(asked=draft.question, normalised=draft.question, english="")


def _is_rival(sentence: str, draft: Draft) -> bool:
    """Whether a sentence answers too, or gives another figure for what seems the same question."""
    asked, keys = find_names(draft.question_en), [key.source for key in draft.keys]
    words = find_asked_terms("", draft.question_en) - set(stem_terms(" ".join(asked)))
    shared = len(words & set(stem_terms(sentence))) / max(len(words), 1)
    if len(words) > 1 and shared >= RIVAL and all(any(find_figures(key)) for key in keys):
        asked_about = {figure.value for figure in find_figures(draft.question_en)}
        return any(figure.value not in asked_about for figure in find_figures(sentence))
    has_names = len(asked) > 1 and all(alike(name) in alike(sentence) for name in asked)
    return (shared >= SHARED or has_names) and all(has_key(sentence, key) for key in keys)


def check_judged(named: Sequence[Evidence], evidence: Evidence) -> None:
    """Dropped where a judge has named no part of the evidence, or words of another passage."""
    own = [piece for piece in named if is_own_passage(piece.passage, evidence)]
    if len(own) < len(named):
        raise Dropped("다른 곳에도 답이 있음")
    if not any(_has_overlap(piece, evidence) for piece in own):
        raise Dropped("인용이 답이 아님")


def _has_overlap(piece: Evidence, evidence: Evidence) -> bool:
    """Whether one holds the other, in whichever of the passages that overlap."""
    one, other = squeeze_text(piece.quote), squeeze_text(evidence.quote)
    return one in other or other in one


def is_own_passage(passage: Passage, evidence: Evidence) -> bool:
    """Whether a passage holds the evidence: its own, or one that overlaps with it."""
    return passage.document == evidence.passage.document and has_evidence(
        passage.text, evidence.quote
    )


def classify_question(draft: Draft, evidence: Evidence) -> str:
    """What kind of question it is: of a table, of reasons and ways, or of a fact."""
    if any(is_table_row(line) for line in evidence.quote.splitlines()):
        return "table"
    asks_why = WHY.search(f"{draft.question} {draft.question_en}") or HOW.match(draft.question_en)
    return "method" if asks_why else "fact"
