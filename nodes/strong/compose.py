"""A strong model's answer: it marks its sources, and puts right once what code finds wrong."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from nodes.answer_language import Language
from nodes.citing.checks import NOT_KOREAN, Fault
from nodes.citing.draft import Draft, cut_loops, finish_answer, write_draft
from nodes.citing.stream import CitationStream, prepare_streams
from nodes.excerpts import number_evidence
from nodes.fallback import INSUFFICIENT
from nodes.fitting import ask_with_less
from nodes.profile import Answer, AnswerLength
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.strong.prompts import ANSWER_CITING, GO_ON, LENGTHS, MEND
from retrieval.passages import Evidence

HANGUL = re.compile(r"[가-힣]")
# What makes a sentence of English words; a name, or a title, has none of them.
ENGLISH_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|can|uses?)\b")
# A refusal in other words than those it was told; one that marks a source states something.
REFUSES = re.compile(
    r"(?![\s\S]*[\[(【]\d)[\s\S]*\b(?:(?:cannot|can['’]t|can not|unable to|not able to)\b[^.\n]{0,30}\banswer"
    r"|(?:insufficient|not enough|no relevant) (?:information|evidence))\b",
    re.IGNORECASE,
)


async def compose_answer(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    length: AnswerLength,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> Answer | Refusal:
    """The answer, shown as it is written; a sentence that is wrong to the end is replaced by its source.

    Of more evidence than the model has room for, the weakest is left out. BadReply where it says
    nothing.
    """
    compose = partial(_compose_from, question, length=length, model=model, embeddings=embeddings)
    composed, left_out = await ask_with_less(evidence, compose)
    return composed if isinstance(composed, Refusal) else replace(composed, left_out=left_out)


async def _compose_from(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    length: AnswerLength,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> Answer | Refusal:
    """The same from just this evidence; PromptTooLong where it is too much."""
    prompt = _write_prompt(question, evidence, length)
    new_stream = prepare_streams(question, evidence, embeddings, numbered=evidence)
    first = draft = await write_draft(model, prompt, new_stream)
    if REFUSES.match(draft.raw):
        return Refusal(rule="model_refused", detail=draft.raw.strip())
    _check_language(draft, question.language)
    if draft.faults and not draft.cut:
        draft = await _mend_draft(draft, model, prompt, new_stream, question.language)
    whole = await cut_loops(draft, new_stream())
    return finish_answer(replace(whole, shown=first.shown))


def _write_prompt(
    question: Question, evidence: Sequence[Evidence], length: AnswerLength
) -> list[BaseMessage]:
    """What the model is told; where a part of its answer is told already, to go on behind it."""
    prompt = ANSWER_CITING.format_messages(
        question=question.asked,
        english=question.english,
        excerpts=number_evidence(evidence),
        insufficient=INSUFFICIENT,
        language=question.language,
        length=LENGTHS[length],
    )
    if not question.told:
        return prompt
    return [*prompt, AIMessage(question.told), *GO_ON.format_messages(language=question.language)]


async def _mend_draft(
    draft: Draft,
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    new_stream: Callable[[], CitationStream],
    language: Language,
) -> Draft:
    """The answer put right by the model, unseen, or the draft where that is no better."""
    wrong = "\n".join(f'- "{fault.sentence}": {fault.reason}.' for fault in draft.faults)
    again = [*prompt, AIMessage(draft.raw), *MEND.format_messages(faults=wrong, language=language)]
    mended = await write_draft(model, again, new_stream, is_shown=False)
    _check_language(mended, language)
    is_better = mended.text and len(mended.faults) < len(draft.faults)
    return mended if is_better else draft


def _check_language(draft: Draft, language: Language) -> None:
    """Have an answer give way to its sources where it is English and Korean was asked for.

    Its sentences alone may be too short to be told from names.
    """
    is_english = ENGLISH_VERB.search(draft.raw) and not HANGUL.search(draft.raw)
    if language == "Korean" and is_english and not draft.refuses:
        fault = Fault(draft.raw, "it is not written in Korean", NOT_KOREAN)
        draft.stream.faults.append(fault)
        draft.stream.quotes_only = True
