"""What an answer took: seconds, tokens, dollars."""

from graph.run import Run
from graph.settings import Settings
from language.catalogue import write_text
from models.connect.choose import choose_chat
from models.cost.prices import compute_dollars, find_price
from ui.amounts import write_dollars


def write_cost(run: Run, settings: Settings) -> str:
    """The time, and of what the chat model read and wrote the tokens and the price, where known."""
    tokens = run.tokens["input"] + run.tokens["output"]
    parts = [write_text("steps.took", seconds=f"{run.seconds['total']:.1f}")]
    if tokens:
        parts.append(write_text("steps.tokens", tokens=f"{tokens:,}"))
    if usd := _find_dollars(run, settings):
        parts.append(write_dollars(usd))
    return " · ".join(parts)


def _find_dollars(run: Run, settings: Settings) -> float | None:
    """None where the model's price is not known; as if nothing had been read before."""
    price = find_price(choose_chat(settings.chat_model), settings.prices)
    if price is None:
        return None
    return compute_dollars(price, fresh=run.tokens["input"], output=run.tokens["output"])
