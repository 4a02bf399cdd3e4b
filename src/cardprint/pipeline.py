"""The order of the stages: from the files of an edition to the bytes of its cards.

A `Project` holds what all cards of an edition share, read and validated once; a card is then made from one state's
file. Nothing is kept between projects, so any number may be open in threads and processes.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cardprint import __version__
from cardprint.compose import (
    SAMPLE_FACE,
    build_edition_scope,
    build_scope,
    card_file_name,
    compose_page,
    edition_file_name,
)
from cardprint.layout import fit, lay_out, oversets_on
from cardprint.model.content import PageContent
from cardprint.model.copyfit import CopyfitScope
from cardprint.model.dataset import Dataset, Framework, Jurisdiction
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Span
from cardprint.model.frame import FitReport
from cardprint.model.layout_spec import LayoutSpec, Per
from cardprint.model.scope import CARD_SCOPE, RecordValue
from cardprint.model.typography import FontBook
from cardprint.paint import paint_pdf
from cardprint.resolve import (
    FontFiles,
    Inputs,
    Place,
    load_marks_face,
    resolve_icons,
    resolve_layout,
    resolve_pictures,
)
from cardprint.validate import validate_framework, validate_jurisdictions, validate_layout, validate_state
from cardprint.workspace import Root, Workspace, fail, file_name_problem, open_workspace

DEFAULT_EDITION = "2021"
"""The newest edition whose framework cardprint ships complete; of later ones only overall letters are known."""

DEFAULT_LAYOUT = "report-card"

_MOST_JURISDICTION_VALUES = 160_000
"""Of YAML; 20,000 jurisdictions, the most that `cardprint sample` makes, are 140,000."""

UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""What dates the cards of an edition without a day of release: the earliest moment that a ZIP archive can hold."""


class RequestError(DiagnosticError):
    """What was asked for does not exist: a state, a layout or a folder of data."""


@dataclass(frozen=True, slots=True)
class Project:
    """What all cards of an edition share. `inputs` are the hashes of the files read for it, in a fixed order."""

    workspace: Workspace
    data: Root
    framework: Framework
    jurisdictions: Mapping[str, Jurisdiction]
    layout: LayoutSpec
    fonts: FontBook
    info_date: dt.datetime
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """A finished card: its file's name without the ending, its bytes, what fitting took, and warnings."""

    state: Jurisdiction
    file_name: str
    pdf: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """A finished page about the whole edition, likewise."""

    file_name: str
    pdf: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedCard:
    """A card that could not be made: `error` is a `DiagnosticError`, or anything else where cardprint is at fault."""

    state: str
    error: Exception

    @property
    def incomplete(self) -> bool:
        """Whether nothing is wrong but that the data do not give all that the layout reads."""
        return isinstance(self.error, DiagnosticError) and all(
            diagnostic.code == "missing-field" for diagnostic in self.error.diagnostics
        )


CardResult = RenderedCard | FailedCard


def open_project(
    workspace: Workspace | None = None,
    data: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
) -> Project:
    """Read and validate everything that the cards of an edition share.

    `data` is a folder with framework.yaml and states/ (default: the shipped edition `DEFAULT_EDITION`); `layout` is
    the name of a shipped layout, or the path of a layout's file, which ends in .yaml.
    Raises `RequestError` if there is no such folder or layout, else `DiagnosticError` with every problem found.
    """
    workspace = workspace or open_workspace()
    data_root = _find_data(workspace, data)
    place = _find_layout(workspace, DEFAULT_LAYOUT if layout is None else layout)
    inputs, problems = Inputs(workspace), Collector()
    jurisdictions = framework = looks = info_date = None
    with _gathering(problems):
        own = workspace.has(data_root, "jurisdictions.yaml")
        shared = data_root if own else workspace.shipped_root("data")
        node = inputs.parse(shared, "jurisdictions.yaml", most_values=_MOST_JURISDICTION_VALUES)
        jurisdictions = validate_jurisdictions(node)
    with _gathering(problems):
        framework = validate_framework(inputs.parse(data_root, "framework.yaml"))
    with _gathering(problems):
        looks = _load_layout(inputs, place, data_root, framework)
    with _gathering(problems):
        info_date = workspace.source_date() or _released(framework)
    if jurisdictions is None or framework is None or looks is None or info_date is None:
        raise DiagnosticError(problems.diagnostics)
    layout_spec, fonts = looks
    return Project(workspace, data_root, framework, jurisdictions, layout_spec, fonts, info_date, tuple(inputs.digests))


def find_state(project: Project, state: str) -> Jurisdiction:
    """The jurisdiction whose slug, postal code or name is `state`, in any case.

    Raises `RequestError` (unknown-state), which suggests the nearest."""
    if state in project.jurisdictions:
        return project.jurisdictions[state]
    known = {
        _plain(name): place
        for place in project.jurisdictions.values()
        for name in (place.slug, place.name, place.postal)
    }
    asked = _plain(state)
    if asked in known:
        return known[asked]
    nearest = _nearest(asked, [_plain(place.name) for place in project.jurisdictions.values()])
    hint = f"Did you mean {known[nearest].name}?" if nearest else "Give a state’s name, postal code or slug."
    raise RequestError([Diagnostic("unknown-state", f'There is no state "{state}".', hint=hint)])


