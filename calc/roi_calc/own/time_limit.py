"""Ends Python of a site's own that never ends, at build and on the command line.

In the browser the page does it: the worker gets the same time, and is replaced.
"""

import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

LIMIT_SECONDS: Final = 10.0


class OverrunError(SystemExit):
    """What took too long. A SystemExit, so that no `except Exception` of its own can keep it."""


@contextmanager
def within_limit() -> Iterator[None]:
    """Raise OverrunError in whatever Python is running after LIMIT_SECONDS.

    By a signal: it reaches any loop, costs nothing while there is none, and leaves no thread or
    process behind. Where there is none (Windows, or a thread that is not the main one), and for
    what no signal interrupts (one long operation of the interpreter, such as the sum of a huge
    range), the process is ended, with the file and line on its error output.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        with _process_ended_after(LIMIT_SECONDS):
            yield
        return
    before = signal.signal(signal.SIGALRM, _overrun)
    try:
        with _process_ended_after(2 * LIMIT_SECONDS):
            signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _process_ended_after(seconds: float) -> Iterator[None]:
    output = sys.__stderr__
    if output is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=output)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _overrun(*_: object) -> NoReturn:
    message = f"did not come to an end within {LIMIT_SECONDS:g} seconds"
    raise OverrunError(message)
