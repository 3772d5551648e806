"""What the calls of one model cost, by the tokens that its server counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from langchain_core.messages import BaseMessage
from langchain_core.messages.ai import AIMessage, UsageMetadata, add_usage

from language.tokens import count_tokens
from models.chat.messages import count_message_tokens
from models.cost.prices import Price, compute_dollars
from models.cost.spending import SpendingLedger

NO_USAGE = UsageMetadata(input_tokens=0, output_tokens=0, total_tokens=0)


@dataclass(frozen=True)
class Meter:
    """Adds to the day's spending; without a ledger calls cost nothing."""

    model: str = ""
    price: Price | None = None
    """None: nobody knows it; such calls are not counted, and not stopped."""

    ledger: SpendingLedger | None = None

    def check_budget(self) -> None:
        """BudgetReached, before a call, where the day's budget is spent."""
        if self.ledger and self.price:
            self.ledger.check_budget()

    def add_reply(self, asked: Sequence[BaseMessage], reply: Sequence[BaseMessage]) -> None:
        """Count a call with its reply, or the pieces of one; tokens that no server has counted by us."""
        if not self.ledger:
            return
        counted = [piece.usage_metadata for piece in reply if isinstance(piece, AIMessage)]
        usage = reduce(add_usage, counted, NO_USAGE)
        self.add_tokens(
            input=usage["input_tokens"] or count_message_tokens(asked),
            cached=usage.get("input_token_details", {}).get("cache_read") or 0,
            output=usage["output_tokens"] or count_tokens("".join(piece.text for piece in reply)),
        )

    def add_tokens(self, *, input: int, cached: int = 0, output: int = 0) -> None:
        """Count the tokens of a call; `cached` are among those of the input."""
        if not self.ledger:
            return
        if not self.price:
            self.ledger.note_uncounted(self.model)
            return
        fresh = max(input - cached, 0)
        self.ledger.add_amount(
            compute_dollars(self.price, fresh=fresh, cached=cached, output=output)
        )