def state_slugs(project: Project) -> tuple[str, ...]:
    """The states that the edition has files for, by slug, in order."""
    return project.workspace.names(project.data, "states", ".yaml")


@dataclass(frozen=True, slots=True)
class ComposedCard:
    """A card before it is laid out: its state, its file's name without the ending, its content, and warnings."""

    state: Jurisdiction
    file_name: str
    content: PageContent
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class EditionFit:
    """The rung of copyfit that all cards of an edition share, and the cards that force it: for each the diagnostics
    that say what it would have to lose to gain a rung."""

    rung: int
    forced_by: Mapping[str, tuple[Diagnostic, ...]]


def fit_edition(project: Project) -> EditionFit | None:
    """What the tightest card of the edition asks of all; None where each card is fitted on its own.

    Cards that cannot be made, or fit on no rung, have no say: they are reported when they are rendered."""
    if project.layout.copyfit.scope is not CopyfitScope.SET:
        return None
    shared, tightest = 0, list[ComposedCard]()
    for slug in state_slugs(project):
        try:
            card = compose_card(project, slug)
        except DiagnosticError:
            continue
        rung = fit(card.content, project.fonts, start=max(0, shared - 1))
        if rung is None or rung < shared:
            continue
        tightest = [*tightest, card] if rung == shared else [card]
        shared = rung
    forcing = tightest if shared else []
    return EditionFit(
        shared, {card.state.name: oversets_on(card.content, project.fonts, shared - 1) for card in forcing}
    )


def render_card(project: Project, state: str) -> RenderedCard:
    """Make one card. Raises `RequestError` for a state that does not exist, else `DiagnosticError`."""
    return _render(project, compose_card(project, state), fit_edition(project))


def render_cards(project: Project, states: Iterable[str]) -> Iterator[CardResult]:
    """Make the cards of `states`, each once, in the order given: a result for each, whatever befalls the others."""
    holders: dict[str, Jurisdiction] = {}
    rendered: set[str] = set()
    shared = fit_edition(project)
    for state in states:
        try:
            place = find_state(project, state)
            if place.slug in rendered:
                continue
            rendered.add(place.slug)
            card = _render(project, compose_card(project, place.slug), shared)
            _refuse_same_name(project, card, holders.setdefault(card.file_name.casefold(), place))
        except Exception as error:
            yield FailedCard(state, error)
        else:
            yield card


def render_edition(project: Project) -> RenderedEdition:
    """Make the one page of a layout that draws the whole edition.

    Raises `RequestError` for a layout that draws cards of states, else `DiagnosticError`."""
    _require(project, Per.EDITION)
    inputs = Inputs(project.workspace)
    dataset, warnings = _read_dataset(project, inputs)
    file_name = edition_file_name(project.framework, project.layout)
    if reason := file_name_problem(file_name):
        raise fail("bad-file-name", f'"{file_name}" cannot name a file: it {reason}.', project.layout.span)
    content = _compose(project, build_edition_scope(dataset), inputs)
    frame, report = lay_out(content, project.fonts)
    return RenderedEdition(file_name, paint_pdf([frame]), report, warnings)


def _read_dataset(project: Project, inputs: Inputs) -> tuple[Dataset, tuple[Diagnostic, ...]]:
    """Every state that the edition has a file for, and warnings. Raises `DiagnosticError` with all that is wrong."""
    log, states = Collector(), {}
    for slug in state_slugs(project):
        with _gathering(log):
            node = inputs.parse(project.data, f"states/{slug}.yaml")
            states[slug], warnings = validate_state(node, project.framework, project.jurisdictions)
            log.extend(warnings)
    log.raise_errors()
    return Dataset(project.framework, states, project.jurisdictions), log.warnings


def _require(project: Project, per: Per) -> None:
    """Refuse a layout that draws pages for something else."""
    layout = project.layout
    if layout.per is not per:
        draws, hint = {
            Per.STATE: ("a card for each state", "Name the states to render."),
            Per.EDITION: ("one page for the whole edition", "Name no states."),
        }[layout.per]
        raise RequestError([Diagnostic("wrong-layout", f'The layout "{layout.name}" draws {draws}.', hint=hint)])


def card_picture(card: RenderedCard | RenderedEdition, dpi: float) -> bytes:
    """The card as a PNG picture with `dpi` pixels to the inch."""
    from cardprint.export import rasterize  # only pictures need PDFium, which is slow to load

    return rasterize(card.pdf, dpi)


