"""A run: what is there is left alone, what is not is made, what cannot be made is told, and all is written down."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from cardprint.bulk.delivery import Delivery
from cardprint.bulk.edition import Asked, Shared, open_edition, remembered, shared_digest
from cardprint.bulk.events import CardEvent, Event, Started, Status, Summary, Tightened, Waiting
from cardprint.bulk.jobs import Answer, FitJob, Fitted, Refused, Rendered, RenderJob, TrialJob
from cardprint.bulk.manifest import CardInputs
from cardprint.bulk.order import Order
from cardprint.bulk.tightest import Tightest
from cardprint.edition.asked import RequestError
from cardprint.edition.state_files import read_state_files, refuse_changed, state_file
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.source import Source
from cardprint.workspace import Workspace, fail
from cardprint.workspace.ledger import Line

if TYPE_CHECKING:
    from cardprint.bulk.crew import Crew
    from cardprint.edition.fit import Climb
    from cardprint.pipeline import Project

_Job = FitJob | RenderJob | TrialJob
_STOPPING = frozenset((Status.FAILED, Status.REJECTED))


def render_bulk(workspace: Workspace, order: Order) -> Generator[Event, None, None]:
    """Make the cards that `order` asks for, as far as they are not there already; say of each what came of it.

    A card that is told of as made is complete in its folder. Whoever stops listening stops the run, and so does an
    interrupt; the same order later makes the rest. Raises `RequestError` where data or layout do not exist, else
    `DiagnosticError` with all that is wrong in what the cards share, or with the folder."""
    run = _Run(workspace, order)
    try:
        yield from run.events()
    finally:
        run.close()


class _Run:
    def __init__(self, workspace: Workspace, order: Order) -> None:
        self._started = time.perf_counter()
        self._workspace = workspace
        self._order = order
        self._asked = Asked.find(workspace, order)
        self._delivery = Delivery(workspace, order, self._asked.key)
        self._states = read_state_files(workspace, self._asked.data)
        self._project: Project | None = None
        self._crew: Crew[_Job] | None = None
        self._climb: Climb | None = None
        self._told: Line = {}
        self._given_up: dict[int, Refused] = {}

    def events(self) -> Iterator[Event]:
        shared = remembered(self._asked, self._states, self._delivery.edition)
        chosen = self._positions() if shared else None
        failures: list[CardEvent] = []
        if shared is None or chosen is None:
            shared = yield from self._open()
            chosen, failures = self._looked_up()
        if chosen:
            self._delivery.open(self._told)
        gone = self._delivery.gone(set(self._states.slugs)) if self._order.states is None else []
        total = len(chosen) + len(failures)
        yield Started(total, on_trial=self._climb is not None)
        counts: Counter[Status] = Counter()
        size, tightest = 0, Tightest()
        cards = self._on_trial(shared, self._climb) if self._climb is not None else self._cards(chosen, shared)
        for event in chain(failures, cards):
            yield event
            if isinstance(event, Tightened):
                counts, size, tightest = Counter(), 0, Tightest()
            elif isinstance(event, CardEvent):
                counts[event.status] += 1
                size += event.size
                tightest.take(event)
                if self._order.fail_fast and event.status in _STOPPING:
                    break
        seconds = time.perf_counter() - self._started
        jobs = self._crew.jobs if self._crew else 1
        left, tightness = total - counts.total(), tightest.told(self._told or self._delivery.edition)
        rest = tuple(self._delivery.warnings), tightness, self._delivery.outdated(gone)
        yield Summary(dict(counts), left, seconds, size, jobs, *rest)

    def close(self) -> None:
        """Stop what is in work, and leave the folder in order."""
        if self._crew is not None:
            self._crew.close()
        if self._climb is not None:
            self._climb.keep()
        self._delivery.close()

    def _positions(self) -> Sequence[int] | None:
        """The numbers of the states asked for; None if one has another name than that of its file."""
        asked, slugs = self._order.states, self._states.slugs
        if asked is None:
            return range(len(slugs))
        numbers = {slug: number for number, slug in enumerate(slugs)}
        wanted = dict.fromkeys(asked)
        return [numbers[slug] for slug in wanted] if wanted.keys() <= numbers.keys() else None

    def _open(self) -> Generator[Waiting, None, Shared]:
        """What the cards share, from the edition itself; the rung may be believed rather than known."""
        from cardprint.edition.fit import Climb
        from cardprint.layout import rungs
        from cardprint.model.copyfit import CopyfitScope

        project, told = self._open_project()
        digest, rung, states, needed_by = shared_digest(project, self._order.variant), None, self._states.digest, ""
        copyfit = project.layout.copyfit
        if copyfit.scope is CopyfitScope.SET:
            climb = Climb(self._states, self._workspace.cache, project.key)
            unknown = climb.unknown()
            likely = climb.likely(unknown)
            if len(likely) < len(unknown) and self._all_are_to_be_made(digest):
                yield from self._fitted(climb, likely)
                self._climb, states = climb, ""
            else:
                yield from self._settled(climb)
                needed_by = yield from self._needed_by(climb)
            rung = climb.rung
        fit = {"rung": rung, "rungs": rungs(copyfit), "needed_by": needed_by}
        self._told = {**told, "shared": digest, "states": states, **fit}
        return Shared(digest, rung)

    def _all_are_to_be_made(self, digest: str) -> bool:
        """Whether none is left out, none is there, and none that fails may keep the others from being made."""
        order = self._order
        return order.states is None and not order.fail_fast and not self._delivery.might_find(digest)

    def _open_project(self) -> tuple[Project, Line]:
        from cardprint.bulk.crew import Crew

        project, told = open_edition(self._asked)
        self._project = project
        self._crew = Crew((project,), self._order.jobs, self._order.executor)
        return project, told

    def _settled(self, climb: Climb) -> Generator[Waiting, None, None]:
        """Go on with the climb to the rung that all cards of the edition share."""
        while unknown := climb.unknown():
            yield from self._fitted(climb, unknown)
        climb.keep()

    def _needed_by(self, climb: Climb) -> Generator[Waiting, None, str]:
        """The state that needs the rung on which the climb has arrived. Hardly a card has to be tried for it."""
        tried = self._crew.jobs if self._crew else 1
        while True:
            state, doubtful = climb.needing()
            if not doubtful:
                climb.keep()
                return state
            yield from self._fitted(climb, doubtful[:tried], below=1)
            tried *= 2

    def _fitted(self, climb: Climb, positions: Sequence[int], below: int = 0) -> Generator[Waiting, None, None]:
        """Find out how some cards fit, from where the climb is, or from so many rungs `below`."""
        for step in self._answers(self._fit_jobs(positions, climb, below), len(positions)):
            if step is None:
                yield Waiting()
                continue
            job, answer = step
            first = answer.rung if isinstance(answer, Fitted) else None
            climb.tried(job.position, job.rung or 0, first, sure=isinstance(answer, Fitted))
            if isinstance(answer, Refused) and not below:
                self._given_up[job.position] = answer

    def _on_trial(self, believed: Shared, climb: Climb) -> Iterator[CardEvent | Tightened | Waiting]:
        """All cards, made at once on the rung that they are believed to share, and again if one needs a tighter one."""
        self._delivery.all_found()
        shared = believed
        while True:
            told = yield from self._attempt(shared, climb)
            if climb.rung == shared.rung:
                yield from self._settled(climb)  # what was lost on the way may have fitted
            if climb.rung == shared.rung:
                break
            if told:
                yield Tightened(told)
            self._delivery.begin_again()
            shared = Shared(believed.digest, climb.rung)
        needed_by = yield from self._needed_by(climb)
        self._told = {**self._told, "states": self._states.digest, "rung": shared.rung, "needed_by": needed_by}
        self._delivery.settle(self._told)

    def _attempt(self, shared: Shared, climb: Climb) -> Generator[CardEvent | Waiting, None, int]:
        """The cards on the rung of `shared`, until one is found that needs a tighter one; how many were told of."""
        told = 0
        for step in self._answers(self._trial_jobs(climb), len(self._states.slugs)):
            made = self._heard(*step, climb) if step is not None else None
            if step is None or made is None or climb.rung != shared.rung:
                yield Waiting()
                continue
            told += 1
            yield self._done(step[0], made, self._inputs(step[0].position, shared))
        return told

    def _heard(self, job: _Job, answer: Answer, climb: Climb) -> Answer | None:
        """What came of a card that was to be made, if it was; the climb learns how it fits."""
        if isinstance(answer, Fitted):
            climb.tried(job.position, job.rung or 0, answer.rung)
            return answer.made
        if isinstance(answer, Refused) and isinstance(job, TrialJob):
            self._given_up[job.position] = answer
        return answer

    def _looked_up(self) -> tuple[Sequence[int], list[CardEvent]]:
        """The numbers of the states asked for by any name, and failures of those that do not exist or have no file."""
        from cardprint.pipeline import compose_card, find_state

        positions = self._positions()
        if positions is not None or self._order.states is None or self._project is None:
            return positions or (), []
        numbers = {slug: number for number, slug in enumerate(self._states.slugs)}
        found, failures = dict[int, None](), list[CardEvent]()
        for name in self._order.states:
            slug = ""
            try:
                slug = find_state(self._project, name).slug
                if slug not in numbers:
                    compose_card(self._project, slug)
                found[numbers[slug]] = None
            except DiagnosticError as error:
                usage = isinstance(error, RequestError)
                older = self._delivery.older(self._file_name(slug), slug) if slug else ""
                problems = error.diagnostics
                failures.append(CardEvent(name, Status.FAILED, problems=problems, usage=usage, outdated=older))
        return list(found), failures

    def _cards(self, chosen: Iterable[int], shared: Shared) -> Iterator[CardEvent | Waiting]:
        """The cards that are there, then those that have to be made."""
        missing = []
        for position in chosen:
            event = self._delivery.find(self._states.slugs[position], self._inputs(position, shared))
            if event is None:
                missing.append(position)
            else:
                yield event
        self._delivery.all_found()
        if missing and self._project is None:
            project, _ = self._open_project()
            if shared_digest(project, self._order.variant) != shared.digest:
                raise fail("input-changed", "Files were changed when the run had begun.", hint="Run the command again.")
        for step in self._answers(self._render_jobs(missing, shared.rung), len(missing)):
            yield Waiting() if step is None else self._done(*step, self._inputs(step[0].position, shared))

    def _answers(self, jobs: Iterable[_Job], count: int) -> Iterator[tuple[_Job, Answer] | None]:
        if self._crew is not None and count:
            yield from self._crew.answers(jobs, count)

    def _fit_jobs(self, positions: Iterable[int], climb: Climb, below: int) -> Iterator[_Job]:
        for position in positions:
            source, refused = self._read(position)
            yield FitJob(position, source, climb.rung - below, self._order.seconds, refused)

    def _trial_jobs(self, climb: Climb) -> Iterator[_Job]:
        """A job for each card; none are left when the climb goes on."""
        rung = climb.rung
        for position in range(len(self._states.slugs)):
            if climb.rung != rung:
                return
            kind = RenderJob if climb.knows(position) else TrialJob
            source, refused = self._source(position)
            yield kind(position, source, rung, self._order.seconds, self._order.variant, refused)

    def _render_jobs(self, positions: Iterable[int], rung: int | None) -> Iterator[_Job]:
        for position in positions:
            source, refused = self._source(position)
            yield RenderJob(position, source, rung, self._order.seconds, self._order.variant, refused)

    def _source(self, position: int) -> tuple[Source, Refused | None]:
        """The file of a state; or why there is none, or why not to try again."""
        source, refused = self._read(position)
        return source, refused or self._given_up.get(position)

    def _read(self, position: int) -> tuple[Source, Refused | None]:
        """The file of a state as it was when the run began; or why there is none."""
        name = state_file(self._states.slugs[position])
        try:
            source = self._workspace.read(self._asked.data, name, remember=False)
            refuse_changed(source, self._states.hash(position))
        except DiagnosticError as error:
            return Source(name, b""), Refused(error.diagnostics)
        return source, None

    def _done(self, job: _Job, answer: Answer, inputs: CardInputs) -> CardEvent:
        state = self._states.slugs[job.position]
        if isinstance(answer, Rendered):
            return self._delivery.deliver(state, answer, inputs)
        if not isinstance(answer, Refused):
            raise TypeError(f"{type(answer).__name__} answers no order for a card")
        with contextlib.suppress(DiagnosticError):
            self._workspace.read(self._asked.data, state_file(state))  # messages may show lines of it
        return self._delivery.refuse(state, answer, inputs, self._file_name(state))

    def _file_name(self, state: str) -> str:
        """The name that the file of a state's card has or would have; empty if nobody knows."""
        from cardprint.pipeline import name_of_card

        variant = self._order.variant
        name = name_of_card(self._project, state, skeleton=variant.skeleton) if self._project else ""
        return f"{name}.{variant.ending}" if name else ""

    def _inputs(self, position: int, shared: Shared) -> CardInputs:
        return CardInputs(shared.digest, self._states.hash(position).hex(), shared.rung)
