"""A fake OpenAI's log: when each call came and when its reply began, and what that says of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from language.tokens import count_tokens
from tests.fake_openai import Asked, Exchange, FakeOpenAI

# Lets as much time pass before a reply begins as it takes.
Wait = Callable[[Asked], None]


@dataclass(frozen=True)
class Call:
    """A request, and the reply that its client waits for: of a streamed one the beginning."""

    task: str
    came: float
    answered: float


class Log:
    """Notes the calls of a server, in the order of their replies; `a_token`: seconds to write one."""

    def __init__(self, server: FakeOpenAI, *, wait: Wait, a_token: float = 0.0) -> None:
        self.calls: list[Call] = []
        self._server = server
        self._wait = wait
        self._a_token = a_token
        server.always |= dict.fromkeys([*server.replies, "embed"], self._treat)

    def _treat(self, exchange: Exchange) -> None:
        """Reply as usual, at the pace that is asked for."""
        asked, came = exchange.asked, perf_counter()
        self._wait(asked)
        if asked.task == "embed":
            self._note(asked, came)
            exchange.send_vectors()
            return
        text = self._server.reply(asked)
        seconds = self._a_token * count_tokens(text)
        if not asked.body.get("stream"):
            exchange.wait(seconds)
            seconds = 0.0
        self._note(asked, came)
        exchange.send_words(text, seconds=seconds)

    def _note(self, asked: Asked, came: float) -> None:
        self.calls.append(Call(asked.task, came, perf_counter()))


def until_first_token(calls: Iterable[Call]) -> list[Call]:
    """The calls up to the answer's first words; all where no model writes one."""
    known = list(calls)
    end = next((call.answered for call in known if call.task == "answer"), float("inf"))
    return [call for call in known if call.answered <= end]


def chat(calls: Iterable[Call]) -> list[Call]:
    """Those to the chat model."""
    return [call for call in calls if call.task != "embed"]


def in_a_row(calls: Iterable[Call]) -> int:
    """The longest chain of calls of which each came when the one before had been answered."""
    chain, end = 0, float("-inf")
    for call in sorted(calls, key=lambda call: call.answered):
        if call.came >= end:
            chain, end = chain + 1, call.answered
    return chain


def at_once(calls: Iterable[Call]) -> int:
    """The most calls that waited for their replies at the same time."""
    known = list(calls)
    return max(
        (sum(other.came <= call.came < other.answered for other in known) for call in known),
        default=0,
    )
