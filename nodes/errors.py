"""Questions that cannot be answered as they stand; each message is shown to the user."""

from retrieval.errors import UserError

MAX_QUESTION = 2_000


class EmptyQuestion(UserError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("asking.empty")


class LongQuestion(UserError):
    """More was asked than a model can read in good time."""

    def __init__(self, length: int) -> None:
        super().__init__("asking.too_long", length=f"{length:,}", most=f"{MAX_QUESTION:,}")


class VagueQuestion(UserError):
    """A question that says nothing to search for, with no conversation to lean on."""

    def __init__(self) -> None:
        super().__init__("asking.vague")
