"""Why a page looks as it does: its blocks as they were set, and what copyfit did to make them fit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardprint.layout import Explained, explain_page, last_rung, lay_out
from cardprint.model.content import PageContent
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.frame import FitReport, PageFrame
from cardprint.pipeline import (
    EditionFit,
    Project,
    RequestError,
    compose_card,
    compose_edition,
    fit_edition,
    lay_out_card,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page and how it came about.

    `subject` names it for people. `frame` and `report` are None where it has no room on any rung; then `oversets` say
    what is over and `blocks` are those of the last rung. `shared` is what its edition decided for all cards."""

    subject: str
    content: PageContent
    blocks: tuple[Explained, ...]
    frame: PageFrame | None
    report: FitReport | None
    shared: EditionFit | None = None
    oversets: tuple[Diagnostic, ...] = ()


def explain_card(project: Project, state: str) -> Explanation:
    """The card of a state on the rung on which it is rendered.

    Raises `RequestError` for a state that does not exist or a layout that draws no cards, else `DiagnosticError` where
    the card cannot be composed."""
    card = compose_card(project, state)
    shared = fit_edition(project)
    subject = f"the card of {card.state.in_text}"
    try:
        frame, report = lay_out_card(project, card, shared.rung if shared else None)
    except DiagnosticError as error:
        return _overset(project, subject, card.content, error)
    blocks = explain_page(card.content, project.fonts, report.rung)
    return Explanation(subject, card.content, tuple(blocks), frame, report, shared)


def explain_edition(project: Project) -> Explanation:
    """The page of a layout that draws the whole edition, likewise."""
    content = compose_edition(project).content
    subject = f"the {project.layout.name} of {project.framework.edition.id}"
    try:
        frame, report = lay_out(content, project.fonts)
    except DiagnosticError as error:
        return _overset(project, subject, content, error)
    return Explanation(subject, content, tuple(explain_page(content, project.fonts, report.rung)), frame, report)


def _overset(project: Project, subject: str, content: PageContent, error: DiagnosticError) -> Explanation:
    blocks = explain_page(content, project.fonts, last_rung(content))
    return Explanation(subject, content, tuple(blocks), None, None, oversets=error.diagnostics)


def find_blocks(explanation: Explanation, field: str) -> tuple[Explained, ...]:
    """The blocks whose field, name or text holds `field`, in whatever case.

    Raises `RequestError` (unknown-field), which suggests the nearest."""
    asked = _plain(field)
    found = tuple(block for block in explanation.blocks if any(asked in _plain(text) for text in _called(block)))
    if found and asked:
        return found
    nearest = _nearest(asked, explanation.blocks)
    hint = f"Did you mean “{nearest}”?" if nearest else "Without a field all blocks are listed, with their names."
    raise RequestError([Diagnostic("unknown-field", f'Nothing on {explanation.subject} is "{field}".', hint=hint)])


def _called(block: Explained) -> tuple[str, ...]:
    return block.field, block.name, block.text


def _nearest(asked: str, blocks: Sequence[Explained]) -> str | None:
    """What on the page is most like what was asked for: a field as a whole, else any of its words."""
    fields = {_plain(block.field): block.field for block in blocks}
    for known, cutoff in ((fields, 0.6), ({_plain(word): word for word in _words(blocks)}, 0.7)):
        match = next(iter(difflib.get_close_matches(asked, known, n=1, cutoff=cutoff)), None)
        if match:
            return known[match]
    return None


def _words(blocks: Sequence[Explained]) -> Iterator[str]:
    for block in blocks:
        for text in _called(block):
            yield from re.findall(r"\w[\w’'-]*\w", text)


def _plain(text: str) -> str:
    """A text as it is compared: without capitals and typographic apostrophes, its words a single space apart."""
    return " ".join(text.replace("’", "'").split()).casefold()
