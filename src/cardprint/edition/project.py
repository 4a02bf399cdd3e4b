"""An edition opened: everything that its cards share, read and validated once."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.compose import MARKS_FACE
from cardprint.edition.asked import RequestError, find_data, find_layout, nearest_name
from cardprint.edition.cards import ComposedCard
from cardprint.edition.fonts import EditionFonts
from cardprint.edition.state_files import state_slugs_in
from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError
from cardprint.model.layout_spec import LayoutSpec, Per
from cardprint.model.node import MappingNode
from cardprint.model.profile import PRINT_NAME, SCREEN, SCREEN_NAME, OutputProfile
from cardprint.model.scope import CARD_SCOPE
from cardprint.model.source import Source
from cardprint.model.typography import FontBook
from cardprint.paint import FontSource
from cardprint.resolve import (
    FontFiles,
    Inputs,
    Place,
    at_size,
    fonts_named,
    load_marks_face,
    resolve_icons,
    resolve_layout,
    resolve_pictures,
    size_names,
)
from cardprint.validate import JurisdictionReader, validate_framework, validate_layout
from cardprint.workspace import Root, Workspace, open_workspace
from cardprint.workspace.program import program_id

if TYPE_CHECKING:
    from cardprint.model.embargo import Embargo

_MOST_JURISDICTION_VALUES = 160_000
"""Of YAML; 20,000 jurisdictions, the most that `cardprint sample` makes, are 140,000."""

_PROFILES = (SCREEN_NAME, PRINT_NAME)

UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""What dates the cards of an edition without a day of release: the earliest moment that a ZIP archive can hold."""


class Project(Struct, frozen=True, eq=False):
    """What all cards of an edition share. `inputs` are the hashes of what was read for it, in a fixed order, and of the
    size that was asked for; `subsets` are the fonts as its cards embed them; `profile` says what its pages are written
    for, `embargo` until when they must not be published."""

    workspace: Workspace
    data: Root
    framework: Framework
    jurisdictions: Mapping[str, Jurisdiction]
    layout: LayoutSpec
    fonts: FontBook
    info_date: dt.datetime
    inputs: tuple[str, ...]
    subsets: FontSource
    profile: OutputProfile = SCREEN
    embargo: Embargo | None = None
    rungs: dict[object, int] = field(default_factory=dict)
    """The shared rung, found once for states' files as they are."""
    composed: dict[Source, ComposedCard] = field(default_factory=dict)
    """A few cards that were composed to be fitted, for whoever makes them next."""

    @property
    def key(self) -> str:
        """A hash over the program and all that was read: equal projects make equal cards of equal states."""
        embargo = self.embargo.words if self.embargo is not None else ""
        known = (program_id(), self.profile.name, embargo, self.info_date.isoformat(), *self.inputs)
        return hashlib.sha256(" ".join(known).encode()).hexdigest()


def open_project(
    workspace: Workspace | None = None,
    data: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    size: str | None = None,
    profile: str = SCREEN_NAME,
) -> Project:
    """Read and validate everything that the cards of an edition share.

    `data` is a folder with framework.yaml and states/ (default: the shipped edition `DEFAULT_EDITION`); `layout` is
    the name of a layout in its folder layouts/ or of a shipped one, or the path of a layout's file (….yaml); `size` one
    of the layout's sizes (default: its own); `profile` is "screen" or "print".
    Raises `RequestError` if there is no such folder, layout, size or profile, else `DiagnosticError` with all problems.
    """
    if profile not in _PROFILES:
        raise RequestError([_unknown_profile(profile)])
    workspace = workspace or open_workspace()
    data_root = find_data(workspace, data)
    place = Place(*find_layout(workspace, data_root, layout))
    inputs, problems = Inputs(workspace), Collector()
    jurisdictions = framework = resolved = sized = looks = output = info_date = None
    with problems.gathering():
        jurisdictions = read_jurisdictions(inputs, data_root)
    with problems.gathering():
        framework = validate_framework(inputs.parse(data_root, "framework.yaml"))
    with problems.gathering():
        resolved = resolve_layout(inputs, place, problems)
    if resolved is not None:
        sized = _at_size(resolved, size)
        with problems.gathering():
            looks = _load_layout(inputs, place, sized, data_root, framework, press=profile == PRINT_NAME)
    with problems.gathering():
        info_date = workspace.source_date() or _released(framework)
    with problems.gathering():
        output = _load_profile(inputs, place, data_root, profile, looks)
    if jurisdictions is None or framework is None or looks is None or output is None or info_date is None:
        raise DiagnosticError(problems.diagnostics)
    layout_spec, fonts = looks
    digests = tuple(inputs.digests)
    if size is not None and sized is not resolved:
        layout_spec = replace(layout_spec, size=size)
        digests = (*digests, hashlib.sha256(f"size {size}".encode()).hexdigest())
    subsets = EditionFonts(framework, jurisdictions, layout_spec, fonts, output, digests, workspace.cache)
    return Project(
        *(workspace, data_root, framework, jurisdictions, layout_spec, fonts, info_date, digests, subsets, output)
    )


def under_embargo(project: Project, embargo: Embargo) -> Project:
    """The project with its pages stamped. Its cards are made from the same files, and say so."""
    fonts = {**project.fonts, MARKS_FACE: load_marks_face(Inputs(project.workspace))}
    return replace(project, fonts=fonts, embargo=embargo, rungs={}, composed={})


