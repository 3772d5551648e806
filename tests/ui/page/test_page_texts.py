"""In which language Chainlit's page is given its texts."""

import pytest

from tests.ui.quiet_chainlit import config
from ui.page import page_texts


@pytest.fixture
def _texts_added(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = page_texts.ChainlitConfig.load_translation
    monkeypatch.setattr(page_texts.ChainlitConfig, "load_translation", theirs)
    page_texts.add_page_texts()


@pytest.mark.parametrize(
    ("asked", "placeholder"),
    [
        ("ko", "논문에 대해 물어보세요…"),
        ("ko-KR", "논문에 대해 물어보세요…"),
        ("ko-KP", "논문에 대해 물어보세요…"),
        ("en-GB", "Ask about your papers…"),
        ("de", "Ask about your papers…"),
        ("kok", "Ask about your papers…"),
    ],
)
@pytest.mark.usefixtures("_texts_added")
def test_korean_for_korean_browsers_and_english_for_all_others(asked: str, placeholder: str):
    texts = config.load_translation(asked)

    assert texts["chat"]["input"]["placeholder"] == placeholder
    is_korean = placeholder.startswith("논문")
    assert texts["page"]["close"] == ("닫기" if is_korean else "Close")
