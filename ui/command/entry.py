"""Where the program starts: Ctrl-C ends it soon and with one line, whatever it is at."""

import os
import signal
import socket
import sys
import time
from threading import Event, Thread
from types import FrameType
from typing import NoReturn

STOPPED = "중단했습니다. (Stopped.)"
# What is left to clean up after Ctrl-C takes less; threads that wait for a server would take minutes.
GRACE_SECONDS = 1.0
SHOW_CURSOR = "\x1b[?25h"  # the bars hide it

has_told = Event()
"""Set once the user has been told that the command is stopped."""


def run() -> None:
    """Run the command line."""
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:  # else it was started so that Ctrl-C is for others
        signal.signal(signal.SIGINT, _leave_at_once)  # the imports take seconds, and leave nothing
    from ui.command.main import main

    if is_heard:
        _end_soon_after_interrupt()
        signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


def _end_soon_after_interrupt() -> None:
    """Have a thread end the process after Ctrl-C, should it not end by itself."""
    heard, written = socket.socketpair()
    written.setblocking(False)
    # Not a handler: asyncio stops its tasks in good order under Python's own alone.
    signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
    Thread(target=_wait_for_interrupt, args=(heard, written), daemon=True).start()


def _wait_for_interrupt(heard: socket.socket, written: socket.socket) -> None:
    """End the process a while after Ctrl-C; `written` is kept open."""
    while signal.SIGINT not in heard.recv(1):
        pass
    time.sleep(GRACE_SECONDS)
    _leave()


def _leave_at_once(number: int, frame: FrameType | None) -> None:
    _leave()


def _leave() -> NoReturn:
    """End the process without waiting for anything."""
    tell_stopped()
    os._exit(1)


def tell_stopped() -> None:
    """Tell the user that the command is stopped, once."""
    if not has_told.is_set():
        has_told.set()
        cursor = SHOW_CURSOR if sys.stderr.isatty() else ""
        os.write(sys.stderr.fileno(), f"{cursor}\n{STOPPED}\n".encode())
