"""Headers of every response: what a browser may do with it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Whatever an answer or a paper smuggles into the page, the browser loads it from here or not at all.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
# Where what somebody put into the chat is served.
FILES = "/project/file/"
SHOWN = (
    "image/png image/jpeg image/gif image/webp application/pdf application/json text/plain".split()
)


class SafeHeaders:
    """Adds to each response what a browser must be told, where it is not told already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with our headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, send_safely)


def add_headers(headers: MutableHeaders, scope: Scope) -> None:
    """What is told of every response; of files too that none is opened as a page of ours."""
    for name, value in SAFE.items():
        headers.setdefault(name, value)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if scope["path"].startswith(FILES) and kind not in SHOWN:
        headers["content-type"] = "application/octet-stream"
        headers["content-disposition"] = "attachment"
    if scope["scheme"] == "https":
        _keep_cookies_from_http(headers)


def _keep_cookies_from_http(headers: MutableHeaders) -> None:
    """Cookies that were set behind TLS are sent through TLS alone."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        is_secure = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if is_secure else f"{cookie}; Secure")
