"""A page made for trial and proved to the full: what only a finished file shows is told before all are made."""

from __future__ import annotations

from msgspec.structs import replace

from cardprint.layout import lay_out_pages
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.frame import PageFrame
from cardprint.pipeline import (
    ComposedCard,
    ComposedEdition,
    Project,
    card_findings,
    compose_card,
    compose_edition,
    lay_out_card,
    paint_card,
)


def try_card(project: Project, state: str, rung: int | None) -> tuple[Diagnostic, ...]:
    """What the full proof finds on the card of a state, on the edition's `rung` of copyfit if its cards share one.

    Raises `DiagnosticError` if there is no such card."""
    card = compose_card(project, state)
    frames, _ = lay_out_card(project, card, rung)
    return _findings(project, card, frames, f"the card of {card.state.in_text}")


def try_edition(project: Project) -> tuple[Diagnostic, ...]:
    """The same of the pages of a layout that draws the whole edition."""
    pages = compose_edition(project)
    frames, _ = lay_out_pages(pages.pages, project.fonts)
    return _findings(project, pages, frames, f"the {project.layout.name}")


def _findings(
    project: Project, card: ComposedCard | ComposedEdition, frames: tuple[PageFrame, ...], subject: str
) -> tuple[Diagnostic, ...]:
    _, pdf = paint_card(project, card, frames)
    found = [finding.diagnostic for finding in card_findings(project, card, frames, pdf, full=True)]
    return tuple([replace(problem, message=f"On {subject}: {problem.message}") for problem in found])
