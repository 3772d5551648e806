"""Cassettes, and the models that are recorded on them."""

import json
from pathlib import Path
from typing import Any

from models.cassettes.cassette import Cassette
from models.chat.open import open_chat
from models.connect.choose import Choice
from models.embedding.open import open_embeddings

MODELS = {"chat": "openai:gpt-4o-mini", "embedding": "openai:text-embedding-3-small"}
CHAT = Choice("openai", "gpt-4o-mini")
EMBEDDING = Choice("openai", "text-embedding-3-small")


def loaded(path: Path) -> Cassette:
    cassette = Cassette(path)
    cassette.begin_file(MODELS)
    return cassette


def chat(cassette: Cassette, choice: Choice = CHAT) -> Any:
    return open_chat(choice, timeout=5, cassette=cassette)


def embeddings(cassette: Cassette) -> Any:
    return open_embeddings(EMBEDDING, timeout=5, cassette=cassette)


def calls(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()][1:]
