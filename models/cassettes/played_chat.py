"""A chat model behind a cassette: its HTTP replies are played, else fetched and recorded."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

from models.cassettes.cassette import Asked, Cassette, Got
from models.cassettes.once import Once
from models.cassettes.recorded_usage import count_recorded_tokens
from models.cost.meter import Meter

# Stands for wherever the model is: what is asked is the same there. Nobody looks it up.
BASE_URL = "http://cassette/v1"
OPENAI_URL = "https://api.openai.com/v1"
# How a stream ends that has said all.
DONE = "data: [DONE]"
# Said of a body as it came through the wire; ours is unpacked.
OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding")


@dataclass(frozen=True)
class Place:
    """Where a model is reached."""

    base_url: str | None
    """None: at OpenAI."""

    api_key: str


def open_playing_client(
    cassette: Cassette, connect: Callable[[], Place], meter: Meter
) -> httpx.AsyncClient:
    """A client for requests to BASE_URL; `connect` is called when the cassette first lacks one."""
    return httpx.AsyncClient(transport=_Transport(cassette, connect, meter))


class _Transport(httpx.AsyncBaseTransport):
    def __init__(self, cassette: Cassette, connect: Callable[[], Place], meter: Meter) -> None:
        self._cassette = cassette
        self._meter = meter
        self._place = Once(connect)
        self._client: httpx.AsyncClient | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The recorded reply, or the model's."""
        path = str(request.url).removeprefix(BASE_URL)
        asked = {"path": path, "body": json.loads(await request.aread())}
        got = self._cassette.play_call(asked)
        if got is None:
            return await self._fetch_reply(request, asked)
        return httpx.Response(
            got["status"],
            headers={"content-type": got["type"]},
            stream=_Played(got, partial(self._cassette.forget_reply, asked, got)),
        )

    async def _fetch_reply(self, request: httpx.Request, asked: Asked) -> httpx.Response:
        """The model's reply, which is recorded as it is read."""
        with self._cassette.explain_lack():
            self._meter.check_budget()
            place = await asyncio.to_thread(self._place.get_value)
        self._client = self._client or httpx.AsyncClient(follow_redirects=True)
        reply = await self._client.send(_readdress_request(request, place), stream=True)
        rest = [(name, value) for name, value in reply.headers.items() if name not in OF_THE_WIRE]
        body = _Recorded(reply, partial(self._keep_reply, asked))
        return httpx.Response(reply.status_code, headers=rest, stream=body)

    def _keep_reply(self, asked: Asked, got: dict[str, Any]) -> None:
        """Count and record a reply; faults are not worth it, for the client asks again."""
        if httpx.codes.is_success(got["status"]):
            self._meter.add_tokens(**count_recorded_tokens(asked, got["text"]))
            self._cassette.record_calls((asked, got))

    async def aclose(self) -> None:
        """Close what was opened."""
        if self._client:
            await self._client.aclose()


def _readdress_request(request: httpx.Request, place: Place) -> httpx.Request:
    """A request to BASE_URL as it is to reach the model."""
    headers = httpx.Headers(request.headers)
    del headers["host"]
    headers["authorization"] = f"Bearer {place.api_key}"
    base_url = (place.base_url or OPENAI_URL).rstrip("/")
    return httpx.Request(
        request.method,
        str(request.url).replace(BASE_URL, base_url, 1),
        headers=headers,
        content=request.content,
        extensions=request.extensions,
    )


class _Played(httpx.AsyncByteStream):
    """The body of a recorded reply.

    Of one whose reader had stopped early there is no more: who reads on finds the
    connection broken, and asks again.
    """

    def __init__(self, got: Got, forget: Callable[[], None]) -> None:
        self._got = got
        self._forget = forget

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._got["text"].encode()
        if self._got.get("cut"):
            self._forget()
            raise httpx.ReadError("the recording ends here")


class _Recorded(httpx.AsyncByteStream):
    """The body of a model's reply; what was read of it is kept, unless it broke off."""

    def __init__(self, reply: httpx.Response, keep: Callable[[dict[str, Any]], None]) -> None:
        self._reply = reply
        self._keep = keep
        self._read = b""
        self._waits = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._reply.aiter_bytes():
            self._read += piece
            self._waits = False
            yield piece
            self._waits = True
        self._record_reply()

    async def aclose(self) -> None:
        """Let go of the connection; a reader that stops here, as at a loop, has heard enough."""
        await self._reply.aclose()
        if not self._waits:
            self._record_reply(stopped=True)

    def _record_reply(self, *, stopped: bool = False) -> None:
        # A reader may have stopped amid a character.
        text = self._read.decode(errors="ignore")
        got = {
            "status": self._reply.status_code,
            "type": self._reply.headers.get("content-type", ""),
            "text": text,
        }
        cut = stopped and not text.rstrip().endswith(DONE)
        self._keep({**got, "cut": True} if cut else got)
