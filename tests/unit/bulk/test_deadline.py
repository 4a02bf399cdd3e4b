"""A deadline: it ends what takes too long, and nothing else."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cardprint.bulk.deadline import Deadline, OutOfTimeError


def busy(seconds: float) -> None:
    """Work that swallows every error that it can."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            sum(range(100))
        except Exception:  # noqa: S112 (just what it is about)
            continue


def test_what_is_in_time_is_left_alone() -> None:
    """Also afterwards: a deadline that was met never comes."""
    with Deadline(0.05):
        busy(0.0)
    busy(0.1)


def test_what_takes_too_long_is_ended() -> None:
    """Though it catches everything; and at once."""
    started = time.monotonic()
    with pytest.raises(OutOfTimeError), Deadline(0.05):
        busy(60.0)
    assert time.monotonic() - started < 30


def test_an_error_of_its_own_comes_through() -> None:
    """Whoever fails in time is told why, not that it was late."""
    with pytest.raises(KeyError), Deadline(1.0):
        raise KeyError("ink")


def test_deadlines_of_threads_are_their_own() -> None:
    """One is late, the others are not; the nearest of several is not forgotten over a later one."""

    def run(number: int) -> bool:
        try:
            with Deadline(0.2 if number == 2 else 5.0 - number):
                busy(3.0 if number == 2 else 0.5)
        except OutOfTimeError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert [True, True, False, True] == list(threads.map(run, range(4)))


def test_it_never_hits_what_comes_next() -> None:
    """Ended before, on and after the brink, the error is either raised inside or not at all: no other line of this may
    raise it."""
    late = 0
    for round_ in range(60):
        try:
            with Deadline(0.002):
                busy(round_ * 0.0001)
        except OutOfTimeError:
            late += 1
        sum(range(1000))
    assert 0 < late < 60


def test_an_error_that_was_swallowed_is_not_waited_for_without_end() -> None:
    """Destructors swallow whatever is raised in them; what comes next is not hit."""
    swallowed = 0
    with Deadline(0.02):
        try:
            busy(60.0)
        except BaseException:
            swallowed += 1
    busy(0.1)
    assert 1 == swallowed


def test_a_forked_process_has_deadlines_of_its_own() -> None:
    """The thread that minds them is not forked along."""
    if not hasattr(os, "fork"):
        pytest.skip("this system forks no processes")
    with Deadline(5.0):
        pass
    assert threading.active_count() > 1
    child = os.fork()
    if not child:
        code = 1
        try:
            with Deadline(0.05):
                busy(5.0)
        except OutOfTimeError:
            code = 0
        finally:
            os._exit(code)
    assert (child, 0) == os.waitpid(child, 0)
