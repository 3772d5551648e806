"""Money and time, as the chat and the command line write them."""

from language.catalogue import write_text
from models.cost.prices import write_usd


def write_dollars(usd: float) -> str:
    """About so much."""
    return write_text("amounts.about", amount=write_usd(usd))


def write_duration(seconds: float) -> str:
    """Hours and minutes, or minutes and seconds; at least one second."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return write_text("amounts.hours", hours=hours, minutes=minutes_left)
    if minutes:
        return write_text("amounts.minutes", minutes=minutes, seconds=rest)
    return write_text("amounts.seconds", seconds=rest)
