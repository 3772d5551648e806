"""A command as a reader gives it: chosen in the composer's menu, or typed with a slash before it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Name = Literal["search", "papers", "compare", "export", "undo", "record", "help"]
NAMES: Sequence[Name] = get_args(Name)
ALIASES: Mapping[str, Name] = {
    "검색": "search",
    "논문": "papers",
    "비교": "compare",
    "내보내기": "export",
    "되돌리기": "undo",
    "녹음": "record",
    "도움말": "help",
}
# No path: a question may begin with /etc/hosts, or /etc는.
TYPED = re.compile(r"/([a-z]+|[가-힣]+)(?:\s+|$)")


@dataclass(frozen=True)
class Command:
    """What is to be done, and with what."""

    word: str
    """As it was given, without the slash."""

    argument: str

    @property
    def name(self) -> Name | None:
        """Its name; None where there is no such command."""
        named = (name for name in NAMES if name == self.word)
        return next(named, ALIASES.get(self.word))


def read_command(text: str, chosen: str | None = None) -> Command | None:
    """The command that a message gives; None for a question. `chosen`: in the menu."""
    text = text.strip()
    if typed := TYPED.match(text):
        return Command(typed[1], text[typed.end() :])
    return Command(chosen, text) if chosen else None


def list_commands() -> str:
    """All commands, each with its Korean name."""
    return ", ".join(f"/{name}(/{korean})" for korean, name in ALIASES.items())
