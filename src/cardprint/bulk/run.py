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
from cardprint.bulk.events import CardEvent, Event, Started, Status, Summary, Waiting
from cardprint.bulk.jobs import Answer, FitJob, Fitted, Refused, Rendered, RenderJob
from cardprint.bulk.manifest import CardInputs
from cardprint.bulk.order import Order
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

_Job = FitJob | RenderJob
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
        total = len(chosen) + len(failures)
        yield Started(total)
        counts: Counter[Status] = Counter()
        size = 0
        for event in chain(failures, self._cards(chosen, shared)):
            yield event
            if isinstance(event, CardEvent):
                counts[event.status] += 1
                size += event.size
                if self._order.fail_fast and event.status in _STOPPING:
                    break
        seconds = time.perf_counter() - self._started
        jobs = self._crew.jobs if self._crew else 1
        yield Summary(dict(counts), total - counts.total(), seconds, size, jobs, tuple(self._delivery.warnings))

    def close(self) -> None:
        """Stop what is in work, and leave the folder in order."""
        if self._crew is not None:
            self._crew.close()
        self._delivery.close()

    def _positions(self) -> Sequence[int] | None:
        """The numbers of the states asked for; None if one has another name than that of its file."""
        asked, slugs = self._order.states, self._states.slugs
        if asked is None:
            return range(len(slugs))
        wanted = dict.fromkeys(asked)
        if not wanted.keys() <= set(slugs):
            return None
        return [slugs.index(slug) for slug in wanted]

    def _open(self) -> Generator[Waiting, None, Shared]:
        """What the cards share, from the edition itself."""
        from cardprint.model.copyfit import CopyfitScope

        project, told = self._open_project()
        digest, rung = shared_digest(project, self._order.variant), None
        if project.layout.copyfit.scope is CopyfitScope.SET:
            rung = yield from self._climb(project)
        self._told = {**told, "shared": digest, "states": self._states.digest, "rung": rung}
        return Shared(digest, rung)

    def _open_project(self) -> tuple[Project, Line]:
        from cardprint.bulk.crew import Crew

        project, told = open_edition(self._asked)
        self._project = project
        self._crew = Crew((project,), self._order.jobs, self._order.executor)
        return project, told

    def _climb(self, project: Project) -> Generator[Waiting, None, int]:
        """The rung that all cards of the edition share."""
        from cardprint.edition.fit import Climb

        climb = Climb(self._states, self._workspace.cache, project.key)
        while unknown := climb.unknown():
            for step in self._answers(self._fit_jobs(unknown, climb), len(unknown)):
                if step is None:
                    yield Waiting()
                    continue
                job, answer = step
                first = answer.rung if isinstance(answer, Fitted) else None
                climb.tried(job.position, job.rung or 0, first, sure=isinstance(answer, Fitted))
                if isinstance(answer, Refused):
                    self._given_up[job.position] = answer
        climb.keep()
        return climb.rung

    def _looked_up(self) -> tuple[Sequence[int], list[CardEvent]]:
        """The numbers of the states asked for by any name, and failures of those that do not exist or have no file."""
        from cardprint.pipeline import compose_card, find_state

        positions = self._positions()
        if positions is not None or self._order.states is None or self._project is None:
            return positions or (), []
        numbers = {slug: number for number, slug in enumerate(self._states.slugs)}
        found, failures = dict[int, None](), list[CardEvent]()
        for name in self._order.states:
            try:
                slug = find_state(self._project, name).slug
                if slug not in numbers:
                    compose_card(self._project, slug)
                found[numbers[slug]] = None
            except DiagnosticError as error:
                usage = isinstance(error, RequestError)
                failures.append(CardEvent(name, Status.FAILED, problems=error.diagnostics, usage=usage))
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

    def _fit_jobs(self, positions: Iterable[int], climb: Climb) -> Iterator[_Job]:
        for position in positions:
            source, refused = self._source(position)
            yield FitJob(position, source, climb.rung, self._order.seconds, refused)

    def _render_jobs(self, positions: Iterable[int], rung: int | None) -> Iterator[_Job]:
        for position in positions:
            source, refused = self._source(position)
            yield RenderJob(position, source, rung, self._order.seconds, self._order.variant, refused)

    def _source(self, position: int) -> tuple[Source, Refused | None]:
        """The file of a state as it was when the run began; or why there is none, or why not to try again."""
        name = state_file(self._states.slugs[position])
        try:
            source = self._workspace.read(self._asked.data, name, remember=False)
            refuse_changed(source, self._states.hash(position))
        except DiagnosticError as error:
            return Source(name, b""), Refused(error.diagnostics)
        return source, self._given_up.get(position)

    def _done(self, job: _Job, answer: Answer, inputs: CardInputs) -> CardEvent:
        state = self._states.slugs[job.position]
        if isinstance(answer, Rendered):
            return self._delivery.deliver(state, answer, inputs)
        if not isinstance(answer, Refused):
            raise TypeError(f"{type(answer).__name__} answers no order for a card")
        with contextlib.suppress(DiagnosticError):
            self._workspace.read(self._asked.data, state_file(state))  # messages may show lines of it
        return self._delivery.refuse(state, answer, inputs)

    def _inputs(self, position: int, shared: Shared) -> CardInputs:
        return CardInputs(shared.digest, self._states.hash(position).hex(), shared.rung)
