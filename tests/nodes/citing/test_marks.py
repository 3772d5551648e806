"""Marks: whatever form a model gives them, its own choice of source is followed; what is no mark stays."""

import pytest

from nodes.citing.marks import MarkReader
from tests.nodes.citing.citing import AUTHORS, EVIDENCE, LAYERS, cited
from tests.nodes.citing.test_stream import splits

# A sentence that is tied to the first source where nothing is marked.
SAID = "SOLAR has 48 layers라고 합니다"
# Each as a model writes it for the third source, behind a sentence.
FORMS = (
    "[3]|[３]|［3］|[[3]]|[ 3 ]|【3】|【3†source】|【3:0†source】|〔3〕|[^3]|[^3^]|\\[3\\]"
    "|[Source 3]|[source: 3]|[evidence 3]|[Ref. 3]|[doc 3]|[근거 3]|[출처 3]|[출처: 3]|[근거 번호 3]|[3, p. 3]"
    "|[3](#3)|[3](https://arxiv.org/abs/2312.1)|[[3]](#ref-3)|**[3]**|`[3]`|([3])|(출처: [3])|(출처: 3)"
    "|(근거 3)|(Source 3)|(3)|（3）|{3}|³|<sup>3</sup>|<sup>[3]</sup>|[3-3]"
).split("|")
SEVERAL = {
    "[1][3]": [1, 3],
    "[1] [3]": [1, 3],
    "[1], [3]": [1, 3],
    "[1, 3]": [1, 3],
    "[1; 3]": [1, 3],
    "[1 and 3]": [1, 3],
    "[1-3]": [1, 2, 3],
    "[1–3]": [1, 2, 3],
    "[1~3]": [1, 2, 3],
    "[1, 2-3]": [1, 2, 3],
    "[근거 1, 근거 3]": [1, 3],
    "[Source 1][Source 3]": [1, 3],
    "([1], [3])": [1, 3],
    "(근거 1, 3)": [1, 3],
    "(Sources 1 and 3)": [1, 3],
    "(1)(3)": [1, 3],
    "(1, 3)": [1, 3],
    "¹³": [1, 3],
    "¹,³": [1, 3],
    "<sup>1,3</sup>": [1, 3],
    "<sup>1</sup><sup>3</sup>": [1, 3],
}
NO_MARKS = [
    "비교는 Kim (2023)에 있습니다.",
    "비교는 앞선 연구에 있습니다 (2023).",
    "비교는 [2019-2023] 사이입니다.",
    "(1) 속도가 빠르고 (2) 작습니다.",
    "이유는 둘입니다: (1) 속도, (2) 크기 때문입니다.",
    "이유는 둘입니다. (1) 속도가 빠릅니다.",
    "1) 속도가 빠릅니다.",
    "값은 f(1)입니다.",
    "값은 10^(1).",
    "식은 수식 (1).",
    "결과는 표 (2).",
    "결과는 표 1과 같습니다.",
    "구간 [0, 1]에 있습니다.",
    "구간 [0,1].",
    "구간 [-1, 1]에 있습니다.",
    "넓이는 5 m²입니다.",
    "넓이는 3제곱미터².",
    "모두 10¹²개입니다.",
    "모두 10<sup>12</sup>개입니다.",
    "기호는 x¹입니다.",
    "기호는 x{1}.",
    "기호는 x<sup>2</sup>.",
    "토큰은 [SEP]와 [CLS]입니다.",
    "토큰은 [MASK]이고 [UNK] 아닙니다.",
    "점수는 낮습니다 (9).",
    "점수는 낮습니다⁹.",
    "점수는 낮습니다 {9}.",
    "층은 a < 3이고 b > 1입니다.",
    "[1]과 달리 둘째입니다 (2).",
    "그림은 부록(p. 3)에 있습니다.",
]


def read(*pieces: str, count: int = 3) -> str:
    reader = MarkReader(count)
    return "".join([reader.read_words(piece) for piece in pieces]) + reader.finish()


