"""LangGraph's own server loads the graph, shows its knobs, answers, and heeds a knob."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_client

from tests.e2e.library import free_port, indexed_examples, wait_for

pytestmark = pytest.mark.e2e

QUESTION = {"messages": [{"role": "user", "content": "Which tool pre-tokenizes Korean in EXAONE?"}]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `langgraph dev`, without keys."""
    home = indexed_examples(tmp_path_factory.mktemp("studio"), "exaone-3.0.pdf", "gemma-2.pdf")
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("langgraph")),
        "dev",
        "--no-browser",
        "--no-reload",
        "--port",
        str(port),
    ]
    environment = {**os.environ, "MUNHEON_HOME": str(home), "LANGSMITH_TRACING": "false"}
    environment.pop("OPENAI_API_KEY", None)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: httpx.get(f"{url}/ok").status_code == 200, seconds=120)
        yield url
        process.terminate()


def test_knobs_show_as_a_form(server: str):
    async def schemas() -> dict:
        async with get_client(url=server) as client:
            [assistant] = await client.assistants.search()
            return await client.assistants.get_schemas(assistant["assistant_id"])

    knobs = asyncio.run(schemas())["context_schema"]["properties"]

    assert {"passages", "bm25_weight", "searches"} <= set(knobs)
    assert all("default" in knob for knob in knobs.values())


def test_a_run_answers_and_heeds_a_knob(server: str):
    async def run(**knobs: float) -> dict:
        async with get_client(url=server, timeout=900) as client:
            return await client.runs.wait(None, "munheon", input=QUESTION, context=knobs or None)

    plain = asyncio.run(run())
    narrow = asyncio.run(run(passages=2))

    assert plain["outcome"] == "quoted"  # in English a small model's words give way to the source
    assert "MeCab" in plain["messages"][-1]["content"]
    assert len(plain["passages"]) > 2
    assert len(narrow["passages"]) == 2
