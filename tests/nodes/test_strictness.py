"""How strict a run is: what becomes of an answer that the papers do not bear as a whole."""

from nodes.profile import Answer, ReplacedSentence
from nodes.refusal import Refusal
from nodes.strictness import apply_strictness
from retrieval.tables import Line, Table, TableRow
from tests.nodes.answering import LAYERS
from tests.samples import evidence

REFUSED = Refusal(rule="nothing_confirmed")
REPLACED = ReplacedSentence(sentence="층은 50개입니다.", faults=["50"])
HALF_QUOTED = Answer(text="…", citations=[LAYERS], replaced=[REPLACED])
WHOLE = Answer(text="층은 48개입니다. [1]", citations=[LAYERS])


def test_a_normal_run_says_what_its_profile_says():
    for composed in (REFUSED, HALF_QUOTED, WHOLE):
        assert (
            apply_strictness(composed, [LAYERS], strictness="normal", language="Korean") is composed
        )


def test_a_strict_run_refuses_an_answer_of_which_a_sentence_gave_way():
    refused = apply_strictness(HALF_QUOTED, [LAYERS], strictness="strict", language="Korean")

    assert refused == Refusal(rule="not_all_confirmed", detail="…")
    assert apply_strictness(WHOLE, [LAYERS], strictness="strict", language="Korean") is WHOLE


def test_a_lenient_run_quotes_before_it_refuses():
    quoted = apply_strictness(REFUSED, [LAYERS], strictness="lenient", language="Korean")

    assert isinstance(quoted, Answer)
    assert quoted.is_quoted
    assert quoted.citations == [LAYERS]
    assert quoted.text == f"논문에는 이렇게 적혀 있습니다: “{LAYERS.quote}” [1]"


def test_a_lenient_run_has_nothing_to_quote_without_evidence_or_from_tables_alone():
    text = "Model Layers\nSOLAR 48"
    table = Table(Line("Model Layers", 0), (TableRow(13, 21, "SOLAR"),))
    row = evidence("SOLAR 48", text, tables=[table])

    for found in ([], [row]):
        said = apply_strictness(REFUSED, found, strictness="lenient", language="English")
        assert said is REFUSED
