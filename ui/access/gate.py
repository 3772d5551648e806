"""The gate before everything: requests under our own names, from our own pages, to open doors."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from language.catalogue import Text
from ui.access.hosts import Hosts, read_host
from ui.access.refusing import refuse

# What Chainlit serves beside the chat: its API described (by a page that asks an outside host),
# tools of others, a chat for other sites' pages, conversations shown to everybody, elements that
# pages may write, sign-in by a token, other programs' hooks, and a sign-in that takes posts from
# another site without a check of who began it.
CLOSED = (
    "/docs /redoc /openapi.json /mcp /copilot /share /project/share /project/thread/share "
    "/project/element /auth/jwt /slack /teams /auth/oauth/azure-ad-hybrid"
).split()


class Gate:
    """Lets through what is addressed to us and does not come from another site."""

    def __init__(self, app: ASGIApp, *, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if refusal := self._find_refusal(scope):
            status, text = refusal
            return await refuse(scope, receive, send, status=status, text=text)
        return await self._app(scope, receive, send)

    def _find_refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not let through, if it is not."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._hosts.allow(hosts[0]):
            named = read_host(hosts[0]) if hosts else None
            return 421, str(Text("access.foreign_host", host=named or "?"))
        if not all(self._hosts.allow_origin(origin, hosts[0]) for origin in origins):
            return 403, str(Text("access.foreign_origin"))
        return (404, "Not Found") if is_closed(scope["path"]) else None


def is_closed(path: str) -> bool:
    """Whether nothing is served at a path."""
    return any(path == door or path.startswith(f"{door}/") for door in CLOSED)
