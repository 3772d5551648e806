"""The routes on papers, and readers who call them; indexing is real, the embedding model is a fake."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from graph.settings import Settings
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
from tests.ui.quiet_chainlit import PersistedUser, User
from ui.conversations.data_layer import ConversationLayer
from ui.page import collection_routes, paper_routes
from ui.page.routes import require_user
from ui.page.service import ChatService, get_service

SECONDS = 120
UNDER_WAY = {"uploading", "waiting", "fetching", "reading", "embedding"}
UNKNOWN = "91d4e622-8911-4e92-8ba6-19947c6bc3d9"


class Reader:
    """Somebody whose page calls the routes."""

    def __init__(self, name: str, client: httpx.AsyncClient) -> None:
        self.name = name
        self._client = client

    async def call(self, method: str, path: str, **sent: Any) -> httpx.Response:
        headers = {"X-User": self.name, "Accept-Language": "ko-KR", **sent.pop("headers", {})}
        return await self._client.request(method, f"/papers{path}", headers=headers, **sent)

    async def see(self) -> dict[str, Any]:
        return dict((await self.call("GET", "")).json())

    async def upload(self, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
        sent = [("files", (name, content)) for name, content in files]
        reply = await self.call("POST", "/files", files=sent)
        assert reply.status_code == 200, reply.text
        return list(reply.json()["arrivals"])

    async def settle(self, *, by: str = "name") -> dict[str, dict[str, Any]]:
        """The arrivals by their names (or ids), once nothing is under way."""
        for _ in range(SECONDS * 20):
            arrivals = (await self.call("GET", "/arrivals")).json()["arrivals"]
            if not any(one["state"] in UNDER_WAY for one in arrivals):
                return {one[by]: one for one in arrivals}
            await asyncio.sleep(0.05)
        raise AssertionError(f"still under way: {arrivals}")

    async def bring(self, *files: tuple[str, bytes]) -> dict[str, dict[str, Any]]:
        await self.upload(*files)
        return await self.settle()


class Chat:
    """A chat server, and who calls it."""

    def __init__(self, settings: Settings) -> None:
        self.service = ChatService(settings)
        self._layer = ConversationLayer(self.service.database)
        app = FastAPI()
        for one in (paper_routes, collection_routes):
            app.include_router(one.router)
        app.dependency_overrides = {
            require_user: self._find_user,
            get_service: lambda: self.service,
        }
        transport = httpx.ASGITransport(app=app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def reader(self, name: str) -> Reader:
        return Reader(name, self.client)

    async def user(self, name: str) -> PersistedUser:
        known = await self._layer.get_user(name)
        user = known or await self._layer.create_user(User(name))
        assert user
        return user

    async def close(self) -> None:
        await asyncio.to_thread(self.service.papers.stop)
        await self.client.aclose()
        await self.service.database.close()

    async def _find_user(self, request: Request) -> PersistedUser:
        return await self.user(request.headers["X-User"])


@pytest.fixture
async def chat(settings: Settings, openai: FakeOpenAI) -> AsyncIterator[Chat]:
    """A chat whose readers sign in."""
    chat = Chat(settings.model_copy(update={"auth": "password"}))
    yield chat
    await chat.close()


@pytest.fixture
async def local(settings: Settings, openai: FakeOpenAI) -> AsyncIterator[Chat]:
    """A chat for the person at this machine."""
    chat = Chat(settings)
    yield chat
    await chat.close()


@pytest.fixture
def kim(chat: Chat) -> Reader:
    return chat.reader("kim")


@pytest.fixture
def lee(chat: Chat) -> Reader:
    return chat.reader("lee")


@pytest.fixture(scope="session")
def solar(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small PDF."""
    path = tmp_path_factory.mktemp("solar") / "solar.pdf"
    return make_pdf(path, "SOLAR has 48 layers.", title="SOLAR 10.7B").read_bytes()


def write_pdf(folder: Path, words: str, title: str) -> bytes:
    """Another one."""
    return make_pdf(folder / "made.pdf", words, title=title).read_bytes()
