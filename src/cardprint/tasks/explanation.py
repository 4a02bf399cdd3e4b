"""Why pages look as they do: their blocks as they were set, and what copyfit did to make them fit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from cardprint.layout import Explained, explain_page, fit, fit_pages, last_rung, lay_out_pages, oversets_on
from cardprint.model.content import PageContent
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.frame import FitReport, PageFrame
from cardprint.pipeline import (
    Project,
    RequestError,
    compose_card,
    compose_edition,
    lay_out_card,
    shared_rung,
    state_slugs,
)


class EditionFit(Struct, frozen=True):
    """The rung of copyfit that all cards of an edition share, and the cards that force it: for each the diagnostics
    that say what it would have to lose to gain a rung."""

    rung: int
    forced_by: Mapping[str, tuple[Diagnostic, ...]]


class Explanation(Struct, frozen=True):
    """Pages and how they came about.

    `subject` names them for people; `blocks` are those of each page. `frames` and `report` are None where something has
    no room on any rung; then `oversets` say what is over and `blocks` are those of the last rung. `shared` is what the
    edition decided for all cards."""

    subject: str
    pages: tuple[PageContent, ...]
    blocks: tuple[tuple[Explained, ...], ...]
    frames: tuple[PageFrame, ...] | None
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
        frames, report = lay_out_card(project, card, shared.rung if shared else None)
    except DiagnosticError as error:
        return _overset(project, subject, card.pages, error)
    rung = report.rung if shared and shared.rung == report.rung else None
    return Explanation(subject, card.pages, _blocks(project, card.pages, rung), frames, report, shared)


def explain_edition(project: Project) -> Explanation:
    """The pages of a layout that draws the whole edition, likewise."""
    pages = compose_edition(project).pages
    subject = f"the {project.layout.name} of {project.framework.edition.id}"
    try:
        frames, report = lay_out_pages(pages, project.fonts)
    except DiagnosticError as error:
        return _overset(project, subject, pages, error)
    return Explanation(subject, pages, _blocks(project, pages, None), frames, report)


def fit_edition(project: Project) -> EditionFit | None:
    """The shared rung, and what the cards that force it would have to lose for the one below."""
    shared = shared_rung(project)
    if not shared:
        return None if shared is None else EditionFit(0, {})
    forced_by = {}
    for slug in state_slugs(project):
        try:
            card = compose_card(project, slug)
        except DiagnosticError:
            continue
        if fit_pages(card.pages, project.fonts, start=shared - 1) == shared:
            oversets = (oversets_on(page, project.fonts, shared - 1) for page in card.pages)
            forced_by[card.state.name] = tuple(chain.from_iterable(oversets))
    return EditionFit(shared, forced_by)


def _overset(project: Project, subject: str, pages: tuple[PageContent, ...], error: DiagnosticError) -> Explanation:
    blocks = _blocks(project, pages, last_rung(pages[0]))
    return Explanation(subject, pages, blocks, None, None, oversets=error.diagnostics)


def _blocks(project: Project, pages: Sequence[PageContent], rung: int | None) -> tuple[tuple[Explained, ...], ...]:
    """The blocks of each page on `rung`, or on the first that fits."""
    rungs = [(fit(page, project.fonts) or 0) if rung is None else rung for page in pages]
    return tuple(tuple(explain_page(page, project.fonts, taken)) for page, taken in zip(pages, rungs, strict=True))


def find_blocks(explanation: Explanation, field: str) -> tuple[Explained, ...]:
    """The blocks whose field, name or text holds `field`, in whatever case.

    Raises `RequestError` (unknown-field), which suggests the nearest."""
    asked = _plain(field)
    blocks = tuple(chain.from_iterable(explanation.blocks))
    found = tuple(block for block in blocks if any(asked in _plain(text) for text in _called(block)))
    if found and asked:
        return found
    nearest = _nearest(asked, blocks)
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
