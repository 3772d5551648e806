"""What a model says beside its answer is left out as it is written, and no sentence of the answer is."""

import pytest

from nodes.citing.aside_filter import AsideFilter
from tests.nodes.citing.citing import AUTHORS, EVIDENCE, cited
from tests.nodes.citing.test_stream import splits

ASKED = ("SOLAR는 층이 몇 개인가요?", "How many layers does SOLAR have?")
SAID = "SOLAR는 층이 48개입니다 [1]. 이름은 저자가 붙였습니다 [3]."
BEFORE = {
    "yes": "네, ",
    "yes!": "네! ",
    "polite": "물론입니다. ",
    "yes, of course": "네, 물론입니다! ",
    "announced": "질문에 답변드리겠습니다. ",
    "announced at length": "질문하신 SOLAR의 층 수에 대해 설명해 드리겠습니다.\n\n",
    "greeting": "안녕하세요! 좋은 질문입니다. ",
    "thanks": "질문해 주셔서 감사합니다.\n",
    "sure": "Sure, here is the answer:\n\n",
    "sure!": "Sure! Here's the answer to your question in Korean: ",
    "certainly": "Certainly! ",
    "happy to help": "I'd be happy to help.\n\n",
    "heading": "## 답변\n\n",
    "heading with colon": "### 답변:\n",
    "bold heading": "**답변**\n\n",
    "bold label": "**답변:** ",
    "bold before colon": "**답변**: ",
    "label": "답변: ",
    "English label": "Answer: ",
    "final answer": "**Final Answer:**\n",
    "label and yes": "답변: 네, ",
    "question again": "SOLAR는 층이 몇 개인가요?\n\n",
    "question in bold": "**SOLAR는 층이 몇 개인가요?**\n",
    "question in English": "How many layers does SOLAR have?\n",
    "question and answer labelled": "질문: SOLAR의 층 수는?\n답변: ",
    "blank lines": "\n\n",
}
BEHIND = {
    "more questions": " 더 궁금한 점이 있으시면 말씀해 주세요.",
    "more questions below": "\n\n추가로 궁금한 사항이 있으시면 언제든지 질문해 주세요!",
    "help": "\n\n도움이 필요하시면 알려 주세요.",
    "helped": " 이 답변이 도움이 되었기를 바랍니다.",
    "let me know": "\n\nLet me know if you have any questions!",
    "if you need": " If you need further details, feel free to ask.",
    "hope": "\n\nI hope this helps!",
    "note": "\n\nNote: This answer is based on the evidence alone. It may be incomplete.",
    "note in brackets": "\n(Note: The term 솔라 is SOLAR.)",
    "bold note": "\n\n**Note:** based on the given evidence.",
    "Korean note": "\n\n참고: 위 답변은 제공된 근거만을 바탕으로 작성되었습니다.",
    "sources": "\n\n출처:\n- [1] SOLAR 10.7B, p. 3\n- [3] SOLAR 10.7B, p. 3",
    "sources as a heading": "\n\n## 출처\n1. SOLAR 10.7B, p. 3\n2. SOLAR 10.7B, p. 4",
    "sources behind a rule": "\n\n---\n**Sources:**\n\n[1] SOLAR has 48 layers.\n[3] Its authors.",
    "references": "\n\nReferences\n[1] SOLAR 10.7B (p. 3)",
    "sources in a line": "\n\n출처: [1], [3]",
    "sources with pages": "\n출처: SOLAR 10.7B, p. 3",
    "evidence": "\n\n근거: [1][3]",
    "footnotes": "\n\n[^1]: SOLAR has 48 layers.\n[^3]: Its authors. They call it so.",
    "a mark alone": "\n[3]",
}
WHOLE = {
    "fence": "```\n{}\n```",
    "Markdown fence": "```markdown\n{}\n```\n",
    "all at once": "네, 물론입니다.\n\n## 답변\n\n{}\n\n---\n\n더 궁금한 점이 있으면 물어보세요!",
}
ANSWERS = [
    "네트워크는 48층입니다 [1].",
    "예를 들어 SOLAR는 48층입니다 [1].",
    "물론 SOLAR도 48층입니다 [1].",
    "질문에 대한 답은 48층입니다 [1].",
    "답은 48층입니다 [1].",
    "아니요, 48층입니다 [1].",
    "다음은 층의 수입니다:\n\n- SOLAR: 48층 [1]\n- 이전 모델: 32층 [2]",
    "더 깊은 모델은 48층입니다 [1].",
    "또 다른 이름은 없습니다 [3].",
    "도움이 된 것은 깊이입니다 [2]. 이 점이 중요합니다 [3].",
    "참고로 32층에서 늘렸습니다 [2].",
    "참고: 32층에서 늘린 것입니다.",
    "근거: SOLAR는 48층입니다 [1].",
    "출처가 다른 데이터입니다 [1]. 인용 수는 적습니다 [2].",
    "## 층\n\n48층입니다 [1].\n\n## 이름\n\n저자가 붙였습니다 [3].",
    "[MASK] 토큰을 씁니다 [1].",
    "1. 층은 48개입니다 [1].\n2. 이름은 저자가 붙였습니다 [3].",
    "If you have a model of 48 layers, it is SOLAR [1].",
    "Here the depth is 48 [1].",
    "It is SOLAR [1]. Note that it has 48 layers.",
    "It is SOLAR [1]. If you have more layers, it is deeper.",
    "출처: 데이터는 위키백과입니다.",
    "데이터는 둘입니다 [1].\n\n출처: 위키백과와 책입니다 [2].",
    "## 출처\n\n- 위키백과 [1]\n- 책 [2]",
    "층은 48개입니다 [1]. 학습 비용은 정보가 부족하여 답변할 수 없습니다.",
    "정보가 부족하여 답변할 수 없습니다. 다만 층은 48개입니다 [1].",
    "| 모델 | 층 |\n|---|---|\n| SOLAR | 48 [1] |",
    "**48개**입니다 [1].",
    "48",
]


