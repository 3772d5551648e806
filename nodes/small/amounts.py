"""Refuse what is no answer to a question for an amount, by where its figures come from."""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from math import exp

from langchain_core.messages import BaseMessage

from language.amounts import find_measured_noun
from language.figures import LABELLED_NUMBER, find_figures, find_values
from language.glossary import list_synonyms
from language.terms import stem_words
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence

# A figure with a token that the model held for less likely (0..1) than this is a guess: 13 of 236
# answers have one; 7 are wrong, 6 answer what no paper answers.
MIN_CERTAINTY = 0.4
DIGIT = re.compile(r"\d")
# Their figures are no amounts: Table 3, and the number of an item.
NO_AMOUNT = re.compile(rf"{LABELLED_NUMBER.pattern}|^\s*\d+[.)]\s", re.IGNORECASE | re.MULTILINE)
# An answer may be a formula in place of a figure: O(n).
FORMULA_SIGN = re.compile(r"[=^]|\bO\(")
# In lower case, no part of a name (phi-3-mini, d_model), and no verb of a Korean sentence (set했어).
SUBJECT_WORD = re.compile(
    r"(?<![\w-])[a-z]{2,}(?:-[a-z]+)*(?![A-Za-z\d_-]|\s?[하했한할해되돼된됐시])"
)
# The heading of a section inside a passage.
SECTION_HEADING = re.compile(r"^\d+(?:\.\d+)*\.? [A-Z][^\n]{2,80}(?<![.:;,])$", re.MULTILINE)
# They tell no question from another, or name a place in a paper, a scale or any measure.
COMMON_STEMS = frozenset(
    stem_words(
        "model data dataset benchmark task score value number result average table paper training"
        " appendix section experiment accuracy metric performance percent ratio threshold total"
        " thousand million billion trillion fewshot zeroshot"
    )
)
# Sums of money, which a source tells without these words.
MONEY = frozenset("금액 액수 비용 가격 돈".split())
CURRENCIES = ("원", "달러", "유로", "위안", "파운드", "$")
# A stem is short for another from so many letters on (vocab, vocabulary).
MIN_STEM_LENGTH = 4


def find_refusal(
    answer: str, reply: BaseMessage, question: Question, evidence: Sequence[Evidence]
) -> Refusal | None:
    """The refusal of an English answer whose figures can't be trusted; None where it may stand.

    A small model that finds no figure tells another one, or makes one up. `reply` is the answer as
    the server sent it, with the model's probabilities.
    """
    if question.wants_figure and lacks_figure(answer, question):
        return Refusal(rule="no_amount", detail=answer)
    if not question.asks_amount:
        return None
    if is_off_topic(answer, question, evidence):
        return Refusal(rule="off_topic", detail=answer)
    if has_uncertain_figure(reply, question):
        return Refusal(rule="uncertain_figure", detail=answer)
    return None


def lacks_figure(answer: str, question: Question) -> bool:
    """Whether an English answer has no figure, in digits or words, but those of its question."""
    new = find_values(NO_AMOUNT.sub(" ", answer)) - question.figures
    return not new and not FORMULA_SIGN.search(answer)


