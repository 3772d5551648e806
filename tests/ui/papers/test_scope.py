"""Which papers are asked: all that a reader sees, those of a collection, or those chosen."""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.papers.conftest import Chat, Reader, write_pdf
from ui.papers.errors import ScopeGone
from ui.preferences.preferences import Preferences


async def asked(chat: Chat, name: str) -> frozenset[int] | None:
    chosen = await chat.service.preferences.read((await chat.user(name)).id)
    return chat.service.asked_papers(name, chosen)


async def choose(reader: Reader, **scope: Any) -> dict[str, Any]:
    reply = await reader.call("PUT", "/scope", json=scope)
    assert reply.status_code == 200, reply.text
    return dict(reply.json()["scope"])


async def test_chosen_papers_are_asked_alone(home: Path, chat: Chat, kim: Reader):
    first, second, *_ = [one["paper"] for one in (await kim.see())["papers"]]

    told = await choose(kim, kind="papers", papers=[second, first])

    assert told == {"kind": "papers", "papers": sorted([first, second]), "words": "고른 논문 2편"}
    assert (await kim.see())["scope"] == told
    assert await asked(chat, "kim") == {first, second}
    assert len(await asked(chat, "lee") or ()) > 2
    assert (await choose(kim, kind="all")) == {"kind": "all", "words": None}


async def test_a_chosen_paper_is_still_chosen_when_it_was_indexed_again(local: Chat, solar: bytes):
    reader = local.reader("local")
    paper = (await reader.bring(("solar.pdf", solar)))["solar.pdf"]["paper"]
    await choose(reader, kind="papers", papers=[paper])
    await reader.call("POST", f"/{paper}/again")
    await reader.settle()

    [now] = (await reader.see())["papers"]

    assert now["paper"] != paper
    assert await asked(local, "local") == {now["paper"]}


async def test_a_collection_is_asked_as_it_is_now(
    chat: Chat, kim: Reader, home: Path, solar: bytes
):
    everybodys = (await kim.see())["papers"][0]["paper"]
    made = await kim.call("POST", "/collections", json={"name": "LLM", "papers": [everybodys]})
    collection = made.json()["collection"]
    told = await choose(kim, kind="collection", collection=collection)
    assert told["words"] == "모음 ‘LLM’ 1편"

    own = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]["paper"]
    await kim.call("PATCH", f"/collections/{collection}", json={"name": "둘", "add": [own]})

    assert (await kim.see())["scope"]["words"] == "모음 ‘둘’ 2편"
    assert await asked(chat, "kim") == {everybodys, own}


async def test_a_scope_whose_papers_are_gone_is_told_and_never_asks_all(
    chat: Chat, kim: Reader, home: Path, tmp_path: Path
):
    made = write_pdf(tmp_path, "Mistral has a window.", "Mistral")
    paper = (await kim.bring(("mistral.pdf", made)))["mistral.pdf"]["paper"]
    await choose(kim, kind="papers", papers=[paper])
    await kim.call("DELETE", f"/{paper}")

    with pytest.raises(ScopeGone):
        await asked(chat, "kim")
    assert (await kim.see())["scope"]["papers"] == []

    collection = (await kim.call("POST", "/collections", json={"name": "a"})).json()["collection"]
    await choose(kim, kind="collection", collection=collection)
    await kim.call("DELETE", f"/collections/{collection}")
    with pytest.raises(ScopeGone):
        await asked(chat, "kim")


async def test_the_form_of_preferences_leaves_the_scope_as_it_is(
    chat: Chat, kim: Reader, home: Path
):
    paper = (await kim.see())["papers"][0]["paper"]
    await choose(kim, kind="papers", papers=[paper])
    user = await chat.user("kim")
    before = await chat.service.preferences.read(user.id)

    assert before.scope.kind == "papers"
    assert Preferences.restore(before.changed) == before


async def test_names_of_collections_are_checked(kim: Reader, home: Path):
    first = await kim.call("POST", "/collections", json={"name": "LLM"})
    assert first.status_code == 200
    assert (await kim.call("POST", "/collections", json={"name": " LLM "})).status_code == 409
    assert (await kim.call("POST", "/collections", json={"name": " "})).status_code == 400
    assert (await kim.call("POST", "/collections", json={"name": "x" * 500})).status_code == 400
    escaped = await kim.call("POST", "/collections", json={"name": "<img src=x onerror=alert(1)>"})
    assert escaped.headers["content-type"] == "application/json"
