"""The routes on papers, as the page calls them."""

from pathlib import Path

import pytest

from tests.ui.papers.conftest import Chat, Reader, write_pdf


async def test_an_uploaded_paper_can_be_asked_shown_and_cited(local: Chat, solar: bytes):
    reader = local.reader("local")

    arrived = await reader.bring(("solar.pdf", solar))

    assert arrived["solar.pdf"]["state"] == "ready"
    [paper] = (await reader.see())["papers"]
    assert paper["paper"] == arrived["solar.pdf"]["paper"]
    assert (paper["title"], paper["state"], paper["mine"]) == ("SOLAR 10.7B", "ready", True)
    assert local.service.count_papers("local") == 1
    file = await reader.call("GET", f"/{paper['paper']}/file")
    assert file.content == solar
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith("inline")
    assert "sandbox" in file.headers["content-security-policy"]
    assert file.headers["x-content-type-options"] == "nosniff"
    citation = await reader.call("GET", f"/{paper['paper']}/citation.bib")
    assert "SOLAR 10.7B" in citation.text


async def test_broken_files_do_not_keep_good_ones(kim: Reader, solar: bytes):
    arrived = await kim.bring(
        ("broken.pdf", b"%PDF-1.7 and nothing"),
        ("solar.pdf", solar),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
    )

    states = {name: one["state"] for name, one in arrived.items()}
    assert states == {"broken.pdf": "failed", "solar.pdf": "ready", "picture.png": "unsupported"}
    assert arrived["broken.pdf"]["message"]
    assert [one["file"] for one in (await kim.see())["papers"]] == ["solar.pdf"]


async def test_the_same_content_is_known(kim: Reader, solar: bytes):
    first = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]

    again = (await kim.bring(("again.pdf", solar)))["again.pdf"]

    assert (again["state"], again["paper"]) == ("known", first["paper"])
    assert len((await kim.see())["papers"]) == 1


async def test_messages_are_in_the_readers_language(kim: Reader):
    await kim.bring(("a.pdf", b""))
    for language, message in (("ko-KR", "빈 파일입니다."), ("en-US", "An empty file.")):
        reply = await kim.call("GET", "/arrivals", headers={"Accept-Language": language})
        assert reply.json()["arrivals"][0]["message"] == message
    lost = await kim.call("GET", "/7/file", headers={"Accept-Language": "en"})
    assert lost.json() == {
        "detail": "There is no such paper or collection. Refresh the list and try again."
    }


async def test_a_paper_is_renamed_removed_restored_and_indexed_again(kim: Reader, solar: bytes):
    paper = (await kim.bring(("solar.pdf", solar)))["solar.pdf"]["paper"]

    renamed = await kim.call("PATCH", f"/{paper}", json={"title": "<b>태양</b>"})
    assert renamed.json()["title"] == "<b>태양</b>"
    assert (await kim.call("PATCH", f"/{paper}", json={"title": ""})).json()[
        "title"
    ] == "SOLAR 10.7B"

    removed = (await kim.call("DELETE", f"/{paper}")).json()["removed"]
    assert [one["paper"] for one in removed] == [paper]
    assert (await kim.see())["papers"] == []
    assert (await kim.call("POST", f"/{paper}/restore")).status_code == 200
    assert [one["paper"] for one in (await kim.see())["papers"]] == [paper]

    [again] = (await kim.call("POST", f"/{paper}/again")).json()["arrivals"]
    assert again["state"] == "waiting"
    assert (await kim.settle())["solar.pdf"]["state"] == "ready"
    assert len((await kim.see())["papers"]) == 1


async def test_an_address_that_is_none_is_told(kim: Reader):
    for address in ("file:///etc/passwd", "ftp://a/b", "x", ""):
        reply = await kim.call("POST", "/addresses", json={"address": address})
        assert reply.status_code == 400
        assert "\n" not in reply.json()["detail"]


async def test_an_address_is_fetched_in_the_queue(
    kim: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    asked = []

    def fetch_files(addresses, folder, **given):
        from retrieval.ingest.results import IncomingFile
        from retrieval.store.originals import hash_file

        asked.extend(addresses)
        path = tmp_path / "fetched.pdf"
        path.write_bytes(write_pdf(tmp_path, "Attention is all.", "Attention"))
        return [
            IncomingFile(
                path=path, source=addresses[0], digest=hash_file(path), owner=given["owner"]
            )
        ]

    monkeypatch.setattr("indexing.sources.fetch_files", fetch_files)
    await kim.call("POST", "/addresses", json={"address": "arxiv:1706.03762"})

    arrived = await kim.settle()

    assert arrived["1706.03762.pdf"]["state"] == "ready"
    assert [one.url for one in asked] == ["https://arxiv.org/pdf/1706.03762"]


async def test_a_settled_arrival_is_forgotten_and_a_failed_one_leaves_nothing(
    chat: Chat, kim: Reader, solar: bytes
):
    arrived = await kim.bring(("solar.pdf", solar), ("broken.pdf", b"%PDF-1.7 and nothing"))
    for one in arrived.values():
        assert (await kim.call("DELETE", f"/arrivals/{one['arrival']}")).status_code == 200

    listed = await kim.see()

    assert listed["arrivals"] == []
    assert [one["file"] for one in listed["papers"]] == ["solar.pdf"]
    assert list((chat.service.settings.home / "arrivals").iterdir()) == []


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/addresses", b"{"),
        ("POST", "/addresses", b"[" * 5_000),
        ("POST", "/addresses", b'{"address": 7}'),
        ("PUT", "/scope", b'{"kind": "everything"}'),
        ("PUT", "/scope", b'{"kind": "papers", "papers": "all"}'),
        ("POST", "/collections", b'{"name": "a", "papers": [true]}'),
        ("POST", "/files", b"no form"),
    ],
)
async def test_what_makes_no_sense_is_told_in_one_line(
    kim: Reader, method: str, path: str, sent: bytes
):
    reply = await kim.call(method, path, content=sent)

    assert reply.status_code == 400
    assert reply.json()["detail"].count("\n") == 0
