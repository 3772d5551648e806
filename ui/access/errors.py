"""Why a server does not start, or an account is not made."""

from language.catalogue import write_text
from retrieval.errors import UserError


class AccessError(UserError):
    """What is told of access is one line of the catalogue, in both languages."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(write_in_both(key, **values))


def write_in_both(key: str, **values: object) -> str:
    """A text in Korean, and in English behind it."""
    korean, english = (write_text(key, language=one, **values) for one in ("ko", "en"))
    return f"{korean} ({english})"
