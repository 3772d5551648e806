"""Translate: turn the latest question, with the turns before it, into English that stands alone."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage

from nodes.answer_language import Language, split_request
from nodes.errors import MAX_QUESTION, EmptyQuestion, LongQuestion, VagueQuestion
from nodes.kinds import IDLE, OVERVIEWS, Kind, find_kind, says_paper
from nodes.named_papers import PaperCatalogue
from nodes.overview import find_sections
from nodes.profile import ModelProfile
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.state import State
from nodes.whole_table import find_whole_table

ANY_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
MARK = re.compile(r" \[\d+\]")
# What a reader says to have an answer that was cut off go on.
GO_ON = re.compile(
    r"\s*(?:계속|이어서|마저)\s*(?:해|써|말해|답해|답변해|대답해)?\s*(?:줘|주세요|요)?[\s.!~]*"
)
# Turns before the question that it may lean on.
TURNS = 4
# Words that only join a question to the one before it.
JOINING = frozenset(
    "그럼 그러면 그래서 그리고 그런데 근데 또 왜 뭐 뭐야 뭔데 무엇 어떻게 어때 어떤데 진짜 정말 네 응 음 아 "
    "then so and why what how".split()
)


async def translate(
    state: State, *, profile: ModelProfile, catalogue: PaperCatalogue
) -> dict[str, Any]:
    """Start the turn: the question in English, and nothing left of the turn before."""
    asked, answer_in = split_request(read_latest_question(state.messages))
    if not asked:
        return _say_again(state.question, answer_in)
    is_to_go_on = bool(state.cut and GO_ON.fullmatch(asked))
    if is_to_go_on and await asyncio.to_thread(_may_go_on, state, catalogue):
        return _go_on(state)
    earlier = read_earlier_turns(state.messages)
    kind = await asyncio.to_thread(_settle_kind, asked, earlier, catalogue)
    if kind == "papers":
        question = await understand_latest(state.messages, profile, catalogue)
    else:
        question = Question(
            asked=asked, normalised=asked, english=asked, kind=kind, answer_in=answer_in
        )
    return _begin_turn(question)


def _say_again(before: Question, answer_in: Language | None) -> dict[str, Any]:
    """Answer the question before once more, in another language; VagueQuestion where there is none."""
    if not before.asked:
        raise VagueQuestion
    return _begin_turn(replace(before, answer_in=answer_in, told=""))


def _may_go_on(state: State, catalogue: PaperCatalogue) -> bool:
    """Whether all that the answer before was written from may still be read."""
    contents = {paper.sha256 for paper in catalogue.list_papers()}
    return all(piece.passage.sha256 in contents for piece in state.evidence)


def _go_on(state: State) -> dict[str, Any]:
    """Go on with the answer before, from its evidence; its marks are of another numbering."""
    told = MARK.sub("", state.messages[-2].text)
    told_before = state.question.told
    question = replace(state.question, told=f"{told_before} {told}".strip())
    kept = {"passages": state.passages, "evidence": state.evidence, "searches": state.searches}
    return {**_begin_turn(question), **kept}


def _begin_turn(question: Question) -> dict[str, Any]:
    """The state with a question and nothing else of a turn."""
    return {
        "question": question,
        "passages": [],
        "graded": [],
        "dropped": {},
        "evidence": [],
        "citations": [],
        "searches": 0,
        "refusal": None,
        "outcome": None,
        "cut": None,
        "left_out": 0,
        "replaced": [],
    }


async def understand_latest(
    messages: Sequence[AnyMessage], profile: ModelProfile, catalogue: PaperCatalogue
) -> Question:
    """The latest question as the model understands it; one in English with no turns before, as it is.

    VagueQuestion for a word that only joins it to turns that are not there.
    """
    asked, answer_in = split_request(read_latest_question(messages))
    history = drop_idle_turns(messages[:-1])[-TURNS:]
    if not asked or (not history and set(re.findall(r"\w+", asked.lower())) <= JOINING):
        raise VagueQuestion
    if history or ANY_HANGUL.search(asked):
        question = await profile.understand(asked, history, catalogue=catalogue)
    else:
        question = Question(asked=asked, normalised=asked, english=asked)
    return replace(question, answer_in=answer_in)


def drop_idle_turns(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Turns without those that tell no paper: greetings, lists of the library, and what came of them."""
    kept: list[AnyMessage] = []
    is_idle = False
    for turn in messages:
        if isinstance(turn, HumanMessage):
            is_idle = find_kind(turn.text) in IDLE
        kept += [] if is_idle else [turn]
    return kept


def _settle_kind(asked: str, earlier: Sequence[str], catalogue: PaperCatalogue) -> Kind:
    """The kind of a question; one for a whole paper is searched for where no section tells it.

    "The limits of attention" are no paper's own, and not each paper has a section on its limits.
    But a paper that is called one by a name, and is not there, is told as such.
    """
    kind = find_kind(asked)
    if kind == "table":
        return kind if find_whole_table(asked, earlier, catalogue) else "papers"
    if kind not in OVERVIEWS or kind == "page":
        return kind
    sections = find_sections(kind, asked, earlier, catalogue)
    if isinstance(sections, Refusal):
        return kind if sections.detail and says_paper(asked) else "papers"
    return kind if sections else "papers"


def read_earlier_turns(messages: Sequence[AnyMessage]) -> Sequence[str]:
    """The words of the turns before the latest question that it may lean on."""
    return [turn.text for turn in messages[:-1]][-TURNS:]


def read_latest_question(messages: Sequence[AnyMessage]) -> str:
    """The latest question; EmptyQuestion or LongQuestion where we can't take it."""
    asked = messages[-1].text.strip() if messages else ""
    if not asked:
        raise EmptyQuestion
    if len(asked) > MAX_QUESTION:
        raise LongQuestion(len(asked))
    return asked
