"""The fact sheet of an edition: counts, rankings and what changed, as a page and as text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from cardprint import __version__
from cardprint.compose import compose_pages, sample_file_name
from cardprint.compose.fact_scope import build_fact_scope
from cardprint.compose.fact_sheet import build_fact_sheet
from cardprint.edition.dataset import ReadEdition, read_edition
from cardprint.edition.proof import rejection
from cardprint.export.fact_sheet import write_markdown
from cardprint.layout import fit_pages, lay_out_pages
from cardprint.model.content import PageContent, StackBlock
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.fact_sheet import FactSheet
from cardprint.model.finding import failed
from cardprint.model.frame import FitReport, PageFrame
from cardprint.model.layout_spec import Per
from cardprint.paint import paint_pdf
from cardprint.pipeline import FailedCard, Project, open_project, require_layout
from cardprint.verify import verify_fast
from cardprint.workspace import Workspace

FACTS_LAYOUT: Final = "fact-sheet"


class FactProject(Struct, frozen=True):
    """An edition opened for its fact sheet, and the earlier one that it is compared with, if any."""

    edition: Project
    against: Project | None = None


class FactFiles(Struct, frozen=True):
    """A finished fact sheet: its files' name without ending, the PDF, the Markdown, the facts themselves, what fitting
    took, and the states whose files are wrong, so that they were not counted."""

    file_name: str
    pdf: bytes
    markdown: str
    sheet: FactSheet
    report: FitReport
    failed: tuple[FailedCard, ...]
    warnings: tuple[Diagnostic, ...]


def open_facts(
    workspace: Workspace,
    data: str | os.PathLike[str] | None = None,
    against: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] = FACTS_LAYOUT,
) -> FactProject:
    """Open an edition, and the earlier one in the folder `against`. Raises `RequestError` and `DiagnosticError` as
    `open_project`."""
    edition = open_project(workspace, data, layout)
    require_layout(edition, Per.FACTS)
    return FactProject(edition, None if against is None else open_project(workspace, against, FACTS_LAYOUT))


def make_facts(project: FactProject) -> FactFiles:
    """Count, tell and draw the facts of an edition. A state whose file is wrong is not counted, and told.

    Raises `DiagnosticError` for editions that cannot be compared, an earlier edition with a mistake, facts that have no
    room or none at all, `RejectedError` for a page that failed its proof."""
    counted = _count(project)
    framework = project.edition.framework
    frames, report = _lay_out(project.edition, counted)
    pdf = paint_pdf(frames)
    name = f"{framework.edition.id}-fact-sheet"
    file_name = sample_file_name(name) if framework.sample else name
    findings = verify_fast(pdf, frames)
    if failed(findings):
        raise rejection(file_name, pdf, findings, frames)
    markdown = write_markdown(counted.sheet, framework.edition.title, sample=framework.sample)
    failures = tuple(FailedCard(slug, error) for slug, error in counted.edition.wrong.items())
    warnings = [warning for state in counted.edition.states.values() for warning in state.warnings]
    warnings += [finding.diagnostic for finding in findings]
    return FactFiles(file_name, pdf, markdown, counted.sheet, report, failures, tuple(warnings))


def frames_of_facts(project: FactProject, digest: str) -> tuple[PageFrame, ...] | None:
    """The pages of the fact sheet, if it is the one that carries this hash of all that was read for it. Raises
    `DiagnosticError` as `make_facts`."""
    counted = _count(project)
    return _lay_out(project.edition, counted)[0] if counted.digest == digest else None


class _Counted(Struct, frozen=True):
    """What was counted, the edition it was counted from, and the hash of all that was read for it."""

    sheet: FactSheet
    edition: ReadEdition
    digest: str


def _count(project: FactProject) -> _Counted:
    edition = read_edition(project.edition)
    earlier = None if project.against is None else _read_whole(project.against)
    sheet = build_fact_sheet(edition.dataset, earlier.dataset if earlier else None)
    if not sheet.facts:
        message = "There is nothing to count: no state of the edition has a grade or results."
        raise DiagnosticError([Diagnostic("no-facts", message, hint="Give results of at least one state.")])
    return _Counted(sheet, edition, _digest(edition, earlier))


def _lay_out(project: Project, counted: _Counted) -> tuple[tuple[PageFrame, ...], FitReport]:
    scope = build_fact_scope(project.framework, counted.sheet)
    shared = project.fonts, project.info_date, f"cardprint {__version__}", counted.digest
    pages = compose_pages(project.layout, scope, *shared, project.profile, project.embargo)
    pages = tuple(page for page in pages if not _is_empty(page))
    return lay_out_pages(pages, project.fonts, fit_pages(pages, project.fonts))


def _is_empty(page: PageContent) -> bool:
    """Whether it is a page of which nothing is left."""
    return page.body == StackBlock(span=page.body.span, name=page.body.name, children=())


def _read_whole(project: Project) -> ReadEdition:
    """An edition of which every file is right: a state that cannot be read would seem to be one that is not known."""
    edition = read_edition(project)
    problems = [problem for error in edition.wrong.values() for problem in error.diagnostics]
    if problems:
        raise DiagnosticError(problems)
    return edition


def _digest(edition: ReadEdition, earlier: ReadEdition | None) -> str:
    digests: list[str] = [*edition.project.inputs, *edition.digests]
    if earlier is not None:
        digests += [*earlier.project.inputs, *earlier.digests]
    return _hash_of(digests)


def _hash_of(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode("ascii")).hexdigest()
