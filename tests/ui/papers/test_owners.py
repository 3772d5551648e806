"""No reader reaches, changes or learns of what is another's."""

from pathlib import Path
from typing import Any

import pytest

from retrieval.errors import EmptyIndex
from tests.samples import make_pdf
from tests.ui.papers.conftest import UNKNOWN, Chat, Reader
from ui.preferences.preferences import Preferences

PAPER_CALLS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("PATCH", "/{paper}", {"title": "mine"}),
    ("DELETE", "/{paper}", None),
    ("POST", "/{paper}/again", None),
    ("POST", "/{paper}/restore", None),
    ("GET", "/{paper}/file", None),
    ("GET", "/{paper}/citation.bib", None),
    ("POST", "/arrivals/{arrival}/retry", {"password": "x"}),
    ("DELETE", "/arrivals/{arrival}", None),
    ("POST", "/collections", {"name": "mine", "papers": ["{paper}"]}),
    ("PATCH", "/collections/{collection}", {"name": "mine"}),
    ("PATCH", "/collections/{collection}", {"add": [], "remove": ["{paper}"]}),
    ("DELETE", "/collections/{collection}", None),
    ("PUT", "/scope", {"kind": "papers", "papers": ["{paper}"]}),
    ("PUT", "/scope", {"kind": "collection", "collection": "{collection}"}),
]
NAMED = [f"{method} {path} {sent}" for method, path, sent in PAPER_CALLS]


class Belongings:
    """What is one reader's: a paper, an arrival, a collection."""

    def __init__(self, paper: int, arrival: str, collection: int) -> None:
        self.ids = {"paper": paper, "arrival": arrival, "collection": collection}

    def fill(self, value: Any) -> Any:
        """The ids in place of their names."""
        if isinstance(value, dict):
            return {name: self.fill(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.fill(one) for one in value]
        return self.ids.get(value[1:-1], value) if isinstance(value, str) else value


async def own(reader: Reader, solar: bytes) -> Belongings:
    arrived = await reader.bring(("solar.pdf", solar), ("broken.pdf", b"%PDF-1.7 and nothing"))
    paper = arrived["solar.pdf"]["paper"]
    made = await reader.call("POST", "/collections", json={"name": "mine", "papers": [paper]})
    return Belongings(paper, arrived["broken.pdf"]["arrival"], made.json()["collection"])


@pytest.mark.parametrize(("method", "path", "sent"), PAPER_CALLS, ids=NAMED)
async def test_anothers_is_as_if_it_were_not_there(
    kim: Reader, lee: Reader, solar: bytes, method: str, path: str, sent: Any
):
    belongings = await own(kim, solar)
    before = await kim.see()

    reply = await lee.call(method, path.format(**belongings.ids), json=belongings.fill(sent))

    absent = Belongings(999_999, UNKNOWN, 999_999)
    other = await lee.call(method, path.format(**absent.ids), json=absent.fill(sent))
    assert (reply.status_code, reply.text) == (other.status_code, other.text)
    assert reply.status_code == 404
    assert await kim.see() == before


async def test_a_removed_paper_of_anothers_does_not_come_back(
    kim: Reader, lee: Reader, solar: bytes
):
    belongings = await own(kim, solar)
    await kim.call("DELETE", f"/{belongings.ids['paper']}")

    assert (await lee.call("POST", f"/{belongings.ids['paper']}/restore")).status_code == 404
    assert (await lee.see())["removed"] == []
    assert len((await kim.see())["removed"]) == 1


async def test_nothing_of_anothers_is_listed_or_asked(
    chat: Chat, kim: Reader, lee: Reader, solar: bytes
):
    await own(kim, solar)

    seen = await lee.see()

    assert [seen[name] for name in ("papers", "arrivals", "collections", "removed")] == [[]] * 4
    assert chat.service.asked_papers("lee", Preferences()) == frozenset()
    assert chat.service.count_papers("lee") == 0
    assert chat.service.count_papers("kim") == 1


async def test_the_same_file_of_two_readers_is_two_papers(kim: Reader, lee: Reader, solar: bytes):
    first = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]
    second = (await lee.bring(("solar.pdf", solar)))["solar.pdf"]

    assert [first["state"], second["state"]] == ["ready", "ready"]
    assert first["paper"] != second["paper"]
    await lee.call("DELETE", f"/{second['paper']}")
    assert (await kim.call("GET", f"/{first['paper']}/file")).content == solar


async def test_an_encrypted_file_of_both_is_opened_by_who_has_its_password(
    chat: Chat, kim: Reader, lee: Reader, tmp_path: Path
):
    locked = make_pdf(tmp_path / "l.pdf", "SOLAR is secret.", password="열쇠").read_bytes()
    arrival = (await kim.bring(("l.pdf", locked)))["l.pdf"]["arrival"]
    await kim.call("POST", f"/arrivals/{arrival}/retry", json={"password": "열쇠"})
    assert (await kim.settle())["l.pdf"]["state"] == "ready"

    other = (await lee.bring(("l.pdf", locked)))["l.pdf"]
    assert other["state"] == "locked"
    [digest] = chat.service.library.list_ready().values()
    assert not chat.service.find_viewer("lee").may_read(chat.service.library, digest)
    assert (await lee.call("GET", f"/{other['paper']}/file")).status_code == 404
    await lee.call("POST", f"/{other['paper']}/again")
    await lee.call("POST", f"/arrivals/{other['arrival']}/retry", json={"password": None})
    assert {one["state"] for one in (await lee.settle(by="arrival")).values()} == {"locked"}
    assert chat.service.count_papers("lee") == 0


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [("PATCH", "", {"title": "x"}), ("DELETE", "", None), ("POST", "/again", None)],
)
async def test_what_is_everybodys_is_read_and_not_changed(
    home: Path, kim: Reader, method: str, path: str, sent: Any
):
    paper = (await kim.see())["papers"][0]
    assert paper["mine"] is False

    reply = await kim.call(method, f"/{paper['paper']}{path}", json=sent)

    assert reply.status_code == 409
    assert (await kim.call("GET", f"/{paper['paper']}/file")).status_code == 200
    assert (await kim.see())["papers"][0] == paper


async def test_the_person_at_this_machine_sees_and_changes_all(home: Path, local: Chat):
    reader = local.reader("local")
    papers = (await reader.see())["papers"]

    assert len(papers) > 1
    assert all(one["mine"] for one in papers)
    assert local.service.asked_papers("local", Preferences()) is None


async def test_a_run_may_read_what_its_reader_sees_alone(
    chat: Chat, kim: Reader, lee: Reader, solar: bytes
):
    belongings = await own(kim, solar)

    options = chat.service.choose_options("kim", Preferences(passages=3))
    assert belongings.ids["paper"] in (options.papers or [])
    assert options.passages == 3
    found = chat.service.open_search().within(options.papers).list_titles()
    assert list(found) == ["SOLAR 10.7B"]
    assert list(chat.service.open_search().within([]).list_titles()) == []
    with pytest.raises(EmptyIndex):
        chat.service.choose_options("lee", Preferences())


async def test_an_original_of_anothers_is_not_read(
    chat: Chat, kim: Reader, lee: Reader, solar: bytes
):
    await own(kim, solar)
    library = chat.service.library
    [digest] = library.list_ready().values()

    assert chat.service.find_viewer("kim").may_read(library, digest)
    assert not chat.service.find_viewer("lee").may_read(library, digest)
