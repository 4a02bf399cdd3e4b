"""An edition and a layout looked through as a whole: every problem at once, and which cards could be made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.edition.state_files import read_state_files
from cardprint.edition.tightness import Tightness
from cardprint.layout import crowded, lay_out_pages, measure_pages, place_pages
from cardprint.model.content import PageContent
from cardprint.model.copyfit import CopyfitScope
from cardprint.model.dataset import Framework, Jurisdiction, StateRecord
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Severity, Span
from cardprint.model.layout_spec import Per
from cardprint.model.profile import SCREEN_NAME
from cardprint.pipeline import (
    DEFAULT_LAYOUT,
    Project,
    RequestError,
    compose_card,
    compose_edition,
    compose_record,
    find_data,
    open_project,
    read_jurisdictions,
    refuse_same_name,
    tightness_on,
)
from cardprint.resolve import Inputs
from cardprint.validate import check_state_form, framework_for_results, validate_state
from cardprint.workspace import Root, Workspace

_MISSING = "missing-field"
_MOST_TOLD_SINGLY = 4
_TABLE_ENDINGS = (".xlsx", ".csv")
_UNREAD_ENDINGS = (".yml", ".YML", ".YAML")


class Standing(Enum):
    """How far a state is. INCOMPLETE: nothing is wrong, but the layout asks for more than the data give. UNTRIED: its
    file is sound as far as that can be said while framework or layout are not."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    UNTRIED = "untried"


class CheckedState(Struct, frozen=True):
    """A state with a file. `lacks` says in a few words what is not given, `missing` line by line; `rung` is the first
    of copyfit on which its card fits."""

    slug: str
    name: str
    standing: Standing
    lacks: str = ""
    missing: tuple[Diagnostic, ...] = ()
    rung: int = 0


class CheckReport(Struct, frozen=True):
    """What was found. `per` is None where the layout could not be read; `without_file` are the jurisdictions of which
    there are no results; `tightness` says how far copyfit goes for the states that are complete."""

    edition: str
    layout: str
    per: Per | None
    problems: tuple[Diagnostic, ...]
    states: tuple[CheckedState, ...]
    without_file: tuple[Jurisdiction, ...] = ()
    tightness: Tightness | None = None

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


def check_edition(
    workspace: Workspace,
    data: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    size: str | None = None,
    profile: str = SCREEN_NAME,
    *,
    demand_all: bool = False,
) -> CheckReport:
    """Look through everything that the pages of an edition are made from; arguments as in `open_project`.

    No problem hides another: each file is read as far as it can be, and every card that can be composed is fitted, at
    every size of the layout unless one is asked for. One is made for trial and proved to the full.
    With `demand_all` it is a problem, too, where a state lacks something. Raises `RequestError`, and nothing else.
    """
    root, findings = find_data(workspace, data), _Findings()
    slugs = workspace.names(root, "states", ".yaml")
    project, framework, places, tightness = None, None, dict[str, Jurisdiction](), None
    try:
        project = open_project(workspace, data, layout, size, profile)
    except RequestError:
        raise
    except DiagnosticError as error:
        findings.log.extend(error.diagnostics)
        framework, places = _sound_parts(workspace, root)
        states = [_check_file(workspace, root, slug, framework, places, findings) for slug in slugs]
    else:
        framework, places = project.framework, dict(project.jurisdictions)
        states, tightness = _check_states(project, slugs, findings)
        if project.layout.per is Per.STATE or not findings.log.failed:  # why there is no such page is told already
            with findings.log.gathering():
                findings.log.extend(_on_trial(project, states, tightness))
        for other in project.layout.sizes if size is None else ():
            findings.at_size(other, _problems_at(workspace, data, layout, other, states, profile))
    with_file = set(slugs)
    findings.log.extend(_unread(workspace, root, places.keys() - with_file))
    if demand_all:
        for state in states:
            findings.of_state(root.shown(f"states/{state.slug}.yaml"), _demands(state))
    return CheckReport(
        edition=framework.edition.id if framework else "",
        layout=project.layout.name if project else os.fspath(DEFAULT_LAYOUT if layout is None else layout),
        per=project.layout.per if project else None,
        problems=findings.sorted(),
        states=tuple(states),
        without_file=tuple(place for slug, place in places.items() if slug not in with_file),
        tightness=tightness,
    )


