"""Where in a layout something on a page comes from: asked only when something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from cardprint.model.colour import Swatch
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.finding import Finding
from cardprint.model.frame import FilledRect, Group, PageFrame, TextRun
from cardprint.model.geometry import IDENTITY, Matrix, Rect

_NEAR: Final = 0.1
"""Points by which a thing may seem to be off where it was read back."""

_BARE: Final = "text-without-ink"
_QUOTED: Final = 40


def with_origins(findings: Iterable[Finding], frames: Sequence[PageFrame]) -> Iterator[Finding]:
    """Findings of the preflight with the lines that caused them; texts that would print with no ink are told together,
    those of each swatch."""
    bare: dict[Swatch, list[tuple[Finding, TextRun]]] = {}
    for finding in findings:
        if not 0 < finding.page <= len(frames):
            yield finding
            continue
        frame = frames[finding.page - 1]
        run = _run_at(frame, finding.rect) if finding.rule == _BARE and finding.rect is not None else None
        if run is None:
            yield _with_origin(finding, frame)
        else:
            bare.setdefault(run.swatch, []).append((finding, run))
    for swatch, found in bare.items():
        (first, run), more = found[0], len(found) - 1
        text = "".join(piece.text for piece in run.pieces).strip()
        quoted = f"“{text}”" if len(text) <= _QUOTED else f"“{text[: _QUOTED - 2].rstrip()}…”"
        others = f" and {more} more text{'s' * (more > 1)}" if more else ""
        message = f'{quoted}{others} in the swatch "{swatch.name}" would print with no ink, on bare paper.'
        hint = (
            f'Make "{swatch.name}" darker: type under 12 pt prints in black if its rgb is darker than a middle grey, '
            "and is left out of its ground if it is lighter."
        )
        yield replace(first, message=message, span=swatch.span, hint=hint)


def _run_at(frame: PageFrame, ink: Rect) -> TextRun | None:
    """The text that was placed where a line begins whose ink is there."""
    for x, baseline, run in _runs(frame.root, IDENTITY):
        if abs(x - ink.x) < _NEAR and ink.y - _NEAR < baseline < ink.bottom + _NEAR:
            return run
    return None


def _runs(group: Group, matrix: Matrix) -> Iterator[tuple[float, float, TextRun]]:
    """Texts, each with the place on the page where its baseline begins."""
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    for item in group.items:
        if isinstance(item, Group):
            yield from _runs(item, inner)
        elif isinstance(item, TextRun):
            yield *inner.apply(item.x, item.baseline), item


def _with_origin(finding: Finding, frame: PageFrame) -> Finding:
    """The finding with the line of the layout that caused what it is about, where it names none itself."""
    if finding.span.file or finding.rect is None:
        return finding
    return replace(finding, span=_origin(frame, finding.rect))


def _origin(frame: PageFrame, rect: Rect) -> Span:
    """The line of the area that was placed just there, or else that of the smallest block around it."""
    span, smallest = NOWHERE, float("inf")
    for place, own in _placed(frame.root, IDENTITY):
        size = place.width * place.height
        if _same(place, rect):
            size = 0.0
        elif not place.contains(rect, _NEAR):
            continue
        if own.file and size <= smallest:
            span, smallest = own, size
    return span


def _placed(group: Group, matrix: Matrix) -> Iterator[tuple[Rect, Span]]:
    """Blocks and grounds with their places on the page, from the outside in."""
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    for item in group.items:
        if isinstance(item, Group):
            yield inner.apply_rect(item.region), item.span
            yield from _placed(item, inner)
        elif isinstance(item, FilledRect):
            yield inner.apply_rect(item.rect), item.span


def _same(one: Rect, other: Rect) -> bool:
    return one.contains(other, _NEAR) and other.contains(one, _NEAR)
