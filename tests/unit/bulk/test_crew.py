"""A crew: answers in the order of the jobs, whatever becomes of those who work them out."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest

from cardprint.bulk.crew import Crew
from cardprint.bulk.executors import stop
from cardprint.bulk.jobs import Answer, FitJob, Fitted, Missing, Refused, VersionError, packed
from cardprint.model.source import Source
from cardprint.pipeline import Project, open_project

if TYPE_CHECKING:
    from tests.unit.bulk.conftest import House
else:
    House = Any


@pytest.fixture
def project(house: House) -> Project:
    """The made-up edition."""
    return open_project(house.workspace, "edition", "layouts/tiny.yaml")


def jobs(count: int) -> list[FitJob]:
    """Jobs that a fake answers."""
    return [FitJob(number, Source("x.yaml", b""), 0, 0.05) for number in range(count)]


def answered(crew: Crew[FitJob], count: int) -> list[tuple[int, Answer]]:
    """The numbers of jobs with their answers; moments without any are left out."""
    return [(step[0].position, step[1]) for step in crew.answers(jobs(count), count) if step is not None]


class Fake(Executor):
    """Answers each job with its number; `act` is asked first, with the jobs of a task."""

    _max_workers = 2

    def __init__(self, act: Any = lambda _: None) -> None:
        self.act = act
        self.tasks: list[tuple[bytes | None, tuple[int, ...]]] = []
        self.ended = False

    def submit(self, _function: Any, /, *arguments: Any, **_named: Any) -> Future[Any]:
        _, parcel, bundle = arguments
        future: Future[Any] = Future()
        self.tasks.append((parcel, tuple(job.position for job in bundle)))
        try:
            found = self.act(bundle)
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(found or tuple(Fitted(job.position) for job in bundle))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        self.ended = True


def expected(count: int, **odd: Answer) -> list[tuple[int, Answer]]:
    """Each job with its number for an answer."""
    return [(number, odd.get(f"job{number}", Fitted(number))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_every_job_is_answered_once_and_in_order(project: Project, count: int) -> None:
    """However many are bundled into a task."""
    fake = Fake()
    assert expected(count) == answered(Crew[FitJob]((project,), None, lambda: fake), count)
    assert [*range(count)] == [number for _, numbers in fake.tasks for number in numbers]


def test_jobs_are_taken_no_earlier_than_needed(project: Project) -> None:
    """What is in work stays as little for a thousand cards as for ten."""
    taken = []

    def source() -> Any:
        for job in jobs(1000):
            taken.append(job)
            yield job

    steps = Crew[FitJob]((project,), None, Fake).answers(source(), 1000)
    next(steps)
    assert len(taken) <= 8 * 8


@pytest.mark.parametrize(("count", "pools"), [(20, 1), (21, 2), (60, 3)])
def test_worn_processes_are_replaced(project: Project, monkeypatch: pytest.MonkeyPatch, count: int, pools: int) -> None:
    """After so many jobs each, when nothing is in work: whatever they hold on to goes with them. No answer is lost."""
    made: list[Fake] = []
    monkeypatch.setattr("cardprint.bulk.crew._WORN_AFTER", 10)
    monkeypatch.setattr("cardprint.bulk.crew.stop", lambda fake: fake.shutdown())

    def pool(*_: object) -> Executor:
        made.append(Fake())
        return made[-1]

    monkeypatch.setattr("cardprint.bulk.crew.process_pool", pool)
    monkeypatch.setattr("cardprint.bulk.crew._AHEAD", 1)
    assert expected(count) == answered(Crew[FitJob]((project,), 2), count)
    assert [True] * (pools - 1) == [fake.ended for fake in made[:-1]]
    assert pools == len(made)


def test_a_task_that_breaks_its_executor_is_done_over_job_by_job(project: Project) -> None:
    """Only the one at fault is given up; the executor is replaced each time."""
    made = []

    def make() -> Executor:
        made.append(Fake(act))
        return made[-1]

    def act(bundle: Any) -> None:
        if made[-1].ended or any(job.position == 5 for job in bundle):
            made[-1].ended = True
            raise BrokenExecutor("a process died")

    found = answered(Crew[FitJob]((project,), None, make), 20)
    assert [number for number, _ in found] == [*range(20)]
    refused = {number: answer for number, answer in found if not isinstance(answer, Fitted)}
    assert [5] == [*refused]
    assert isinstance(refused[5], Refused)
    assert "worker-died" == refused[5].problems[0].code
    assert 3 == len(made)


def test_an_error_of_the_way_there_is_no_end_of_the_executor(project: Project) -> None:
    """Something that could not be pickled, a worker that a cluster lost: the job is given up, the rest is done."""
    fakes = []

    def make() -> Executor:
        fakes.append(Fake(act))
        return fakes[-1]

    def act(bundle: Any) -> None:
        if any(job.position == 0 for job in bundle):
            raise RuntimeError("lost")

    found = answered(Crew[FitJob]((project,), None, make), 9)
    assert (1, 9, False) == (len(fakes), len(found), isinstance(found[0][1], Fitted))
    assert all(isinstance(answer, Fitted) for _, answer in found[1:])


def test_an_executor_that_never_answers_is_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a library hangs, no deadline is heard: after the time of all jobs in a task and some more, it is enough."""
    monkeypatch.setattr("cardprint.bulk.crew._GRACE", 0.0)
    hanging = threading.Event()

    class Hanging(Fake):
        def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
            if any(job.position == 1 for job in arguments[2]):
                return Future()
            return super().submit(function, *arguments, **named)

    found = answered(Crew[FitJob]((project,), None, Hanging), 3)
    assert [True, False, True] == [isinstance(answer, Fitted) for _, answer in found]
    assert not hanging.is_set()