def read_jurisdictions(inputs: Inputs, data: Root) -> Mapping[str, Jurisdiction]:
    """The places that get cards, by slug: the edition's own list, or the shipped one."""
    own = inputs.workspace.has(data, "jurisdictions.yaml")
    shared = data if own else inputs.workspace.shipped_root("data")
    reader = JurisdictionReader()
    source = inputs.read(shared, "jurisdictions.yaml")
    return reader.finish(parse_yaml(source, _MOST_JURISDICTION_VALUES, reader.take))


def find_state(project: Project, state: str) -> Jurisdiction:
    """The jurisdiction whose slug, postal code, name or abbreviation is `state`, in any case.

    Raises `RequestError` (unknown-state), which suggests the nearest."""
    if state in project.jurisdictions:
        return project.jurisdictions[state]
    places = project.jurisdictions.values()
    known = {_plain(place.ap): place for place in places}
    known |= {_plain(name): place for place in places for name in (place.slug, place.name, place.postal)}
    asked = _plain(state)
    if asked in known:
        return known[asked]
    nearest = nearest_name(asked, [_plain(place.name) for place in places])
    hint = f"Did you mean {known[nearest].name}?" if nearest else "Give a state’s name, postal code or slug."
    raise RequestError([Diagnostic("unknown-state", f'There is no state "{state}".', hint=hint)])


def state_slugs(project: Project) -> tuple[str, ...]:
    """The states that the edition has files for, by slug, in order."""
    return state_slugs_in(project.workspace, project.data)


def places_without_file(project: Project) -> tuple[Jurisdiction, ...]:
    """The jurisdictions that the edition has no file for, in order."""
    known = set(state_slugs(project))
    return tuple(place for slug, place in project.jurisdictions.items() if slug not in known)


def require_layout(project: Project, per: Per) -> None:
    """Raise `RequestError` (wrong-layout) for a layout that draws pages for something else."""
    layout = project.layout
    if layout.per is not per:
        draws, hint = {
            Per.STATE: ("a card for each state", "Name the states to render."),
            Per.EDITION: ("one page for the whole edition", "Name no states."),
            Per.BOOK: ("pages of a book", "Run cardprint book."),
            Per.FOLIO: ("what stands at the foot of a book's pages", "Run cardprint book."),
            Per.FACTS: ("a sheet of facts", "Run cardprint facts."),
        }[layout.per]
        raise RequestError([Diagnostic("wrong-layout", f'The layout "{layout.name}" draws {draws}.', hint=hint)])


def _at_size(layout: MappingNode, size: str | None) -> MappingNode:
    """The resolved layout at one of its sizes. Raises `RequestError` (unknown-size), which names those that it has."""
    if size is None:
        return layout
    try:
        return at_size(layout, size)
    except KeyError:
        known = size_names(layout)
        hint = f"Ask for {' or '.join(known)}, or leave --size out." if known else "Leave --size out: it has one only."
        message = f'The layout {layout.span.file} has no size "{size}".'
        raise RequestError([Diagnostic("unknown-size", message, hint=hint)]) from None


def _load_layout(
    inputs: Inputs, place: Place, node: MappingNode, data: Root, framework: Framework | None, *, press: bool
) -> tuple[LayoutSpec, FontBook]:
    """The layout `node` and the faces that its styles name. Without a framework it is validated as far as it can be.
    For a `press`, it must not ask for what that cannot do.

    Raises `DiagnosticError` with all that is wrong in layout, theme, fonts, icons and pictures."""
    problems = Collector()
    font_files = FontFiles.listed(inputs, [data, place.root], problems)
    icon_names = {issue.icon: issue.span for issue in framework.issues if issue.icon} if framework else {}
    publisher = framework.publisher if framework else None
    wordmark = {publisher.wordmark: publisher.wordmark_span} if publisher and publisher.wordmark else {}
    icons = resolve_icons(inputs, place, node, icon_names, problems)
    pictures = resolve_pictures(inputs, place, node, data, wordmark, problems)
    with problems.gathering():
        layout = validate_layout(
            node,
            fonts=font_files.names,
            icons=icons,
            pictures=pictures,
            scope=CARD_SCOPE,
            letters=[band.letter for band in framework.scale.bands] if framework else [],
            press=press,
        )
    fonts = font_files.load(inputs, fonts_named(node), problems)
    problems.raise_errors()
    if press or (framework is not None and framework.sample):
        fonts[MARKS_FACE] = load_marks_face(inputs)
    return layout, fonts


def _load_profile(
    inputs: Inputs, place: Place, data: Root, name: str, looks: tuple[LayoutSpec, FontBook] | None
) -> OutputProfile | None:
    """What the layout's pages are written for; None for print if the layout could not be read."""
    if name == SCREEN_NAME:
        return SCREEN
    if looks is None:
        return None
    from cardprint.resolve.press import resolve_press

    return resolve_press(inputs, place, data, looks[0].press)


def _unknown_profile(name: str) -> Diagnostic:
    nearest = nearest_name(name, _PROFILES)
    hint = f"Did you mean {nearest}?" if nearest else f"Name {' or '.join(_PROFILES)}."
    return Diagnostic("unknown-profile", f'There is no output profile "{name}".', hint=hint)


def _released(framework: Framework | None) -> dt.datetime:
    if framework is None or framework.edition.released is None:
        return UNDATED
    return dt.datetime.combine(framework.edition.released, dt.time(), dt.UTC)


def _plain(name: str) -> str:
    """A name as it is compared: without capitals and points, its words joined by single spaces."""
    return re.sub(r"[\s_-]+", " ", name.replace(".", "")).strip().casefold()
