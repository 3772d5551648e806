"""Keep the chat to this machine: its page asks nothing of the outside, nor answers other sites."""

import re
from typing import Any
from urllib.parse import urlsplit

# Chainlit's page fetches fonts and a stylesheet from public servers.
OUTSIDE = re.compile(r"<link\s[^>]*https?://[^>]*>")
# Whatever an answer or a paper smuggles into the page, the browser loads it from here or not at all.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:"
)
HEAD = f'<head>\n    <meta http-equiv="Content-Security-Policy" content="{POLICY}" />'


def local_page(html: str) -> str:
    """The page without links to the outside, and with the browser told to allow none."""
    return OUTSIDE.sub("", html).replace("<head>", HEAD, 1).replace('lang="en"', 'lang="ko"', 1)


def is_same_site(origin: str | None, environ: dict[str, Any]) -> bool:
    """Whether a connection comes from a page of this server: any web site may try."""
    return origin is None or urlsplit(origin).netloc == environ.get("HTTP_HOST")
