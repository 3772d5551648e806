"""The papers that readers bring: taken in, checked by their signs, queued, and waited for."""

import asyncio
import shutil
from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from graph.settings import Settings
from indexing.upkeep import remove_documents, restore_documents
from retrieval.errors import UnreadableFile
from retrieval.fetching.addresses import read_address
from retrieval.parsing.kinds import find_kind
from retrieval.sources import Source
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.trash import mark_removed
from ui.papers.arrivals.arrival import TRIED_AGAIN, UNDER_WAY, Arrival
from ui.papers.arrivals.disk import explain_disk_faults
from ui.papers.arrivals.kept import KeptArrivals
from ui.papers.arrivals.names import clean_name
from ui.papers.arrivals.plan import count_ahead
from ui.papers.arrivals.queue import ArrivalQueue
from ui.papers.arrivals.upload import MEGABYTE, Upload, UploadLimits
from ui.papers.errors import Misread
from ui.papers.pen import Pen
from ui.papers.viewer import Viewer

# Seconds between two looks at how far arrivals are.
TICK = 0.3

OnArrivals = Callable[[Sequence[Arrival]], Awaitable[None]]


async def tell_nobody(arrivals: Sequence[Arrival]) -> None:
    """Nobody wants to know how far they are."""


class Papers:
    """What arrives in one chat server, and the changes that its readers make to the library."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library = Library(settings.home)
        self._kept = KeptArrivals(settings.home)
        self._pen = Pen()
        self._queue = ArrivalQueue(settings, self._kept, self._pen)
        self.limits = UploadLimits(bytes=round(settings.upload_mb * MEGABYTE))

    @property
    def is_indexing(self) -> bool:
        """Whether this server itself indexes at this moment."""
        return self._queue.is_indexing

    def start(self) -> None:
        """Go on with what was under way when the server ended."""
        self._kept.restore()
        self._queue.begin()

    def stop(self) -> None:
        """Index no more; what is under way is gone on with at the next start."""
        self._queue.end()

    async def receive(self, path: Path, name: str, *, owner: str) -> Arrival:
        """Move a file in and queue it; of a link nothing is taken."""
        return await asyncio.to_thread(self._move_in, path, name, owner)

    async def receive_upload(
        self, body: AsyncIterable[bytes], content_type: str, *, owner: str
    ) -> list[Arrival]:
        """Queue the files of a form as it is sent; PaperError where it is no such form, or too much."""
        upload = Upload(content_type, kept=self._kept, owner=owner, limits=self.limits)
        try:
            async for chunk in body:
                await asyncio.to_thread(upload.write, chunk)
            arrivals = upload.finish()
        except BaseException:  # whoever leaves amid an upload leaves nothing behind
            await asyncio.to_thread(upload.abandon)
            raise
        return [await asyncio.to_thread(self._queue_file, one) for one in arrivals]

    def fetch(self, address: str, *, owner: str) -> Arrival:
        """Queue an address; FetchFailed for what is none."""
        meant = read_address(address)
        return self._add(Arrival(name=meant.name, owner=owner, address=meant.url))

    def index_again(self, document: Document) -> Arrival:
        """Queue a paper to be read anew; until that is done it stays as it is."""
        return self._add(Arrival(name=document.name, owner=document.owner, document=document.id))

    def find(self, id: str) -> Arrival | None:
        """How far an arrival is; None where there is none of this id."""
        return self._kept.find(id)

    def list_arrivals(self, viewer: Viewer) -> list[Arrival]:
        """A reader's arrivals, in the order in which they came."""
        self._kept.sweep()
        return [one for one in self._kept.list_all() if viewer.may_change(one)]

    def list_sources(self) -> set[Source]:
        """The files of those that are no papers yet, or could not become any."""
        unsettled = UNDER_WAY | TRIED_AGAIN
        return {self._kept.path(one) for one in self._kept.list_all() if one.state in unsettled}

    def describe(self, arrivals: Sequence[Arrival]) -> list[dict[str, Any]]:
        """What the page is told of them, in the reader's language."""
        ahead = count_ahead(self._kept.list_all(), last_owner=self._queue.last_owner)
        return [one.describe(ahead=ahead.get(one.id, 0)) for one in arrivals]

    async def finished(
        self, arrivals: Sequence[Arrival], *, on_progress: OnArrivals = tell_nobody
    ) -> list[Arrival]:
        """What has become of them, once that is settled; those that were taken back are left out."""
        while True:
            found = [one for it in arrivals if (one := self._kept.find(it.id))]
            await on_progress(found)
            if not any(one.is_under_way for one in found):
                return found
            await asyncio.sleep(TICK)

    def retry(self, arrival: Arrival, *, password: str | None) -> Arrival:
        """Queue again what failed; Misread where there is nothing to try again."""
        if arrival.state not in TRIED_AGAIN:
            raise Misread
        if password:
            self._queue.passwords[arrival.id] = password
        again = self._kept.change(arrival.id, state="waiting", reason="")
        self._queue.begin()
        return again or arrival

    def take_back(self, arrival: Arrival) -> None:
        """Stop an arrival that is under way, and forget it with what was read of it."""
        self._kept.forget(arrival.id)
        self._queue.passwords.pop(arrival.id, None)
        if not arrival.is_file:
            return
        # Only a run that reads it has to stop for that.
        with self._pen.take() if self._queue.holds(arrival) else nullcontext():
            self._forget_read(arrival)

    def remove(self, document: Document) -> None:
        """Take a paper out of the library; what is indexed meanwhile waits for that."""
        with self._pen.take():
            remove_documents(self._settings, [document])

    def restore(self, document: Document) -> None:
        """Bring a paper back that was taken out."""
        with self._pen.take():
            restore_documents(self._settings, [document])

    def _move_in(self, path: Path, name: str, owner: str) -> Arrival:
        if path.is_symlink() or not path.is_file():
            raise Misread
        size = path.stat().st_size
        if size > self.limits.bytes:
            raise self.limits.describe_too_large()
        self.limits.check_count(len(self._kept.list_unsettled(owner)))
        given = Arrival(name=clean_name(name), owner=owner, state="uploading", size=size)
        with explain_disk_faults():
            arrival = self._kept.add(given)
            try:
                shutil.move(path, self._kept.path(arrival))
            except BaseException:
                self._kept.forget(arrival.id)
                raise
        return self._queue_file(arrival)

    def _queue_file(self, arrival: Arrival) -> Arrival:
        """Look at the signs of a file that has come in, and let it wait where it can be read."""
        now = self._kept.find(arrival.id)
        if now is None or now.state != "uploading":
            return now or arrival
        try:
            find_kind(self._kept.path(arrival))
        except UnreadableFile as error:  # broken or empty ones are tried in vain as well
            changed = self._kept.change(arrival.id, state="unsupported", reason=str(error))
        else:
            changed = self._kept.change(arrival.id, state="waiting")
            self._queue.begin()
        return changed or arrival

    def _add(self, arrival: Arrival) -> Arrival:
        self.limits.check_count(len(self._kept.list_unsettled(arrival.owner)))
        with explain_disk_faults():
            self._kept.add(arrival)
        self._queue.begin()
        return arrival

    def _forget_read(self, arrival: Arrival) -> None:
        """Let the ledger forget a file that was not settled yet."""
        if not self._library.exists():
            return
        source = self._kept.path(arrival)
        self._library.drop_unfinished(source, apart_from="", owner=arrival.owner)
        standing = self._library.find_standing(source, "", owner=arrival.owner)
        if standing and standing.state in ("new", "failed"):
            mark_removed(self._library, standing.id)
