"""Calls over HTTP are counted as they end, by the server's tokens; a spent budget lets none through."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from models.cassettes.cassette import Cassette
from models.cassettes.recorded_usage import count_recorded_tokens
from models.chat.open import open_chat
from models.connect.choose import Choice
from models.cost.meter import Meter
from models.cost.prices import Price
from models.cost.spending import BudgetReached, SpendingLedger
from models.embedding.open import open_embeddings
from nodes.strong.prompts import ANSWER_CITING
from tests.fake_openai import FakeOpenAI

CHAT = Choice("openai", "gpt-4o-mini")
EMBEDDING = Choice("openai", "text-embedding-3-small")
# The fake server says that it has read 10 tokens and written 5.
PRICE = Price(10_000, 1_000, 20_000)
REPLY = 0.2
ASKED = ANSWER_CITING.invoke(
    dict.fromkeys(("question", "english", "excerpts", "language", "insufficient"), "x")
)


@pytest.fixture
def ledger(tmp_path: Path) -> SpendingLedger:
    return SpendingLedger(tmp_path, 1.0)


@pytest.fixture
def meter(ledger: SpendingLedger) -> Meter:
    return Meter(str(CHAT), PRICE, ledger)


class TestChat:
    async def test_a_reply_is_counted(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        await open_chat(CHAT, timeout=5, meter=meter).ainvoke(ASKED)

        assert ledger.read_today() == pytest.approx(REPLY)

    async def test_a_streamed_reply_is_counted_once(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        async for _ in open_chat(CHAT, timeout=5, meter=meter).astream(ASKED):
            pass

        assert ledger.read_today() == pytest.approx(REPLY)

    async def test_a_stream_that_is_left_early_is_paid_for(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        chat = open_chat(CHAT, timeout=5, meter=meter)

        async with aclosing(chat._astream(ASKED.to_messages())) as chunks:
            async for chunk in chunks:
                if chunk.text:
                    break

        assert ledger.read_today() > 0

    async def test_a_spent_budget_lets_no_call_through(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        ledger.add_amount(1.0)
        chat = open_chat(CHAT, timeout=5, meter=meter)

        with pytest.raises(BudgetReached):
            await chat.ainvoke(ASKED)
        with pytest.raises(BudgetReached):
            async for _ in chat.astream(ASKED):
                pass

        assert openai.requests == []

    async def test_calls_side_by_side_are_all_counted(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        chat = open_chat(CHAT, timeout=5, meter=meter)

        await asyncio.gather(*(chat.ainvoke(ASKED) for _ in range(4)))

        assert ledger.read_today() == pytest.approx(4 * REPLY)

    async def test_a_model_of_unknown_price_is_named_and_not_stopped(
        self, openai: FakeOpenAI, ledger: SpendingLedger
    ):
        ledger.add_amount(1.0)

        await open_chat(CHAT, timeout=5, meter=Meter(str(CHAT), None, ledger)).ainvoke(ASKED)

        assert ledger.read_today() == 1.0
        assert any("openai:gpt-4o-mini" in str(note) for note in ledger.take_notes())

    async def test_calls_of_a_cassette_are_paid_once(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter, tmp_path: Path
    ):
        for _ in range(3):
            cassette = Cassette(tmp_path / "run.jsonl")
            cassette.begin_file({"chat": str(CHAT)})
            chat = open_chat(CHAT, timeout=5, cassette=cassette, meter=meter)
            await chat.ainvoke(ASKED)
            cassette._writer.release()

        assert len(openai.requests) == 1
        assert ledger.read_today() == pytest.approx(REPLY)


class TestEmbeddings:
    def test_a_request_is_counted(self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter):
        embeddings = open_embeddings(EMBEDDING, timeout=5, meter=meter)

        embeddings.embed_documents(["SOLAR has 48 layers."])

        assert ledger.read_today() == pytest.approx(0.01)  # of one token, says the server

    def test_a_spent_budget_lets_no_request_through(
        self, openai: FakeOpenAI, ledger: SpendingLedger, meter: Meter
    ):
        ledger.add_amount(1.0)

        with pytest.raises(BudgetReached):
            open_embeddings(EMBEDDING, timeout=5, meter=meter).embed_query("SOLAR")

        assert openai.requests == []


def test_input_that_was_cached_costs_less(ledger: SpendingLedger, meter: Meter):
    usage = {
        "input_tokens": 10,
        "output_tokens": 5,
        "total_tokens": 15,
        "input_token_details": {"cache_read": 8},
    }

    meter.add_reply([HumanMessage("?")], [AIMessage("!", usage_metadata=usage)])

    assert ledger.read_today() == pytest.approx((2 * 10_000 + 8 * 1_000 + 5 * 20_000) / 1e6)


def test_tokens_that_no_server_counts_are_counted_here(ledger: SpendingLedger, meter: Meter):
    meter.add_reply([HumanMessage("one two")], [AIMessage("one two three")])

    assert ledger.read_today() == pytest.approx((2 * 10_000 + 3 * 20_000) / 1e6)


def test_a_recorded_stream_without_its_end_is_counted_by_its_events():
    whole = (
        'data: {"choices": []}\n\ndata: {"usage": {"prompt_tokens": 7, "completion_tokens": 2}}\n'
    )
    cut = 'data: {"choices": [], "usage": null}\n\n' * 3

    assert count_recorded_tokens({}, whole) == {"input": 7, "cached": 0, "output": 2}
    assert count_recorded_tokens({"a": "b"}, cut)["output"] == 3
