"""Why a server does not start, or an account is not made."""

from retrieval.errors import UserError


class AccessError(UserError):
    """What is told of access."""
