"""Ask a model for an object in the best way that it bears, and read it from whatever it replies."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import BaseModel, ValidationError

from models.chat.capabilities import STRUCTURES, Structure

Wanted = TypeVar("Wanted", bound=BaseModel)

JSON_INSTRUCTION = "Reply with one JSON object and nothing else. It follows this schema: {schema}"
NUMBERS_INSTRUCTION = (
    "Reply with the numbers alone, with commas between them, or with the word none. "
    "They are: {meaning}"
)
NUMBER = re.compile(r"(?<![\d.])\d+(?![\d.]*\d)")
# A reply in plain text that says that there are none.
NO_NUMBERS = re.compile(r"\b(?:none|no|nothing|empty)\b|\[\s*\]|없", re.I)


def list_structures(schema: type[BaseModel], first: Structure) -> Sequence[Structure]:
    """The ways to ask for an object, from this one on: each is plainer than the one before."""
    ways = STRUCTURES[STRUCTURES.index(first) :]
    return ways if _find_list(schema) else [way for way in ways if way != "numbers"] or ["json"]


def choose_options(
    client: BaseChatModel, schema: type[BaseModel], structure: Structure
) -> dict[str, Any]:
    """What a call says of the object beside its messages."""
    if structure == "tools":
        bound: Any = client.bind_tools([schema], tool_choice=schema.__name__)
        return dict(bound.kwargs)
    if structure == "schema":
        asked = {"response_format": _describe_schema(schema)}
        # Past OpenAI's library, which would judge the reply itself, and throw away what it cannot use.
        return {"extra_body": {**(getattr(client, "extra_body", None) or {}), **asked}}
    return {}


@cache
def _describe_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """A schema as OpenAI's API takes it; making it takes as long as a call costs beside."""
    described = convert_to_openai_tool(schema, strict=True)["function"]
    wanted = {"name": described["name"], "schema": described["parameters"], "strict": True}
    return {"type": "json_schema", "json_schema": wanted}


def add_instruction(
    messages: Sequence[BaseMessage], schema: type[BaseModel], structure: Structure
) -> list[BaseMessage]:
    """The messages, with words on what to reply where nothing else of the call says it."""
    if structure in ("schema", "tools"):
        return list(messages)
    *before, last = messages
    if structure == "numbers":
        field = schema.model_fields[_find_list(schema)]
        words = NUMBERS_INSTRUCTION.format(meaning=field.description)
    else:
        words = JSON_INSTRUCTION.format(schema=json.dumps(schema.model_json_schema()))
    return [*before, HumanMessage(f"{last.text}\n\n{words}")]


def read_object(reply: AIMessage, schema: type[Wanted], structure: Structure) -> Wanted | None:
    """The object in a reply: a tool's arguments, JSON amid words or in a fence, plain numbers."""
    found = (*(call["args"] for call in reply.tool_calls), *_find_json(reply.text))
    for candidate in found:
        try:
            return schema.model_validate(candidate)
        except ValidationError:
            continue
    return _read_numbers(reply.text, schema) if structure == "numbers" else None


def _find_json(text: str) -> Iterator[Any]:
    """The JSON values that begin somewhere in a text."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
            yield value
        except ValueError:
            end = at + 1
        at = text.find("{", end)


def _read_numbers(text: str, schema: type[Wanted]) -> Wanted | None:
    """The object whose only list these numbers are; None for words without any."""
    numbers = [int(number) for number in NUMBER.findall(text)]
    if not numbers and not NO_NUMBERS.search(text):
        return None
    return schema.model_validate({_find_list(schema): numbers})


@cache
def _find_list(schema: type[BaseModel]) -> str:
    """The name of a schema's only field, where it is a list that may hold numbers; else empty."""
    properties = schema.model_json_schema()["properties"]
    [(name, field), *further] = properties.items()
    items = field.get("items", {})
    kinds = [items.get("type"), *(one.get("type") for one in items.get("anyOf", []))]
    return name if not further and "integer" in kinds else ""
