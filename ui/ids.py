"""What an id of ours looks like: clients send some, and are not believed."""

import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_id(value: object) -> bool:
    """Whether something is a UUID, written as we write them."""
    return isinstance(value, str) and bool(UUID.fullmatch(value))
