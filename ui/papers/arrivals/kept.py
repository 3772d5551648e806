"""What has arrived, kept in the library's folder: a restart goes on with it."""

import logging
import shutil
import time
from dataclasses import replace
from pathlib import Path
from threading import RLock

from ui.ids import is_id
from ui.papers.arrivals.arrival import TRIED_AGAIN, UNDER_WAY, Arrival
from ui.papers.arrivals.disk import check_room

logger = logging.getLogger("munheon.papers")
FOLDER = "arrivals"
HOUR = 3_600
# What is done is told for so long, in seconds; what failed can be tried again for a week.
TOLD, TRIED = HOUR, 7 * 24 * HOUR


class KeptArrivals:
    """The arrivals of all owners: a note of each, and beside it a folder with its file."""

    def __init__(self, home: Path) -> None:
        self._folder = (home / FOLDER).resolve()
        self._lock = RLock()
        self._arrivals: dict[str, Arrival] = {}

    def restore(self) -> None:
        """Take up what was under way when the program ended; files that nobody knows of go."""
        if not self._folder.is_dir():
            return
        for note in sorted(self._folder.glob("*.json")):
            if arrival := _read_note(note):
                self._arrivals[arrival.id] = arrival
        for entry in self._folder.iterdir():
            if entry.stem not in self._arrivals:
                _delete(entry)
        self.sweep()

    def sweep(self) -> None:
        """Forget what was done or failed long ago."""
        for one in self.list_all():
            age = time.time() - one.changed
            if not one.is_under_way and age > (TRIED if one.state in TRIED_AGAIN else TOLD):
                self.forget(one.id)

    def list_all(self) -> list[Arrival]:
        """All, in the order in which they came."""
        with self._lock:
            return sorted(self._arrivals.values(), key=lambda one: one.came)

    def list_unsettled(self, owner: str) -> list[Arrival]:
        """An owner's that are under way, or can be tried again: their files are kept."""
        unsettled = UNDER_WAY | TRIED_AGAIN
        return [one for one in self.list_all() if one.owner == owner and one.state in unsettled]

    def find(self, id: str) -> Arrival | None:
        """The arrival of this id."""
        with self._lock:
            return self._arrivals.get(id)

    def path(self, arrival: Arrival) -> Path:
        """Where its file lies."""
        return self._folder / arrival.id / arrival.name

    def add(self, arrival: Arrival) -> Arrival:
        """Keep a new one, with room for its file; TooMuch where the disk has none."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_room(self._folder)
        if arrival.is_file:
            self.path(arrival).parent.mkdir(mode=0o700)
        with self._lock:
            self._arrivals[arrival.id] = arrival
            self._note(arrival)
        return arrival

    def change(self, id: str, **fields: object) -> Arrival | None:
        """Note how far it is; None where it was forgotten meanwhile."""
        with self._lock:
            before = self._arrivals.get(id)
            if before is None:
                return None
            now = replace(before, **fields)  # type: ignore[arg-type]
            if now.state != before.state:
                now = replace(now, changed=time.time())
            self._arrivals[id] = now
            if (now.state, now.reason) != (before.state, before.reason):
                self._note_later(now)
        if not now.is_under_way and now.state not in TRIED_AGAIN:
            _delete(self._folder / id)
        return now

    def forget(self, id: str) -> None:
        """Forget one, and its file."""
        with self._lock:
            self._arrivals.pop(id, None)
            (self._folder / f"{id}.json").unlink(missing_ok=True)
        _delete(self._folder / id)

    def _note_later(self, arrival: Arrival) -> None:
        """Note it where the disk lets us: what is in memory counts until the next start."""
        try:
            self._note(arrival)
        except OSError as error:
            logger.warning("How far an arrival is could not be noted: %s", error)

    def _note(self, arrival: Arrival) -> None:
        note = self._folder / f"{arrival.id}.json"
        part = note.with_suffix(".part")
        part.write_text(arrival.write_note(), "utf-8")
        part.replace(note)


def _read_note(path: Path) -> Arrival | None:
    """What is noted, to be begun anew; None where it cannot be: its upload broke off, or it is no note."""
    try:
        arrival = Arrival.read_note(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError) as error:
        logger.warning("The note of an arrival cannot be read: %s", error)
        return None
    if not is_id(arrival.id) or arrival.id != path.stem or arrival.state == "uploading":
        return None
    if arrival.state in UNDER_WAY:
        return replace(arrival, state="waiting", progress=None, seconds_left=None, reason="")
    return arrival


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
