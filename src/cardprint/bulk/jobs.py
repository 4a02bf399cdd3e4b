"""What is done for a card, in whatever process on whatever machine: bytes come in, bytes go out, no disk is used."""

from __future__ import annotations

import pickle
import time
import traceback
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from cardprint.bulk.deadline import Deadline, OutOfTimeError
from cardprint.bulk.order import Variant
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source
from cardprint.workspace.program import program_id

if TYPE_CHECKING:
    from cardprint.model.frame import FitReport
    from cardprint.pipeline import ComposedCard, Project


class Answer:
    """What comes of a job."""

    __slots__ = ()


class Job(Protocol):
    """Something to be done for a card in at most so many `seconds`. If it is `refused` already, that is the answer."""

    @property
    def seconds(self) -> float: ...

    @property
    def refused(self) -> Refused | None: ...

    def perform(self, projects: Sequence[Project]) -> Answer:
        """Do it, with the projects that it is about. Raises what keeps the card from being made."""
        ...


class FitJob(Struct, frozen=True):
    """Find the first rung from `rung` on, on which the card of state number `position`, whose file is `source`, fits,
    in at most so many `seconds`. If it is `refused` already, that is the answer: so every state has its turn."""

    position: int
    source: Source
    rung: int
    seconds: float
    refused: Refused | None = None

    def perform(self, projects: Sequence[Project]) -> Answer:
        from cardprint.pipeline import first_fitting

        return Fitted(first_fitting(projects[0], self.source, self.rung))


class RenderJob(Struct, frozen=True):
    """Make the card of a state on the edition's `rung` of copyfit, likewise."""

    position: int
    source: Source
    rung: int | None
    seconds: float
    variant: Variant
    refused: Refused | None = None

    def perform(self, projects: Sequence[Project]) -> Answer:
        from cardprint.pipeline import compose_source

        started = time.perf_counter()
        return _rendered(projects[0], compose_source(projects[0], self.source), self.rung, self.variant, started)


class TrialJob(Struct, frozen=True):
    """Find the first rung from `rung` on, on which the card of a state fits; if that is `rung`, or if there is none,
    make the card at once, likewise."""

    position: int
    source: Source
    rung: int
    seconds: float
    variant: Variant
    refused: Refused | None = None

    def perform(self, projects: Sequence[Project]) -> Answer:
        from cardprint.pipeline import measure_source

        started = time.perf_counter()
        rung = None
        try:
            card = measure_source(projects[0], self.source, self.rung)
            rung = card.rung
            if rung is not None and rung > self.rung:
                return Fitted(rung)
            return Fitted(rung, _rendered(projects[0], card, self.rung, self.variant, started))
        except DiagnosticError as error:
            return Fitted(rung, Refused(error.diagnostics, time.perf_counter() - started))


def _rendered(
    project: Project, card: ComposedCard, rung: int | None, variant: Variant, started: float
) -> Rendered | Refused:
    """The finished card. Raises `DiagnosticError` with all that has no room."""
    from cardprint.pipeline import RejectedError, card_picture, render_composed

    try:
        finished = render_composed(project, card, rung, skeleton=variant.skeleton)
    except RejectedError as error:
        seconds = time.perf_counter() - started
        return Refused(error.diagnostics, seconds, rejected=(error.file_name, error.pdf))
    data = card_picture(finished, variant.dpi) if variant.ending == "png" else finished.pdf
    return Rendered(finished.file_name, data, finished.report, finished.warnings, time.perf_counter() - started)


class Rendered(Struct, Answer, frozen=True):
    """A finished card: its file's name without ending, its bytes, what fitting took, and warnings."""

    file_name: str
    data: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...]
    seconds: float


class Fitted(Struct, Answer, frozen=True):
    """The rung of a `FitJob` or a `TrialJob`, None if there is none; and what came of the card if it was to be made."""

    rung: int | None
    made: Rendered | Refused | None = None


class Refused(Struct, Answer, frozen=True):
    """A card that cannot be made, and why; `fault` is the traceback of an error of cardprint's own. A card that was
    made and failed its proof comes along as `rejected`, with the name that its file would have had."""

    problems: tuple[Diagnostic, ...]
    seconds: float = 0.0
    fault: str = ""
    rejected: tuple[str, bytes] | None = None


class Missing(Struct, frozen=True):
    """The worker has never seen the projects: they have to be sent along."""


_KEYS_KEPT: Final = 2
_PROJECTS: Final[OrderedDict[str, Sequence[Project]]] = OrderedDict()
_LOCK: Final = Lock()


def introduce(key: str, projects: Sequence[Project]) -> None:
    """Let jobs of this process, and of those forked from it, find projects under their key."""
    with _LOCK:
        _PROJECTS[key] = projects
        _PROJECTS.move_to_end(key)
        while len(_PROJECTS) > _KEYS_KEPT:
            _PROJECTS.popitem(last=False)


def packed(projects: Sequence[Project]) -> bytes:
    """The projects for other processes: all but the way to the disk and the environment."""
    workspace = projects[0].workspace
    bare = type(workspace)(workspace.here, workspace.shipped)
    parcel = [replace(project, workspace=bare, rungs={}, composed={}) for project in projects]
    return pickle.dumps((program_id(), parcel), protocol=pickle.HIGHEST_PROTOCOL)


def unpack(key: str, parcel: bytes) -> Sequence[Project]:
    """Introduce what `packed` made, and return it. Raises `VersionError` where it comes from another cardprint."""
    program: str
    projects: Sequence[Project]
    program, projects = pickle.loads(parcel)  # noqa: S301 (from the process that gives the orders)
    if program != program_id():
        raise VersionError
    introduce(key, projects)
    return projects


class VersionError(Exception):
    """A worker runs another cardprint than the process that gives it work."""

    def __str__(self) -> str:
        return "a worker has another version of cardprint, or of a library, installed"


def answer_all(key: str, parcel: bytes | None, jobs: tuple[Job, ...]) -> tuple[Answer, ...] | Missing:
    """The answers to `jobs`, in order, about the projects with this key; `parcel` brings them where they may lack.

    Whatever is wrong with a card is an answer. Raises `VersionError`."""
    with _LOCK:
        projects = _PROJECTS.get(key)
    if projects is None:
        if parcel is None:
            return Missing()
        projects = unpack(key, parcel)
    return tuple([answer(projects, job) for job in jobs])


def answer(projects: Sequence[Project], job: Job) -> Answer:
    """What comes of one job."""
    if job.refused is not None:
        return job.refused
    started = time.perf_counter()
    fault = ""
    try:
        with Deadline(job.seconds):
            return job.perform(projects)
    except DiagnosticError as error:
        problems = error.diagnostics
    except OutOfTimeError:
        problems = (_out_of_time(job.seconds),)
    except Exception as error:
        problems = (Diagnostic("fault", f"A fault of cardprint's own: {type(error).__name__}: {error}."),)
        fault = traceback.format_exc()
    return Refused(problems, time.perf_counter() - started, fault)


def _out_of_time(seconds: float) -> Diagnostic:
    message = f"The card was not finished after {seconds:g} seconds."
    return Diagnostic("out-of-time", message, hint="Look for a text without end, or allow more with --timeout.")
