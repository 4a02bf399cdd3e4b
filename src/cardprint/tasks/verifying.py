"""Finished cards that somebody brings: compared with the edition that they name, whoever made or altered them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct, field

from cardprint import __version__
from cardprint.compose import build_scope
from cardprint.edition.asked import DEFAULT_LAYOUT
from cardprint.edition.project import under_embargo
from cardprint.edition.proof import digest_of, promise_of
from cardprint.edition.state_files import state_file
from cardprint.layout import last_rung, lay_out_pages
from cardprint.load import parse_yaml
from cardprint.model.content import PageContent
from cardprint.model.copyfit import CopyfitScope
from cardprint.model.diagnostics import DiagnosticError, Severity
from cardprint.model.embargo import embargo_in
from cardprint.model.finding import Finding, failed
from cardprint.model.frame import PageFrame
from cardprint.model.layout_spec import Per
from cardprint.model.navigation import Navigation
from cardprint.model.profile import PRINT_NAME, SCREEN, SCREEN_NAME, OutputProfile
from cardprint.model.promise import Promise
from cardprint.model.source import Source
from cardprint.paint import FrameError, paint_pdf
from cardprint.pipeline import Project, RequestError, compose_card, compose_edition, find_data, open_project
from cardprint.resolve import Inputs
from cardprint.validate import validate_state
from cardprint.verify import Identity, identify, nearest_layout, read_aloud, verify_fast, verify_full
from cardprint.workspace import Root, Workspace


class VerifiedFile(Struct, frozen=True):
    """What came of one file: its name as shown, who it says it is (None if it cannot be read), what was found, and what
    it was compared with ("Mississippi, 2021"; empty: with nothing). An `error` kept it from being proved."""

    name: str
    identity: Identity | None = None
    findings: tuple[Finding, ...] = ()
    subject: str = ""
    error: DiagnosticError | None = None

    @property
    def rejected(self) -> bool:
        return failed(self.findings)

    @property
    def of_other_data(self) -> bool:
        """Whether it was made from other data than those it was compared with, and does not say what they say."""
        rules = {finding.rule for finding in self.findings if finding.severity is Severity.ERROR}
        return bool(rules & {"other-data", "other-edition"})


def verify_files(
    workspace: Workspace,
    files: Sequence[str | os.PathLike[str]],
    data: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    *,
    full: bool = False,
) -> Iterator[VerifiedFile]:
    """Verify finished cards one after another: a result for each, whatever befalls the others.

    Each is compared with the edition in `data`, or else with the shipped one that it names. Without `layout` the one
    is taken from whose files the card says it was made. Raises `RequestError` for data or a layout that does not
    exist."""
    shelf = _Shelf(workspace, data, layout)
    for file in files:
        try:
            source = _read(workspace, file)
        except DiagnosticError as error:
            yield VerifiedFile(os.fspath(file), error=error)
            continue
        identity = identify(source.data)
        try:
            expected = shelf.expected(identity, source.data) if identity is not None else _Expected()
        except RequestError:
            raise
        except DiagnosticError as error:
            yield VerifiedFile(source.name, identity, error=error)
            continue
        findings = (
            verify_full(source.data, expected.frames, expected.promise, expected.profile, expected.original())
            if full
            else verify_fast(source.data, expected.frames, expected.promise, expected.profile)
        )
        yield VerifiedFile(source.name, identity, (*expected.findings, *findings), expected.subject)


def read_file(workspace: Workspace, file: str | os.PathLike[str]) -> list[str]:
    """What a screen reader would say of a PDF; see `read_aloud`. Raises `DiagnosticError`."""
    return read_aloud(_read(workspace, file).data)


def _read(workspace: Workspace, file: str | os.PathLike[str]) -> Source:
    try:
        root, name = workspace.file(file)
    except DiagnosticError as error:
        raise RequestError(error.diagnostics) from None
    return workspace.read(root, name)


class _Expected(Struct, frozen=True):
    """What a file is compared with, the `subject` for people, and what stood in the way of that."""

    frames: Sequence[PageFrame] | None = None
    promise: Promise | None = None
    profile: OutputProfile = SCREEN
    findings: tuple[Finding, ...] = ()
    subject: str = ""
    navigation: Navigation | None = None

    def original(self) -> bytes | None:
        """The file as it is made anew; None where its pages are not known, or cannot be painted."""
        if self.frames is None:
            return None
        try:
            return paint_pdf(self.frames, self.profile, navigation=self.navigation)
        except FrameError:
            return None


class _Shelf(Struct):
    """The editions and layouts that files are compared with, each opened once."""

    workspace: Workspace
    data: str | os.PathLike[str] | None
    layout: str | os.PathLike[str] | None
    projects: dict[tuple[str, str, str | None, str], Project] = field(default_factory=dict)

    def expected(self, identity: Identity, pdf: bytes) -> _Expected:
        """What the card that `identity` claims to be must say.

        Raises `RequestError` for data or a layout that does not exist, else `DiagnosticError` for data that are wrong,
        or lack the state."""
        if not identity.edition:
            message = "The file does not say to which edition it belongs: its words were not compared with any data."
            return _Expected(findings=(Finding("unidentified", message),))
        root = self._edition(identity.edition)
        if root is None:
            message = (
                f"The card belongs to edition {identity.edition}, which cardprint does not have: "
                "its words were not compared with any data."
            )
            hint = "Name the folder of its data with --data DIR."
            return _Expected(findings=(Finding("unknown-edition", message, hint=hint),))
        layouts = [os.fspath(self.layout)] if self.layout is not None else self._layouts(root)
        refused: list[DiagnosticError] = []
        expected = (
            self._card(identity, pdf, root, layouts)
            or self._whole_edition(identity, root, layouts, refused)
            or self._book(identity, root)
            or self._fact_sheet(identity, root, layouts)
        )
        if expected is None and refused:
            raise refused[0]  # one of these pages the file may be
        return expected or _not_compared(self.data)

    def _edition(self, edition: str) -> Root | None:
        """The folder of the data: the one that was asked for, or the shipped one of that edition."""
        if self.data is not None:
            return find_data(self.workspace, self.data)
        shipped = self.workspace.shipped_root("data")
        if re.fullmatch(r"[\w-]+", edition) and self.workspace.has(shipped, f"{edition}/framework.yaml"):
            return self.workspace.shipped_root(f"data/{edition}")
        return None

    def _layouts(self, data: Root) -> list[str]:
        """The layouts that a card may be in: those beside the data, the usual one, the others."""
        shipped = self.workspace.names(self.workspace.shipped_root("layouts"), "", ".yaml")
        return list(dict.fromkeys((*self.workspace.names(data, "layouts", ".yaml"), DEFAULT_LAYOUT, *shipped)))

    def _project(self, data: Root, layout: str, profile: str, size: str | None = None) -> Project:
        key = (str(data.directory), layout, size, profile)
        if key not in self.projects:
            self.projects[key] = open_project(self.workspace, data.directory, layout, size, profile)
        return self.projects[key]

    def _at_all_sizes(self, data: Root, layouts: Sequence[str], identity: Identity) -> Iterator[Project]:
        """Each layout, then each at its other sizes, for the profile that the file was written for."""
        profile = PRINT_NAME if identity.for_press else SCREEN_NAME
        opened, refused = [], []
        for layout in layouts:
            try:
                opened.append((layout, self._project(data, layout, profile)))
            except DiagnosticError as error:
                refused.append(error)  # a layout that is not for these data
                continue
            yield opened[-1][1]
        if refused and not opened:
            raise refused[0]
        for layout, project in opened:
            for size in project.layout.sizes:
                yield self._project(data, layout, profile, size)

    def _card(self, identity: Identity, pdf: bytes, data: Root, layouts: Sequence[str]) -> _Expected | None:
        """The promise of the state that the file names; None if it names none that the edition has.

        It is that of the layout from which the file says it was made, with its pages as they were laid out for it; or
        that of the first."""
        expected = []
        embargo = embargo_in(identity.title)
        for project in self._at_all_sizes(data, layouts, identity):
            slug = _state(identity, project)
            if slug is None:
                return None
            if project.layout.per is not Per.STATE:
                continue
            stamped = project if embargo is None else under_embargo(project, embargo)
            promise, profile = _promise(stamped, slug), project.profile
            subject = _subject(project, project.jurisdictions[slug].name)
            if promise.data_sha256 == identity.data_sha256:
                return _Expected(_frames(stamped, slug, identity, pdf), promise, profile, subject=subject)
            expected.append(_Expected(promise=promise, profile=profile, subject=subject))
        return expected[0] if expected else None

    def _whole_edition(
        self, identity: Identity, data: Root, layouts: Sequence[str], refused: list[DiagnosticError]
    ) -> _Expected | None:
        """The frame of the page about the whole edition that the file says it is; None if it is none. Why such a page
        cannot be made goes to `refused`: the file may be another."""
        for project in self._at_all_sizes(data, layouts, identity):
            if project.layout.per is Per.EDITION:
                try:
                    page = compose_edition(project)
                except DiagnosticError as error:
                    refused.append(error)
                    continue
                if page.pages[0].info.data_sha256 == identity.data_sha256:
                    frames, _ = lay_out_pages(page.pages, project.fonts)
                    return _Expected(frames=frames, profile=project.profile, subject=_subject(project))
        return None

    def _fact_sheet(self, identity: Identity, data: Root, layouts: Sequence[str]) -> _Expected | None:
        """The frames of the fact sheet, if that is what the file is: of the edition alone, or compared with another in
        a folder beside it."""
        from cardprint.tasks.facts import FactProject, frames_of_facts

        embargo = embargo_in(identity.title)
        projects = [p for p in self._at_all_sizes(data, layouts, identity) if p.layout.per is Per.FACTS]
        for project in projects:
            stamped = project if embargo is None else under_embargo(project, embargo)
            for against in (None, *self._editions_beside(data)):
                with suppress(DiagnosticError):  # there is no such sheet
                    frames = frames_of_facts(FactProject(stamped, against), identity.data_sha256)
                    if frames is not None:
                        return _Expected(frames, profile=project.profile, subject=_subject(project))
        return None

    def _editions_beside(self, data: Root) -> Iterator[Project]:
        """Editions in the folder that holds the data's, of which a fact sheet may tell what changed since."""
        from cardprint.tasks.facts import FACTS_LAYOUT

        names: Sequence[str] = ()
        with suppress(DiagnosticError):  # nothing there may be read
            folder = self.workspace.folder(data.directory.parent)
            names = [name for name in self.workspace.names(folder, "", "") if name != data.directory.name]
        for name in names:
            if self.workspace.has(folder, f"{name}/framework.yaml"):
                with suppress(DiagnosticError):
                    yield self._project(self.workspace.folder(folder.directory / name), FACTS_LAYOUT, SCREEN_NAME)

    def _book(self, identity: Identity, data: Root) -> _Expected | None:
        """The frames of the book of all cards, if that is what the file is."""
        from cardprint.tasks.book import frames_of_book, open_book

        if embargo_in(identity.title) or identity.for_press:
            return None
        book = open_book(self.workspace, data.directory, self.layout)
        found = frames_of_book(book, identity.data_sha256)
        if found is None:
            return None
        frames, navigation = found
        return _Expected(frames=frames, subject=_subject(book.cards), navigation=navigation)


