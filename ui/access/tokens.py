"""The token that says who a request is from, in its cookie or its header."""

from chainlit.auth.cookie import _auth_cookie_name as COOKIE
from chainlit.auth.cookie import get_token_from_cookies, set_auth_cookie
from chainlit.auth.jwt import create_jwt, decode_jwt
from chainlit.user import User
from fastapi.security.utils import get_authorization_scheme_param
from jwt import InvalidTokenError
from starlette.datastructures import MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import Scope


def read_user(scope: Scope) -> User | None:
    """Whom a request's token names, if we made it and it holds."""
    headers = MutableHeaders(scope=scope)
    token = get_token_from_cookies(cookie_parser(headers.get("cookie", "")))
    scheme, given = get_authorization_scheme_param(headers.get("authorization"))
    token = token or (given if scheme.lower() == "bearer" else None)
    try:
        return decode_jwt(token) if token else None
    except (InvalidTokenError, TypeError, ValueError):  # TypeError: a token of others' making
        return None


def with_token(scope: Scope, user: User) -> Scope:
    """The request as if it were from this user."""
    scope = without_token(scope)
    headers = MutableHeaders(scope=scope)
    others = headers.get("cookie")
    ours = f"{COOKIE}={create_jwt(user)}"
    headers["cookie"] = f"{others}; {ours}" if others else ours
    return scope


def without_token(scope: Scope) -> Scope:
    """The request as if it were from nobody."""
    scope = {**scope, "headers": list(scope["headers"])}
    headers = MutableHeaders(scope=scope)
    cookies = cookie_parser(headers.get("cookie", ""))
    kept = [f"{name}={value}" for name, value in cookies.items() if not name.startswith(COOKIE)]
    del headers["cookie"], headers["authorization"]
    if kept:
        headers["cookie"] = "; ".join(kept)
    return scope


def list_cookies(scope: Scope, user: User) -> list[tuple[bytes, bytes]]:
    """The headers that give a browser this user's token."""
    response = Response()
    set_auth_cookie(Request({**scope, "type": "http"}), response, create_jwt(user))
    return [header for header in response.raw_headers if header[0] == b"set-cookie"]
