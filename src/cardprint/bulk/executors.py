"""In what a run's jobs are done: this process, several of them, or whatever else is an `Executor`."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, Final

from cardprint.bulk.deadline import watching_thread
from cardprint.bulk.jobs import packed, unpack
from cardprint.edition.fonts import EditionFonts
from cardprint.pipeline import Project

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_FORKED_PAYS_FROM: Final = 12
"""Cards. A forked process takes some 30 ms to start and has the project, the fonts and the words shaped so far."""

_SPAWNED_PAYS_FROM: Final = 150
"""Cards. A new Python takes half a second of its processor to get as far."""

_PATIENCE: Final = 0.5
"""Seconds that an executor has to end."""

_MOST_PROCESSES: Final = 61
"""More than that Windows cannot wait for."""


def sensible_jobs(cards: int) -> int:
    """How many processes make so many cards soonest: 1 where others would start for longer than they help."""
    if cards < (_FORKED_PAYS_FROM if _can_fork() else _SPAWNED_PAYS_FROM):
        return 1
    return min(_processors(), _MOST_PROCESSES, cards)


def process_pool(jobs: int, key: str, projects: Sequence[Project]) -> Executor:
    """Processes that know the projects. They leave Ctrl-C to this one, and end with it however it ends."""
    import multiprocessing  # a single card does without, and this loads sockets and more
    from concurrent.futures import ProcessPoolExecutor

    if not _can_fork():
        context: BaseContext = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, context, _begin, (key, packed(projects)))
    for project in projects:
        if isinstance(project.subsets, EditionFonts):
            project.subsets.memory()  # made here, once, they are in each process
    if gc.get_freeze_count():  # an earlier run's, with what is garbage by now
        gc.unfreeze()
        gc.collect()
    gc.freeze()  # what is there now is shared as long as nobody writes to it, and the collector would
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin, (key, None))


def stop(executor: Executor) -> None:
    """End an executor and, if they are processes, whatever it is busy with. Returns almost at once."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    manager = getattr(executor, "_executor_manager_thread", None)
    answers: Any = getattr(executor, "_result_queue", None)
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        with contextlib.suppress(Exception):
            process.kill()
    if manager is not None:
        with contextlib.suppress(Exception):
            answers._writer.close()  # or the rest of an answer that a process was killed over would be waited for
        manager.join(_PATIENCE)  # while it ends, Python's own end would write to what it closes


def _can_fork() -> bool:
    """Whether a forked process is sure to work: on Linux, where no thread could hold a lock that nobody would free."""
    threads = {threading.main_thread(), watching_thread()}
    return sys.platform == "linux" and threads.issuperset(threading.enumerate())


def _processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(key: str, parcel: bytes | None) -> None:
    """The first thing that a process of a pool does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="cardprint parent", daemon=True).start()
    if parcel is not None:
        unpack(key, parcel)


def _end_with_parent() -> None:
    """A pool's process does not notice by itself that there is nobody left to give it work."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
