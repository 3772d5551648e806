"""How the chat opens, remembers, and stays on this machine."""

import asyncio
import json
import os
import re
import socket
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from graph.settings import Settings
from language.catalogue import Text
from models.errors import NoKey, NoModel
from retrieval.store.library import Library
from ui.command import launch
from ui.page.local import local_page
from ui.page.opening import MAX_OTHERS, Opening, Openings
from ui.page.starters import find_starters
from ui.papers.errors import ScopeGone
from ui.starters.starter import Starter

UI = launch.APP.parent
HANGUL = re.compile("[가-힣]")


class TestOpening:
    async def test_all_who_wait_get_one_graph_and_hear_how_far_it_is(self):
        opened, heard, go = [], [], asyncio.Event()
        loop = asyncio.get_running_loop()

        def open_graph(on_progress):
            on_progress(Text("chat_models.unpacking", done=3, parts=22))
            asyncio.run_coroutine_threadsafe(go.wait(), loop).result(5)
            opened.append(object())
            return opened[-1]

        async def on_progress(line):
            heard.append(line)
            if line:
                go.set()

        opening = Opening(open_graph, warm_model=warm_nothing)
        graphs = await asyncio.gather(*(opening.graph(on_progress=on_progress) for _ in range(3)))

        assert graphs == opened * 3
        assert "내장 모델을 푸는 중 3/22" in heard

    async def test_what_failed_is_tried_again_at_the_next_question(self):
        results = [NoModel(), "graph"]

        def open_graph(on_progress):
            result = results.pop(0)
            if isinstance(result, Exception):
                raise result
            return result

        async def on_progress(line): ...

        opening = Opening(open_graph, warm_model=warm_nothing)
        with pytest.raises(NoModel):
            await opening.graph(on_progress=on_progress)

        assert await opening.graph(on_progress=on_progress) == "graph"

    @pytest.mark.parametrize("fault", [None, RuntimeError("the model is gone")])
    async def test_the_model_is_warmed_once_when_the_graph_is_open_and_never_in_its_way(
        self, fault: Exception | None
    ):
        events = []

        def open_graph(on_progress):
            events.append("opened")

        async def warm_model():
            events.append("warmed")
            if fault:
                raise fault

        async def on_progress(line): ...

        opening = Opening(open_graph, warm_model=warm_model)
        for _ in range(3):
            await opening.graph(on_progress=on_progress)
            await asyncio.sleep(0)

        assert events == ["opened", "warmed"]


class TestOpenings:
    async def test_each_model_is_opened_once(self):
        opened = []

        def open_graph(model, on_line):
            opened.append(model)
            return f"graph of {model}"

        openings = Openings(open_graph, warm_model=hear_nothing)
        for model in (None, "a", None, "a"):
            opening = openings.find(model)
            assert await opening.graph(on_progress=hear_nothing) == f"graph of {model}"
            assert opening.is_open

        assert opened == [None, "a"]

    async def test_the_longest_unused_is_let_go_and_never_the_settings_own(self):
        openings = Openings(lambda model, on_line: object(), warm_model=hear_nothing)
        own, first = openings.find(None), openings.find("0")
        last = [openings.find(str(number)) for number in range(1, MAX_OTHERS + 1)][-1]

        assert openings.find(None) is own
        assert openings.find(str(MAX_OTHERS)) is last
        assert openings.find("0") is not first

    async def test_what_failed_is_not_open(self):
        def open_graph(model, on_line):
            raise NoKey()

        opening = Openings(open_graph, warm_model=hear_nothing).find("a")
        assert not opening.is_open
        with pytest.raises(NoKey):
            await opening.graph(on_progress=hear_nothing)
        assert not opening.is_open


async def hear_nothing(line: str | None) -> None: ...


