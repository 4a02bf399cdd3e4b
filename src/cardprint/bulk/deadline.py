"""A limit to the time that one card may take, whatever it is busy with, in any thread of any process."""

from __future__ import annotations

import os
import threading
import time
from types import TracebackType
from typing import Final

_A_MOMENT: Final = 0.001
_LONGEST_WAIT: Final = 1.0
"""Seconds after which the error is on its way no longer: something swallowed it, as destructors do."""

_IDLE: Final = 3600.0


class OutOfTimeError(BaseException):
    """The time is up. No `except Exception` on the way keeps it from whoever set the limit."""


class Deadline:
    """Raises `OutOfTimeError` in the thread that entered it, `seconds` after it did.

    It arrives between two steps of Python: a step inside a library that never ends, it cannot end."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = 0
        self._over = False

    def __enter__(self) -> None:
        self._thread = threading.get_ident()
        _WATCH.add(self, time.monotonic() + self._seconds)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        _WATCH.remove(self)
        if self._over and kind is not OutOfTimeError:
            # It is on its way. Wait for it here, or it would hit whatever comes next.
            waited_for = time.monotonic() + _LONGEST_WAIT
            while time.monotonic() < waited_for:
                time.sleep(_A_MOMENT)
            _send(self._thread, None)

    def expire(self) -> None:
        """Send the thread the error; it takes notice as soon as it runs Python again."""
        self._over = True
        _send(self._thread, OutOfTimeError)


def _send(thread: int, error: type[BaseException] | None) -> None:
    """Have `error` raised in a thread; None: what was sent and has not arrived is called back."""
    import ctypes  # rarely needed, and slow to load

    sent = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), sent)


class _Watch:
    """One thread in each process that waits for the nearest deadline. It starts with the first one."""

    def __init__(self) -> None:
        self.thread: threading.Thread | None = None
        self._deadlines: dict[Deadline, float] = {}
        self._lock = threading.Lock()
        self._sooner = threading.Condition(self._lock)
        self._wakes_at = 0.0

    def add(self, deadline: Deadline, at: float) -> None:
        with self._lock:
            self._deadlines[deadline] = at
            if self.thread is None:
                self.thread = threading.Thread(target=self._watch, name="cardprint deadlines", daemon=True)
                self.thread.start()
            elif at < self._wakes_at:
                self._sooner.notify()

    def remove(self, deadline: Deadline) -> None:
        with self._lock:
            self._deadlines.pop(deadline, None)

    def _watch(self) -> None:
        with self._lock:
            while True:
                now = time.monotonic()
                for deadline in [deadline for deadline, at in self._deadlines.items() if at <= now]:
                    del self._deadlines[deadline]
                    deadline.expire()
                self._wakes_at = min(self._deadlines.values(), default=now + _IDLE)
                self._sooner.wait(max(0.0, self._wakes_at - now))


_WATCH: Final = _Watch()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_WATCH.__init__)  # type: ignore[misc] # the thread is not forked along


def watching_thread() -> threading.Thread | None:
    """The thread that waits for deadlines, if there is one: it minds no fork."""
    return _WATCH.thread
