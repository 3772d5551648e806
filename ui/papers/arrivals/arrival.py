"""One thing on its way into the library: a file, an address, or a paper that is indexed again."""

import json
import time
from dataclasses import asdict, dataclass, field
from typing import Literal, Self
from uuid import uuid4

from language.catalogue import choose_half

State = Literal[
    "uploading",
    "waiting",
    "fetching",
    "reading",
    "embedding",
    "ready",
    "known",
    "failed",
    "unsupported",
    "locked",
]
RUNNING: frozenset[State] = frozenset({"fetching", "reading", "embedding"})
UNDER_WAY: frozenset[State] = RUNNING | {"uploading", "waiting"}
# Of these the file is kept, for it can be tried again.
TRIED_AGAIN: frozenset[State] = frozenset({"failed", "locked"})


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What arrives, whose it is to be, and how far it is."""

    name: str
    """What its reader calls it: the file's name, cleaned, or the address."""

    owner: str
    """Whose it is to be; empty: everybody's."""

    id: str = field(default_factory=lambda: str(uuid4()))
    state: State = "waiting"
    address: str | None = None
    """Where it is fetched from, where it is no file."""

    document: int | None = None
    """The paper that is to be indexed again, where it is neither."""

    size: int = 0
    """In bytes."""

    reason: str = ""
    """Why it is as it is: "Korean. (English.)"."""

    paper: int | None = None
    """The document that it has become."""

    progress: float | None = None
    """How much of the step at hand is done, from 0 to 1."""

    seconds_left: float | None = None
    came: float = field(default_factory=time.time)
    """When, in seconds of the epoch; what came first goes first."""

    changed: float = field(default_factory=time.time)
    """When its state last did."""

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to become of it."""
        return self.state in UNDER_WAY

    @property
    def is_file(self) -> bool:
        """Whether it came as a file."""
        return self.address is None and self.document is None

    def describe(self, *, ahead: int) -> dict[str, object]:
        """What the page is told of it, in the reader's language; `ahead`: how many go before it."""
        return {
            "arrival": self.id,
            "name": self.name,
            "state": self.state,
            "progress": self.progress,
            "seconds_left": self.seconds_left,
            "message": choose_half(self.reason) or None,
            "paper": self.paper,
            "ahead": ahead,
        }

    def write_note(self) -> str:
        """A text that `read_note` makes it of again."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read_note(cls, note: str) -> Self:
        """The arrival that was noted; ValueError or TypeError where the note is none."""
        return cls(**json.loads(note))
