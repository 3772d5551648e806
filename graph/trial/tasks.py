"""The tasks of a trial, in the very prompts of the strong profile, and what counts as done."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from langchain_core.messages import HumanMessage, SystemMessage

from models.chat.adaptive_chat import AdaptiveChat
from models.faults import PromptTooLong
from nodes.fallback import INSUFFICIENT
from nodes.replies import ask_for_lines, ask_for_text, ask_model
from nodes.strong.prompts import ANSWER_CITING, GRADE, TRANSLATE_AND_REWRITE
from nodes.strong.select import NamedSentences

Perform = Callable[[AdaptiveChat], Awaitable[bool]]
"""Has a model do a task; whether it did."""

ASKED = "SOLAR 10.7B는 Mistral 7B와 달리 층이 몇 개인가요?"
ENGLISH = "How many layers does SOLAR 10.7B have, unlike Mistral 7B?"
TITLES = "- SOLAR 10.7B: Scaling Large Language Models with Simple yet Effective Depth Up-Scaling"
ON_LAYERS = (
    "1. SOLAR 10.7B is a language model with 10.7 billion parameters.\n"
    "2. Its authors release it under the Apache 2.0 license.\n"
    "3. Depth up-scaling gives SOLAR 10.7B 48 layers."
)
ON_DATA = (
    "1. The Gemma 2 models were trained on web documents, code and mathematics.\n"
    "2. The 9B model saw 8 trillion tokens.\n"
    "3. Training used TPUv5p chips."
)
EVIDENCE = (
    "[1] (SOLAR 10.7B, p. 3) Depth up-scaling gives SOLAR 10.7B 48 layers.\n"
    "[2] (Gemma 2, p. 5) The 9B model saw 8 trillion tokens."
)
TABLE = (
    "[1] (Models, p. 7) Model | MMLU | GSM8K\n"
    "[2] (Models, p. 7) Harrow 3B | 61.2 | 47.9\n"
    "[3] (Models, p. 7) Harrow 7B | 68.4 | 55.3"
)
# A mark of the first source, in whatever brackets.
FIRST_SOURCE = re.compile(r"[\[［【(^]\W*(?:[A-Za-z가-힣]+\s*)?[1１]\b")
SECOND_SOURCE = re.compile(r"[\[［【(^]\W*(?:[A-Za-z가-힣]+\s*)?[2２]\b")
HANGUL = re.compile(r"[가-힣]")
REFUSED = INSUFFICIENT.split(" ")[0]
# About 4,000 tokens: four times what the strong profile's longest prompt for one passage takes.
FILLER = "This line says nothing of use and only makes the text longer than it was.\n" * 260
# Fewer read of it than these were not all.
LONG_TOKENS = 3_500
FIRST_CODE, LAST_CODE = "4812", "7395"


@dataclass(frozen=True)
class Task:
    """One task of a trial."""

    name: str
    label: str
    """In Korean."""

    perform: Perform
    is_essential: bool = False
    """Whether the strong profile cannot do without it."""

    is_needed: bool = False
    """Whether it says what a question would find out too late: that its prompt is cut in silence."""

    @property
    def is_first(self) -> bool:
        """Whether it is tried before a model is used for the first time."""
        return self.is_essential or self.is_needed


async def translate_question(model: AdaptiveChat) -> bool:
    """Put a Korean question into English, with its names and figures, on the first line."""
    lines = await ask_for_lines(
        TRANSLATE_AND_REWRITE | model, {"titles": TITLES, "conversation": "", "question": ASKED}
    )
    english = lines[0]
    return all(name in english for name in ("SOLAR", "10.7B", "layer")) and not HANGUL.search(
        english
    )


async def name_sentences(model: AdaptiveChat) -> bool:
    """Name the sentence that states the answer, and not all of them."""
    named = await _name_sentences(model, ON_LAYERS)
    return "3" in named and len(named) < 3


async def name_no_sentence(model: AdaptiveChat) -> bool:
    """Name none where the passage is about something else."""
    return not await _name_sentences(model, ON_DATA)


async def answer_citing(model: AdaptiveChat) -> bool:
    """Answer in Korean, with the mark of the source that says so and of no other."""
    answer = await _answer(model, EVIDENCE, ASKED, ENGLISH)
    is_cited = FIRST_SOURCE.search(answer) and not SECOND_SOURCE.search(answer)
    return "48" in answer and bool(is_cited) and bool(HANGUL.search(answer))


async def refuse_answer(model: AdaptiveChat) -> bool:
    """Say the fixed sentence where the evidence says nothing of what is asked."""
    asked = "SOLAR 10.7B의 학습에는 며칠이 걸렸나요?"
    answer = await _answer(model, EVIDENCE, asked, "How many days did SOLAR 10.7B train?")
    return REFUSED in answer


async def read_cell(model: AdaptiveChat) -> bool:
    """Find the cell of a table by its row and column."""
    asked = "Harrow 3B의 GSM8K 점수는 얼마인가요?"
    answer = await _answer(model, TABLE, asked, "What is Harrow 3B's GSM8K score?")
    return "47.9" in answer and "55.3" not in answer


async def read_long_text(model: AdaptiveChat) -> bool:
    """Tell the first and the last line of a long text; some servers drop its beginning in silence."""
    asked = (
        f"The first code is {FIRST_CODE}.\n{FILLER}The last code is {LAST_CODE}.\n"
        "Which two codes does the text name? Reply with both."
    )
    try:
        reply = await model.ainvoke([HumanMessage(asked)])
    except PromptTooLong:
        return False
    counted = reply.usage_metadata["input_tokens"] if reply.usage_metadata else 0
    # A weak model may miss the codes in a text that it has read whole.
    return counted >= LONG_TOKENS or (FIRST_CODE in reply.text and LAST_CODE in reply.text)


async def follow_instructions(model: AdaptiveChat) -> bool:
    """Do as a message of the system says, not as the user's."""
    told = SystemMessage("Whatever the user says, reply with the word MARBLE and nothing else.")
    reply = await model.ainvoke([told, HumanMessage("오늘 날씨가 어떤가요?")])
    return "marble" in reply.text.lower()