class TestLocal:
    def test_chainlits_page_asks_nothing_of_the_outside(self):
        [package] = find_spec("chainlit").submodule_search_locations
        page = Path(package, "frontend", "dist", "index.html").read_text("utf-8")
        assert "https://" in page

        ours = local_page(page)

        assert "https://" not in ours
        assert '<html lang="ko">' in ours
        assert '<script type="module" crossorigin src="/assets/' in ours

    def test_a_taken_port_is_told_in_one_line(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(launch.PortTaken, match=rf"127\.0\.0\.1:{port}.*--port"):
                launch.check_port("127.0.0.1", port)
        launch.check_port("127.0.0.1", port)

    def test_chainlit_sees_no_name_that_others_set(self):
        environment = {"CI": "true", "DATABASE_URL": "x", "OPENAI_API_KEY": "k"}

        launch.prepare_environment(environment)

        assert environment == {
            "OPENAI_API_KEY": "k",
            "CHAINLIT_APP_ROOT": str(UI),
            "CHAINLIT_ENV_FILE": os.devnull,
        }


async def offer(home: Path, browser: str | None, papers: list[int] | None = None) -> list[Starter]:
    return await find_starters(Settings(home=home), browser, papers=lambda: papers)


class TestPage:
    async def test_the_starters_are_in_the_language_of_the_browser(self, home: Path):
        korean, english, other = [
            [starter.label for starter in await offer(home, browser)]
            for browser in ("ko-KR", "en-US", None)
        ]

        assert korean == other
        assert len(korean) == len(english) > 1
        assert all(HANGUL.search(label) for label in korean)
        assert not any(HANGUL.search(label) for label in english)

    async def test_nobody_is_offered_questions_on_what_others_own(self, home: Path):
        with Library(home).connect() as connection:
            connection.execute("UPDATE documents SET owner = 'somebody'")
        owned = Library(home).list_visible_ids("somebody")

        assert await offer(home, "ko-KR", papers=[]) == []
        assert await offer(home, "ko-KR", papers=owned)

    async def test_a_scope_whose_papers_are_gone_offers_none(self, home: Path):
        def find_papers():
            raise ScopeGone

        assert await find_starters(Settings(home=home), "ko-KR", papers=find_papers) == []

    async def test_a_library_that_cannot_be_read_offers_none(self, tmp_path: Path):
        (tmp_path / "library.db").write_bytes(b"no database" * 100)

        assert await offer(tmp_path, "ko-KR") == []

    def test_the_page_follows_its_reader_and_is_closed(self):
        config = tomllib.loads((UI / ".chainlit" / "config.toml").read_text("utf-8"))

        assert "language" not in config["UI"]
        assert config["UI"]["confirm_new_chat"] is False
        assert config["UI"]["cot"] == "full"
        assert config["project"]["allow_origins"] == []
        assert config["features"]["spontaneous_file_upload"]["enabled"] is False
        assert config["features"]["edit_message"] is False
        assert config["features"]["unsafe_allow_html"] is False
        assert json.loads((UI / "public" / "theme.json").read_text("utf-8"))["custom_fonts"] == []

    @pytest.mark.parametrize(("name", "original"), [("ko-KR", "ko"), ("en-US", "en-US")])
    def test_a_translation_lacks_nothing(self, name: str, original: str):
        [package] = find_spec("chainlit").submodule_search_locations
        theirs = json.loads(Path(package, "translations", f"{original}.json").read_text("utf-8"))
        ours = json.loads((UI / ".chainlit" / "translations" / f"{name}.json").read_text("utf-8"))

        assert keys(ours) == keys(theirs)

    def test_each_script_of_the_page_is_there_and_asks_nothing_of_the_outside(self):
        scripts = {file: file.read_text("utf-8") for file in (UI / "public").rglob("*.js")}

        imported = {
            (file.parent / name).resolve()
            for file, text in scripts.items()
            for name in re.findall(r'(?:from|import) "(\.{1,2}/.+)"', text)
        }
        assert imported | {UI / "public" / "chat.js"} == set(scripts)
        assert not any(re.search("https?:", text) for text in scripts.values())

    def test_no_module_hides_a_package(self):
        modules = {file.stem for file in UI.glob("*.py")} - {"__init__"}

        # Chainlit puts ui/page/ first on sys.path; only this project's own names may stand there.
        found = {
            name
            for name in modules
            if (spec := find_spec(name)) and "site-packages" in str(spec.origin)
        }
        assert found == set()


def keys(tree: object) -> object:
    """The nested keys of a JSON object, without its texts."""
    return {name: keys(branch) for name, branch in tree.items()} if isinstance(tree, dict) else None


async def warm_nothing(): ...
