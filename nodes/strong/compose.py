"""A strong model's answer: it marks its sources, and puts right once what code finds wrong."""

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from nodes.citing.draft import Draft, cut_loops, finish_answer, write_draft
from nodes.citing.stream import CitationStream, prepare_streams
from nodes.excerpts import number_evidence
from nodes.fallback import INSUFFICIENT
from nodes.profile import Answer
from nodes.question import Language, Question
from nodes.refusal import Refusal
from nodes.strong.prompts import ANSWER_CITING, MEND
from retrieval.passages import Evidence


async def compose_answer(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> Answer | Refusal:
    """The answer, shown as it is written; a sentence that is wrong to the end is replaced by its source.

    BadReply where the model says nothing.
    """
    prompt = ANSWER_CITING.format_messages(
        question=question.asked,
        english=question.english,
        excerpts=number_evidence(evidence),
        insufficient=INSUFFICIENT,
        language=question.language,
    )
    new_stream = prepare_streams(question, evidence, embeddings, numbered=evidence)
    first = draft = await write_draft(model, prompt, new_stream())
    if draft.faults:
        draft = await _mend_draft(draft, model, prompt, new_stream(), question.language)
    whole = await cut_loops(draft, new_stream())
    return finish_answer(replace(whole, shown=first.shown))


async def _mend_draft(
    draft: Draft,
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    stream: CitationStream,
    language: Language,
) -> Draft:
    """The answer put right by the model, unseen, or the draft where that is no better."""
    wrong = "\n".join(f'- "{fault.sentence}": {fault.reason}.' for fault in draft.faults)
    again = [*prompt, AIMessage(draft.raw), *MEND.format_messages(faults=wrong, language=language)]
    mended = await write_draft(model, again, stream, is_shown=False)
    is_better = mended.text and len(mended.faults) < len(draft.faults)
    return mended if is_better else draft