@pytest.mark.parametrize("place", ["{} {}.", "{}{}.", "{}. {}", "{}.{}", "“{}.” {}"])
@pytest.mark.parametrize("form", FORMS)
async def test_a_mark_of_any_form_leads_where_the_model_meant_it_to(form: str, place: str):
    text, citations = await cited(place.format(SAID, form))

    assert citations[0] == AUTHORS
    assert (
        text.replace(" [1]", "").replace(" [2]", "")
        == place.format(SAID, "").replace(" .", ".").strip()
    )


@pytest.mark.parametrize(("form", "numbers"), SEVERAL.items(), ids=SEVERAL)
async def test_of_several_sources_each_is_followed(form: str, numbers: list[int]):
    _, citations = await cited(f"{SAID} {form}.")

    assert citations == [EVIDENCE[number - 1] for number in numbers]


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_mark_stays_as_it_is(text: str):
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *NO_MARKS,
        *(f"{SAID} {form}. 끝." for form in [*FORMS, *SEVERAL, "(SOLAR 10.7B, p. 3)"]),
        "근거 3에 따르면 깊습니다.",
    ],
)
def test_any_split_is_read_alike(text: str):
    whole = read(text)

    for pieces in splits(text):
        assert read(*pieces) == whole


@pytest.mark.parametrize(
    "form", ["[99]", "[근거 99]", "【99†source】", "(출처: 99)", "[^99]", "[98-99]"]
)
async def test_a_sure_mark_that_leads_nowhere_is_dropped(form: str):
    assert await cited(f"{SAID} {form}.") == (f"{SAID}. [1]", [LAYERS])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("근거 3에 따르면 깊이를 늘렸습니다.", "근거 [1]에 따르면 깊이를 늘렸습니다."),
        ("출처 3은 깊이를 늘렸다고 합니다.", "출처 [1]은 깊이를 늘렸다고 합니다."),
        ("According to evidence 3, it is deep.", "According to evidence [1], it is deep."),
    ],
)
async def test_a_source_that_a_sentence_speaks_of_is_followed(said: str, shown: str):
    text, citations = await cited(said)

    assert text == shown
    assert citations == [AUTHORS]


@pytest.mark.parametrize("text", ["근거 2가지입니다.", "출처 3곳입니다.", "표 3은 깊이입니다."])
def test_a_count_of_sources_is_no_mark(text: str):
    assert read(text) == text


@pytest.mark.parametrize(
    "page", ["(SOLAR 10.7B, p. 3)", "[SOLAR 10.7B, p. 3]", "(p. 3)", "(pp. 3-4)"]
)
async def test_a_papers_page_beside_a_mark_or_in_its_place_is_dropped(page: str):
    assert await cited(f"{SAID} [1] {page}.") == (f"{SAID} [1].", [LAYERS])
    assert await cited(f"{SAID} {page}.") == (f"{SAID}. [1]", [LAYERS])


@pytest.mark.parametrize("form", ["(9)", "{9}", "⁹", "<sup>9</sup>"])
async def test_what_may_be_none_stays_where_there_is_no_such_source(form: str):
    text, _ = await cited(f"이름은 저자가 붙였습니다 {form}")

    assert form in text


@pytest.mark.parametrize(
    "answer",
    [
        "- 이름은 저자가 붙였습니다【3】",
        "| 이름 | 저자가 붙임 【3】 |",
        "**이름은 저자가 붙였습니다【3】**",
        "이름은 저자가 붙였습니다【3】, 그리고 끝입니다.",
    ],
)
async def test_a_mark_is_followed_wherever_it_stands(answer: str):
    text, citations = await cited(
        f"| 항목 | 내용 |\n|---|---|\n{answer}" if "|" in answer else answer
    )

    assert citations == [AUTHORS]
    assert "【" not in text


async def test_words_of_a_bracket_are_shown_once_they_can_be_no_mark():
    reader = MarkReader(3)

    assert reader.read_words("토큰 [MA") == "토큰"
    assert reader.read_words("SK]를") == " [MASK]를"


async def test_a_model_that_was_shown_no_numbers_has_no_form_read():
    text, _ = await cited("이름은 저자가 붙였습니다 (3) [근거 2].", numbered=[])

    assert text.startswith("이름은 저자가 붙였습니다 (3) [근거 2].")
