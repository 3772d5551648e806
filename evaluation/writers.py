"""Who writes questions: a strong model in one reply, a small one from a figure that code picks."""

import re
from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Protocol

from langchain_core.language_models import BaseChatModel

from evaluation.prompts import ASK_FOR_FIGURE, QUESTION_IN_KOREAN, WRITE
from evaluation.vetting import Draft, Dropped, Key
from nodes.answer import REFUSAL
from nodes.excerpts import asked_terms, excerpts, fenced
from nodes.figures import LABEL, Figure, figures, values
from nodes.judges import LEANS
from nodes.names import VERSIONED, names, squeezed
from nodes.prompts import ANSWER_PLAIN, IN_KOREAN, TRANSLATE
from nodes.replies import reply_lines, reply_text, reply_to
from nodes.translate import HANGUL
from retrieval.passages import Evidence, Passage
from retrieval.sentences import sentence_spans
from retrieval.tables import is_caption, is_row

# Sentences that the small model can ask about, in characters.
SHORTEST, LONGEST = 50, 320
# What is cited or aside from the sentence: its figures are years and numbers of references.
CITED = re.compile(r"\[[\d, –-]+\]|\([^()]*(?:19|20)\d\d[^()]*\)|\[[^\[\]]*(?:19|20)\d\d[^\[\]]*\]")
YEAR = re.compile(r"(?:19|20)\d\d")
TITLE_END = re.compile(r":\s| [-–—] |\s+technical report\b", re.IGNORECASE)
# A small model asks for these where it cannot tell what a figure counts.
FIGURE_ITSELF = re.compile(r"\b(?:figure|number|value)\b.{0,20}\b(?:mention|sentence|stated)", re.I)
# So much of the English question has to come back from the Korean one.
COMES_BACK = 0.5


class Writer(Protocol):
    """Writes a question that a passage answers; Dropped where it has none."""

    async def __call__(self, passage: Passage) -> Draft:
        """A question with its answer; another one when it is asked for the same passage again."""


class ModelWriter:
    """A strong model chooses what to ask, and says what answers it."""

    def __init__(self, model: BaseChatModel) -> None:
        self._chain = WRITE | model.with_structured_output(Draft)

    async def __call__(self, passage: Passage) -> Draft:
        """The model's reply, as it is."""
        values = {"title": fenced(passage.title), "passage": fenced(passage.text)}
        return Draft.model_validate(await reply_to(self._chain, values))


class FigureWriter:
    """For a small model: code picks a sentence with a figure, and the model asks for the figure.

    What it writes is kept where its Korean question, put into English again by the same model
    and answered by it from the sentence, leads back to the figure: a question that got lost in
    translation does not. So the questions are of those that the model can answer when it is
    shown the right sentence, and all ask for figures.
    """

    def __init__(self, model: BaseChatModel, random: Random) -> None:
        self._model = model
        self._random = random
        self._left: dict[str, Iterator[tuple[Evidence, Figure]]] = {}

    async def __call__(self, passage: Passage) -> Draft:
        """A question for one of the passage's figures, each in turn."""
        sentence, figure = self._next(passage)
        subject = subject_of(passage)
        english, answer = await self._in_english(subject, sentence, figure)
        question = await reply_text(QUESTION_IN_KOREAN | self._model, {"english": english})
        draft = Draft(
            question=question,
            question_en=english,
            quote=sentence.quote,
            answer=await reply_text(
                IN_KOREAN | self._model, {"question": question, "answer": answer}
            ),
            keys=[Key(source=figure.text, korean=[])],
        )
        await self._check(draft, sentence, figure)
        return draft

    def _next(self, passage: Passage) -> tuple[Evidence, Figure]:
        if passage.id not in self._left:
            found = list(askable(passage))
            self._random.shuffle(found)
            self._left[passage.id] = cycle(found)
        try:
            return next(self._left[passage.id])
        except StopIteration:
            raise Dropped("물을 만한 수치가 없음") from None

    async def _in_english(
        self, subject: str, sentence: Evidence, figure: Figure
    ) -> tuple[str, str]:
        """The question and its answer in English; the paper is named where the question does not."""
        told = {
            "subject": fenced(subject),
            "sentence": fenced(" ".join(sentence.quote.split())),
            "figure": figure.text,
        }
        question, *rest = await reply_lines(ASK_FOR_FIGURE | self._model, told)
        if not rest or FIGURE_ITSELF.search(question) or figure.value not in values(rest[0]):
            raise Dropped("모델이 쓰지 못함")
        if squeezed(subject) not in squeezed(question):
            question = f"In the {subject} paper, {question[0].lower()}{question[1:]}"
        return question, rest[0]

    async def _check(self, draft: Draft, sentence: Evidence, figure: Figure) -> None:
        """Dropped where the Korean question does not lead to the figure that it was made for."""
        kept = [name for name in names(draft.question_en) if not HANGUL.search(name)]
        if any(squeezed(name) not in squeezed(draft.question) for name in kept):
            raise Dropped("번역에서 이름이 빠짐")
        if {one.value for one in figures(draft.question_en)} != {
            one.value for one in figures(draft.question)
        }:
            raise Dropped("번역에서 수치가 달라짐")
        told = {"titles": f"- {subject_of(sentence.passage)}", "conversation": ""}
        again = await reply_text(TRANSLATE | self._model, {**told, "question": draft.question})
        asked, back = (asked_terms("", text) for text in (draft.question_en, again))
        if len(asked & back) < COMES_BACK * len(asked):
            raise Dropped("번역하면 뜻이 달라짐")
        told = {"excerpts": excerpts([sentence]), "english": again}
        answer = await reply_text(ANSWER_PLAIN | self._model, told)
        if REFUSAL in answer or figure.value not in values(answer):
            raise Dropped("되물으면 답이 다름")


def askable(passage: Passage) -> Iterator[tuple[Evidence, Figure]]:
    """Each sentence that says something by itself, with each figure in it that tells something."""
    for start, end in sentence_spans(passage.text):
        text = passage.text[start:end]
        if _is_plain(text):
            evidence = Evidence(passage=passage, start=start, end=end)
            yield from ((evidence, figure) for figure in _telling(text))


def _is_plain(text: str) -> bool:
    """Whether it is a whole sentence that leans on none before it."""
    return (
        SHORTEST <= len(text) <= LONGEST
        and text[0].isupper()
        and text[-1] == "."
        and not (is_row(text) or is_caption(text) or LEANS.match(text))
    )


def _telling(text: str) -> Iterator[Figure]:
    """The figures that are no year, no reference and no part of a name, each said once."""
    for aside in (CITED, LABEL, VERSIONED):
        text = aside.sub(lambda match: " " * len(match[0]), text)
    found = list(figures(text))
    for figure in found:
        alike = [other for other in found if other.value == figure.value]
        if len(figure.text) > 1 and not YEAR.fullmatch(figure.text) and len(alike) == 1:
            yield figure


def subject_of(passage: Passage) -> str:
    """What a paper is called for short: its title up to the colon."""
    return TITLE_END.split(passage.title or passage.document)[0].strip()
