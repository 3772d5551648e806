"""Money and time, as the chat and the command line write them."""

# Below this many dollars two decimals say too little.
LEAST_WITH_CENTS = 0.1


def write_dollars(usd: float) -> str:
    """About so much."""
    return f"약 ${usd:.2f}" if usd >= LEAST_WITH_CENTS else f"약 ${usd:.4f}"


def write_duration(seconds: float) -> str:
    """Hours and minutes, or minutes and seconds; at least one second."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours}시간 {minutes_left}분"
    return f"{minutes}분 {rest}초" if minutes else f"{rest}초"