def kept(*pieces: str) -> str:
    words = AsideFilter(*ASKED)
    return "".join([words.read_words(piece) for piece in pieces]) + words.finish()


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_what_is_said_before_an_answer_is_left_out(before: str):
    assert kept(before + SAID) == SAID


@pytest.mark.parametrize("behind", BEHIND.values(), ids=BEHIND)
async def test_what_is_said_behind_an_answer_is_left_out(behind: str):
    assert await cited(SAID + behind) == await cited(SAID)


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_what_is_set_around_an_answer_is_left_out(whole: str):
    assert kept(whole.format(SAID)).strip() == SAID


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_sentence_of_an_answer_is_left_out(answer: str):
    assert kept(answer) == answer


@pytest.mark.parametrize(
    "answer",
    [
        *ANSWERS,
        *(before + SAID for before in BEFORE.values()),
        *(SAID + behind.replace("^", "") for behind in BEHIND.values()),
        *(whole.format(SAID) for whole in WHOLE.values()),
    ],
)
def test_any_split_is_read_alike(answer: str):
    whole = kept(answer)

    for pieces in splits(answer):
        assert kept(*pieces) == whole


def test_an_answer_is_shown_as_it_grows():
    words = AsideFilter(*ASKED)

    shown = [
        words.read_words(word) for word in ("네, ", "층은 ", "48개입", "니다 [1]. ", "그", "중 ")
    ]

    assert shown == ["", "", "", "층은 48개입니다 [1].", "", " 그중"]


@pytest.mark.parametrize(
    "line", ["출처: [3]", "(출처: [3])", "근거: 3", "**출처:** 3", "[3]", "Source: [3]", "【3】"]
)
async def test_a_line_that_names_the_source_counts_for_the_sentence_above(line: str):
    text, citations = await cited(f"깊이를 늘린 모델이라고 합니다.\n{line}\n\n끝입니다.")

    assert text.startswith("깊이를 늘린 모델이라고 합니다. [1]\n\n끝")
    assert citations[0] == AUTHORS


@pytest.mark.parametrize("item", ["", "- ", "* "])
async def test_marks_before_a_line_move_behind_it(item: str):
    text, citations = await cited(f"{item}[3] 이름이 있습니다.\n{item}[1] 층은 48개입니다.")

    assert text == f"{item}이름이 있습니다. [1]\n{item}층은 48개입니다. [2]"
    assert citations == [AUTHORS, EVIDENCE[0]]


async def test_a_mark_that_begins_a_clause_stays_there():
    assert (await cited("[1]에 따르면 층은 48개입니다."))[0] == "[1]에 따르면 층은 48개입니다."