class _Findings(Struct):
    """Problems as they are found. A place of a shared file that is wrong for many states is told once."""

    log: Collector = field(default_factory=Collector)
    _files: dict[tuple[str, Span], dict[str, None]] = field(default_factory=dict)

    def of_state(self, file: str, problems: Iterable[Diagnostic]) -> None:
        """Add what was found for the state that has `file`."""
        for problem in problems:
            files = self._files.setdefault((problem.code, problem.span), {file: None})
            files[file] = None
            if file in (problem.span.file, next(iter(files))):
                self.log.diagnostics.append(problem)

    def at_size(self, size: str, problems: Iterable[Diagnostic]) -> None:
        """Add what is wrong at another size of the layout than its own, and there only."""
        told = {(problem.code, problem.span) for problem in self.log.diagnostics}
        for problem in problems:
            if (problem.code, problem.span) not in told:
                message = f"At the size {size}: {problem.message}"
                self.of_state(problem.span.file, [replace(problem, message=message)])

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All by their places, those of several states with the number of the others."""
        return tuple(sorted(map(self._counted, self.log.diagnostics), key=lambda problem: problem.sort_key))

    def _counted(self, problem: Diagnostic) -> Diagnostic:
        others = len(self._files.get((problem.code, problem.span), ())) - 1
        if others < 1:
            return problem
        more = "1 more state" if others == 1 else f"{others} more states"
        return replace(problem, message=f"{problem.message} The same holds for {more}.")


def _check_states(
    project: Project, slugs: Iterable[str], findings: _Findings
) -> tuple[list[CheckedState], Tightness | None]:
    """Every state, and the page about the whole edition if the layout draws that; and how far copyfit goes."""
    holders: dict[str, Jurisdiction] = {}
    states = [_check_state(project, slug, holders, findings) for slug in slugs]
    tightness = _tightness(project, states)
    if project.layout.per is Per.EDITION and all(state.standing is Standing.COMPLETE for state in states):
        with findings.log.gathering():
            tightness = tightness_on(project, _require_room(project, compose_edition(project).pages))
    return states, tightness


def _tightness(project: Project, states: Iterable[CheckedState]) -> Tightness | None:
    """The rung of the tightest card. Of several, the one with the largest file is named, as a run over them would."""
    tight = [state for state in states if state.rung]
    if not tight:
        return None
    highest = max(state.rung for state in tight)
    tightest = [state.slug for state in tight if state.rung == highest]
    sizes = read_state_files(project.workspace, project.data, tightest).sizes
    shared = project.layout.copyfit.scope is CopyfitScope.SET
    slug = tightest[sizes.index(max(sizes))] if shared else tightest[0]
    return tightness_on(project, highest, slug, len(tight))


def _on_trial(project: Project, states: Sequence[CheckedState], tightness: Tightness | None) -> tuple[Diagnostic, ...]:
    """What the full proof finds on one page: the tightest card, or the first; nothing if none is complete."""
    from cardprint.tasks.trial import try_card, try_edition  # what paints and proves is slow to load

    complete = [state.slug for state in states if state.standing is Standing.COMPLETE]
    if project.layout.per is Per.EDITION:
        return try_edition(project) if len(complete) == len(states) else ()
    if not complete:
        return ()
    if tightness is not None and tightness.shared:
        return try_card(project, tightness.state, tightness.rung)
    shared = project.layout.copyfit.scope is CopyfitScope.SET
    return try_card(project, complete[0], 0 if shared else None)


def _problems_at(
    workspace: Workspace,
    data: str | os.PathLike[str] | None,
    layout: str | os.PathLike[str] | None,
    size: str,
    states: Sequence[CheckedState],
    profile: str,
) -> tuple[Diagnostic, ...]:
    """All that is wrong at a size of the layout: with itself, and with the pages that are complete."""
    found = Collector()
    with found.gathering():
        project = open_project(workspace, data, layout, size, profile)
        complete = [state.slug for state in states if state.standing is Standing.COMPLETE]
        if project.layout.per is Per.EDITION and len(complete) == len(states):
            _require_room(project, compose_edition(project).pages)
        for slug in complete if project.layout.per is Per.STATE else ():
            with found.gathering():
                _require_room(project, compose_card(project, slug).pages)
    return tuple(found.diagnostics)


def _check_state(project: Project, slug: str, holders: dict[str, Jurisdiction], findings: _Findings) -> CheckedState:
    inputs, own = Inputs(project.workspace), Collector()
    file = f"states/{slug}.yaml"
    record, rung = None, 0
    with own.gathering():
        node = inputs.parse(project.data, file)
        record, warnings = validate_state(node, project.framework, project.jurisdictions)
        own.extend(warnings)
    if record is not None and project.layout.per is Per.STATE:
        with own.gathering():
            card = compose_record(project, record, (), inputs)
            refuse_same_name(project, card.file_name, card.state, holders)
            rung = _require_room(project, card.pages)
    missing = tuple(problem for problem in own.diagnostics if problem.code == _MISSING)
    own.diagnostics = [problem for problem in own.diagnostics if problem.code != _MISSING]
    findings.of_state(project.data.shown(file), own.diagnostics)
    if record is None:
        place = project.jurisdictions.get(slug)
        return CheckedState(slug, place.name if place else slug, Standing.WRONG)
    name = record.jurisdiction.name
    if own.failed:
        return CheckedState(slug, name, Standing.WRONG, missing=missing)
    if not missing:
        return CheckedState(slug, name, Standing.COMPLETE, rung=rung)
    return CheckedState(slug, name, Standing.INCOMPLETE, _lacks(record, project.framework, missing), missing)


def _require_room(project: Project, pages: Sequence[PageContent]) -> int:
    """The first rung of copyfit on which everything has room. Raise `DiagnosticError` with what has none, however far
    copyfit goes."""
    measured = measure_pages(pages, project.fonts)
    frames, report = place_pages(measured) if measured is not None else lay_out_pages(pages, project.fonts)
    oversets = crowded(frames)
    if oversets:
        raise DiagnosticError(oversets)
    return report.rung


def _lacks(record: StateRecord, framework: Framework, missing: tuple[Diagnostic, ...]) -> str:
    """What is missing in a few words: parts of the results as a whole, or what so many lines of the layout read."""
    parts = ["the results of the issues"] if record.issues is None else []
    if record.extra_credit is None and framework.extra_credit:
        parts.append("extra credit")
    lines = "a line of the layout reads" if len(missing) == 1 else f"{len(missing)} lines of the layout read"
    return " and ".join(parts) or f"what {lines}"


def _demands(state: CheckedState) -> tuple[Diagnostic, ...]:
    """What a state lacks as problems: one by one, or all as one where they are many."""
    if len(state.missing) <= _MOST_TOLD_SINGLY:
        return state.missing
    message = f"{state.name} lacks {state.lacks or 'much'}."
    hint = f'Give them; "cardprint render {state.slug}" with the same data and layout names each.'
    return (Diagnostic("incomplete-state", message, state.missing[0].span, hint=hint),)


def _sound_parts(workspace: Workspace, root: Root) -> tuple[Framework | None, dict[str, Jurisdiction]]:
    """Framework and jurisdictions where they are sound, the former perhaps only as far as states' results depend on it;
    what is wrong with them is known already."""
    known = Collector()
    framework, places = None, dict[str, Jurisdiction]()
    with known.gathering():
        framework = framework_for_results(Inputs(workspace).parse(root, "framework.yaml"))
    with known.gathering():
        places = dict(read_jurisdictions(Inputs(workspace), root))
    return framework, places


def _check_file(
    workspace: Workspace,
    root: Root,
    slug: str,
    framework: Framework | None,
    places: Mapping[str, Jurisdiction],
    findings: _Findings,
) -> CheckedState:
    """A state's file as far as it can be checked where no card can be made: at least its keys and values."""
    own = Collector()
    with own.gathering():
        node = Inputs(workspace).parse(root, f"states/{slug}.yaml")
        if framework is not None and places:
            own.extend(validate_state(node, framework, places)[1])
        else:
            check_state_form(node)
    findings.of_state(root.shown(f"states/{slug}.yaml"), own.diagnostics)
    name = places[slug].name if slug in places else slug
    return CheckedState(slug, name, Standing.WRONG if own.failed else Standing.UNTRIED)


def _unread(workspace: Workspace, root: Root, without_file: Iterable[str]) -> Iterator[Diagnostic]:
    """What looks like a state's file and is not read: files with another ending, and what is no file."""
    for ending in _UNREAD_ENDINGS:
        for slug in workspace.names(root, "states", ending):
            message = f"This file is not read: the name of a state’s file ends in .yaml, not in {ending}."
            hint = f"Rename it to {slug}.yaml, or take it away."
            place = Span(root.shown(f"states/{slug}{ending}"))
            yield Diagnostic("unread-file", message, place, hint=hint, severity=Severity.WARNING)
    for ending in _TABLE_ENDINGS:
        for name in workspace.names(root, "states", ending):
            place = Span(root.shown(f"states/{name}{ending}"))
            hint = "Take its results over with cardprint sheet import, and take the file away."
            message = "This file is not read: results stand in .yaml files."
            yield Diagnostic("unread-file", message, place, hint=hint, severity=Severity.WARNING)
    for slug in without_file:
        name = f"states/{slug}.yaml"
        if workspace.has(root, name):
            try:
                workspace.read(root, name)
            except DiagnosticError as error:
                yield from error.diagnostics
