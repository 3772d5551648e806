"""An answer as it is written: each sentence is cited and checked once, as it ends."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from langchain_core.embeddings import Embeddings

from language.sentences import is_abbreviation
from nodes.answer_language import Language
from nodes.citing.aside_filter import AsideFilter
from nodes.citing.asides import is_heading
from nodes.citing.attribution import Attribution
from nodes.citing.checks import UNVERIFIED, Fault, SentenceCheck, says_what_is_missing
from nodes.citing.marks import MarkReader
from nodes.citing.parts import AnswerPart, SettledText
from nodes.profile import ReplacedSentence
from nodes.question import Question
from retrieval.passages import Evidence

OWN_MARK = re.compile(r"(?<= )\[(\d+)\]")
# What a `MarkReader` makes of a model's marks, and those of a model that was shown no numbers.
READ_MARK = re.compile(r"\s*\[(\d+)\]")
BARE_MARK = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
# A sentence with its marks, behind which white space has come: it is whole.
SENTENCE = re.compile(r"\s*[^\n]*?(?:[.!?。][\"'”’)*]*(?:[ ]*\[[\d, ]*\])*(?=\s)|(?<=[^\n])(?=\n))")
# The end of the text so far that further words may still turn into a mark or a sentence's end.
UNDECIDED_END = re.compile(r"[\s.!?。\"'”’)*\[\],\d|]*$")
# A row of a Markdown table ends in a stroke, which its marks must not follow.
ROW_END = re.compile(r"\s*\|\s*$")
TABLE_RULE = re.compile(r"[|:\s-]*")
NEW_LINE = re.compile(r"[ \t]*\n")
# Shorter ones are list numbers, headings and stray marks.
MIN_ANSWER_SENTENCE = 8


# The words of a source, in place of a sentence that it does not bear.
QUOTES: Mapping[Language, str] = {
    "Korean": "논문에는 이렇게 적혀 있습니다: “{}”",
    "English": "The paper says: “{}”",
}


class CitationStream:
    """Takes the words of a model as they come, and gives what a reader is shown of them.

    A mark of the model's leads to that number of `numbered`, or is dropped; a sentence without
    any gets the mark of the sentence that bears it. Marks are numbered as they come up.
    """

    def __init__(
        self,
        attribution: Attribution,
        check: SentenceCheck,
        *,
        numbered: Sequence[Evidence] = (),
        language: Language = "Korean",
    ) -> None:
        self.citations: list[Evidence] = []
        self.faults: list[Fault] = []
        self.stated = 0
        """How many sentences state something, beside those on what the papers leave out."""
        self.quotes_only = False
        """Whether all of them give way to their sources, since the answer misses its question."""
        self.retell: Callable[[Evidence], str] | None = None
        """What is told in place of a sentence that its source bears; empty where it stays as it is."""
        self._unconfirmed = 0
        self.attribution = attribution
        self._check = check
        self._numbered = numbered
        self._readers: list[MarkReader | AsideFilter] = []
        if numbered:
            self._readers = [MarkReader(len(numbered)), AsideFilter(*check.asked)]
        self._mark = READ_MARK if numbered else BARE_MARK
        self._quote = QUOTES[language]
        self._parts: list[AnswerPart] = []
        self._held = ""
        self._sentence = ""
        self._marked: list[Evidence] = []
        self._in_table = False
        self._is_cut = False

    @property
    def confirms_nothing(self) -> bool:
        """Whether the evidence confirms none of the sentences."""
        return 0 < self.stated == self._unconfirmed

    def settle_text(self, used: list[Evidence] | None = None) -> SettledText:
        """What is shown in the end: a source's own words where a sentence has a fault.

        Marks are numbered anew, as those of replaced sentences are gone:
        behind those of `used`, the citations of what is told before, which grows.
        """
        text, sentence = "", ""
        quoted: list[Evidence] = []
        told: list[Evidence] = []
        replaced: list[ReplacedSentence] = []
        used = [] if used is None else used
        for part in self._parts:
            sentence += part.shown
            if part.source and (part.faults or self.quotes_only):
                replaced += _note_replaced(sentence, part.faults)
                if part.source not in [*quoted, *told]:
                    quoted.append(part.source)
                    text += self._write_quote(sentence, part, part.source, used)
                sentence = ""
            elif part.source or part.row_end:
                is_new = part.source not in told
                told += [part.source] if part.source else []
                retold = self._retell_part(part)
                if not retold:
                    text += f"{self._number_marks(sentence, used)}{part.row_end}"
                elif part.source and is_new:
                    text += f"{_find_space(sentence)}{retold} {_write_mark(part.source, used)}"
                sentence = ""
        rest = "" if self._is_cut else self._number_marks(sentence, used)
        text = f"{text}{rest}".strip()
        return SettledText(text, used, len(quoted), len(told) + len(quoted), replaced)

    def _retell_part(self, part: AnswerPart) -> str:
        """What takes the place of a sentence that its source bears; empty where it stays."""
        if part.told or self.retell is None or part.source is None or part.row_end:
            return part.told
        return self.retell(part.source)

    def _write_quote(
        self, replaced: str, part: AnswerPart, source: Evidence, used: list[Evidence]
    ) -> str:
        """The words of a source in place of a sentence, where that stood; below a table for a row.

        Brackets in them (a paper's own citations) are no marks.
        """
        before = "\n\n" if part.row_end else _find_space(replaced)
        words = self._quote.format(" ".join(source.quote.split()))
        return f"{before}{words} {_write_mark(source, used)}"

    def _number_marks(self, text: str, used: list[Evidence]) -> str:
        """The text with its marks numbered by what is `used`, which grows."""
        return OWN_MARK.sub(lambda mark: _write_mark(self.citations[int(mark[1]) - 1], used), text)

    def tell_source(self, source: Evidence, words: str = "", faults: Sequence[Fault] = ()) -> None:
        """Tell one more source behind what is told so far: in these words, or quoted where they have faults."""
        self._parts.append(AnswerPart(" ", faults, source, told=words))

    @property
    def sources(self) -> list[Evidence]:
        """What comes nearest to each sentence."""
        return [part.source for part in self._parts if part.source]

    async def add_words(self, words: str) -> str:
        """The text that can be shown after some more words."""
        for reader in self._readers:
            words = reader.read_words(words)
        self._held += words
        opening = UNDECIDED_END.search(self._held)
        end = opening.start() if opening else len(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return self._show_parts(await self._pass_sentences(ready))

    async def finish_text(self) -> str:
        """The rest of the text."""
        words = ""
        for reader in self._readers:
            words = reader.read_words(words) + reader.finish()
        rest = await self._pass_sentences(f"{self._held}{words}".rstrip() + "\n")
        while rest and not (rest[-1].source or rest[-1].row_end or rest[-1].shown.strip()):
            rest.pop()  # the line break that ended the last sentence
        rest.append(await self._end_sentence(is_whole_answer=not self.stated))
        return self._show_parts(rest)

    def drop_unfinished(self) -> None:
        """Leave out the last sentence, which has no end: what it would have said nobody knows."""
        self._is_cut = True

    def _show_parts(self, parts: Sequence[AnswerPart]) -> str:
        self._parts += parts
        return "".join(f"{part.shown}{part.row_end}" for part in parts)

    async def _pass_sentences(self, text: str) -> list[AnswerPart]:
        """The parts of a text, whose sentences end where they are whole."""
        parts = [await self._end_sentence()] if NEW_LINE.match(text) else []
        while whole := SENTENCE.match(text):
            text = text[whole.end() :]
            end = ROW_END.search(whole[0])
            parts.append(self._renumber_marks(whole[0][: end.start()] if end else whole[0]))
            if end:
                parts.append(replace(await self._end_row(), row_end=end[0]))
            elif not is_abbreviation(self._sentence, text):
                parts.append(await self._end_sentence())
                self._in_table = False
        return [*parts, self._renumber_marks(text)]

    def _renumber_marks(self, text: str) -> AnswerPart:
        """The text with the model's marks renumbered, or dropped."""
        self._sentence += self._mark.sub("", text)
        return AnswerPart(self._mark.sub(self._follow_mark, text))

    def _follow_mark(self, match: re.Match[str]) -> str:
        numbers = map(int, re.findall(r"\d+", match[1]))
        pieces = [self._numbered[n - 1] for n in numbers if 0 < n <= len(self._numbered)]
        self._marked += pieces
        return "".join(f" {_write_mark(piece, self.citations)}" for piece in pieces)

    async def _end_sentence(self, *, is_whole_answer: bool = False) -> AnswerPart:
        """The marks of a sentence that ends here, cited and checked; a whole answer may be "24"."""
        sentence = self._sentence.strip()
        shortest = 1 if is_whole_answer else MIN_ANSWER_SENTENCE
        is_said = str.isalnum if is_whole_answer else str.isalpha
        if len(sentence) < shortest or not any(map(is_said, sentence)):
            return AnswerPart("")
        marked, self._sentence, self._marked = self._marked, "", []
        if says_what_is_missing(sentence) or (not marked and self._is_heading(sentence)):
            return AnswerPart("")
        self.stated += 1
        cited = await asyncio.to_thread(
            self.attribution.cite_sentence, sentence, marked, self._check
        )
        faults = list(self._check.find_faults(sentence, cited))
        source = self.attribution.find_best_source(sentence) if faults else cited[0]
        self.faults += faults
        self._unconfirmed += any(fault.label == UNVERIFIED for fault in faults)
        marks = "".join(f" {_write_mark(piece, self.citations)}" for piece in cited[len(marked) :])
        return AnswerPart(marks, faults, source)

    def _is_heading(self, sentence: str) -> bool:
        """Whether a line only says what comes below it."""
        return sentence.endswith(":") or (bool(self._numbered) and is_heading(sentence))

    async def _end_row(self) -> AnswerPart:
        """The same of a table's row; its heads and the rule below them state nothing."""
        is_head = not self._in_table or TABLE_RULE.fullmatch(self._sentence)
        self._in_table = True
        if is_head:
            self._sentence, self._marked = "", []
        return await self._end_sentence()


def _note_replaced(sentence: str, faults: Sequence[Fault]) -> list[ReplacedSentence]:
    """The sentence that a model wrote, if it wrote one: code may quote a source of its own accord."""
    words = READ_MARK.sub("", sentence).strip()
    labels = list(dict.fromkeys(fault.label for fault in faults))
    return [ReplacedSentence(sentence=words, faults=labels)] if words else []


def _find_space(sentence: str) -> str:
    """The white space that a sentence begins with."""
    return sentence[: len(sentence) - len(sentence.lstrip())]


def _write_mark(piece: Evidence, citations: list[Evidence]) -> str:
    """The mark of a piece of evidence by its place in the citations, which it joins."""
    if piece not in citations:
        citations.append(piece)
    return f"[{citations.index(piece) + 1}]"


def prepare_streams(
    question: Question,
    evidence: Sequence[Evidence],
    embeddings: Embeddings,
    *,
    original: str = "",
    numbered: Sequence[Evidence] = (),
) -> Callable[[], CitationStream]:
    """What makes a stream for each draft of an answer; they share what is known of the evidence.

    `original`: the English that the answer is translated from.
    """
    attribution = Attribution(evidence, embeddings, question=question, original=original)
    check = SentenceCheck(question.asked, question.english, language=question.language)
    return partial(
        CitationStream, attribution, check, numbered=numbered, language=question.language
    )
