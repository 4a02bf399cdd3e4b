"""What is done for a card, in whatever process on whatever machine: bytes come in, bytes go out, no disk is used."""

from __future__ import annotations

import pickle
import time
import traceback
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from cardprint.bulk.deadline import Deadline, OutOfTimeError
from cardprint.bulk.order import Variant
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source
from cardprint.workspace.program import program_id

if TYPE_CHECKING:
    from cardprint.model.frame import FitReport
    from cardprint.pipeline import Project


@dataclass(frozen=True, slots=True)
class FitJob:
    """Find the first rung from `rung` on, on which the card of state number `position`, whose file is `source`, fits,
    in at most so many `seconds`. If it is `refused` already, that is the answer: so every state has its turn."""

    position: int
    source: Source
    rung: int
    seconds: float
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Make the card of a state on the edition's `rung` of copyfit, likewise."""

    position: int
    source: Source
    rung: int | None
    seconds: float
    variant: Variant
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished card: its file's name without ending, its bytes, what fitting took, and warnings."""

    file_name: str
    data: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rung of a `FitJob`; None if there is none."""

    rung: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A card that cannot be made, and why; `fault` is the traceback of an error of cardprint's own. A card that was
    made and failed its proof comes along as `rejected`, with the name that its file would have had."""

    problems: tuple[Diagnostic, ...]
    seconds: float = 0.0
    fault: str = ""
    rejected: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The worker has never seen the project: it has to be sent along."""


Job = RenderJob | FitJob
Answer = Rendered | Fitted | Refused

_PROJECTS_KEPT: Final = 2
_PROJECTS: Final[OrderedDict[str, Project]] = OrderedDict()
_LOCK: Final = Lock()


def introduce(key: str, project: Project) -> None:
    """Let jobs of this process, and of those forked from it, find a project under its key."""
    with _LOCK:
        _PROJECTS[key] = project
        _PROJECTS.move_to_end(key)
        while len(_PROJECTS) > _PROJECTS_KEPT:
            _PROJECTS.popitem(last=False)


def packed(project: Project) -> bytes:
    """The project for other processes: all but the way to the disk and the environment."""
    workspace = project.workspace
    bare = type(workspace)(workspace.here, workspace.shipped)
    return pickle.dumps(
        (program_id(), replace(project, workspace=bare, rungs={}, composed={})), protocol=pickle.HIGHEST_PROTOCOL
    )


def unpack(key: str, parcel: bytes) -> None:
    """Introduce what `packed` made. Raises `VersionError` where it comes from another cardprint."""
    program, project = pickle.loads(parcel)  # noqa: S301 (from the process that gives the orders)
    if program != program_id():
        raise VersionError
    introduce(key, project)


class VersionError(Exception):
    """A worker runs another cardprint than the process that gives it work."""

    def __str__(self) -> str:
        return "a worker has another version of cardprint, or of a library, installed"


def answer_all(key: str, parcel: bytes | None, jobs: tuple[Job, ...]) -> tuple[Answer, ...] | Missing:
    """The answers to `jobs`, in order, about the project with this key; `parcel` brings it where it may be missing.

    Whatever is wrong with a card is an answer. Raises `VersionError`."""
    with _LOCK:
        project = _PROJECTS.get(key)
    if project is None:
        if parcel is None:
            return Missing()
        unpack(key, parcel)
        project = _PROJECTS[key]
    return tuple([answer(project, job) for job in jobs])


def answer(project: Project, job: Job) -> Answer:
    """What comes of one job."""
    if job.refused is not None:
        return job.refused
    started = time.perf_counter()
    fault = ""
    try:
        with Deadline(job.seconds):
            return _fitted(project, job) if isinstance(job, FitJob) else _rendered(project, job, started)
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


def _fitted(project: Project, job: FitJob) -> Fitted:
    from cardprint.pipeline import first_fitting

    return Fitted(first_fitting(project, job.source, job.rung))


def _rendered(project: Project, job: RenderJob, started: float) -> Rendered | Refused:
    from cardprint.pipeline import RejectedError, card_picture, compose_source, render_composed

    card = compose_source(project, job.source)
    try:
        finished = render_composed(project, card, job.rung, skeleton=job.variant.skeleton)
    except RejectedError as error:
        seconds = time.perf_counter() - started
        return Refused(error.diagnostics, seconds, rejected=(error.file_name, error.pdf))
    data = card_picture(finished, job.variant.dpi) if job.variant.ending == "png" else finished.pdf
    return Rendered(finished.file_name, data, finished.report, finished.warnings, time.perf_counter() - started)
