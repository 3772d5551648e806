"""Who writes questions: a strong model in one reply, a small one from a figure that code picks."""

import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random
from typing import Protocol

from langchain_core.language_models import BaseChatModel

from evaluation.making.askable import Askable, find_sentence_figures, group_unique_cells
from evaluation.making.prompts import ASK_FOR_FIGURE, QUESTION_IN_KOREAN, WRITE
from evaluation.making.vetting import POINTING, Draft, Dropped, Key
from language.figures import find_figures, find_values
from language.matching import find_asked_terms
from language.names import find_names, remove_joints
from nodes.excerpts import write_excerpts
from nodes.prompts import fence_text
from nodes.replies import ask_for_lines, ask_for_text, ask_model
from nodes.small.prompts import ANSWER_PLAIN, PUT_INTO_KOREAN, TRANSLATE
from retrieval.passages import Passage

# A title's name with its version, else all before the colon.
NAMED_SUBJECT = re.compile(r"(?!An?\b|The\b)(?:\S+ ){0,2}?\S*\d[^\s:]*(?: \S*\d[^\s:]*)*")
TITLE_END = re.compile(r":\s| [-–—] |\s+technical report\b", re.IGNORECASE)
# What a small model can put into Korean and back; "how often" and "how long" it takes for "how many".
PLAIN_PHRASE = re.compile(
    r"(?:(?:on|in|at|by|for|to|with|after|up to) )?(?:how many|what|which)\b", re.I
)
# It translates longer questions badly.
MAX_QUESTION_WORDS = 18
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
        values = {"title": fence_text(passage.title), "passage": fence_text(passage.text)}
        return Draft.model_validate(await ask_model(self._chain, values))


class FigureWriter:
    """For a small model: code picks a sentence with a figure, and the model asks for the figure.

    What it writes is kept where its Korean question, put into English again by the same model
    and answered by it from the sentence, leads back to the figure: a question that got lost in
    translation does not. So the questions are of those that the model can answer when it is
    shown the right sentence, and all ask for figures. Of a table, code asks for a cell by its row
    and column, as no other row of the paper has both: a small model mistakes one for the other.
    """

    def __init__(self, model: BaseChatModel, passages: Sequence[Passage], random: Random) -> None:
        self._model = model
        self._random = random
        self._cells = group_unique_cells(passages)
        self._left: dict[str, Iterator[Askable]] = {}

    async def __call__(self, passage: Passage) -> Draft:
        """A question for one of the passage's figures, each in turn."""
        chosen = self._next_figure(passage)
        if chosen.cell:
            return _draft_for_cell(chosen, *chosen.cell)
        english, answer = await self._ask_in_english(chosen)
        question = await ask_for_text(QUESTION_IN_KOREAN | self._model, {"english": english})
        _check_translated(question, english)
        await self._check_leads_back(question, english, chosen)
        given = {"question": question, "answer": answer}
        answer = await ask_for_text(PUT_INTO_KOREAN | self._model, given)
        return _build_draft(chosen, question, english, answer)

    def _next_figure(self, passage: Passage) -> Askable:
        """The next figure: those of sentences come first, else tables would be all."""
        if passage.id not in self._left:
            stated = list(find_sentence_figures(passage))
            cells = list(self._cells.get(passage.id, ()))
            self._random.shuffle(stated)
            self._random.shuffle(cells)
            self._left[passage.id] = cycle([*stated, *cells[: len(stated) or 1]])
        try:
            return next(self._left[passage.id])
        except StopIteration:
            raise Dropped("물을 만한 수치가 없음") from None

    async def _ask_in_english(self, chosen: Askable) -> tuple[str, str]:
        """The question and its answer in English; the paper is named where the question does not."""
        subject, figure = name_subject(chosen.evidence.passage), chosen.figure
        given = {
            "subject": fence_text(subject),
            "sentence": fence_text(" ".join(chosen.evidence.quote.split())),
            "figure": figure.text,
        }
        question, *rest = await ask_for_lines(ASK_FOR_FIGURE | self._model, given)
        if not PLAIN_PHRASE.match(question) or not rest or figure.value not in find_values(rest[0]):
            raise Dropped("모델이 쓰지 못함")
        if len(question.split()) > MAX_QUESTION_WORDS:
            raise Dropped("질문이 너무 긺")
        if POINTING.search(question):
            raise Dropped("홀로 서지 않음")
        if figure.value in {one.value for one in find_figures(question)}:
            raise Dropped("질문에 답이 드러남")
        if remove_joints(subject) not in remove_joints(question):
            question = f"In the {subject} paper, {question[0].lower()}{question[1:]}"
        return question, rest[0]

    async def _check_leads_back(self, question: str, english: str, chosen: Askable) -> None:
        """Dropped where the Korean question does not lead to the figure that it was made for."""
        title = f"- {fence_text(name_subject(chosen.evidence.passage))}"
        given = {"titles": title, "conversation": "", "question": question}
        again = await ask_for_text(TRANSLATE | self._model, given)
        asked, back = (find_asked_terms("", text) for text in (english, again))
        if len(asked & back) < COMES_BACK * len(asked):
            raise Dropped("번역하면 뜻이 달라짐")
        given = {"excerpts": write_excerpts([chosen.evidence]), "english": again}
        answer = await ask_for_text(ANSWER_PLAIN | self._model, given)
        if chosen.figure.value not in find_values(answer):
            raise Dropped("되물으면 답이 다름")


def _check_translated(question: str, english: str) -> None:
    """Dropped where the Korean question lost a name or has other figures than the English one."""
    kept = [remove_joints(name).removesuffix("s") for name in find_names(english)]
    if any(name not in remove_joints(question) for name in kept):
        raise Dropped("번역에서 이름이 빠짐")
    stated, asked = ({one.value for one in find_figures(text)} for text in (english, question))
    if stated != asked:
        raise Dropped("번역에서 수치가 달라짐")


def _draft_for_cell(chosen: Askable, row: str, column: str) -> Draft:
    """The question for a cell of a table, as code asks it."""
    subject = name_subject(chosen.evidence.passage)
    return _build_draft(
        chosen,
        f"{subject} 논문의 표에서 {row} 행의 {column} 값은 얼마인가요?",
        f"In the table of the {subject} paper, what is the value of {column} in the row {row}?",
        f"{row} 행의 {column} 값은 {chosen.figure.text}입니다.",
    )


def _build_draft(chosen: Askable, question: str, english: str, answer: str) -> Draft:
    return Draft(
        question=question,
        question_en=english,
        quote=chosen.evidence.quote,
        answer=answer,
        keys=[Key(source=chosen.figure.text, korean=[])],
    )


def name_subject(passage: Passage) -> str:
    """What a paper is called for short: the name that its title begins with, or what it begins with."""
    title = TITLE_END.split(passage.title)[0].strip() if passage.title else passage.document
    named = NAMED_SUBJECT.match(title)
    return named[0] if named and passage.title else title
