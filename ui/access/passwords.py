"""Passwords: how long they are, and how they are kept."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ui.access.errors import AccessError

SHORTEST = 10
# Longer ones only make the server work.
LONGEST = 1_000
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What is kept of a password; UserError where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccessError("access.password_length", shortest=SHORTEST, longest=LONGEST)
    try:
        return _hasher.hash(password)
    except UnicodeEncodeError as error:
        raise AccessError("access.password_encoding") from error


def is_password(password: str, kept: str | None) -> bool:
    """Whether it is the password that is kept; None takes as long, and is nobody's."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(kept or hash_of_nobody(), password) and kept is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


@cache
def hash_of_nobody() -> str:
    """What a password is compared with where there is no account; made once."""
    return _hasher.hash("no password of anybody")
