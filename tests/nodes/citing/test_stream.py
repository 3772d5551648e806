"""Citing: the same text and marks however the answer is cut up, and every mark leads somewhere."""

import random
import re

import pytest

from nodes.citing.attribution import Attribution
from nodes.citing.checks import SentenceCheck
from nodes.citing.stream import CitationStream
from retrieval.passages import Evidence
from tests.fakes import FakeEmbeddings
from tests.nodes.citing.citing import AUTHORS, DEPTH, EVIDENCE, LAYERS, TABLE, cited
from tests.samples import evidence


class CountingEmbeddings(FakeEmbeddings):
    """Remembers what it was asked to find the like of."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_query(self, text: str) -> list[float]:
        self.asked.append(text)
        return super().embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [FakeEmbeddings().embed_query(text) for text in texts]


class TestMarksOfTheModel:
    async def test_they_are_numbered_as_they_come_up(self):
        assert await cited("저자가 붙인 이름입니다 [3]. 층은 48개입니다 [1][3].") == (
            "저자가 붙인 이름입니다 [1]. 층은 48개입니다 [2] [1].",
            [AUTHORS, LAYERS],
        )

    async def test_several_numbers_in_one_mark_come_apart(self):
        assert await cited("층은 48개입니다 [1, 2].") == (
            "층은 48개입니다 [1] [2].",
            [LAYERS, DEPTH],
        )

    @pytest.mark.parametrize("bogus", ["[0]", "[4]", "[99, 100]"])
    async def test_those_that_lead_nowhere_are_dropped(self, bogus: str):
        text, citations = await cited(f"층은 48개입니다 {bogus}.")

        assert bogus not in text
        assert text == "층은 48개입니다. [1]"
        assert citations == [LAYERS]

    async def test_one_good_number_beside_a_bogus_one_stays(self):
        assert await cited("층은 32개입니다 [2, 9].") == ("층은 32개입니다 [1].", [DEPTH])

    async def test_a_figure_that_the_marked_source_lacks_brings_the_one_that_has_it(self):
        assert await cited("32층에서 48층으로 늘렸습니다 [2].") == (
            "32층에서 48층으로 늘렸습니다 [1]. [2]",
            [DEPTH, LAYERS],
        )

    async def test_a_mark_behind_the_full_stop_counts_for_its_sentence(self):
        assert await cited("이름은 저자가 붙였습니다. [3] 층은 48개입니다.[1] 끝입니다 [2].") == (
            "이름은 저자가 붙였습니다. [1] 층은 48개입니다. [2] 끝입니다 [3].",
            [AUTHORS, LAYERS, DEPTH],
        )

    async def test_brackets_with_words_are_left_alone(self):
        text, _ = await cited("토큰 [MASK]를 씁니다 [1].")

        assert text == "토큰 [MASK]를 씁니다 [1]."


class TestSentencesWithoutMarks:
    async def test_they_are_tied_to_the_sentence_with_the_same_figure(self):
        assert await cited("층의 수는 32에서 늘렸습니다.\n층의 수는 48입니다.") == (
            "층의 수는 32에서 늘렸습니다. [1]\n층의 수는 48입니다. [2]",
            [DEPTH, LAYERS],
        )

    async def test_they_are_tied_by_names_and_meaning_where_there_is_no_figure(self):
        text, citations = await cited("authors call it depth up-scaling이라고 합니다.")

        assert text.endswith(" [1]")
        assert citations == [AUTHORS]

    async def test_a_sentence_is_embedded_once_however_many_figures_it_has(self):
        embeddings = CountingEmbeddings()
        stream = CitationStream(Attribution(EVIDENCE, embeddings), SentenceCheck())

        shown = await stream.add_words("32층에서 48층으로 늘렸습니다.") + await stream.finish_text()

        assert shown == "32층에서 48층으로 늘렸습니다. [1] [2]"
        assert embeddings.asked == ["32층에서 48층으로 늘렸습니다."]

    async def test_one_mark_for_the_same_source_twice(self):
        text, citations = await cited("층의 수는 48입니다.\n모두 48개의 층입니다.")

        assert text == "층의 수는 48입니다. [1]\n모두 48개의 층입니다. [1]"
        assert citations == [LAYERS]

    async def test_the_quote_is_one_sentence_of_longer_evidence(self):
        whole = evidence(LAYERS.passage.text)

        _, [source] = await cited("층의 수는 32에서 늘렸습니다.", sources=[whole])

        assert source.quote == DEPTH.quote
        assert source.page == 3

    @pytest.mark.parametrize("text", ["다음과 같은 내용입니다:", "---", "**"])
    async def test_headings_and_list_numbers_get_none(self, text: str):
        assert await cited(text) == (text, [])

    async def test_an_answer_may_be_a_single_figure_or_name(self):
        assert await cited("48") == ("48 [1]", [LAYERS])
        assert (await cited("1. 층은 48개입니다."))[0] == "1. 층은 48개입니다. [1]"

    async def test_a_small_models_marks_mean_nothing(self):
        text, citations = await cited("층의 수는 48입니다 [7].", numbered=[])

        assert text == "층의 수는 48입니다. [1]"
        assert citations == [LAYERS]


ANSWERS = {
    "two sentences": "층은 48개입니다. 이름은 저자가 붙였습니다.",
    "marks in and behind": "층은 48개입니다 [1]. 이름은 저자가 붙였습니다. [3]\n\n32개에서 늘렸습니다[2].",
    "decimals and lists of numbers": "SOLAR 10.7B는 48개의 층이며, 3.5배가 아닙니다 [1, 2]. 끝입니다.",
    "a list": "다음과 같습니다:\n\n1. 층은 48개입니다 [1].\n2. 처음에는 32개였습니다 [9].\n- **깊이**를 늘렸습니다.\n",
    "abbreviations": "Kim et al. (2023)은 깊이를 늘렸습니다. Fig. 3을 보면 48개입니다 [1].",
    "quotes and brackets": '"깊이를 늘렸다." 라고 합니다. (48개의 층입니다.) 그렇습니까? 그렇습니다!',
    "brackets that are no marks": "토큰은 [MASK]이고 [ 1 ]이나 [1 같은 것도 있습니다. 배열 a[0]과 b[1]입니다.",
    "a table": f"{TABLE}\n\n그 밖은 없습니다.",
    "a figure alone": "48",
    "ends in a figure": "층은 48개이며 점수는 3.",
    "a refusal": "정보가 부족하여 답변할 수 없습니다.",
}
EVERY_ANSWER = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)


@pytest.mark.parametrize("numbered", [EVIDENCE, []], ids=["marks", "no marks"])
@EVERY_ANSWER
async def test_any_split_gives_the_same_text(answer: str, numbered: list[Evidence]):
    whole = await cited(answer, numbered=numbered)

    for pieces in splits(answer):
        assert await cited(*pieces, numbered=numbered) == whole


@EVERY_ANSWER
async def test_no_word_is_lost_and_no_mark_leads_nowhere(answer: str):
    for pieces in splits(answer):
        text, citations = await cited(*pieces, numbered=[])

        assert words(text) == words(answer)
        marks = {int(mark) for mark in re.findall(r" \[(\d+)\]", text)}
        assert marks == set(range(1, len(citations) + 1))


async def test_a_translation_is_tied_by_the_words_that_it_translates():
    english = "The authors call it depth up-scaling. It was 32 layers."
    attribution = Attribution(EVIDENCE, FakeEmbeddings(), original=english)
    stream = CitationStream(attribution, SentenceCheck())

    shown = (
        await stream.add_words("저자들은 깊이 확장이라고 부릅니다.") + await stream.finish_text()
    )

    assert shown == "저자들은 깊이 확장이라고 부릅니다. [1]"
    assert stream.citations == [AUTHORS]


async def test_words_are_shown_before_the_answer_is_over():
    attribution = Attribution(EVIDENCE, FakeEmbeddings())
    stream = CitationStream(attribution, SentenceCheck(), numbered=EVIDENCE)

    shown = [await stream.add_words(word) for word in ("층은 ", "48개", "입니다", " [1", "].")]

    assert shown[0] == "층은"
    assert "".join(shown) == "층은 48개입니다"
    assert await stream.finish_text() == " [1]."


def words(text: str) -> str:
    """The text without marks and white space."""
    return "".join(re.sub(r"\[ *\d+(?:, *\d+)* *\]", "", text).split())


def splits(text: str) -> list[list[str]]:
    """Several ways to cut up a text: by letters, by words, and by chance."""
    chance = random.Random(text)
    ways = [list(text), re.findall(r"\s*\S+|\s+$", text), re.findall(r"\w+|\W", text)]
    for _ in range(10):
        edges = sorted(chance.sample(range(len(text) + 1), min(len(text), 6)))
        ways.append([text[i:j] for i, j in zip([0, *edges], [*edges, len(text)], strict=True)])
    assert all("".join(pieces) == text for pieces in ways)
    return ways