def _not_compared(data: str | os.PathLike[str] | None) -> _Expected:
    message = (
        "The file is the card of no state of the edition, nor a page about the edition as it is now: "
        "its words were not compared with any data."
    )
    hint = "Name the folder of the data that it was made from with --data DIR."
    if data is not None:
        hint = (
            "If it was made from these data they have changed since: make it anew. For a fact sheet that tells what "
            "changed, the earlier edition must lie beside this one."
        )
    return _Expected(findings=(Finding("not-compared", message, hint=hint),))


def _state(identity: Identity, project: Project) -> str | None:
    """The slug of the state that a file says it is about: in its metadata, else by the name in its heading or title."""
    if identity.state:
        return identity.state if identity.state in project.jurisdictions else None
    for words in (identity.heading, identity.title):
        named = [place for place in project.jurisdictions.values() if place.name.casefold() in words.casefold()]
        if named:
            return max(named, key=lambda place: len(place.name)).slug
    return None


def _promise(project: Project, slug: str) -> Promise:
    """What the card of a state must say. Raises `DiagnosticError`, also where the edition has no file for the state."""
    inputs = Inputs(project.workspace)
    node = parse_yaml(inputs.read(project.data, state_file(slug)))
    record, _ = validate_state(node, project.framework, project.jurisdictions)
    return promise_of(project, record, build_scope(project.framework, record), digest_of(project, inputs))


def _frames(project: Project, slug: str, identity: Identity, pdf: bytes) -> Sequence[PageFrame] | None:
    """The pages of a state's card as they were laid out for the file, on whichever rung of copyfit; None if that cannot
    be known: another version of cardprint made it."""
    if (identity.version, identity.edition) != (__version__, project.framework.edition.id):
        return None
    try:
        pages = compose_card(project, slug).pages
    except DiagnosticError:
        return None
    return nearest_layout(pdf, _layouts(project, pages))


def _layouts(project: Project, pages: Sequence[PageContent]) -> Iterator[Sequence[PageFrame]]:
    """The pages on each rung on which they fit."""
    rungs: Sequence[int | None] = (None,)
    if project.layout.copyfit.scope is CopyfitScope.SET:
        rungs = range(last_rung(pages[0]) + 1)
    for rung in rungs:
        with suppress(DiagnosticError):
            yield lay_out_pages(pages, project.fonts, rung)[0]


def _subject(project: Project, state: str = "") -> str:
    edition = project.framework.edition.id
    return f"{state}, {edition}" if state else f"edition {edition}"
