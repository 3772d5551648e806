"""A few arrivals of one owner, indexed together in one run."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from graph.settings import Settings
from indexing.estimate import Estimate
from indexing.run import index_again, index_incoming, index_paths
from language.catalogue import Text
from models.cost.prices import write_usd
from retrieval.errors import UserError
from retrieval.fetching.addresses import read_address
from retrieval.ingest.discovery import discover_files
from retrieval.ingest.progress import Progress
from retrieval.ingest.results import IncomingFile, IndexResult
from retrieval.sources import Source
from retrieval.store.contents import Standing
from retrieval.store.documents import Document
from retrieval.store.library import Library
from ui.papers.arrivals.arrival import Arrival, State
from ui.papers.arrivals.kept import KeptArrivals


class Batch:
    """One run of the queue."""

    def __init__(
        self,
        members: Sequence[Arrival],
        *,
        settings: Settings,
        kept: KeptArrivals,
        passwords: dict[str, str],
        check: Callable[[], None],
    ) -> None:
        """`passwords`: what readers have given, by arrival; `check` raises where the run is to stop."""
        self._members = members
        self._settings = settings
        self._kept = kept
        self._passwords = passwords
        self._check = check
        self._library = Library(settings.home)
        self._files: list[IncomingFile] = []
        self._sources: dict[str, Source] = {}
        self._opened: set[str] = set()

    def run(self) -> None:
        """Index them; what becomes of each is noted as soon as it is known."""
        self._sources = {one.id: self._find_source(one) for one in self._members}
        self._files = discover_files(self._kept.path(one) for one in self._members if one.is_file)
        before = [self._find_standing(one) for one in self._members]
        results = self._index()
        for arrival, standing, result in zip(self._members, before, results, strict=True):
            self._settle(arrival, standing, result)

    def _index(self) -> list[IndexResult]:
        """One run; what each kind of arrival needs differs."""
        first = self._members[0]
        index: Callable[..., list[IndexResult]]
        if first.address:
            index = partial(index_paths, paths=[read_address(first.address)], owner=first.owner)
        elif first.document is not None:
            index = partial(index_again, document=self._find_document(first))
        else:
            index = partial(index_incoming, files=self._files, owner=first.owner)
        return index(
            self._settings,
            consents=_agree,
            progress=self._note_progress,
            ask_password=self._give_password,
        )

    def _find_document(self, arrival: Arrival) -> Document:
        """The paper that is to be indexed again; UserError where it was removed meanwhile."""
        for one in self._library.list_documents():
            if one.id == arrival.document:
                return one
        raise UserError("papers.not_there")

    def _give_password(self, path: Path) -> str | None:
        """What a reader has given for a file, once."""
        for one in self._members:
            if not one.is_file or self._kept.path(one) == path:
                self._opened |= {one.id} & self._passwords.keys()
                return self._passwords.pop(one.id, None)
        return None

    def _note_progress(self, progress: Progress) -> None:
        """How far the run is; stopped here where it is to stop."""
        self._check()
        if progress.step == "embedding":
            self._note_ready()
        for place, arrival in enumerate(self._members):
            if (now := self._kept.find(arrival.id)) and now.is_under_way:
                self._kept.change(arrival.id, reason="", **_place_in_run(place, progress))

    def _note_ready(self) -> None:
        """Some can be asked about while the rest is embedded."""
        for arrival in self._members:
            standing = self._find_standing(arrival) if arrival.is_file else None
            if standing and standing.state == "ready" and self._is_own(standing, arrival):
                self._finish(arrival, "ready", paper=standing.id)

    def _settle(self, arrival: Arrival, before: Standing | None, result: IndexResult) -> None:
        """Note what has become of one."""
        standing = self._find_standing(arrival)
        paper = standing.id if standing else None
        if result.outcome in ("failed", "unsupported"):
            state: State = "unsupported" if result.outcome == "unsupported" else "failed"
            reason = result.reason
            if result.is_locked:
                state, reason = "locked", self._explain_lock(arrival)
            return self._finish(arrival, state, paper=paper, reason=reason)
        # A run that was cut short may have made it ready itself.
        was_there = before and before.state == "ready" and not self._is_own(before, arrival)
        is_known = result.outcome == "unchanged" and was_there
        return self._finish(arrival, "known" if is_known else "ready", paper=paper)

    def _is_own(self, standing: Standing, arrival: Arrival) -> bool:
        """Whether a paper was made of the very file that has arrived."""
        return arrival.is_file and standing.source == self._sources[arrival.id]

    def _explain_lock(self, arrival: Arrival) -> str:
        was_tried = arrival.id in self._opened
        return str(Text("papers.wrong_password" if was_tried else "papers.locked"))

    def _finish(
        self, arrival: Arrival, state: State, *, paper: int | None, reason: str = ""
    ) -> None:
        done = {"state": state, "paper": paper, "reason": reason}
        self._kept.change(arrival.id, progress=None, seconds_left=None, **done)

    def _find_standing(self, arrival: Arrival) -> Standing | None:
        """The paper in the library that an arrival is, or will be."""
        if not self._library.exists():
            return None
        source = self._sources[arrival.id]
        digest = next((file.digest for file in self._files if file.path == source), "")
        return self._library.find_standing(source, digest, owner=arrival.owner)

    def _find_source(self, arrival: Arrival) -> Source:
        if arrival.address:
            return read_address(arrival.address)
        if arrival.document is not None:
            return self._find_document(arrival).origin
        return self._kept.path(arrival)


def _agree(estimate: Estimate) -> bool:
    """Whoever brings a paper pays for it, where that is less than is asked for first; UserError for more."""
    if estimate.usd is not None:
        raise UserError("papers.too_dear", cost=write_usd(estimate.usd))
    return True


def _place_in_run(place: int, progress: Progress) -> dict[str, object]:
    """How far the n-th file of a run is."""
    share = progress.done / progress.total if progress.total else None
    if progress.step == "fetching":
        return {"state": "fetching", "progress": share, "seconds_left": progress.seconds_left}
    if progress.step == "reading":
        state = "reading" if place <= progress.documents[0] else "waiting"
        return {"state": state, "progress": None, "seconds_left": None}
    return {"state": "embedding", "progress": share, "seconds_left": progress.seconds_left}
