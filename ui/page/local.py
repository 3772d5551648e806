"""Keep the chat to this machine: its page asks nothing of the outside."""

import re

# Chainlit's page fetches fonts and a stylesheet from public servers.
OUTSIDE = re.compile(r"<link\s[^>]*https?://[^>]*>")


def local_page(html: str) -> str:
    """The page without links to the outside."""
    return OUTSIDE.sub("", html).replace('lang="en"', 'lang="ko"', 1)
