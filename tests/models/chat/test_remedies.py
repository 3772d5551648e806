"""A refused call is made again without what was refused, and without more than that."""

import pytest

from models.chat.capabilities import MOST_THINKING_TOKENS, STRUCTURES, THINKING_TOKENS, Capabilities
from models.chat.remedies import find_plainer, find_remedy, raise_thinking
from models.faults import Fault

NOTHING = Capabilities()
SENT = frozenset({"temperature", "max_completion_tokens", "stream_options", "system"})
OBJECT = SENT | {"response_format"}
TOOLS = SENT | {"tools"}
# As servers put it: the parameter it is about.
NAMED = {
    "Unsupported value: 'temperature' does not support 0.1 with this model.": "temperature",
    "Unrecognized request argument supplied: max_completion_tokens": "max_completion_tokens",
    "[{'loc': ['body', 'stream_options'], 'msg': 'Extra inputs are not permitted'}]": "stream_options",
    "stream_options.include_usage is not supported": "stream_options",
    "System role not supported": "system",
    "This model does not support developer messages": "system",
    "Developer instruction is not enabled for models/gemma-3-4b-it": "system",
}
NO_SCHEMA = [
    "This response_format type is unavailable now",
    "'response_format' of type 'json_schema' is not supported with this model",
    "Structured output is not supported",
    "guided decoding backend failed",
    "Failed to parse grammar",
]
NO_TOOLS = [
    "registry.ollama.ai/library/gemma:7b does not support tools",
    '"auto" tool choice requires --enable-auto-tool-choice',
    "Function calling is not enabled for this model",
    "No endpoints found that support tool use",
]


@pytest.mark.parametrize(("words", "parameter"), NAMED.items())
def test_what_is_named_alone_is_left_out(words: str, parameter: str):
    remedy = find_remedy(Fault("refused", words), SENT)

    assert remedy
    assert remedy.apply(NOTHING) == Capabilities(refused=frozenset({parameter}))


def test_the_servers_own_field_names_it_too():
    remedy = find_remedy(Fault("refused", "No.", parameter="temperature"), SENT)

    assert remedy
    assert remedy.refused == {"temperature"}


@pytest.mark.parametrize("words", NO_SCHEMA)
def test_without_schemas_tools_are_tried(words: str):
    remedy = find_remedy(Fault("refused", words), OBJECT)

    assert remedy
    assert remedy.apply(NOTHING) == Capabilities(structure="tools")


@pytest.mark.parametrize("kind", ["refused", "no_model", "server"])
@pytest.mark.parametrize("words", NO_TOOLS)
def test_without_tools_words_are(words: str, kind: str):
    known = Capabilities(structure="tools")

    remedy = find_remedy(Fault(kind, words), TOOLS)  # type: ignore[arg-type]

    assert remedy
    assert remedy.apply(known) == Capabilities(structure="json")


def test_what_is_named_and_was_not_sent_is_no_reason():
    assert find_remedy(Fault("server", "temperature of the GPU too high"), OBJECT - {"temperature"}) is None  # fmt: skip


def test_where_nothing_is_named_comfort_goes_first_and_objects_next():
    first = find_remedy(Fault("refused", "Bad Request"), OBJECT)
    assert first
    assert first.apply(NOTHING).refused == {"temperature", "stream_options"}

    second = find_remedy(Fault("refused", "Bad Request"), OBJECT - first.refused)
    assert second
    assert second.apply(NOTHING) == Capabilities(structure="tools")

    assert find_remedy(Fault("refused", "Bad Request"), frozenset({"system"})) is None


@pytest.mark.parametrize("kind", ["key", "forbidden", "credit", "rate", "timeout", "web_page"])
def test_no_form_mends_another_fault(kind: str):
    fault = Fault(kind, "temperature, tools, response_format")  # type: ignore[arg-type]

    assert find_remedy(fault, OBJECT) is None


@pytest.mark.parametrize("kind", ["server", "no_model"])
def test_a_fault_of_the_server_that_names_nothing_changes_nothing(kind: str):
    assert find_remedy(Fault(kind, "Internal error"), OBJECT) is None  # type: ignore[arg-type]


def test_a_call_that_was_slower_makes_nothing_plainer_than_it_has_to_be():
    known = Capabilities(structure="json")

    remedy = find_remedy(Fault("refused", NO_SCHEMA[0]), OBJECT)

    assert remedy
    assert remedy.apply(known) == known


def test_behind_the_plainest_way_there_is_none():
    assert [find_plainer(one) for one in STRUCTURES] == [*STRUCTURES[1:], None]


def test_thinking_gets_more_until_it_has_the_most():
    budgets, known = [], NOTHING
    while more := raise_thinking(known):
        known = more
        budgets.append(known.thinking_tokens)

    assert budgets[0] == THINKING_TOKENS
    assert budgets[-1] == MOST_THINKING_TOKENS
    assert budgets == sorted(set(budgets))
