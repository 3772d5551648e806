"""The thread that indexes what has arrived, one batch after the other, while the chat goes on."""

import logging
from threading import Event, Thread

from graph.settings import Settings
from language.catalogue import Text
from retrieval.errors import UserError
from retrieval.ingest.lock import LibraryBusy
from ui.papers.arrivals.arrival import RUNNING, Arrival
from ui.papers.arrivals.batch import Batch
from ui.papers.arrivals.kept import KeptArrivals
from ui.papers.arrivals.plan import plan_batches
from ui.papers.pen import Pen

logger = logging.getLogger("munheon.papers")
# Seconds between two looks whether another process has stopped writing, or a reader's change is made.
LOOK_AGAIN = 1.0


class RunStopped(BaseException):
    """A run that is cut short; the ledger goes on where it was. No handler of faults takes it for one."""


class ArrivalQueue:
    """Indexes what waits; begun with the chat, it ends with the process."""

    def __init__(self, settings: Settings, kept: KeptArrivals, pen: Pen) -> None:
        self._settings = settings
        self._kept = kept
        self._pen = pen
        self._wake = Event()
        self._is_ending = False
        self._thread: Thread | None = None
        self._members: list[Arrival] = []
        self.passwords: dict[str, str] = {}
        """What readers have given for encrypted files, by arrival; kept nowhere else."""

        self.last_owner: str | None = None

    @property
    def is_indexing(self) -> bool:
        """Whether a run is under way."""
        return bool(self._members)

    def holds(self, arrival: Arrival) -> bool:
        """Whether an arrival is in the run that is under way."""
        return any(one.id == arrival.id for one in self._members)

    def begin(self) -> None:
        """Start the thread, where it does not run."""
        if self._thread is None:
            self._is_ending = False
            self._thread = Thread(target=self._work, name="papers", daemon=True)
            self._thread.start()
        self._wake.set()

    def end(self) -> None:
        """Stop what is under way, to be gone on with, and wait for that."""
        self._is_ending = True
        self._wake.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while not self._is_ending:
            self._wake.clear()
            batches = plan_batches(self._kept.list_all(), last_owner=self.last_owner)
            if not batches or self._pen.is_wanted:
                self._wake.wait(LOOK_AGAIN if batches else None)
            elif not self._run(batches[0]):
                self._wake.wait(LOOK_AGAIN)

    def _run(self, members: list[Arrival]) -> bool:
        """Index a batch; False where it has to wait for others."""
        self._members = members
        batch = Batch(
            members,
            settings=self._settings,
            kept=self._kept,
            passwords=self.passwords,
            check=self._check,
        )
        try:
            with self._pen.hold():
                batch.run()
        except RunStopped:
            self._let_wait("")
        except LibraryBusy:
            self._let_wait(str(Text("papers.others_index")))
            return False
        except UserError as error:
            self._let_fail(str(error))
        except Exception:
            logger.exception("Papers could not be indexed")
            self._let_fail(str(Text("conversation.unexpected")))
        finally:
            self._members = []
        self.last_owner = members[0].owner
        return True

    def _check(self) -> None:
        """RunStopped where one of the batch was taken back, a reader's change waits, or the chat ends."""
        is_taken_back = any(self._kept.find(one.id) is None for one in self._members)
        if is_taken_back or self._pen.is_wanted or self._is_ending:
            raise RunStopped

    def _let_wait(self, reason: str) -> None:
        anew = {"state": "waiting", "reason": reason, "progress": None, "seconds_left": None}
        for one in self._list_unsettled():
            self._kept.change(one.id, **anew)

    def _let_fail(self, reason: str) -> None:
        for one in self._list_unsettled():
            self._kept.change(one.id, state="failed", reason=reason, progress=None)

    def _list_unsettled(self) -> list[Arrival]:
        found = [self._kept.find(one.id) for one in self._members]
        return [one for one in found if one and one.state in RUNNING | {"waiting"}]
