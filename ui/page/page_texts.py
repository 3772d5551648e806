"""What the page's own scripts say (public/*.js), told to them with Chainlit's translations."""

from typing import Any

from chainlit.config import ChainlitConfig

from language.catalogue import Language, load_texts, write_text

# By the names that public/names.js and its neighbours know.
PAGE_TEXTS = {
    "newChat": "page.new_chat",
    "send": "page.send",
    "stop": "page.stop",
    "settings": "page.settings",
    "copy": "page.copy",
    "good": "page.good",
    "bad": "page.bad",
    "sidebar": "page.sidebar",
    "search": "page.search",
    "theme": "page.theme",
    "user": "page.user",
    "conversation": "page.conversation",
    "closePanel": "page.close_panel",
    "close": "page.close",
    "divider": "page.divider",
    "source": "page.source",
    "previousPage": "page.previous_page",
    "nextPage": "page.next_page",
    "zoomOut": "page.zoom_out",
    "zoomIn": "page.zoom_in",
    "print": "page.print",
    "download": "page.download",
    "link": "page.link",
    "messages": "page.messages",
    "notifications": "page.notifications",
    "scrollDown": "page.scroll_down",
}
# Those of the papers panel (public/papers), which knows them by their own names.
PANEL = "paper_panel."
# The two languages of our texts, as the files of Chainlit's translations are named.
FILES: dict[Language, str] = {"ko": "ko-KR", "en": "en-US"}


def write_page_texts(language: Language) -> dict[str, str]:
    """The texts of the page's scripts, but for those of the papers panel."""
    return {name: write_text(key, language=language) for name, key in PAGE_TEXTS.items()}


def write_panel_texts(language: Language) -> dict[str, str]:
    """The texts of the papers panel, whose {values} its scripts put in."""
    return {
        key.removeprefix(PANEL): text[language]
        for key, text in load_texts().items()
        if key.startswith(PANEL)
    }


def add_page_texts() -> None:
    """Have Chainlit's translations hold our texts, in Korean for whoever reads it, else in English."""
    load = ChainlitConfig.load_translation

    def load_with_texts(self: ChainlitConfig, language: str) -> dict[str, Any]:
        spoken: Language = "ko" if language.lower().split("-")[0] == "ko" else "en"
        return {
            **load(self, FILES[spoken]),
            "page": {**write_page_texts(spoken), "papers": write_panel_texts(spoken)},
        }

    ChainlitConfig.load_translation = load_with_texts  # type: ignore[method-assign]
