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


class VectorSizeDiffers(UserError):
    """The embedding model's vectors are of another size than those before."""

    def __init__(self, sizes: object) -> None:
        super().__init__(
            f"임베딩 모델의 벡터가 색인과 맞지 않습니다: {sizes}. 모델을 되돌리거나 `munheon index --rebuild`로 "
            "다시 만드세요. (The embedding model has changed: restore it, or rebuild the index.)"
        )

    @classmethod
    def of_sizes(cls, kept: int, given: int) -> "VectorSizeDiffers":
        """By how many numbers a vector has had, and has now."""
        return cls(f"벡터의 길이가 {kept}에서 {given}(으)로 바뀌었습니다")


class FileLocked(UnreadableFile):
    """A file that opens with a password alone."""

    def __init__(self) -> None:
        super().__init__(
            "암호로 잠긴 PDF입니다. 터미널에서 색인하면 암호를 묻습니다. 또는 MUNHEON_PDF_PASSWORD에 암호를 주세요. "
            "(encrypted: index it on a terminal, or set MUNHEON_PDF_PASSWORD)"
        )

    def __reduce__(self) -> tuple[type["FileLocked"], tuple[()]]:
        return type(self), ()


class WrongPassword(UnreadableFile):
    """A file that did not open with the passwords given."""

    def __init__(self) -> None:
        super().__init__("암호로 잠긴 PDF인데 암호가 맞지 않습니다. (encrypted: wrong password)")


class EmptyIndex(UserError):
    """A question came before any document."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"색인된 문서가 없습니다({home}). `munheon index 폴더`로 PDF를 먼저 추가하세요. "
            "(No documents yet: add some with `munheon index PATH`.)"
        )
