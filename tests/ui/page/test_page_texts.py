"""The texts of the page's own scripts."""

import re
from typing import get_args

from tests.ui.quiet_chainlit import config
from ui.command import launch
from ui.page.page_texts import PAGE_TEXTS, add_page_texts, write_page_texts, write_panel_texts
from ui.papers.arrivals.arrival import State

PUBLIC = launch.APP.parent / "public"
HANGUL = re.compile("[가-힣]")


def test_the_scripts_find_all_their_texts():
    names = (PUBLIC / "names.js").read_text("utf-8")
    used = set(re.findall(r': "(\w+)",', names)) | set(re.findall(r"\btexts\.(?!js)(\w+)", names))

    assert used == set(PAGE_TEXTS)
    assert HANGUL.search(write_page_texts("ko")["send"])
    assert not HANGUL.search("".join(write_page_texts("en").values()))


def test_the_papers_panel_finds_all_its_texts():
    scripts = "".join(file.read_text("utf-8") for file in (PUBLIC / "papers").glob("*.js"))
    used = set(re.findall(r'say\("(\w+)"', scripts)) | {*get_args(State), "unfinished"}

    assert used == set(write_panel_texts("ko")) == set(write_panel_texts("en"))


def test_they_come_with_chainlits_own():
    add_page_texts()

    told = config.load_translation("ko-KR")["page"]

    assert told["send"] == "질문 보내기"
    assert told["papers"]["papers"] == "논문"
