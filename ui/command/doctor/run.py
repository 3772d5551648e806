"""Run checks side by side; one that hangs or fails is a finding itself."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextvars import Context, copy_context
from threading import Thread

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.command.doctor.finding import Check, Finding, Subject, find_fault

# Seconds that a check may take.
CHECK_SECONDS = 10.0

Result = tuple[Check, Finding]


def run_checks(checks: Sequence[Check], subject: Subject) -> Iterator[Result]:
    """What each check finds, in their order, as soon as it is known."""
    running = [(check, _start_check(check, subject)) for check in checks]
    deadline = time.monotonic() + CHECK_SECONDS
    told = set[Finding]()
    for check, future in running:
        for finding in _wait_for_findings(future, deadline):
            if finding.state != "error" or finding not in told:  # one fault fails several checks
                yield check, finding
            told.add(finding)


def _start_check(check: Check, subject: Subject) -> Future[list[Finding]]:
    """A check under way in a thread that does not keep the process from ending."""
    future: Future[list[Finding]] = Future()
    Thread(target=_examine, args=(check, subject, future, copy_context()), daemon=True).start()
    return future


def _examine(
    check: Check, subject: Subject, future: Future[list[Finding]], context: Context
) -> None:
    try:
        future.set_result(context.run(lambda: list(check.examine(subject))))
    except BaseException as error:  # Chroma's own panics are no Exception
        future.set_exception(error)


def _wait_for_findings(future: Future[list[Finding]], deadline: float) -> list[Finding]:
    try:
        return future.result(max(deadline - time.monotonic(), 0))
    except UserError as error:
        return [find_fault(error)]
    except TimeoutError:
        slow = write_text("doctor.too_slow", seconds=f"{CHECK_SECONDS:g}")
        return [Finding("warning", slow, write_text("doctor.too_slow_remedy"))]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        failed = write_text("doctor.check_failed", error=f"{type(error).__name__}: {error}")
        return [Finding("error", failed, write_text("doctor.check_failed_remedy"))]
