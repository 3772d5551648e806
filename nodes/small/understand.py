"""A small model translates a question twice, by two prompts that rarely lead to the same mistake."""

import asyncio
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage

from language.loanwords import Loanwords
from language.normalise import normalise_question
from nodes.conversation import write_history, write_titles
from nodes.question import Question
from nodes.replies import ask_for_text
from nodes.small.prompts import TRANSLATE, TRANSLATE_FOLLOW_UP, TRANSLATE_PLAINLY

# A question that stands alone is translated by each.
PROMPTS = (TRANSLATE, TRANSLATE_PLAINLY)


async def understand_question(
    asked: str,
    history: Sequence[AnyMessage],
    *,
    titles: Sequence[str],
    loanwords: Loanwords,
    model: BaseChatModel,
    embeddings: Embeddings,
) -> Question:
    """The translation that means most nearly what the question does, and the other as a query.

    A question that leans on turns before it is translated once: the second prompt knows no turns.
    """
    normalised = await asyncio.to_thread(normalise_question, asked, loanwords)
    values = {
        "titles": write_titles(titles, normalised),
        "conversation": write_history(history),
        "question": normalised,
    }
    prompts = [TRANSLATE_FOLLOW_UP] if history else PROMPTS
    replies = await asyncio.gather(*(ask_for_text(prompt | model, values) for prompt in prompts))
    translations = list(dict.fromkeys(replies))
    if len(translations) > 1:
        translations = await _sort_by_meaning(normalised, translations, embeddings)
    english, *others = translations
    return Question(
        asked=asked,
        normalised=normalised,
        english=english,
        queries=others,
        translations=len(translations),
    )


async def _sort_by_meaning(
    question: str, translations: Sequence[str], embeddings: Embeddings
) -> list[str]:
    """The translations, those first that mean most nearly what was asked (by cosine)."""
    texts = [question, *translations]
    vectors = await asyncio.to_thread(lambda: np.array([embeddings.embed_query(t) for t in texts]))
    order = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")
    return [translations[int(at)] for at in order]
