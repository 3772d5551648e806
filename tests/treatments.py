"""What a server may do to a request instead of answering it well."""

import json

from tests.fake_openai import Exchange, Treatment, stream


def refuses(status: int, code: str | None = None, **headers: str) -> Treatment:
    """Reply with an HTTP error."""
    error = json.dumps({"error": {"message": f"fault {status}", "type": "fault", "code": code}})
    return lambda exchange: exchange.send(error, status=status, **headers)


def says(text: str) -> Treatment:
    """Reply with other words than usual."""
    return lambda exchange: exchange.send_words(text)


def takes(seconds: float) -> Treatment:
    """Reply as usual, after a while."""

    def treatment(exchange: Exchange) -> None:
        exchange.wait(seconds)
        exchange.send_usual()

    return treatment


def garbles(exchange: Exchange) -> None:
    """Reply with what is called JSON and is none."""
    exchange.send('{"id": "fake", "choi')


def says_nothing(exchange: Exchange) -> None:
    """Take the request, and never reply."""
    exchange.wait(30)


def sends_no_vectors(exchange: Exchange) -> None:
    """Reply with an empty list of embeddings."""
    exchange.send(json.dumps({"object": "list", "model": "fake", "data": []}))


def breaks_off(exchange: Exchange) -> None:
    """Stream a few words, then drop the connection."""
    begun = "".join(stream("SOLAR는 층이"))
    exchange.send(begun, content_type="text/event-stream", missing=1_000)


def stands_still(exchange: Exchange) -> None:
    """Stream a few words, then nothing, and keep the connection."""
    begun = "".join(stream("SOLAR는 층이"))
    exchange.send(begun, content_type="text/event-stream", missing=1_000)
    exchange.wait(30)


def streams_nothing(exchange: Exchange) -> None:
    """Reply with a stream that ends before it begins."""
    exchange.send("data: [DONE]\n\n", content_type="text/event-stream")
