"""Translate: turn the latest question, with the turns before it, into English that stands alone."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage, HumanMessage

from language.loanwords import Loanwords
from language.normalise import spelled
from nodes.errors import MAX_QUESTION, EmptyQuestion, LongQuestion, VagueQuestion
from nodes.excerpts import fenced
from nodes.prompts import (
    TRANSLATE,
    TRANSLATE_AND_REWRITE,
    TRANSLATE_FOLLOW_UP,
    TRANSLATE_PLAINLY,
)
from nodes.replies import reply_lines, reply_text
from nodes.state import QUERIES, State

HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# Turns before the question that it may lean on, and how much of each is read.
TURNS = 4
TURN_LENGTH = 300
# Titles tell the model how the papers write names (엑사원 is EXAONE); so many fit a short prompt.
TITLES = 20
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Words that only join a question to the one before it.
JOINING = frozenset(
    "그럼 그러면 그래서 그리고 그런데 근데 또 왜 뭐 뭐야 뭔데 무엇 어떻게 어때 어떤데 진짜 정말 네 응 음 아 "
    "then so and why what how".split()
)


async def translate(
    state: State,
    *,
    model: BaseChatModel,
    titles: Callable[[], Sequence[str]],
    loanwords: Callable[[], Loanwords],
    rewrites: bool = False,
    embeddings: Embeddings | None = None,
) -> dict[str, Any]:
    """Start the turn: the question in English, and nothing left of the turn before.

    With `rewrites` the same call writes the search queries. A small model, for which `embeddings`
    are given, translates twice, side by side: the translation that means what the question does
    is answered, the other is a search query.
    """
    question = asked(state.messages)
    history = state.messages[:-1][-TURNS:]
    if not history and set(re.findall(r"\w+", question.lower())) <= JOINING:
        raise VagueQuestion
    english, spelt, queries = question, question, list[str]()
    if history or HANGUL.search(question):
        known = await asyncio.to_thread(titles)
        spelt = await asyncio.to_thread(lambda: spelled(question, known, loanwords()))
        values = {
            "titles": _listed(known, spelt),
            "conversation": _told(history),
            "question": spelt,
        }
        if rewrites:
            english, *queries = await reply_lines(TRANSLATE_AND_REWRITE | model, values)
        else:
            prompts = [TRANSLATE_FOLLOW_UP if history else TRANSLATE]
            prompts += [TRANSLATE_PLAINLY] if embeddings and not history else []
            replies = (reply_text(prompt | model, values) for prompt in prompts)
            english, *queries = await asyncio.gather(*replies)
            if embeddings and queries:
                english, *queries = await _nearest_first(spelt, [english, *queries], embeddings)
    return {
        "question": question,
        "spelt": spelt,
        "english": english,
        "queries": [query for query in queries if query != english][:QUERIES],
        "passages": [],
        "graded": [],
        "evidence": [],
        "citations": [],
        "searches": 0,
        "outcome": None,
    }


async def _nearest_first(
    question: str, translations: Sequence[str], embeddings: Embeddings
) -> list[str]:
    """The translations without repetition, those first that mean most nearly what was asked."""
    texts = [question, *dict.fromkeys(translations)]
    vectors = await asyncio.to_thread(lambda: np.array([embeddings.embed_query(t) for t in texts]))
    order = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")
    return [texts[1 + int(at)] for at in order]


def asked(messages: Sequence[AnyMessage]) -> str:
    """The latest question, if it is one we can take."""
    question = messages[-1].text.strip() if messages else ""
    if not question:
        raise EmptyQuestion
    if len(question) > MAX_QUESTION:
        raise LongQuestion(len(question))
    return question


def _listed(titles: Sequence[str], question: str) -> str:
    """All titles where they are few; of many those that the question may name, as others mislead."""
    if len(titles) > TITLES:
        asked = _words(question)
        titles = [title for title in titles if asked & _words(title)][:TITLES]
    return "\n".join(f"- {fenced(title)}" for title in titles)


def _words(text: str) -> set[str]:
    return set(map(str.lower, LATIN_WORD.findall(text)))


def _told(history: Sequence[AnyMessage]) -> str:
    """The turns before, in a form that small models follow better than chat roles."""
    if not history:
        return ""
    turns = "\n".join(
        f"{'User' if isinstance(turn, HumanMessage) else 'Assistant'}: {turn.text[:TURN_LENGTH]}"
        for turn in history
    )
    return f"Conversation before:\n{turns}\n\nLatest question: "
