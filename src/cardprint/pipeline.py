"""The order of the stages: from an open edition and a state's file to the bytes of its card.

Nothing is kept between projects, so any number may be open in threads and processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from cardprint import __version__
from cardprint.compose import build_scope, card_file_name, compose_pages, edition_file_name
from cardprint.edition.asked import DEFAULT_EDITION, DEFAULT_LAYOUT, RequestError, find_data
from cardprint.edition.cards import (
    CardResult,
    ComposedCard,
    ComposedEdition,
    FailedCard,
    RenderedCard,
    RenderedEdition,
)
from cardprint.edition.fit import Climb
from cardprint.edition.project import (
    UNDATED,
    Project,
    find_state,
    open_project,
    places_without_file,
    read_jurisdictions,
    require_layout,
    state_slugs,
)
from cardprint.edition.proof import RejectedError, digest_of, promise_of, rejection
from cardprint.edition.state_files import (
    ENDING,
    FOLDER,
    StateFiles,
    read_state_files,
    refuse_changed,
    state_file,
)
from cardprint.edition.tightness import Tightness, all_in_all
from cardprint.layout import lay_out_pages, measure_pages, place_pages, rungs, setting_on
from cardprint.load import parse_yaml
from cardprint.model.content import PageContent
from cardprint.model.copyfit import CopyfitScope
from cardprint.model.dataset import Dataset, Jurisdiction, StateRecord
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Span
from cardprint.model.finding import Finding, failed
from cardprint.model.frame import FitReport, PageFrame
from cardprint.model.layout_spec import Per
from cardprint.model.scope import RecordValue
from cardprint.model.source import Source
from cardprint.paint import paint_pdf
from cardprint.resolve import Inputs
from cardprint.validate import validate_state
from cardprint.verify import verify_fast
from cardprint.workspace import fail, file_name_problem

__all__ = [
    "DEFAULT_EDITION",
    "DEFAULT_LAYOUT",
    "UNDATED",
    "CardResult",
    "ComposedCard",
    "ComposedEdition",
    "FailedCard",
    "Project",
    "RejectedError",
    "RenderedCard",
    "RenderedEdition",
    "RequestError",
    "card_findings",
    "card_picture",
    "compose_card",
    "compose_edition",
    "compose_record",
    "compose_source",
    "find_data",
    "find_state",
    "first_fitting",
    "lay_out_card",
    "measure_source",
    "name_of_card",
    "open_project",
    "paint_card",
    "places_without_file",
    "prove_card",
    "read_jurisdictions",
    "refuse_same_name",
    "render_card",
    "render_cards",
    "render_composed",
    "render_edition",
    "require_layout",
    "shared_rung",
    "state_slugs",
    "tightness_on",
]


SKELETON_ENDING: Final = ".frames"

_COMPOSED_KEPT: Final = 64
"""Cards that wait to be made after they were fitted: all of an edition, as most are."""


def shared_rung(project: Project) -> int | None:
    """The rung of copyfit that all cards of the edition share; None where each card is fitted on its own.

    Cards that cannot be made, or fit on no rung, have no say: they are reported when they are rendered."""
    if project.layout.copyfit.scope is not CopyfitScope.SET or project.layout.per is not Per.STATE:
        return None
    stamps = project.workspace.stamps(project.data, FOLDER, ENDING)
    rung = project.rungs.get(stamps)
    if rung is None:
        states = read_state_files(project.workspace, project.data)
        climb = Climb(states, project.workspace.cache, project.key)
        while unknown := climb.unknown():
            for position in unknown:
                first, sure = _first_fitting(project, states, position, climb.rung)
                climb.tried(position, climb.rung, first, sure=sure)
        climb.keep()
        rung = climb.rung
        project.rungs.clear()
        project.rungs[stamps] = rung
    return rung


def _first_fitting(project: Project, states: StateFiles, position: int, rung: int) -> tuple[int | None, bool]:
    """What `first_fitting` says of state number `position`, and whether it will say so again: of a file that cannot be
    read it says nothing. Raises `DiagnosticError` for a file that was changed meanwhile."""
    try:
        source = project.workspace.read(project.data, state_file(states.slugs[position]))
    except DiagnosticError:
        return None, False
    refuse_changed(source, states.hash(position))
    return first_fitting(project, source, rung), True


def first_fitting(project: Project, source: Source, rung: int) -> int | None:
    """The first rung of copyfit, from `rung` on, on which the card of the state with the file `source` fits; None if
    there is none, or no card."""
    try:
        card = measure_source(project, source, rung)
    except DiagnosticError:
        return None
    if len(project.composed) >= _COMPOSED_KEPT:
        project.composed.clear()
    project.composed[source] = card
    return card.rung


def measure_source(project: Project, source: Source, rung: int) -> ComposedCard:
    """The card of the state with the file `source`, measured on the first rung of copyfit, from `rung` on, on which it
    fits, if there is one. Raises as `compose_source` does."""
    card = compose_source(project, source)
    return replace(card, measured=measure_pages(card.pages, project.fonts, rung) or ())


def render_card(project: Project, state: str) -> RenderedCard:
    """Make one card. Raises `RequestError` for a state that does not exist, `RejectedError` for a card that failed its
    proof, else `DiagnosticError`."""
    return render_composed(project, compose_card(project, state), shared_rung(project))


def render_cards(project: Project, states: Iterable[str], *, skeleton: bool = False) -> Iterator[CardResult]:
    """Make the cards of `states`, each once, in the order given: a result for each, whatever befalls the others.

    With `skeleton`, regions, gutters and baselines are painted over each, and the names of their files say so."""
    holders: dict[str, Jurisdiction] = {}
    rendered: set[str] = set()
    shared = shared_rung(project)
    for state in states:
        try:
            place = find_state(project, state)
            if place.slug in rendered:
                continue
            rendered.add(place.slug)
            card = render_composed(project, compose_card(project, place.slug), shared, skeleton=skeleton)
            refuse_same_name(project, card.file_name, place, holders)
        except Exception as error:
            yield FailedCard(state, error)
        else:
            yield card


def render_edition(project: Project, *, skeleton: bool = False) -> RenderedEdition:
    """Make the pages of a layout that draws the whole edition; `skeleton` as in `render_cards`.

    Raises `RequestError` for a layout that draws cards of states, else `DiagnosticError`."""
    page = compose_edition(project)
    frames, report = lay_out_pages(page.pages, project.fonts)
    file_name, pdf = paint_card(project, page, frames, skeleton=skeleton)
    proved = () if skeleton else prove_card(project, page, frames, pdf)
    return RenderedEdition(file_name, pdf, report, (*page.warnings, *proved), tightness_on(project, report.rung))


def tightness_on(project: Project, rung: int, state: str = "", cards: int = 1) -> Tightness | None:
    """What a rung of the project's copyfit means, on which the card of `state` fits, or a page about the whole edition;
    None for the lowest."""
    if not rung:
        return None
    copyfit = project.layout.copyfit
    lowered = all_in_all((step.what, step.before, step.after) for step in setting_on(copyfit, rung).report())
    return Tightness(rung, rungs(copyfit), lowered, state, bool(state) and copyfit.scope is CopyfitScope.SET, cards)


def compose_edition(project: Project) -> ComposedEdition:
    """What the page about the whole edition is to say.

    Raises `RequestError` for a layout that draws cards of states, else `DiagnosticError`."""
    require_layout(project, Per.EDITION)
    inputs = Inputs(project.workspace)
    dataset, warnings = _read_dataset(project, inputs)
    file_name = _full_name(project, edition_file_name(project.framework, project.layout))
    if reason := file_name_problem(file_name):
        raise fail("bad-file-name", f'"{file_name}" cannot name a file: it {reason}.', project.layout.span)
    from cardprint.compose import build_edition_scope

    return ComposedEdition(file_name, _compose(project, build_edition_scope(dataset), inputs), warnings)


def _read_dataset(project: Project, inputs: Inputs) -> tuple[Dataset, tuple[Diagnostic, ...]]:
    """Every state that the edition has a file for, and warnings. Raises `DiagnosticError` with all that is wrong."""
    log, states = Collector(), {}
    for slug in state_slugs(project):
        with log.gathering():
            node = inputs.parse(project.data, state_file(slug))
            states[slug], warnings = validate_state(node, project.framework, project.jurisdictions)
            log.extend(warnings)
    log.raise_errors()
    return Dataset(project.framework, states, project.jurisdictions), log.warnings


def card_picture(card: RenderedCard | RenderedEdition, dpi: float) -> bytes:
    """The card as a PNG picture with `dpi` pixels to the inch, several pages beside one another."""
    from cardprint.export import rasterize_pages  # only pictures need PDFium, which is slow to load

    return rasterize_pages(card.pdf, dpi)


def compose_card(project: Project, state: str) -> ComposedCard:
    """What a state's card is to say.

    Raises `RequestError` for a state that does not exist or a layout that draws no cards, else `DiagnosticError`."""
    require_layout(project, Per.STATE)
    place = find_state(project, state)
    file = state_file(place.slug)
    if not project.workspace.has(project.data, file):
        message = f"There are no results of {place.name} in {project.data}: {file} is missing."
        raise fail("no-results", message, hint="Write that file, or ask for a state that has one.")
    return compose_source(project, project.workspace.read(project.data, file))


def compose_source(project: Project, source: Source) -> ComposedCard:
    """What the card of a state is to say whose file is `source`; nothing else is read.

    Raises `DiagnosticError` with all that is wrong, missing or cannot be drawn."""
    composed = project.composed.pop(source, None)
    if composed is not None:
        return composed
    inputs = Inputs(project.workspace)
    node = parse_yaml(inputs.take(source))
    record, warnings = validate_state(node, project.framework, project.jurisdictions)
    return compose_record(project, record, warnings, inputs)


def compose_record(
    project: Project, record: StateRecord, warnings: tuple[Diagnostic, ...], inputs: Inputs
) -> ComposedCard:
    """What the card of a state is to say whose results were read already, through `inputs`.

    Raises `DiagnosticError` with all that is missing or cannot be drawn."""
    file_name = _full_name(project, card_file_name(project.framework, record, project.layout))
    if reason := file_name_problem(file_name):
        raise fail("bad-file-name", f'"{file_name}" cannot name a file: it {reason}.', _file_name_span(project))
    scope = build_scope(project.framework, record)
    return ComposedCard(record.jurisdiction, file_name, _compose(project, scope, inputs), warnings, record, scope)


def name_of_card(project: Project, slug: str, *, skeleton: bool = False) -> str:
    """The name that the file of a state's card has or would have, whatever is known of its results, without an ending;
    empty where it cannot be told."""
    place = project.jurisdictions.get(slug)
    if place is None:
        return ""
    try:
        name = card_file_name(project.framework, StateRecord(place, None, None, None, None), project.layout)
    except DiagnosticError:
        return ""
    return f"{_full_name(project, name)}{SKELETON_ENDING if skeleton else ''}"


def _full_name(project: Project, name: str) -> str:
    """The name of a file with what tells an embargo, and what it is written for."""
    prefix = project.embargo.file_prefix if project.embargo is not None else ""
    return f"{prefix}{name}{project.profile.file_ending}"


def _compose(project: Project, scope: RecordValue, inputs: Inputs) -> tuple[PageContent, ...]:
    """The project's layout filled, stamped with the hash of everything that was read for it."""
    digest = digest_of(project, inputs)
    producer = f"cardprint {__version__}"
    shared = project.fonts, project.info_date, producer, digest, project.profile, project.embargo
    return compose_pages(project.layout, scope, *shared)


