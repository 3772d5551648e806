"""How the chat opens, remembers, and stays on this machine."""

import asyncio
import gc
import json
import os
import re
import socket
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from graph.build import build_graph
from graph.run import Run
from nodes.errors import VagueQuestion
from retrieval.errors import UserError
from retrieval.passages import Evidence, Passage
from ui.command import launch
from ui.page.local import is_same_site, local_page
from ui.page.memory import Memory, new_saver
from ui.page.opening import Opening
from ui.page.starters import STARTERS

UI = launch.APP.parent
HANGUL = re.compile("[가-힣]")


def evidence(text: str = "DUS scales depth.", sha256: str = "ab") -> Evidence:
    """Words on page 3 of the SOLAR paper."""
    passage = Passage(
        id="7",
        document="solar.pdf",
        title="SOLAR 10.7B",
        sha256=sha256,
        header="",
        text=text,
        page_starts=[(0, 3)],
    )
    return Evidence(passage=passage, start=0, end=len(text))


class TestMemory:
    async def test_a_question_that_failed_is_forgotten(self):
        saver = new_saver()
        memory, asked = Memory(saver), graph(saver)
        with pytest.raises(VagueQuestion):
            async for _ in Run().stream(asked, [HumanMessage("그럼?")], thread=memory.thread):
                pass

        await memory.forget_unanswered(asked)

        state = await asked.aget_state({"configurable": {"thread_id": memory.thread}})
        assert state.values["messages"] == []

    def test_memory_goes_with_its_chat(self):
        saver = new_saver()
        memory = Memory(saver)
        thread = memory.thread
        saver.storage[thread][""]["1"] = (("", b""), ("", b""), None)

        del memory
        gc.collect()

        assert thread not in saver.storage

    def test_a_link_leads_to_the_source_that_this_chat_cited(self):
        memory, first, second = Memory(new_saver()), evidence(), evidence("It is.")

        assert memory.add("하나 [1].", [first]).cited_before == 0
        assert memory.add("둘 [1][2].", [first, second]).cited_before == 1

        assert memory.cited("#cite-0").piece is first
        assert memory.cited("#cite-2").piece is second
        assert memory.cited("#cite-2").number == 2
        assert [memory.cited(other) for other in ("#cite-3", "#cite--1", None, {"a": 1})] == [
            None
        ] * 4

    def test_a_paper_opens_with_all_that_the_answer_cites_of_it(self):
        memory = Memory(new_saver())
        solar, gemma, again = evidence(), evidence(sha256="cd"), evidence("It is.")
        memory.add("셋 [1][2][3].", [solar, gemma, again])

        assert memory.cited("#cite-2").beside == {1: solar, 3: again}
        assert memory.cited("#cite-1").beside == {2: gemma}

    def test_korean_renderings_come_below_their_source_and_are_copied_too(self):
        answer = Memory(new_saver()).add("층을 늘립니다 [1].", [evidence()])
        assert (
            answer.copied == "층을 늘립니다 [1].\n\n[1] **SOLAR 10.7B** · 3쪽\n> DUS scales depth."
        )

        answer.korean[1] = "DUS는 깊이를 늘립니다."

        assert answer.shown.endswith("\n> DUS scales depth\\.\n>\n> DUS는 깊이를 늘립니다.")
        assert "#cite-0" in answer.shown
        assert answer.copied.endswith("> DUS는 깊이를 늘립니다.")
        assert "#cite" not in answer.copied

    def test_a_button_leads_to_an_answer_of_this_chat(self):
        memory = Memory(new_saver())
        answer = memory.add("하나 [1].", [evidence()])

        assert memory.answer(0) is answer
        assert [memory.answer(other) for other in (1, -1, None, "0", [0])] == [None] * 5

    def test_threads_have_names_of_their_own(self):
        saver = new_saver()

        assert Memory(saver).thread != Memory(saver).thread


async def warm_nothing(): ...


class TestOpening:
    async def test_all_who_wait_get_one_graph_and_hear_how_far_it_is(self):
        opened, heard, go = [], [], asyncio.Event()
        loop = asyncio.get_running_loop()

        def open_graph(on_progress):
            on_progress("내장 모델을 푸는 중 3/22")
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
        results = [UserError("no model"), "graph"]

        def open_graph(on_progress):
            result = results.pop(0)
            if isinstance(result, Exception):
                raise result
            return result

        async def on_progress(line): ...

        opening = Opening(open_graph, warm_model=warm_nothing)
        with pytest.raises(UserError, match="no model"):
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


class TestLocal:
    def test_chainlits_page_asks_nothing_of_the_outside(self):
        [package] = find_spec("chainlit").submodule_search_locations
        page = Path(package, "frontend", "dist", "index.html").read_text("utf-8")
        assert "https://" in page

        ours = local_page(page)

        assert "https://" not in ours
        assert "default-src 'self'" in ours
        assert '<html lang="ko">' in ours
        assert '<script type="module" crossorigin src="/assets/' in ours

    @pytest.mark.parametrize(
        ("origin", "same"),
        [
            ("http://127.0.0.1:8000", True),
            (None, True),
            ("http://evil.example", False),
            ("http://127.0.0.1:9000", False),
            ("null", False),
        ],
    )
    def test_other_sites_are_refused(self, origin: str | None, same: bool):
        assert is_same_site(origin, {"HTTP_HOST": "127.0.0.1:8000"}) is same

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


class TestPage:
    def test_the_starters_are_the_eight_questions(self):
        assert len(set(STARTERS)) == 8
        assert all(HANGUL.search(question) and question.endswith("?") for question in STARTERS)

    def test_the_page_is_korean_and_closed(self):
        config = tomllib.loads((UI / ".chainlit" / "config.toml").read_text("utf-8"))

        assert config["UI"]["language"] == "ko-KR"
        assert config["UI"]["cot"] == "full"
        assert config["project"]["allow_origins"] == []
        assert config["features"]["spontaneous_file_upload"]["enabled"] is False
        assert config["features"]["edit_message"] is False
        assert config["features"]["unsafe_allow_html"] is False
        assert json.loads((UI / "public" / "theme.json").read_text("utf-8"))["custom_fonts"] == []

    def test_the_korean_translation_lacks_nothing(self):
        [package] = find_spec("chainlit").submodule_search_locations
        theirs = json.loads(Path(package, "translations", "ko.json").read_text("utf-8"))
        ours = json.loads((UI / ".chainlit" / "translations" / "ko-KR.json").read_text("utf-8"))

        assert keys(ours) == keys(theirs)

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


def graph(checkpointer=None):
    """The real graph, with nothing behind its nodes."""
    return build_graph(profile=None, search=None, checkpointer=checkpointer)
