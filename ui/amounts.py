"""Money and time, as the chat and the command line write them."""

from models.cost.prices import write_usd


def write_dollars(usd: float) -> str:
    """About so much."""
    return f"약 {write_usd(usd)}"


def write_duration(seconds: float) -> str:
    """Hours and minutes, or minutes and seconds; at least one second."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours}시간 {minutes_left}분"
    return f"{minutes}분 {rest}초" if minutes else f"{rest}초"
