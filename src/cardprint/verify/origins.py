"""Where in a layout something on a page comes from: asked only when something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.finding import Finding
from cardprint.model.frame import FilledRect, Group, PageFrame
from cardprint.model.geometry import IDENTITY, Matrix, Rect

_NEAR: Final = 0.1
"""Points by which a thing may seem to be off where it was read back."""


def with_origin(finding: Finding, frame: PageFrame) -> Finding:
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
