"""What a reader may not do with papers, each with the status of HTTP that says so."""

from typing import ClassVar

from retrieval.errors import UserError


class PaperError(UserError):
    """Something that is asked of papers and cannot be done."""

    status: ClassVar[int] = 400


class NotThere(PaperError):
    """What is asked for is not there, or another's: who asks is told the same of both."""

    status = 404

    def __init__(self) -> None:
        super().__init__("papers.not_there")


class NotTheirs(PaperError):
    """A paper of everybody's, which is not changed in the chat."""

    status = 409

    def __init__(self) -> None:
        super().__init__("papers.not_yours")


class NotNow(PaperError):
    """What cannot be done as things are."""

    status = 409


class Misread(PaperError):
    """A request that makes no sense."""

    def __init__(self) -> None:
        super().__init__("papers.misread")


class TooMuch(PaperError):
    """More than is taken at once."""

    status = 413


class ScopeGone(PaperError):
    """None of the papers that a reader has chosen to ask is there any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__("papers.scope_gone")
