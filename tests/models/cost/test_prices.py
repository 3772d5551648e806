"""Prices: whole rows, found by the names that people and gateways use, and never guessed."""

import pytest

from language.data import read_table
from models.connect.choose import Choice
from models.cost.prices import FREE, Price, find_price, read_prices, write_usd

MINI = Price(0.15, 0.075, 0.60)


@pytest.fixture(autouse=True)
def at_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def test_every_row_names_a_model_once_with_three_numbers():
    rows = read_table("prices", package="models.cost")

    assert all(list(row) == ["name", "input", "cached", "output"] for row in rows)
    assert len(read_prices()) == len(rows)
    for name, price in read_prices().items():
        assert name == name.strip().lower()
        assert 0 < price.cached <= price.input, name
        assert price.input <= price.output or name.startswith("text-embedding"), name


@pytest.mark.parametrize(
    "name", ["gpt-4o-mini", "openai/gpt-4o-mini", "gpt-4o-mini-2024-07-18", "eu/openai/gpt-4o-mini"]
)
def test_a_price_is_found_behind_a_gateways_prefix_and_a_date(name: str):
    assert find_price(Choice("openai", name), {}) == MINI


def test_a_dated_model_of_its_own_price_has_it():
    assert find_price(Choice("openai", "gpt-4o-2024-05-13"), {}) == Price(5, 5, 15)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("anthropic", "claude-sonnet-4-5-20250929"),
        ("google_genai", "gemini-2.5-flash"),
        ("mistralai", "mistral-small-latest"),
    ],
)
def test_other_makers_have_their_prices_whatever_the_address_of_openais_api(
    kind: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")

    found = find_price(Choice(kind, name), {})

    assert found
    assert 0 < found.cached < found.input < found.output


def test_behind_another_address_a_name_says_nothing_but_what_its_user_says(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")
    choice = Choice("openai", "openai/gpt-4o-mini")

    assert find_price(choice, {}) is None
    assert find_price(choice, {"gpt-4o-mini": (1, 2, 3)}) == Price(1, 2, 3)


def test_models_of_this_machine_are_free_unless_their_user_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:4000/v1")
    choice = Choice("openai", "gpt-4o-mini")

    assert find_price(Choice("embedded"), {}) == FREE
    assert find_price(Choice("ollama", "qwen3"), {}) == FREE
    assert find_price(choice, {}) == FREE
    assert find_price(choice, {"gpt-4o-mini": MINI}) == MINI


def test_an_unknown_model_has_no_price():
    assert find_price(Choice("openai", "gpt-99"), {}) is None


def test_little_money_is_written_with_more_decimals():
    assert [write_usd(usd) for usd in (0, 0.0123, 0.1, 12)] == [
        "$0.00",
        "$0.0123",
        "$0.10",
        "$12.00",
    ]