def test_a_worker_that_lacks_the_project_is_sent_it(project: Project) -> None:
    """With the tasks that showed it, of which few are in work at a time; the others travel light."""
    parcels: list[bytes | None] = []

    def act(_: Any) -> Missing | None:
        parcels.append(fake.tasks[-1][0])
        return None if any(parcels) else Missing()

    fake = Fake(act)
    assert expected(200) == answered(Crew[FitJob]((project,), None, lambda: fake), 200)
    assert 1 <= sum(parcel is not None for parcel in parcels) <= 8 < len(parcels)


def test_an_executor_that_ships_is_given_the_project_once(project: Project) -> None:
    """What it gives in return goes with each task."""

    class Shipping(Fake):
        shipped: list[bytes] = []  # noqa: RUF012 (a test's own)

        def ship(self, parcel: bytes) -> bytes:
            self.shipped.append(parcel)
            return b"ticket"

    fake = Shipping()
    answered(Crew[FitJob]((project,), None, lambda: fake), 10)
    assert [packed((project,))] == fake.shipped
    assert {b"ticket"} == {parcel for parcel, _ in fake.tasks}


def test_a_worker_with_another_cardprint_is_no_help(project: Project) -> None:
    """Its cards would not be the same: the run ends and says so."""

    def act(_: Any) -> None:
        raise VersionError

    with pytest.raises(VersionError, match="another version"):
        answered(Crew[FitJob]((project,), None, lambda: Fake(act)), 3)


def test_while_nothing_is_finished_there_is_a_moment(project: Project) -> None:
    """For whoever shows a clock."""
    future: Future[Any] = Future()

    class Slow(Fake):
        def submit(self, _function: Any, /, *_arguments: Any, **_named: Any) -> Future[Any]:
            return future

    steps = Crew[FitJob]((project,), None, Slow).answers(jobs(1), 1)
    assert next(steps) is None
    future.set_result((Fitted(0),))
    assert (FitJob(0, Source("x.yaml", b""), 0, 0.05), Fitted(0)) == next(steps)


def test_what_is_packed_knows_no_secrets(house: House) -> None:
    """The environment stays where it is; another program's project is refused."""
    from msgspec.structs import replace

    workspace = replace(house.workspace, environment={"TOKEN": "hush-hush"})
    project = open_project(workspace, "edition", "layouts/tiny.yaml")
    assert b"hush-hush" not in packed((project,))
    assert len(packed((project,))) < 1_500_000


def test_a_closed_crew_holds_nothing(project: Project) -> None:
    """Its processes are gone within a moment, though they are busy."""
    crew = Crew[FitJob]((project,), 2)
    steps = crew.answers(jobs(50), 50)
    next(steps)
    started = time.monotonic()
    crew.close()
    steps.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 10


def _large(size: int) -> bytes:
    """An answer that takes long to write into a pipe."""
    return bytes(size)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
@pytest.mark.parametrize("after", [0.05, 0.1, 0.15, 0.2])
def test_processes_are_stopped_in_the_midst_of_an_answer(after: float) -> None:
    """Nobody waits for the rest of it: Python would not end."""
    executor = ProcessPoolExecutor(2, get_context("fork"))
    for _ in range(8):
        executor.submit(_large, 30_000_000)
    time.sleep(after)
    manager: Any = executor._executor_manager_thread
    stop(executor)
    manager.join(20)
    assert not manager.is_alive()
