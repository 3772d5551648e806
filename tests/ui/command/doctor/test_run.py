"""Checks are run side by side: one that hangs, fails or panics is a finding, and no more."""

import time
from collections.abc import Iterator
from threading import Event

import pytest

from graph.settings import InvalidSettings, Settings
from ui.command.doctor import run
from ui.command.doctor.finding import Check, Examine, Finding, Subject
from ui.command.doctor.run import run_checks


class Panic(BaseException):
    """As a library in Rust panics."""


def find(*examines: Examine) -> list[Finding]:
    checks = [Check("one", "doctor.clock", examine) for examine in examines]
    return [finding for _, finding in run_checks(checks, Subject(settings=Settings()))]


def is_well(subject: Subject) -> Iterator[Finding]:
    yield Finding("ok", "well")


@pytest.mark.parametrize("error", [ValueError("odd"), Panic("odd")])
def test_a_check_that_fails_is_a_finding(error: BaseException):
    def fail(subject: Subject) -> Iterator[Finding]:
        yield Finding("ok", "so far")
        raise error

    failed, well = find(fail, is_well)

    assert failed.state == "error"
    assert f"{type(error).__name__}: odd" in failed.detail
    assert well == Finding("ok", "well")


def test_what_a_user_can_mend_is_told_as_it_stands():
    def fail(subject: Subject) -> Iterator[Finding]:
        raise InvalidSettings("MUNHEON_HOME")

    [failed] = find(fail)

    assert failed == Finding(
        "error",
        "설정값이 올바르지 않습니다: MUNHEON_HOME",
        ".env 또는 환경 변수를 고치세요. (Invalid settings: MUNHEON_HOME. Correct .env or the environment.)",
    )


def test_a_check_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "CHECK_SECONDS", 0.1)
    ends = Event()

    def hang(subject: Subject) -> list[Finding]:
        ends.wait(30)
        return []

    started = time.monotonic()
    slow, slow_too, well = find(hang, hang, is_well)
    ends.set()

    assert slow.state == slow_too.state == "warning"
    assert "0.1초" in slow.detail
    assert well.state == "ok"
    assert time.monotonic() - started < 5