def render_composed(project: Project, card: ComposedCard, rung: int | None, *, skeleton: bool = False) -> RenderedCard:
    """The finished card, on the edition's `rung` of copyfit, if its cards share one.

    Raises `RejectedError` for a card that failed its proof, else `DiagnosticError` with all that has no room."""
    frames, report = lay_out_card(project, card, rung)
    file_name, pdf = paint_card(project, card, frames, skeleton=skeleton)
    proved = () if skeleton else prove_card(project, card, frames, pdf)
    return RenderedCard(card.state, file_name, pdf, report, (*card.warnings, *proved))


def lay_out_card(project: Project, card: ComposedCard, rung: int | None) -> tuple[tuple[PageFrame, ...], FitReport]:
    """The pages of the card on the edition's `rung` of copyfit, or on its own where cards do not share one.

    Raises `DiagnosticError` with all that has no room."""
    if rung is not None and card.rung == rung:
        return place_pages(card.measured)
    try:
        return lay_out_pages(card.pages, project.fonts, rung)
    except DiagnosticError:
        # It fits on no rung, or the edition's would have suited it: only the whole ladder shows how much is over.
        return lay_out_pages(card.pages, project.fonts)


def paint_card(
    project: Project, card: ComposedCard | ComposedEdition, frames: Sequence[PageFrame], *, skeleton: bool = False
) -> tuple[str, bytes]:
    """The name of a card's file, without its ending, and its bytes."""
    if not skeleton:
        return card.file_name, paint_pdf(frames, project.profile, project.subsets)
    from cardprint.layout import with_skeleton

    shown = [with_skeleton(frame, page.body) for frame, page in zip(frames, card.pages, strict=True)]
    return f"{card.file_name}{SKELETON_ENDING}", paint_pdf(shown, project.profile, project.subsets)