def is_off_topic(answer: str, question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the figures of an answer come from sentences that don't mention what was asked.

    Or a term of what was asked for stands nowhere in what was read.
    """
    new = find_values(answer) - find_values(question.normalised)
    bearing = [piece for piece in evidence if new & find_values(piece.quote)]
    if not bearing:
        return False
    subject = _find_subject(question.normalised, evidence)
    return _lacks_term(question, subject, evidence) or _stands_elsewhere(bearing, subject)


def lacks_measured_noun(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether what a Korean question asks the amount of stands in none of the passages of its evidence."""
    noun = find_measured_noun(question.asked)
    passages = "".join(f"{one.passage.title}\n{one.passage.searched_text}" for one in evidence)
    passages = "".join(passages.split())  # 출산 휴가 is 출산휴가
    known = [*list_synonyms(noun), *(CURRENCIES if noun in MONEY else ())]
    return bool(noun) and not any("".join(word.split()) in passages for word in known)


def has_uncertain_figure(reply: BaseMessage, question: Question) -> bool:
    """Whether a reply has a figure, but those of the question, that its model was not sure of.

    False where the server told no probabilities.
    """
    return any(
        probability < MIN_CERTAINTY
        for probability in _find_digit_certainties(reply, question.figures)
    )


def _find_subject(normalised: str, evidence: Sequence[Evidence]) -> list[str]:
    """A question's words in Latin letters but names, of which a paper speaks all along: no rag, RAG."""
    papers = "\n".join(piece.passage.searched_text for piece in evidence)
    words = (
        word
        for word in SUBJECT_WORD.findall(normalised)
        if _find_stems_without_hyphens(word) - COMMON_STEMS
    )
    return [word for word in words if not re.search(rf"\b{word.upper()}", papers)]


def _lacks_term(question: Question, subject: Sequence[str], evidence: Sequence[Evidence]) -> bool:
    """Whether a question for an amount alone has a word of its subject that nothing read has."""
    titles = [_find_stems(piece.passage.title) for piece in evidence]
    read = set[str]().union(*map(_find_stems_around, evidence), *titles)
    return question.asks_amount_alone and not all(_has_word(read, word) for word in subject)


def _stands_elsewhere(bearing: Sequence[Evidence], subject: Sequence[str]) -> bool:
    """Whether no piece that bears a figure of the answer speaks of the subject."""
    return not any(_mentions_subject(piece, subject) for piece in bearing)


def _mentions_subject(piece: Evidence, subject: Sequence[str]) -> bool:
    """Whether some word of the subject that not all its paper is about stands around a piece."""
    title, told = _find_stems(piece.passage.title), _find_stems_around(piece)
    telling = [word for word in subject if not _has_word(title, word)]
    return not telling or any(_has_word(told, word) for word in telling)


def _has_word(told: Set[str], word: str) -> bool:
    """Whether a word is among the stems told: as one (pretraining), or by its parts (pre-training)."""
    return any(
        all(_has_stem(told, stem) for stem in stems)
        for stems in (_find_stems_without_hyphens(word), _find_stems(word))
    )


def _has_stem(told: Set[str], stem: str) -> bool:
    """Whether a stem is told, or what it is short for, or short for it."""
    return stem in told or any(
        min(len(stem), len(one)) >= MIN_STEM_LENGTH
        and (one.startswith(stem) or stem.startswith(one))
        for one in told
    )


def _find_stems_around(piece: Evidence) -> set[str]:
    """The stems of a piece, its section, and the head and caption of the table it is a row of."""
    table = piece.passage.table_at(piece.start)
    around = [line.text for line in (table.head, table.caption) if line] if table else []
    headings = SECTION_HEADING.findall(piece.passage.text, 0, piece.start)[-1:]
    told = "\n".join([piece.passage.section, *headings, piece.quote, *around])
    return _find_stems(told) | _find_stems_without_hyphens(told)


def _find_stems(text: str) -> set[str]:
    return set(stem_words(text.replace("_", " ")))


def _find_stems_without_hyphens(text: str) -> set[str]:
    """The stems of a text whose hyphens are left out."""
    return _find_stems(text.replace("-", ""))


def _find_digit_certainties(reply: BaseMessage, known: Set[Decimal]) -> Iterator[float]:
    """How likely (0..1) the model held each token with a digit, but of the figures known."""
    tokens = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    text = "".join(token["token"] for token in tokens)
    amounts = NO_AMOUNT.sub(lambda match: " " * len(match[0]), text)
    new = [
        (figure.start, figure.end) for figure in find_figures(amounts) if figure.value not in known
    ]
    at = 0
    for token in tokens:
        end = at + len(token["token"])
        is_new = any(start < end and at < stop for start, stop in new)
        if is_new and DIGIT.search(token["token"]) and token["logprob"] is not None:
            yield exp(token["logprob"])
        at = end
