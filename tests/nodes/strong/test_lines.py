"""A translation and its queries, in whatever way a model sets them out."""

import pytest

from models.faults import BadReply
from tests.fakes import ScriptedModel, strong
from tests.graph.wired import Shelf
from tests.nodes.test_rewrite import rewritten

QUESTION = "How many layers does SOLAR have?"
QUERIES = ["SOLAR depth", "SOLAR has layers", "number of layers"]
PLAIN = "\n".join(QUERIES)
LISTED = "- SOLAR depth\n- SOLAR has layers\n- number of layers"
REPLIES = {
    "plain": f"{QUESTION}\n{PLAIN}",
    "quotes": f'"{QUESTION}"\n"SOLAR depth"\n“SOLAR has layers”\n"number of layers"',
    "bold": f"**{QUESTION}**\n\n{PLAIN}",
    "label": f"Question: {QUESTION}\n{PLAIN}",
    "bold label": f"**Question:** {QUESTION}\n\n**Queries:**\n{LISTED}",
    "label and quotes": f'English: "{QUESTION}"\n{PLAIN}',
    "label on its own line": f"Translation:\n{QUESTION}\n\nSearch queries:\n{LISTED}",
    "English question": f"English question: {QUESTION}\nQueries:\n1. SOLAR depth\n2. SOLAR has layers\n3. number of layers",
    "here is": f"Here is the translation:\n\n{QUESTION}\n\nHere are three search queries:\n{LISTED}",
    "sure, here is": f"Sure! Here's the translated question: {QUESTION}\n\n{LISTED}",
    "courtesy": f"Certainly!\n{QUESTION}\n{PLAIN}\nLet me know if you need more queries.",
    "numbers": f"1. {QUESTION}\n2. SOLAR depth\n3. SOLAR has layers\n4. number of layers",
    "labelled queries": f"{QUESTION}\nQuery 1: SOLAR depth\nQuery 2: SOLAR has layers\nQuery 3: number of layers",
    "numbered queries": f"{QUESTION}\n1) SOLAR depth\n2) SOLAR has layers\n3) number of layers",
    "kinds of queries": f"{QUESTION}\nKey terms: SOLAR depth\nStatement: SOLAR has layers\nOther words: number of layers",
    "headings": f"## Question\n{QUESTION}\n\n## Queries\n{LISTED}",
    "fence": f"```\n{QUESTION}\n{PLAIN}\n```",
    "fence with a language": f"```text\n{QUESTION}\n{PLAIN}\n```",
    "code": f"`{QUESTION}`\n`SOLAR depth`\n`SOLAR has layers`\n`number of layers`",
    "note behind": f"{QUESTION}\n{PLAIN}\n\n(Note: 솔라 is SOLAR.)",
    "note on the line": f"{QUESTION} (Note: 솔라 was put as SOLAR)\n{PLAIN}",
    "note": f"{QUESTION}\n\nNote: the term 솔라 is a model.\n\n{PLAIN}",
    "Korean first": f"질문: SOLAR는 층이 몇 개인가요?\nQuestion: {QUESTION}\n{PLAIN}",
    "Korean on the line": f"질문: SOLAR는 층이 몇 개? / Question: {QUESTION}\n{PLAIN}",
    "arrow": f"SOLAR는 층이 몇 개? → {QUESTION}\n{PLAIN}",
    "Korean labels": f"영어 질문:\n{QUESTION}\n검색어:\n{LISTED}",
    "JSON": f'{{"question": "{QUESTION}", "queries": ["SOLAR depth", "SOLAR has layers", "number of layers"]}}',
    "JSON the other way round": f'{{"queries": ["SOLAR depth", "SOLAR has layers", "number of layers"], "question": "{QUESTION}"}}',
    "JSON in a fence": f'```json\n{{\n  "question": "{QUESTION}",\n  "queries": [\n    "SOLAR depth",\n    "SOLAR has layers",\n    "number of layers"\n  ]\n}}\n```',
    "JSON list": f'["{QUESTION}", "SOLAR depth", "SOLAR has layers", "number of layers"]',
    "Windows line ends": f"{QUESTION}\r\n\r\n" + PLAIN.replace("\n", "\r\n"),
}  # fmt: skip
CLEAN = [
    "In question answering, what is the score of BERT?",
    "What is BERT: a model or a method?",
    "How does the 2-stage training of 3.8B models work?",
    "What does 솔라 mean in the SOLAR 10.7B paper?",
    "Which keywords: does the query of attention use?",
]
NOT_ENGLISH = [
    "SOLAR는 층이 몇 개인가요?",
    "질문: 층이 몇 개?\n검색어: 층",
    "SOLARは何層ですか?",
    "Sure!",
    "```\n```",
    "{}",
    "42",
]


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
async def test_a_translation_and_its_queries_are_read(reply: str):
    understood = await strong(ScriptedModel(reply)).understand(
        "SOLAR는 층이 몇 개인가요?", [], catalogue=Shelf()
    )

    assert (understood.english, list(understood.queries)) == (QUESTION, QUERIES)


@pytest.mark.parametrize("reply", [reply.replace(QUESTION, "") for reply in REPLIES.values()], ids=REPLIES)  # fmt: skip
async def test_queries_alone_are_read(reply: str):
    assert await rewritten(strong(ScriptedModel(reply))) == QUERIES


@pytest.mark.parametrize("question", CLEAN)
async def test_the_words_of_a_question_stay(question: str):
    understood = await strong(ScriptedModel(question)).understand(
        "솔라가 뭐야?", [], catalogue=Shelf()
    )

    assert understood.english == question


@pytest.mark.parametrize("reply", NOT_ENGLISH)
async def test_nothing_is_searched_for_that_is_no_english(reply: str):
    with pytest.raises(BadReply):
        await strong(ScriptedModel(reply)).understand("솔라가 뭐야?", [], catalogue=Shelf())


async def test_queries_in_korean_beside_a_translation_are_left_out():
    reply = f"솔라의 층 수\n{QUESTION}\n{PLAIN}\n층이 몇 개인지"

    understood = await strong(ScriptedModel(reply)).understand(
        "솔라가 뭐야?", [], catalogue=Shelf()
    )

    assert (understood.english, list(understood.queries)) == (QUESTION, QUERIES)


@pytest.mark.parametrize("reply", ["Sure!", "```\n```", "{}", "Queries:", "Note: none."])
async def test_a_reply_without_queries_is_a_bad_one(reply: str):
    with pytest.raises(BadReply):
        await rewritten(strong(ScriptedModel(reply)))