def card_findings(
    project: Project,
    card: ComposedCard | ComposedEdition,
    frames: Sequence[PageFrame],
    pdf: bytes,
    *,
    full: bool = False,
) -> tuple[Finding, ...]:
    """What the fast proof, or the full one, finds when it reads a card's finished file back and compares it with its
    frames and its data. A file with an error among them must not be delivered."""
    promise = promise_of(project, card.record, card.scope) if isinstance(card, ComposedCard) else None
    if full:
        from cardprint.verify import verify_full  # loads what the fast proof does without

        return verify_full(pdf, frames, promise, project.profile)
    return verify_fast(pdf, frames, promise, project.profile)


def prove_card(
    project: Project,
    card: ComposedCard | ComposedEdition,
    frames: Sequence[PageFrame],
    pdf: bytes,
    *,
    full: bool = False,
) -> tuple[Diagnostic, ...]:
    """The warnings of the fast proof, or of the full one. Raises `RejectedError` for a file not to be delivered,
    `DiagnosticError` where it only shows that texts have no room."""
    findings = card_findings(project, card, frames, pdf, full=full)
    if failed(findings):
        raise rejection(card.file_name, pdf, findings, frames)
    return tuple(finding.diagnostic for finding in findings)


def refuse_same_name(project: Project, file_name: str, place: Jurisdiction, holders: dict[str, Jurisdiction]) -> None:
    """Note in `holders` that the card of `place` has the name `file_name`, or raise `DiagnosticError` (same-file-name)
    if another state's has it already."""
    holder = holders.setdefault(file_name.casefold(), place)
    if holder.slug != place.slug:
        message = f'"{file_name}" would name the card of {place.name} and that of {holder.name}.'
        raise fail("same-file-name", message, _file_name_span(project), hint="Put {state.slug} into the pattern.")


def _file_name_span(project: Project) -> Span:
    return project.framework.edition.file_name.span
