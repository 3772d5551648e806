"""Problems the user can put right; each message is shown to them as it stands."""

from pathlib import Path
from typing import Any

from language.catalogue import Text


class UserError(Text, Exception):
    """Something is wrong with what we were given, not with the code: a text of the catalogue.

    As a string it is one line in Korean and English; `write` has it in one language.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """As processes hand it to each other: without making it anew from what it was made of."""
        return _make_empty, (type(self),), self.__dict__


def _make_empty(kind: type[UserError]) -> UserError:
    return kind.__new__(kind)


class UnreadableFile(UserError):
    """A file that holds no text we can read; the message is the reason."""


class NoVectors(UserError):
    """There are documents, and none of their vectors: on another server, or lost."""

    def __init__(self, home: Path) -> None:
        super().__init__("libraries.no_vectors", home=home)


class VectorSizeDiffers(UserError):
    """The embedding model's vectors are of another size than those before."""

    def __init__(self, sizes: object) -> None:
        super().__init__("libraries.vector_size_differs", sizes=sizes)

    @classmethod
    def of_sizes(cls, kept: int, given: int) -> "VectorSizeDiffers":
        """By how many numbers a vector has had, and has now."""
        return cls(Text("libraries.vector_sizes", kept=kept, given=given))


class FileLocked(UnreadableFile):
    """A file that opens with a password alone."""

    def __init__(self) -> None:
        super().__init__("reading.locked")


class WrongPassword(UnreadableFile):
    """A file that did not open with the passwords given."""

    def __init__(self) -> None:
        super().__init__("reading.wrong_password")


class EmptyIndex(UserError):
    """A question came before any document."""

    def __init__(self, home: Path) -> None:
        super().__init__("libraries.no_documents", home=home)
