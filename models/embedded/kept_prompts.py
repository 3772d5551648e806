"""How prompts begin, as a model has read it: kept in files, so that no start reads it again."""

import asyncio
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from langchain_core.messages import BaseMessage

from models.connect.http import open_async_http_client
from models.embedded.server import BATCH_TOKENS, CONTEXT_TOKENS, Server, find_kept_folder

# The files of all models together; those of the embedded one take 80 MB.
KEPT_BYTES = 256 * 2**20
# Seconds to wait for the server, which may be amid a batch of another call.
TIMEOUT = 30.0
NAME_LENGTH = 32


class KeptPrompts:
    """What one server has read; a file that cannot be written or read is done without.

    A file's name holds the digest of its content: the server, which trusts what it loads, is given
    none that is damaged.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._folder = find_kept_folder()
        about = server.model.stat()
        self._served = [
            server.model.name,
            about.st_size,
            about.st_mtime_ns,
            version("xllamacpp"),
            CONTEXT_TOKENS,
            BATCH_TOKENS,
        ]

    async def restore(self, prompt: Sequence[BaseMessage]) -> bool:
        """Load what was read of a prompt; False where nothing is kept."""
        kept = await asyncio.to_thread(self._find_whole_file, prompt)
        if kept is None:
            return False
        slots = await self._ask("GET", "/slots")
        emptiest = min(slots, key=lambda slot: slot.get("n_prompt_tokens", 0))
        return bool(await self._move("restore", emptiest, kept.name))

    async def keep(self, prompt: Sequence[BaseMessage]) -> None:
        """Save what was read last, which is this prompt."""
        with suppress(OSError):
            await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
            part = self._folder / f"{os.getpid()}.part"
            slots = await self._ask("GET", "/slots")
            last = max(slots, key=lambda slot: slot.get("id_task", -1))
            if await self._move("save", last, part.name):
                await asyncio.to_thread(self._name_file, part, prompt)

    async def _move(self, action: str, slot: dict[str, Any], name: str) -> Any:
        """Move a slot's content to a file, or back; None where the server could not."""
        path = f"/slots/{slot['id']}?action={action}"
        return await self._ask("POST", path, json={"filename": name})

    async def _ask(self, method: str, path: str, **more: Any) -> Any:
        address = self._server.base_url.removesuffix("/v1")
        async with open_async_http_client(address, TIMEOUT) as client:
            headers = {"Authorization": f"Bearer {self._server.api_key}"}
            reply = await client.request(method, f"{address}{path}", headers=headers, **more)
        return reply.json() if reply.is_success else None

    def _find_whole_file(self, prompt: Sequence[BaseMessage]) -> Path | None:
        """The prompt's file, now the newest; damaged ones are deleted."""
        for path in self._list_files(prompt):
            with suppress(OSError):
                if path.stem.endswith(_digest_file(path)):
                    os.utime(path)
                    return path
                path.unlink()
        return None

    def _name_file(self, part: Path, prompt: Sequence[BaseMessage]) -> None:
        """Give a file that is whole its name, and delete what is too much."""
        os.replace(part, self._folder / f"{self._write_key(prompt)}-{_digest_file(part)}.kv")
        _drop_oldest(self._folder)

    def _list_files(self, prompt: Sequence[BaseMessage]) -> list[Path]:
        return list(self._folder.glob(f"{self._write_key(prompt)}-*.kv"))

    def _write_key(self, prompt: Sequence[BaseMessage]) -> str:
        """What stands for the model, its settings and the prompt's words."""
        words = [[message.type, message.text] for message in prompt]
        told = json.dumps([*self._served, words])
        return sha256(told.encode()).hexdigest()[:NAME_LENGTH]


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()[:NAME_LENGTH]


def _drop_oldest(folder: Path) -> None:
    """Delete the files that were used longest ago, where all together are too large."""
    total = 0
    for path in sorted(folder.iterdir(), key=lambda path: -path.stat().st_mtime):
        total += path.stat().st_size
        if total > KEPT_BYTES:
            path.unlink()