def compose_card(project: Project, state: str) -> ComposedCard:
    """What a state's card is to say.

    Raises `RequestError` for a state that does not exist or a layout that draws no cards, else `DiagnosticError`."""
    _require(project, Per.STATE)
    place = find_state(project, state)
    inputs = Inputs(project.workspace)
    file = f"states/{place.slug}.yaml"
    if not project.workspace.has(project.data, file):
        message = f"There are no results of {place.name} in {project.data}: {file} is missing."
        raise fail("no-results", message, hint="Write that file, or ask for a state that has one.")
    record, warnings = validate_state(inputs.parse(project.data, file), project.framework, project.jurisdictions)
    file_name = card_file_name(project.framework, record)
    if reason := file_name_problem(file_name):
        raise fail("bad-file-name", f'"{file_name}" cannot name a file: it {reason}.', _file_name_span(project))
    content = _compose(project, build_scope(project.framework, record), inputs)
    return ComposedCard(place, file_name, content, warnings)


def _compose(project: Project, scope: RecordValue, inputs: Inputs) -> PageContent:
    """The project's layout filled, stamped with the hash of everything that was read for it."""
    digest = hashlib.sha256("".join((*project.inputs, *inputs.digests)).encode("ascii")).hexdigest()
    return compose_page(project.layout, scope, project.fonts, project.info_date, f"cardprint {__version__}", digest)


def _render(project: Project, card: ComposedCard, shared: EditionFit | None) -> RenderedCard:
    """The card on the edition's rung of copyfit, or on its own where cards do not share one."""
    try:
        frame, report = lay_out(card.content, project.fonts, shared.rung if shared else None)
    except DiagnosticError:
        # It fits on no rung, or the edition's would have suited it: only the whole ladder shows how much is over.
        frame, report = lay_out(card.content, project.fonts)
    return RenderedCard(card.state, card.file_name, paint_pdf([frame]), report, card.warnings)


def _load_layout(inputs: Inputs, place: Place, data: Root, framework: Framework | None) -> tuple[LayoutSpec, FontBook]:
    """The layout and the faces that its styles name. Without a framework it is validated as far as it can be."""
    node = resolve_layout(inputs, place)
    font_files = FontFiles.listed(inputs, [data, place.root])
    icon_names = {issue.icon: issue.span for issue in framework.issues if issue.icon} if framework else {}
    publisher = framework.publisher if framework else None
    wordmark = {publisher.wordmark: publisher.wordmark_span} if publisher and publisher.wordmark else {}
    layout = validate_layout(
        node,
        fonts=font_files.files.keys(),
        icons=resolve_icons(inputs, place, node, icon_names),
        pictures=resolve_pictures(inputs, place, node, data, wordmark),
        scope=CARD_SCOPE,
        letters=[band.letter for band in framework.scale.bands] if framework else [],
    )
    styles = layout.theme.styles.values()
    fonts = font_files.load(inputs, [name for style in styles for name in (style.face, *style.fallback)])
    if framework is not None and framework.sample:
        fonts[SAMPLE_FACE] = load_marks_face(inputs)
    return layout, fonts


def _released(framework: Framework | None) -> dt.datetime:
    if framework is None or framework.edition.released is None:
        return UNDATED
    return dt.datetime.combine(framework.edition.released, dt.time(), dt.UTC)


def _find_data(workspace: Workspace, data: str | os.PathLike[str] | None) -> Root:
    if data is None:
        return workspace.shipped_root(f"data/{DEFAULT_EDITION}")
    try:
        root = workspace.folder(data)
    except DiagnosticError as error:
        raise RequestError(error.diagnostics) from None
    if not workspace.has(root, "framework.yaml"):
        hint = "Name the folder that holds framework.yaml and states/."
        raise RequestError([Diagnostic("no-edition", f"There is no framework.yaml in {root}.", hint=hint)])
    return root


def _find_layout(workspace: Workspace, layout: str | os.PathLike[str]) -> Place:
    name = os.fspath(layout)
    if name.endswith((".yaml", ".yml")):
        try:
            return Place(*workspace.file(name))
        except DiagnosticError as error:
            raise RequestError(error.diagnostics) from None
    shipped = workspace.shipped_root("layouts")
    known = workspace.names(shipped, "", ".yaml")
    if name in known:
        return Place(shipped, f"{name}.yaml")
    nearest = _nearest(name, known)
    hint = f"Did you mean {nearest}?" if nearest else "Name a shipped layout, or a file that ends in .yaml."
    raise RequestError([Diagnostic("unknown-layout", f'There is no layout "{name}".', hint=hint)])


def _refuse_same_name(project: Project, card: RenderedCard, holder: Jurisdiction) -> None:
    if holder is not card.state:
        message = f'"{card.file_name}" would name the card of {card.state.name} and that of {holder.name}.'
        raise fail("same-file-name", message, _file_name_span(project), hint="Put {state.slug} into the pattern.")


def _file_name_span(project: Project) -> Span:
    return project.framework.edition.file_name.span


def _plain(name: str) -> str:
    """A name as it is compared: without capitals, its words joined by single spaces."""
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def _nearest(name: str, known: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)


@contextmanager
def _gathering(problems: Collector) -> Iterator[None]:
    """Keep the problems of one part, so that the others are looked through as well."""
    try:
        yield
    except DiagnosticError as error:
        problems.extend(error.diagnostics)
