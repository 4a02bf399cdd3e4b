"""A run: cards made in processes, put into archives as they come, told of one by one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import Struct

from cardprint.bulk import CardEvent, Event, Started, Status, Summary, Waiting
from cardprint.bulk.crew import Crew
from cardprint.bulk.jobs import Answer, Refused
from cardprint.edition.asked import RequestError
from cardprint.edition.project import under_embargo
from cardprint.edition.state_files import FOLDER, state_file
from cardprint.kits.cards import SOCIAL_LAYOUT, KitCard, KitJob, Trio
from cardprint.kits.order import KitOrder
from cardprint.kits.parcel import Parcel, packing
from cardprint.kits.whole import WholeProjects
from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.layout_spec import Per
from cardprint.model.profile import PRINT_NAME, SCREEN_NAME
from cardprint.model.source import Source
from cardprint.package.contents import LeftOut
from cardprint.pipeline import (
    Project,
    find_state,
    open_project,
    places_without_file,
    refuse_same_name,
    require_layout,
    shared_rung,
    state_slugs,
)
from cardprint.workspace import Workspace

_ONE_AT_A_TIME: Final = 1
"""Cards given out at once: what is made of one has some megabytes."""

_MISSING: Final = "missing-field"


class MadeKits(Struct, frozen=True):
    """The archives' paths: none, if no card could be made; what could not be made for all cards together; and, if all
    were asked for, the names of the states that have no file in the `folder` of states."""

    paths: tuple[str, ...]
    problems: tuple[Diagnostic, ...]
    without_file: tuple[str, ...]
    folder: str


def make_kits(workspace: Workspace, order: KitOrder) -> Generator[Event, None, MadeKits]:
    """Make the kits that `order` asks for; say of each card what came of it.

    A state that cannot be made is left out. Whoever stops listening stops the run, and then there is no kit. Raises
    `RequestError` for states, data or layouts that do not exist, else `DiagnosticError`: with all that is
    wrong in what the cards share, or with the place of the archive."""
    run = _Run(workspace, order)
    try:
        yield from run.events()
    finally:
        run.crew.close()
    names = tuple(place.name for place in run.without_file)
    return MadeKits(tuple(run.paths), tuple(run.problems), names, run.folder)


class _NoCardsError(Exception):
    """There is nothing to put into a kit."""


class _Run:
    def __init__(self, workspace: Workspace, order: KitOrder) -> None:
        self.paths: list[str] = []
        self.problems: list[Diagnostic] = []
        self._started = time.perf_counter()
        self._workspace = workspace
        self._order = order
        self._whole, self._trios = _open(workspace, order)
        self._screen = self._trios[0].screen
        self._slugs = _asked_for(self._screen, order.states)
        self.crew: Crew[KitJob] = Crew(list(chain(*self._trios)), order.jobs, bundle=_ONE_AT_A_TIME)
        self.without_file = places_without_file(self._screen) if order.states is None else ()
        self.folder = self._screen.data.shown(FOLDER)
        self._left_out = [LeftOut(place.name, (_no_results(place),)) for place in self.without_file]
        self._holders: dict[str, Jurisdiction] = {}

    def events(self) -> Iterator[Event]:
        yield Started(len(self._slugs))
        counts: Counter[Status] = Counter()
        size = 0
        with suppress(_NoCardsError):
            for event in self._one_by_one() if self._order.per_state else self._together():
                yield event
                if isinstance(event, CardEvent):
                    counts[event.status] += 1
                    size += event.size
        yield Summary(dict(counts), 0, time.perf_counter() - self._started, size, self.crew.jobs)

    def _together(self) -> Iterator[CardEvent | Waiting]:
        """All cards into one kit, and its twin."""
        path = Path(self._order.output)
        with ExitStack() as stack:
            parcels = [stack.enter_context(packing(self._workspace, path, trio)) for trio in self._trios]
            for step in self._answers():
                yield Waiting() if step is None else self._packed(*step, parcels)
            if not parcels[0].states:
                raise _NoCardsError
            for parcel, trio in zip(parcels, self._trios, strict=True):
                yield Waiting()
                parcel.finish([*self._left_out, *self._add_whole(parcel, trio)])
        self.paths += [str(parcel.path) for parcel in parcels]

    def _add_whole(self, parcel: Parcel, trio: Trio) -> Sequence[LeftOut]:
        """Put in what is made of all cards; what cannot be made is told once."""
        if self._whole is None:
            return ()
        whole = self._whole.make(trio.screen, None if self._order.states is None else self._slugs)
        parcel.add_files(whole.files, whole.proofs)
        if trio is self._trios[0]:
            self.problems += [problem for left in whole.left_out for problem in left.problems]
        return whole.left_out

    def _one_by_one(self) -> Iterator[CardEvent | Waiting]:
        """A kit for each card, and its twin."""
        embargo = self._screen.embargo
        for step in self._answers():
            if step is None:
                yield Waiting()
                continue
            job, answer = step
            with ExitStack() as stack:
                parcels = []
                if isinstance(answer, KitCard):
                    name = answer.kits[0].name.removeprefix(embargo.file_prefix if embargo is not None else "")
                    path = Path(self._order.output, f"{name}-kit.zip")
                    parcels = [stack.enter_context(packing(self._workspace, path, trio)) for trio in self._trios]
                event = self._packed(job, answer, parcels)
                for parcel in parcels:
                    parcel.finish(())
            self.paths += [str(parcel.path) for parcel in parcels]
            yield event

    def _answers(self) -> Iterator[tuple[KitJob, Answer] | None]:
        rungs = tuple([shared_rung(project) for project in chain(*self._trios)])
        jobs = (self._job(position, rungs) for position in range(len(self._slugs)))
        for step in self.crew.answers(jobs, len(self._slugs)):
            yield step and (step[0], self._unlike_others(*step))

    def _unlike_others(self, job: KitJob, answer: Answer) -> Answer:
        """The answer, unless it is a card whose name another card of this run has."""
        if isinstance(answer, KitCard):
            place = self._screen.jurisdictions[self._slugs[job.position]]
            try:
                refuse_same_name(self._screen, answer.kits[0].name, place, self._holders)
            except DiagnosticError as error:
                return Refused(error.diagnostics, answer.seconds)
        return answer

    def _job(self, position: int, rungs: tuple[int | None, ...]) -> KitJob:
        place = self._screen.jurisdictions[self._slugs[position]]
        name, refused = state_file(place.slug), None
        source = Source(name, b"")
        try:
            if not self._workspace.has(self._screen.data, name):
                raise DiagnosticError((_no_results(place),))
            source = self._workspace.read(self._screen.data, name)
        except DiagnosticError as error:
            refused = Refused(error.diagnostics)
        return KitJob(position, source, rungs, self._order.seconds, refused)

    def _packed(self, job: KitJob, answer: Answer, parcels: list[Parcel]) -> CardEvent:
        """What became of a card, which is in the kits now if it was made."""
        slug = self._slugs[job.position]
        if isinstance(answer, Refused):
            self._left_out.append(LeftOut(self._screen.jurisdictions[slug].name, answer.problems))
            return _refused(slug, answer)
        if not isinstance(answer, KitCard):
            raise TypeError(f"{type(answer).__name__} answers no order for a kit")
        before = sum(parcel.size for parcel in parcels)
        for parcel, card in zip(parcels, answer.kits, strict=True):
            parcel.add(slug, answer.state, card, answer.figures)
        size = sum(parcel.size for parcel in parcels) - before
        return CardEvent(slug, Status.MADE, size=size, seconds=answer.seconds, problems=answer.warnings)


def _open(workspace: Workspace, order: KitOrder) -> tuple[WholeProjects | None, list[Trio]]:
    """The projects of book and fact sheet, unless each state has its own kit, and those of each kit: under an embargo
    stamped ones, then clean ones for the twin."""
    whole = None if order.per_state else WholeProjects.open(workspace, order)
    screen = whole.book.cards if whole is not None else open_project(workspace, order.data, order.layout)
    require_layout(screen, Per.STATE)
    press = open_project(workspace, order.data, order.layout, profile=PRINT_NAME)
    social = open_project(workspace, order.data, SOCIAL_LAYOUT, profile=SCREEN_NAME)
    clean = Trio(screen, press, social)
    if order.embargo is None:
        return whole, [clean]
    stamped = Trio(*[under_embargo(project, order.embargo) for project in clean])
    return whole, [stamped, clean] if order.release else [stamped]


def _no_results(place: Jurisdiction) -> Diagnostic:
    message = f"There are no results of {place.name}: the edition has no {state_file(place.slug)}."
    return Diagnostic("no-results", message, hint="Write that file, or ask for a state that has one.")


def _asked_for(project: Project, states: tuple[str, ...] | None) -> list[str]:
    """The slugs of the states asked for, each once. Raises `RequestError` with all that do not exist."""
    if states is None:
        return list(state_slugs(project))
    found, problems = dict[str, None](), list[Diagnostic]()
    for state in states:
        try:
            found[find_state(project, state).slug] = None
        except RequestError as error:
            problems.extend(error.diagnostics)
    if problems:
        raise RequestError(problems)
    return list(found)


def _refused(slug: str, answer: Refused) -> CardEvent:
    status = Status.FAILED
    if answer.rejected is not None:
        status = Status.REJECTED
    elif all(problem.code == _MISSING for problem in answer.problems):
        status = Status.INCOMPLETE
    return CardEvent(slug, status, seconds=answer.seconds, problems=answer.problems, fault=answer.fault)
