"""Habits of servers that speak OpenAI's API, each in its own way."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fake_openai import COMPLETION, USAGE, Exchange, Treatment, event

THOUGHT = "\nThe user asks about SOLAR. The passage says 7 trillion tokens [2]. So 48.\n"
THINKING = f"<think>{THOUGHT}</think>\n\n"
STREAM = "text/event-stream"
DONE = "data: [DONE]\n\n"


def refuse(exchange: Exchange, message: str, *, status: int = 400, **more: Any) -> None:
    """Reply with an error as OpenAI writes them."""
    error = {"message": message, "type": "invalid_request_error", "code": None, **more}
    exchange.send(json.dumps({"error": error}), status=status)


def send_reply(
    exchange: Exchange,
    text: str,
    *,
    content: Any = None,
    thought: str = "",
    finish: str = "stop",
    usage: Any = USAGE["usage"],
    first: str = "",
) -> None:
    """A completion with whatever is unusual about it; streamed where that was asked for."""
    told = {"usage": usage} if usage != "missing" else {}
    message = {"role": "assistant", "content": content or text}
    if thought:
        message["reasoning_content"] = thought
    if not exchange.asked.body.get("stream"):
        choice = {"index": 0, "message": message, "finish_reason": finish}
        whole = {**COMPLETION, "object": "chat.completion", "choices": [choice], **told}
        exchange.send(json.dumps(whole))
        return
    thinking = [{"reasoning_content": word} for word in re.findall(r"\S+\s*", thought)]
    deltas = [*thinking, *({"content": word} for word in re.findall(r"\s*\S+|\s+$", text))]
    events = [event([{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
    ended = event([{"index": 0, "delta": {}, "finish_reason": finish}])
    counted = event([], **told) if told else ""
    exchange.send(first, *events, ended, counted, DONE, content_type=STREAM)


def refuses_parameter(name: str, message: str, **more: Any) -> Treatment:
    """Refuse what holds a parameter; to anything else reply as usual."""

    def treatment(exchange: Exchange) -> None:
        if name in exchange.asked.body:
            refuse(exchange, message, **more)
        else:
            exchange.send_usual()

    return treatment


def refuses_extra_fields(exchange: Exchange) -> None:
    """Refuse `stream_options` as servers made with FastAPI do."""
    if "stream_options" not in exchange.asked.body:
        exchange.send_usual()
        return
    forbidden = {
        "type": "extra_forbidden",
        "loc": ["body", "stream_options"],
        "msg": "Extra inputs are not permitted",
    }
    told = {"object": "error", "message": {"detail": [forbidden]}}
    exchange.send(json.dumps(told), status=422)


def refuses_system(exchange: Exchange) -> None:
    """Refuse messages of the system, as templates of some models do."""
    if any(message["role"] == "system" for message in exchange.asked.body["messages"]):
        refuse(exchange, "System role not supported")
    else:
        exchange.send_usual()


def refuses_schema(exchange: Exchange) -> None:
    """Refuse JSON schemas; call the tools that are offered."""
    if "response_format" in exchange.asked.body:
        refuse(exchange, "This response_format type is unavailable now")
    elif "tools" in exchange.asked.body:
        call_tool(exchange, exchange.server.fake.reply(exchange.asked))
    else:
        exchange.send_usual()


def call_tool(exchange: Exchange, arguments: str) -> None:
    """Reply with a call of the tool that was offered, and no words."""
    [tool] = exchange.asked.body["tools"]
    function = {"name": tool["function"]["name"], "arguments": arguments}
    call = {"id": "call", "type": "function", "function": function}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    whole = {**COMPLETION, "object": "chat.completion", "choices": [choice], **USAGE}
    exchange.send(json.dumps(whole))


def refuses_objects(exchange: Exchange) -> None:
    """Refuse JSON schemas and tools."""
    if "response_format" in exchange.asked.body:
        refuse(exchange, "This response_format type is unavailable now")
    elif "tools" in exchange.asked.body:
        refuse(exchange, "registry.ollama.ai/library/gemma:7b does not support tools")
    else:
        exchange.send_usual()


def ignores_schemas_refuses_tools(exchange: Exchange) -> None:
    """Reply in prose where JSON is asked for by schema, and refuse tools."""
    if "response_format" in exchange.asked.body:
        exchange.send_words("The sentence that helps stands at the beginning.")
    elif "tools" in exchange.asked.body:
        refuse(exchange, "registry.ollama.ai/library/gemma:7b does not support tools")
    else:
        exchange.send_usual()


def calls_tools_badly(exchange: Exchange) -> None:
    """Refuse JSON schemas, and call tools with arguments that are no JSON."""
    if "response_format" in exchange.asked.body:
        refuse(exchange, "This response_format type is unavailable now")
    elif "tools" in exchange.asked.body:
        call_tool(exchange, "{'sentences': [1")
    else:
        exchange.send_usual()


def rewords(change: Callable[[str], str], *tasks: str) -> Treatment:
    """Put what is replied to these tasks (none: to all) in other words."""

    def treatment(exchange: Exchange) -> None:
        said = exchange.server.fake.reply(exchange.asked)
        is_meant = not tasks or exchange.asked.task in tasks
        send_reply(exchange, change(said) if is_meant else said)

    return treatment


def replies_with(**unusual: Any) -> Treatment:
    """Reply the usual words with something unusual about them."""
    return lambda exchange: send_reply(
        exchange, exchange.server.fake.reply(exchange.asked), **unusual
    )


def sends_parts(exchange: Exchange) -> None:
    """Reply with a list of parts where others send a text."""
    said = exchange.server.fake.reply(exchange.asked)
    send_reply(exchange, said, content=[{"type": "text", "text": said}])


def thinks_first(tokens: int, *tasks: str) -> Treatment:
    """Think so many tokens of the budget first at these tasks (none: at all)."""

    def treatment(exchange: Exchange) -> None:
        body = exchange.asked.body
        budget = body.get("max_completion_tokens") or body["max_tokens"]
        if (not tasks or exchange.asked.task in tasks) and budget <= tokens:
            send_reply(exchange, "", finish="length")
        else:
            exchange.send_usual()

    return treatment


# Azure tells first what its filters think of the prompt.
FILTERS = event([], prompt_filter_results=[{"prompt_index": 0}])


def sends_page(exchange: Exchange) -> None:
    """Reply with a page to log in at."""
    exchange.send("<!doctype html><html><body>Sign in</body></html>", content_type="text/html")


def knows_no_endpoint(exchange: Exchange) -> None:
    """Reply as LM Studio does at a path that it doesn't have: with success."""
    told = f"Unexpected endpoint or method. (POST {exchange.path})"
    exchange.send(json.dumps({"error": told}))


def limits_in_stream(exchange: Exchange) -> None:
    """Begin a stream with success, and say in it that there were too many."""
    if not exchange.asked.body.get("stream"):
        exchange.send_usual()
        return
    told = {"error": {"message": "Rate limit exceeded: free-models-per-day", "code": 429}}
    exchange.send(f"data: {json.dumps(told)}\n\n", DONE, content_type=STREAM)


def wants_key(key: str) -> Treatment:
    """Refuse any key but one, and repeat the wrong one in part."""

    def treatment(exchange: Exchange) -> None:
        if exchange.asked.key == f"Bearer {key}":
            exchange.send_usual()
        else:
            given = exchange.asked.key.removeprefix("Bearer ")
            refuse(exchange, f"Incorrect API key provided: {given}.", status=401)

    return treatment
