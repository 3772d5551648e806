"""Questions that cannot be answered as they stand; each message is shown to the user."""

from retrieval.errors import UserError

MAX_QUESTION = 2_000


class EmptyQuestion(UserError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("질문을 입력해 주세요. (The question is empty.)")


class LongQuestion(UserError):
    """More was asked than a model can read in good time."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"질문이 너무 깁니다({length:,}자). {MAX_QUESTION:,}자 이내로 줄여 주세요. "
            f"(The question is too long: {MAX_QUESTION:,} characters at most.)"
        )


class VagueQuestion(UserError):
    """A question that says nothing to search for, with no conversation to lean on."""

    def __init__(self) -> None:
        super().__init__(
            "무엇을 찾을지 알 수 없습니다. 논문이나 주제를 넣어 조금 더 자세히 물어봐 주세요. "
            "(Nothing to search for: please say more.)"
        )
