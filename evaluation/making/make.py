"""Make a question file from the library: questions are written, and kept where they hold."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, cycle, islice, zip_longest
from random import Random

from langchain_core.language_models import BaseChatModel

from evaluation.making.absent import AbsentWriter, AttributeAbsent, ModelAbsent
from evaluation.making.vetting import (
    Draft,
    Dropped,
    check_judged,
    check_single_source,
    classify_question,
    is_own_passage,
    vet_draft,
)
from evaluation.making.writers import FigureWriter, ModelWriter, Writer
from evaluation.questions import QuestionRow
from models.chat.capabilities import ProfileName
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, UNUSABLE
from nodes.fallback import INSUFFICIENT
from nodes.question import Question
from nodes.strong.select import EvidenceSelector
from retrieval.passages import Evidence, Hit, Passage
from retrieval.search.hybrid import HybridSearch
from retrieval.search.queries import choose_lexical_queries

DRAW_SEED = 1
# One question in so many has no answer in the library.
UNANSWERABLE = 5
# So many passages are written from for each question asked for, at most.
TRIES_A_QUESTION = 8
# The passage has to be among the first so many found; the others are read for a second answer.
SEARCHED_PASSAGES = 10
# Shorter passages hold little to ask for, and these sections nothing of the subject.
MIN_PASSAGE_LENGTH = 400
SKIPPED_SECTIONS = re.compile(
    r"acknowledg|contribut(?:or|ion)s|authors?\b|references", re.IGNORECASE
)


class Maker:
    """Makes questions, and counts why others were dropped."""

    def __init__(
        self,
        search: HybridSearch,
        *,
        writer: Writer,
        absent: AbsentWriter,
        selector: EvidenceSelector | None = None,
    ) -> None:
        self.tries = 0
        self.dropped: Counter[str] = Counter()
        """How many were not kept, by reason."""
        self._search = search
        self._passages = search.list_passages()
        self._failures = 0
        self._writer = writer
        self._absent = absent
        self._selector = selector
        self._asked: set[str] = set()

    def make_questions(self, wanted: int) -> Iterator[QuestionRow]:
        """So many questions, each as it is kept, or fewer where TRIES_A_QUESTION passages for each were not enough.

        Raises UserError for faults of the model that further tries would meet as well.
        """
        number = 1
        with asyncio.Runner() as runner:
            for passage in islice(cycle(draw_passages(self._passages)), wanted * TRIES_A_QUESTION):
                self.tries += 1
                try:
                    made = runner.run(self._make_question(passage, number))
                except Dropped as dropped:
                    self.dropped[str(dropped)] += 1
                    self._failures += 1
                    continue
                yield {"id": f"made-{number:03}", **made}
                self._failures, number = 0, number + 1
                if number > wanted:
                    return

    async def _make_question(self, passage: Passage, number: int) -> QuestionRow:
        """The question of a number from a passage; faults in the words of those that follow."""
        # Where papers leave nothing out, one more question with an answer is as good.
        has_answer = number % UNANSWERABLE > 0 or self._failures >= TRIES_A_QUESTION
        try:
            made = await (self._make_answerable if has_answer else self._make_unanswerable)(passage)
        except UNUSABLE as fault:
            raise Dropped("알아볼 수 없는 답") from fault
        except MODEL_FAULTS as fault:
            raise explain_fault(fault) from fault
        self._asked.add(_fold_question(made["question_en"]))
        return made

    async def _make_answerable(self, passage: Passage) -> QuestionRow:
        """A question whose answer stands in the passage and nowhere else."""
        draft = await self._writer(passage)
        self._check_new(draft.question_en)
        evidence, groups = vet_draft(draft, passage)
        await self._check_single_answer(draft, evidence)
        return {
            "question": draft.question,
            "question_en": draft.question_en,
            "document": passage.document,
            "pages": evidence.pages,
            "alt_pages": [],
            "evidence": [" ".join(evidence.quote.split())],
            "answer": draft.answer,
            "answer_must_include": groups,
            "kind": classify_question(draft, evidence),
        }

    async def _make_unanswerable(self, passage: Passage) -> QuestionRow:
        """A question about the passage's subject that the library does not answer."""
        asked = await self._absent(passage)
        self._check_new(asked.question_en)
        return {
            "question": asked.question,
            "question_en": asked.question_en,
            "document": None,
            "pages": [],
            "alt_pages": [],
            "evidence": [],
            "answer": INSUFFICIENT,
            "answer_must_include": [[INSUFFICIENT]],
            "kind": "unanswerable",
        }

    async def _check_single_answer(self, draft: Draft, evidence: Evidence) -> None:
        """Dropped where the search does not find the evidence, or finds a second answer.

        Its own paper is read whole.
        """
        question, english = draft.question, draft.question_en
        hits = search_passages(self._search, question, english)
        if not any(is_own_passage(hit.passage, evidence) for hit in hits):
            raise Dropped("검색되지 않음")
        siblings = [one for one in self._passages if one.document == evidence.passage.document]
        others = [*siblings, *(hit.passage for hit in hits if hit.passage not in siblings)]
        check_single_source(evidence, draft, others)
        if self._selector:
            asked = Question(asked=question, normalised=question, english=english)
            check_judged(await self._selector(asked, hits), evidence)

    def _check_new(self, english: str) -> None:
        if _fold_question(english) in self._asked:
            raise Dropped("이미 낸 질문")


def open_maker(profile: ProfileName, search: HybridSearch, model: BaseChatModel) -> Maker:
    """Who makes questions with a model of this profile."""
    return {"strong": _open_strong_maker, "small": _open_small_maker}[profile](search, model)


def _open_strong_maker(search: HybridSearch, model: BaseChatModel) -> Maker:
    """The model writes, and judges what was found."""
    selector = EvidenceSelector(model)

    def search_both(question: str, english: str) -> list[Hit]:
        return search_passages(search, question, english)

    return Maker(
        search,
        writer=ModelWriter(model),
        absent=ModelAbsent(model, selector, search_both),
        selector=selector,
    )


def _open_small_maker(search: HybridSearch, model: BaseChatModel) -> Maker:
    """Code asks for cells of tables and for what is not there; the model words the rest."""
    random, passages = Random(DRAW_SEED), search.list_passages()
    return Maker(
        search,
        writer=FigureWriter(model, passages, random),
        absent=AttributeAbsent(passages, random),
    )


def draw_passages(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that are worth asking about, shuffled with a fixed seed, a document after the other."""
    random = Random(DRAW_SEED)
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        if len(passage.text) >= MIN_PASSAGE_LENGTH and not SKIPPED_SECTIONS.search(passage.section):
            by_document.setdefault(passage.document, []).append(passage)
    for of_document in by_document.values():
        random.shuffle(of_document)
    return [one for one in chain(*zip_longest(*by_document.values())) if one]


def search_passages(search: HybridSearch, question: str, english: str) -> list[Hit]:
    """What the search finds, as it does for a question file with its English."""
    return search.find_passages(
        lexical=choose_lexical_queries(question, [english]),
        semantic=[question, english],
        top=SEARCHED_PASSAGES,
    )


def _fold_question(text: str) -> str:
    """A question as another one may be its copy."""
    return re.sub(r"\W+", "", text).casefold()
