"""Papers that are compared: a row for each, asked for by itself."""

from nodes.small.sides import find_sides
from tests.fakes import ScriptedModel
from tests.nodes.answering import answered
from tests.samples import asking, evidence, passage

PHI = evidence(
    "phi-3-mini has 3.8B parameters.",
    "phi-3-mini has 3.8B parameters.",
    "1",
    document="phi3.pdf",
    title="Phi-3 Technical Report",
    header="Phi-3",
)
GEMMA = evidence(
    "Gemma 2 has 2.6B parameters.",
    "Gemma 2 has 2.6B parameters.",
    "2",
    document="gemma2.pdf",
    title="Gemma 2: Improving Open Models",
    header="Gemma 2",
)
ASKED = (
    "phi-3-mini와 Gemma 2의 파라미터는 각각 몇 개야?",
    "How many parameters do phi-3-mini and Gemma 2 have?",
)


async def test_each_side_has_a_row_with_its_own_source():
    model = ScriptedModel(
        "phi-3-mini has 3.8B parameters.",
        "phi-3-mini의 파라미터는 38억 개입니다.",
        "Gemma 2 has 2.6B parameters.",
        "Gemma 2의 파라미터는 26억 개입니다.",
    )

    update, _ = await answered(model, PHI, GEMMA, cites=False, asked=ASKED)

    assert update["messages"][0].text == (
        "- **phi-3-mini**: phi-3-mini의 파라미터는 38억 개입니다. [1]\n"
        "- **Gemma 2**: Gemma 2의 파라미터는 26억 개입니다. [2]"
    )
    assert update["citations"] == [PHI, GEMMA]
    assert "Answer for phi-3-mini alone." in model.asked[0]
    assert GEMMA.quote not in model.asked[0]
    assert "Answer for Gemma 2 alone." in model.asked[2]


async def test_a_side_without_evidence_says_so():
    model = ScriptedModel(
        "phi-3-mini has 3.8B parameters.",
        "phi-3-mini의 파라미터는 38억 개입니다.",
        "The excerpts do not say.",
    )

    update, _ = await answered(model, PHI, GEMMA, cites=False, asked=ASKED)

    assert update["messages"][0].text.splitlines()[1] == (
        "- **Gemma 2**: 이 논문에서는 찾지 못했습니다."
    )
    assert update["outcome"] == "answered"


async def test_no_side_at_all_is_a_refusal():
    model = ScriptedModel("It says nothing.", "It says nothing.")

    update, _ = await answered(model, PHI, GEMMA, cites=False, asked=ASKED)

    assert update["outcome"] == "insufficient"


def test_a_side_is_named_in_the_title_of_one_paper_alone():
    papers = [PHI.passage, GEMMA.passage, passage("x", "3", document="other.pdf", title="Models")]

    assert [side.name for side in find_sides(asking(*ASKED), papers)] == ["phi-3-mini", "Gemma 2"]
    assert find_sides(asking("Gemma 2의 파라미터는?", "How many?"), papers) == []


def test_a_paper_that_compares_them_itself_is_read():
    table = passage(
        "Phi-3-mini has 3.8B and Gemma 2 has 2.6B.",
        "3",
        document="phi3.pdf",
        title=PHI.passage.title,
    )

    assert find_sides(asking(*ASKED), [PHI.passage, GEMMA.passage]) != []
    assert find_sides(asking(*ASKED), [PHI.passage, table, GEMMA.passage]) == []
