"""What a model has read, in files: whole or not used, renewed where something changed, bounded."""

import json
import os
from pathlib import Path

import httpx
import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from models.embedded import kept_prompts
from models.embedded.kept_prompts import KeptPrompts
from models.embedded.server import Server, find_kept_folder

PROMPT: list[BaseMessage] = [SystemMessage("Translate."), HumanMessage("Hello")]
READ = b"what llama.cpp writes of a slot"


class Slots:
    """A server with two slots, the second of which has worked last."""

    def __init__(self) -> None:
        self.restored: list[tuple[str, bytes]] = []
        self.is_full = False

    def reply(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer key"
        if request.method == "GET":
            slots = [{"id": 0}, {"id": 1, "id_task": 7, "n_prompt_tokens": 50}]
            return httpx.Response(200, json=slots)
        path = find_kept_folder() / json.loads(request.content)["filename"]
        if "action=restore" in str(request.url):
            self.restored.append((request.url.path, path.read_bytes()))
        elif self.is_full:
            return httpx.Response(500, json={"error": "Unable to save slot"})
        else:
            assert request.url.path == "/slots/1"
            path.write_bytes(READ)
        return httpx.Response(200, json={"id_slot": 0})


@pytest.fixture
def slots(monkeypatch: pytest.MonkeyPatch) -> Slots:
    slots = Slots()

    def open_client(address: str, timeout: float) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(slots.reply))

    monkeypatch.setattr(kept_prompts, "open_async_http_client", open_client)
    monkeypatch.setattr(kept_prompts, "version", lambda package: "1.0")  # it may not be installed
    return slots


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "my.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture
def kept(slots: Slots, model: Path) -> KeptPrompts:
    return serve(model)


def serve(model: Path) -> KeptPrompts:
    return KeptPrompts(Server("http://127.0.0.1:1/v1", "key", object(), model))


def serve_newer(model: Path) -> KeptPrompts:
    model.write_bytes(b"GGUF, a newer one")
    return serve(model)


async def test_what_was_kept_is_loaded_into_the_emptier_slot(kept: KeptPrompts, slots: Slots):
    assert not await kept.restore(PROMPT)

    await kept.keep(PROMPT)

    assert await kept.restore(PROMPT)
    assert slots.restored == [("/slots/0", READ)]


async def test_other_words_or_another_model_have_files_of_their_own(
    kept: KeptPrompts, slots: Slots, model: Path
):
    await kept.keep(PROMPT)
    assert not await kept.restore([*PROMPT, HumanMessage("more")])

    assert not await serve_newer(model).restore(PROMPT)
    assert slots.restored == []


@pytest.mark.parametrize("content", [b"", READ[:-1], READ.replace(b"slot", b"slut")])
async def test_a_damaged_file_is_not_loaded_and_written_anew(
    kept: KeptPrompts, slots: Slots, content: bytes
):
    await kept.keep(PROMPT)
    [path] = find_kept_folder().iterdir()
    path.write_bytes(content)

    assert not await kept.restore(PROMPT)
    assert slots.restored == []
    await kept.keep(PROMPT)
    assert await kept.restore(PROMPT)


async def test_the_files_used_longest_ago_go_where_all_are_too_large(
    kept: KeptPrompts, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kept_prompts, "KEPT_BYTES", 2 * len(READ))
    prompts = [[HumanMessage(words)] for words in ("one", "two", "three")]
    for age, prompt in zip((30, 20), prompts, strict=False):
        await kept.keep(prompt)
        [path] = kept._list_files(prompt)
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    await kept.restore(prompts[0])

    await kept.keep(prompts[2])

    assert [await kept.restore(prompt) for prompt in prompts] == [True, False, True]


async def test_a_full_disk_or_a_folder_that_cannot_be_made_is_done_without(
    kept: KeptPrompts, slots: Slots
):
    slots.is_full = True
    await kept.keep(PROMPT)
    assert not await kept.restore(PROMPT)

    find_kept_folder().rmdir()
    find_kept_folder().write_text("no folder")
    await kept.keep(PROMPT)
    assert not await kept.restore(PROMPT)
