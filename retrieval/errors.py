"""Problems the user can put right; each message is shown to them as it stands."""

from pathlib import Path


class UserError(Exception):
    """Something is wrong with what we were given, not with the code."""


class UnreadableFile(UserError):
    """A file that holds no text we can read; the message is the reason."""


class NoVectors(UserError):
    """There are documents, and none of their vectors: on another server, or lost."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"문서의 벡터가 없습니다({home}). MUNHEON_CHROMA_URL을 확인하거나, `munheon index 폴더`를 다시 실행하면 "
            "벡터만 새로 만듭니다. (The vectors are missing: check MUNHEON_CHROMA_URL, or index again.)"
        )


class NothingIndexed(UserError):
    """A question came before any document."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"색인된 문서가 없습니다({home}). `munheon index 폴더`로 PDF를 먼저 추가하세요. "
            "(No documents yet: add some with `munheon index PATH`.)"
        )
