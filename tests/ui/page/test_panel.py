"""What opens beside the chat: a text's passage with the cited words marked, or a paper at its page."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from language.catalogue import write_text
from retrieval.passages import Evidence
from tests.retrieval.desk import Desk
from ui.conversations.answers import Answer, Cited
from ui.papers.viewer import Viewer

NOTES = "# SOLAR\n\n## Depth\n\nSOLAR has 48 layers.\nIt is <b>deep</b>.\n\nIt beats Mixtral.\n"


class Page:
    """The page of a chat in the browser: what it is served, sent and told."""

    thread_id = "a-thread"

    def __init__(self) -> None:
        self.served: tuple[bytes, str] = (b"", "")
        self.sent: dict[str, Any] = {}

    async def emit(self, event: str, data: Any) -> None:
        self.sent[event] = data

    async def send_toast(self, words: str, kind: str) -> None:
        self.sent[kind] = words

    async def set_title(self, title: str) -> None:
        self.sent["title"] = title

    @property
    def element(self) -> dict[str, Any]:
        """The one element at its side."""
        [element] = self.sent["set_sidebar_elements"]["elements"]
        return dict(element)

    @property
    def text(self) -> str:
        """The text that it is served to show there."""
        content, mime = self.served
        assert mime == "text/plain; charset=utf-8"
        return content.decode()


class Element(SimpleNamespace):
    """What Chainlit shows; ours has the fields that it was made with."""

    id = "element"

    def to_dict(self) -> dict[str, Any]:
        return vars(self)


def chainlit(page: Page) -> ModuleType:
    """As much of Chainlit as the panel uses: the real one takes seconds to import."""
    module = ModuleType("chainlit")
    module.context = SimpleNamespace(session=page, emitter=page)
    module.ElementSidebar = page
    for kind in ("Text", "Pdf", "Image"):
        setattr(module, kind, lambda kind=kind, **fields: Element(kind=kind, **fields))
    return module


class Beside:
    """A chat that cites one file, and its page."""

    def __init__(self, folder: Path, page: Page, panel: ModuleType) -> None:
        self.desk, self.page, self.panel = Desk(folder), page, panel
        self.viewer = Viewer("", sees_all=True)

    def index(self, name: str, text: str = NOTES) -> None:
        (self.desk.papers / name).write_text(text, "utf-8")
        self.desk.index()

    async def open(self, *quotes: str, at: int = 0) -> None:
        """Cite words of the file that is indexed, and open one of them."""
        answer = Answer(
            id="a",
            question="q",
            text="답 [1].",
            citations=[self.evidence(quote) for quote in quotes],
            cited_before=0,
            record={},
        )
        cited, library = Cited(number=at + 1, answer=answer), self.desk.library
        await self.panel.open_paper(
            cited, target=f"#cite-{at}", library=library, viewer=self.viewer
        )
        if library.original_path(cited.piece.passage.sha256).exists():
            assert self.page.element["url"] == f"/cited/a-thread/{at}"
            self.page.served = self.panel.draw_cited(cited, library, self.viewer)

    def evidence(self, quote: str) -> Evidence:
        found = next(one for one in self.desk.library.list_passages() if quote in one.text)
        start = found.text.index(quote)
        return Evidence(passage=found, start=start, end=start + len(quote))


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    page = Page()
    monkeypatch.setitem(sys.modules, "chainlit", chainlit(page))
    monkeypatch.setitem(sys.modules, "chainlit.element", SimpleNamespace(Element=Element))
    # Another test may have imported it with the real one.
    monkeypatch.delitem(sys.modules, "ui.page.panel", raising=False)
    yield Beside(tmp_path, page, import_module("ui.page.panel"))
    del sys.modules["ui.page.panel"]


@pytest.mark.parametrize(
    ("name", "title"), [("notes.md", "SOLAR"), ("notes.markdown", "SOLAR"), ("notes.txt", "notes")]
)
async def test_a_text_opens_with_the_cited_words_bold_and_numbered(
    beside: Beside, name: str, title: str
):
    beside.index(name)

    await beside.open("SOLAR has 48 layers.", "It is <b>deep</b>.", at=1)

    assert beside.page.sent["title"] == f"[2] {title} · 1쪽"
    assert (beside.page.element["kind"], beside.page.element["name"]) == ("Text", "#cite-1")
    assert beside.page.element["content"] == beside.page.text
    assert "**\\[1\\] SOLAR has 48 layers\\.**" in beside.page.text
    assert "**\\[2\\] It is \\<b\\>deep\\<\\/b\\>\\.**" in beside.page.text


async def test_a_texts_own_markup_stays_dead_and_its_lines_apart(beside: Beside):
    beside.index("notes.txt")

    await beside.open("SOLAR has 48 layers.")

    lines = [line.strip() for line in beside.page.text.split("\n\n")]
    assert "It is \\<b\\>deep\\<\\/b\\>\\." in lines
    assert "\\#\\# Depth" in lines


async def test_the_section_of_markdown_heads_its_passage(beside: Beside):
    beside.index("notes.md", f"# SOLAR\n\n## Depth\n\n{'It has many layers. ' * 400}It ends.")

    await beside.open("It ends.")

    assert beside.page.text.startswith("*SOLAR \\> Depth*\n\n")


async def test_a_paper_opens_at_its_page(beside: Beside):
    beside.desk.write("solar.pdf", "SOLAR has 48 layers.", "It beats Mixtral.")
    beside.desk.index()

    await beside.open("It beats Mixtral.")

    assert beside.page.sent["title"] == "[1] The solar.pdf paper · 2쪽"
    assert (beside.page.element["kind"], beside.page.element["page"]) == ("Pdf", 2)
    content, mime = beside.page.served
    assert mime == "application/pdf"
    assert content.startswith(b"%PDF")


async def test_what_has_left_the_library_is_told_so(beside: Beside):
    beside.index("notes.md")
    piece = beside.evidence("It beats Mixtral.")
    beside.desk.library.original_path(piece.passage.sha256).unlink()

    await beside.open("It beats Mixtral.")

    assert beside.page.sent == {"warning": write_text("panel.gone")}