async def write_in_pieces(model: AdaptiveChat) -> bool:
    """Write an answer piece by piece, so that a reader sees it grow."""
    chunks = [chunk async for chunk in model.astream("Count from one to ten in English words.")]
    return sum(bool(chunk.text) for chunk in chunks) > 1


TASKS: tuple[Task, ...] = (
    Task(
        "translate",
        "한국어 질문을 이름 그대로 영어로 옮기기",
        translate_question,
        is_essential=True,
    ),
    Task("select", "답이 있는 문장의 번호 고르기", name_sentences, is_essential=True),
    Task(
        "select_none",
        "답이 없는 글에서는 아무것도 고르지 않기",
        name_no_sentence,
        is_essential=True,
    ),
    Task("answer", "출처 번호를 붙여 한국어로 답하기", answer_citing, is_essential=True),
    Task("refuse", "근거가 없으면 거절하기", refuse_answer),
    Task("cell", "표에서 맞는 칸 읽기", read_cell),
    Task("long_text", "긴 글의 첫 줄과 끝 줄 읽기", read_long_text, is_needed=True),
    Task("system", "시스템 지시 따르기", follow_instructions),
    Task("stream", "조금씩 쓰기(스트리밍)", write_in_pieces),
)


async def _name_sentences(model: AdaptiveChat, sentences: str) -> set[str]:
    chain = GRADE | model.with_structured_output(NamedSentences)
    values = {"question": ASKED, "english": ENGLISH, "title": "a paper", "sentences": sentences}
    named = NamedSentences.model_validate(await ask_model(chain, values))
    return {str(one) for one in named.sentences}


async def _answer(model: AdaptiveChat, evidence: str, asked: str, english: str) -> str:
    values = {
        "question": asked,
        "english": english,
        "excerpts": evidence,
        "insufficient": INSUFFICIENT,
        "language": "Korean",
    }
    return await ask_for_text(ANSWER_CITING | model, values)
