"""Find what is wrong with a sentence of an answer: figures, units, names, language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from language.comparisons import (
    changes_otherwise,
    misjudges_figures,
    overfills_share,
    restates_otherwise,
    swaps_places,
)
from language.counted import counts_another_thing
from language.figures import Figure, drop_pointers, find_figures, states_figure
from language.matching import find_asked_terms
from language.names import find_names
from language.numerals import NUMBER
from language.ordinals import find_unstated_ordinals
from language.polarity import contradicts_source
from language.soundness import find_garbled_endings, find_mixed_words
from language.terms import is_korean, list_korean_terms
from language.units import has_unit
from language.unstated_terms import find_unstated_terms
from nodes.answer_language import Language
from nodes.citing.evidence import quote_with_table_head
from nodes.citing.known_names import (
    find_mistaken_names,
    is_anothers_figure,
    is_in_known_name,
    list_unknown_names,
)
from nodes.citing.named_cell import stands_in_named_cell
from retrieval.passages import Evidence

# What a sentence says of its own figures.
FIGURE_JUDGES = (misjudges_figures, changes_otherwise, overfills_share, restates_otherwise)
UNVERIFIED = "근거에서 확인되지 않음"
CONTRADICTED = "근거와 어긋남"
NOT_KOREAN = "한국어가 아닌 글자가 섞임"
GARBLED = "문장 끝이 올바르지 않음"
MIXED = "한 낱말에 한글과 영문이 섞임"
HANGUL_SYLLABLE = re.compile(r"[가-힣]")
# Chinese characters, kana and what else small models slip into.
FOREIGN_SCRIPT = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0400-\u04ff\u0e00-\u0e7f]+"
)
ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|`[^`]*`|\([^)]*\)")
# Taken for another language: more than FEW_WORDS English words, and less than KOREAN_SHARE of its
# letters in Hangul; of a sentence that ends in Hangul, ENDED_SHARE: it may hold long names.
FEW_WORDS = 4
KOREAN_SHARE, ENDED_SHARE = 0.2, 0.1
ENDS_IN_HANGUL = re.compile(r"[가-힣][.!?)]*\s*$")
# A number belongs to a model's name behind a word in Latin letters (Gemma 2), or before what may
# follow a name (27B는, but no 27 이상). Else it counts something.
BEFORE_VERSION = re.compile(r"[A-Za-z] ?$")
AFTER_NAME = re.compile(
    r"\s*(?:이(?![상하내])|가(?!까이|량)|[은는을를의와과랑도로에]|모델|버전|논문|보고서|기술|[^\w\s]|$)"
)
# Small models put "it" as he or she.
PERSON = re.compile(r"(?<![가-힣])(?:그|그녀)(?:는|가|의|를)(?![가-힣])")
PERSON_OF_SOURCE = re.compile(rf"\b(?:he|she|his|her|him|who)\b|{PERSON.pattern}", re.IGNORECASE)
# A sentence names a table, a figure or a section by its number.
POINTED_AT = re.compile(r"(?:표|그림|식|부록|절|Table|Figure|Section|Appendix)\s*[A-Z]?[\d.]*$")
# Of a sentence on a Korean source, so many of its terms (0..1) may be other words: a choice.
MAX_OTHER_WORDS = 0.34
# It says what the papers leave out, for which there is no evidence.
MISSING = re.compile(
    r"(?:나와|명시되어|제시되어|포함되어|언급되어|기재되어|나타나|밝혀져)\s*있지\s*않|(?:언급|명시|제시|보고|설명)(?:되|하)지\s*않"
    r"|(?:언급|정보|내용|설명|근거)[이가은는]?\s*(?:없|부족)|(?:알|확인할|찾을|답할|답변할)\s*수\s*없|다루지\s*않|밝히지\s*않"
    r"|\b(?:excerpts?|papers?|texts?|contexts?|passages?|documents?|evidence) (?:do|does)(?: not|n['’]t)"
    r" (?:say|mention|provide|contain|specify|state|include|give|discuss|address|report|explain)\b"
    r"|\b(?:information|answer|details?|it) (?:is|are)(?: not|n['’]t) (?:\w+ )?"
    r"(?:mentioned|specified|provided|stated|given|available)\b|\bno (?:information|mention) (?:is|of|on|about)\b"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a sentence: told to the model, and shown to the reader."""

    sentence: str
    reason: str
    label: str


