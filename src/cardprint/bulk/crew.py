"""Jobs given to an executor, a few ahead at a time, and their answers in the order of the jobs, whatever happens to it.

A job that takes its process down with it takes others along that were in work. Those are tried once more, one by one,
so that only the one at fault is given up.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice
from typing import Final, Generic, TypeVar

from cardprint.bulk.executors import process_pool, sensible_jobs, stop
from cardprint.bulk.jobs import Answer, Job, Missing, Refused, VersionError, answer, answer_all, introduce, packed
from cardprint.model.diagnostics import Diagnostic
from cardprint.pipeline import Project

_AHEAD: Final = 4
"""Bundles in work for each process: enough that none waits, few enough that memory does not grow with the edition."""

_WORN_AFTER: Final = 1_000
"""Jobs of each process, after which processes of one's own are replaced: what they remember of cards, and the holes in
their memory, would grow on."""

_LARGEST_BUNDLE: Final = 8
_TICK: Final = 0.1
_GRACE: Final = 5.0
"""Seconds after which a bundle whose jobs are all out of time is given up: a worker hangs where no deadline reaches."""

_HELPERS: Final = 4
"""How many workers an executor is taken to have that does not say it."""

_Found = tuple[Answer, ...]
_J = TypeVar("_J", bound=Job)


class Crew(Generic[_J]):
    """Answers jobs about some projects: in this process, in `jobs` others, or in what `make_executor` makes.

    With neither, the number of jobs decides. `bundle` is the most jobs that are given out at once. An executor may have
    a method `ship` that brings bytes to all its workers and gives what stands for them among a task's arguments; one
    without gets the projects with a task where a worker lacks them."""

    def __init__(
        self,
        projects: Sequence[Project],
        jobs: int | None = None,
        make_executor: Callable[[], Executor] | None = None,
        bundle: int = _LARGEST_BUNDLE,
    ) -> None:
        self.jobs = 1
        self._key = " ".join(project.key for project in projects)
        self._projects = projects
        self._bundle = bundle
        self._wanted = jobs
        self._make_executor = make_executor
        self._executor: Executor | None = None
        self._parcel: bytes | None = None
        self._given = 0
        introduce(self._key, projects)

    def answers(self, jobs: Iterable[_J], count: int) -> Iterator[tuple[_J, Answer] | None]:
        """Each of about `count` jobs with its answer, in order; now and then None, while nothing is finished.

        Jobs are taken from `jobs` no earlier than they are needed. Raises `VersionError`."""
        self._decide(count)
        if self._executor is None and self._make_executor is None and self.jobs == 1:
            for job in jobs:
                yield job, answer(self._projects, job)
            return
        bundles = self._bundles(jobs, count)
        pending: deque[tuple[tuple[_J, ...], Future[_Found | Missing]]] = deque()
        while True:
            worn = self._make_executor is None and self._given >= _WORN_AFTER * self.jobs
            if worn and not pending and self._executor is not None:
                self._executor.shutdown()  # its thread has to be gone before anything can be forked
                self.close()
                worn = False
            for bundle in islice(bundles, 0 if worn else _AHEAD * self.jobs - len(pending)):
                pending.append((bundle, self._submit(bundle)))
                self._given += len(bundle)
            if not pending:
                return
            yield from self._next(pending)

    def _bundles(self, jobs: Iterable[_J], count: int) -> Iterator[tuple[_J, ...]]:
        """The jobs in bundles that get smaller towards the end, so that all processes finish at about the same time."""
        source = iter(jobs)
        while bundle := tuple(islice(source, max(1, min(self._bundle, count // (_AHEAD * self.jobs))))):
            count -= len(bundle)
            yield bundle

    def close(self) -> None:
        """Stop whatever is in work."""
        executor, self._executor = self._executor, None
        self._given = 0
        if executor is not None:
            stop(executor)

    def _decide(self, count: int) -> None:
        """Settle how many jobs are done at a time, as long as no executor is running."""
        if self._executor is not None:
            return
        if self._make_executor is None:
            self.jobs = min(self._wanted or sensible_jobs(count), max(1, count))
        else:
            self.jobs = self._wanted or int(getattr(self._running(), "_max_workers", _HELPERS))

    def _running(self) -> Executor:
        if self._executor is None:
            if self._make_executor is None:
                self._executor = process_pool(self.jobs, self._key, self._projects)
            else:
                self._executor = self._make_executor()
            ship = getattr(self._executor, "ship", None)
            self._parcel = ship(packed(self._projects)) if ship is not None else None
        return self._executor

    def _submit(self, bundle: tuple[_J, ...], parcel: bytes | None = None) -> Future[_Found | Missing]:
        try:
            return self._running().submit(answer_all, self._key, parcel or self._parcel, bundle)
        except BrokenExecutor as error:
            broken: Future[_Found | Missing] = Future()
            broken.set_exception(error)
            return broken

    def _next(
        self, pending: deque[tuple[tuple[_J, ...], Future[_Found | Missing]]]
    ) -> Iterator[tuple[_J, Answer] | None]:
        """What comes of the bundle that was given out first."""
        bundle, future = pending[0]
        try:
            found = yield from self._outcome(bundle, future)
        except VersionError:
            raise
        except Exception as error:
            yield from self._one_by_one(pending, error)
            return
        pending.popleft()
        yield from zip(bundle, found, strict=True)

    def _outcome(self, bundle: tuple[_J, ...], future: Future[_Found | Missing]) -> Generator[None, None, _Found]:
        """The answers to a bundle. Raises whatever kept them from coming."""
        deadline = time.monotonic() + sum(job.seconds for job in bundle) + _GRACE
        while True:
            try:
                found = future.result(timeout=_TICK)
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise
                yield None
                continue
            if not isinstance(found, Missing):
                return found
            future = self._submit(bundle, packed(self._projects))

    def _one_by_one(
        self, pending: deque[tuple[tuple[_J, ...], Future[_Found | Missing]]], error: Exception
    ) -> Iterator[tuple[_J, Answer] | None]:
        """Do over what was in work when something broke, each job alone."""
        interrupted = list(pending)
        pending.clear()
        finished = [_finished(future) for _, future in interrupted]
        self._start_anew(error)
        for (bundle, _), found in zip(interrupted, finished, strict=True):
            if found is not None:
                yield from zip(bundle, found, strict=True)
                continue
            for job in bundle:
                try:
                    (alone,) = yield from self._outcome((job,), self._submit((job,)))
                except VersionError:
                    raise
                except Exception as again:
                    self._start_anew(again)
                    alone = Refused((_died(again),))
                yield job, alone

    def _start_anew(self, error: Exception) -> None:
        """Give up the executor if it can be used no longer."""
        if self._make_executor is None or isinstance(error, BrokenExecutor | TimeoutError):
            self.close()


def _finished(future: Future[_Found | Missing]) -> _Found | None:
    """The answers of a future that is done and came to something."""
    if future.done() and not future.cancelled() and future.exception() is None:
        found = future.result()
        if not isinstance(found, Missing):
            return found
    return None


def _died(error: Exception) -> Diagnostic:
    if isinstance(error, TimeoutError):
        message = "The process that made the card gave no answer, although its time was long up."
    else:
        message = f"The process that made the card ended before it was finished ({type(error).__name__}: {error})."
    return Diagnostic("worker-died", message, hint="Run the command again; report it if it happens again.")