class SentenceCheck:
    """Sets the sentences of an answer against what they cite.

    Figures in names of the question need no evidence (Gemma 2, 9B).
    """

    def __init__(self, *asked: str, language: Language = "Korean") -> None:
        """`asked`: the question, also in English. `language`: of the answer."""
        self.asked = asked
        self._language = language
        self._terms = find_asked_terms(" ".join(asked), "")

    def find_unproven_figures(self, sentence: str, cited: Sequence[Evidence]) -> list[Figure]:
        """The figures of the sentence that stand in none of its evidence, with their units."""
        named = _find_figures_in_names((*self.asked, *(piece.passage.title for piece in cited)))
        return [
            figure
            for figure in find_figures(sentence)
            if not self._is_borne(figure, sentence, cited)
            and not (figure.value in named and _belongs_to_name(sentence, figure))
            and not is_in_known_name(sentence, figure, cited)
        ]

    def find_unproven_names(self, sentence: str, cited: Sequence[Evidence]) -> list[str]:
        """The names of the sentence that its sources' passages do not have, asked for or not.

        A value behind a name (MMLU 75.7) is a figure, where a source bears it.
        """
        borne = [
            figure.text
            for figure in find_figures(sentence)
            if self._is_borne(figure, sentence, cited)
        ]
        return list_unknown_names(sentence, cited, values=borne)

    def _is_borne(self, figure: Figure, sentence: str, cited: Sequence[Evidence]) -> bool:
        return any(self.bears_figure(piece, sentence, figure) for piece in cited)

    def bears_figure(self, piece: Evidence, sentence: str, figure: Figure) -> bool:
        """Whether evidence states a figure of a sentence; of a table, in the cell that is named."""
        source = quote_with_table_head(piece)
        if not POINTED_AT.search(sentence[: figure.start]):
            source = drop_pointers(source)
        return (
            states_figure(source, sentence, figure)
            and not counts_another_thing(sentence, figure, source)
            and stands_in_named_cell(figure, piece, sentence, self._terms)
            and not is_anothers_figure(sentence, figure, piece)
        )

    def find_faults(self, sentence: str, cited: Sequence[Evidence]) -> Iterator[Fault]:
        """All that is wrong with the sentence."""
        for figure in self.find_unproven_figures(sentence, cited):
            yield Fault(sentence, f"{figure.text} does not stand in the evidence", UNVERIFIED)
        for name, other in find_mistaken_names(sentence, cited):
            yield Fault(sentence, f"the evidence is about {other}, not {name}", UNVERIFIED)
        for name in self.find_unproven_names(sentence, cited):
            yield Fault(sentence, f"{name} does not stand in the evidence", UNVERIFIED)
        said = " ".join(piece.quote for piece in cited)
        if not is_korean(said) and contradicts_source(sentence, said):
            yield Fault(sentence, "the evidence says the opposite", CONTRADICTED)
        if any(judge(sentence) for judge in FIGURE_JUDGES):
            yield Fault(sentence, "its own figures say the opposite", CONTRADICTED)
        if swaps_places(sentence, " ".join(self.asked)):
            yield Fault(sentence, "what took whose place is the other way round", CONTRADICTED)
        for ordinal in find_unstated_ordinals(sentence, said):
            yield Fault(sentence, f"{ordinal} does not stand in the evidence", UNVERIFIED)
        if is_korean(said) and self._has_other_words(sentence, cited):
            yield Fault(sentence, "the evidence has other words", UNVERIFIED)
        if self._language == "Korean":
            yield from self._find_faults_of_korean(sentence, cited)

    def _find_faults_of_korean(self, sentence: str, cited: Sequence[Evidence]) -> Iterator[Fault]:
        """Where it is no Korean, or none that anybody writes."""
        own = QUOTED.sub(" ", sentence)
        sources = " ".join([*self.asked, *(piece.quote for piece in cited)])
        for term in find_unstated_terms(own, sources):
            yield Fault(sentence, f"{term} does not stand in the evidence", UNVERIFIED)
        if _is_not_korean(own, sources):
            yield Fault(sentence, "it is not written in Korean alone", NOT_KOREAN)
        for word in find_mixed_words(own):
            yield Fault(sentence, f"{word} is half Korean, half English", MIXED)
        if PERSON.search(own) and not PERSON_OF_SOURCE.search(sources):
            yield Fault(sentence, "it makes a person of a thing", GARBLED)
        for ending in find_garbled_endings(own):
            yield Fault(sentence, f"{ending} is no Korean ending", GARBLED)

    def _has_other_words(self, sentence: str, cited: Sequence[Evidence]) -> bool:
        """Whether too many Korean terms of a sentence stand neither in its Korean sources nor in the question."""
        sources = [f"{piece.passage.title}\n{quote_with_table_head(piece)}" for piece in cited]
        known = set(list_korean_terms("\n".join([*self.asked, *sources])))
        terms = list_korean_terms(sentence)
        missing = [term for term in terms if term not in known]
        return len(missing) > MAX_OTHER_WORDS * len(terms)


def says_what_is_missing(sentence: str) -> bool:
    """Whether the sentence only names what the papers do not hold."""
    return bool(MISSING.search(sentence))


def _belongs_to_name(sentence: str, figure: Figure) -> bool:
    """Whether a figure stands in its sentence as a part of a name, and counts nothing."""
    is_behind_word = BEFORE_VERSION.search(sentence[: figure.start])
    in_name = is_behind_word or AFTER_NAME.match(sentence, figure.end)
    return bool(in_name) and not has_unit(sentence, figure.end)


def _find_figures_in_names(texts: Sequence[str]) -> set[Decimal]:
    """The figures in the names that the texts hold, with and without their scale."""
    found = [name for text in texts for name in find_names(text)]
    bare = {
        Decimal(number.replace(",", "")) for name in found for number in re.findall(NUMBER, name)
    }
    return bare | {figure.value for name in found for figure in find_figures(name)}


def _is_not_korean(own: str, sources: str) -> bool:
    """Whether a sentence has letters that are neither Korean nor its sources', or too few in Hangul."""
    stray = [signs for signs in FOREIGN_SCRIPT.findall(own) if signs not in sources]
    return bool(stray) or _is_in_another_language(own)


def _is_in_another_language(text: str) -> bool:
    words = ENGLISH_WORD.findall(text)
    hangul = len(HANGUL_SYLLABLE.findall(text))
    share = ENDED_SHARE if ENDS_IN_HANGUL.search(text) else KOREAN_SHARE
    return len(words) > FEW_WORDS and hangul < share * (hangul + sum(map(len, words)))
