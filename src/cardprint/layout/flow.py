"""What happens to height that is left over, and where a block stands in a region larger than itself."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cardprint.layout.measure import Engine, Measured, Overset
from cardprint.model.content import Block, HAlign, VAlign
from cardprint.model.diagnostics import Span
from cardprint.model.geometry import TOLERANCE, Insets, Rect


def share(surplus: float, weights: Sequence[float]) -> list[float]:
    """`surplus` points divided by weight; nothing where the weights are nothing or nothing is left."""
    total = sum(weights)
    if total <= 0 or surplus <= 0:
        return [0.0] * len(weights)
    return [surplus * weight / total for weight in weights]


def aligned_width(block: Block, width: float, align: HAlign | None, engine: Engine) -> float:
    """The width that a block gets in a cell: all of it, or its own if it is aligned."""
    return width if align is None else min(engine.intrinsic(block).most, width)


def aligned_region(region: Rect, size_width: float, measured: Measured, across: HAlign | None, down: VAlign) -> Rect:
    """The part of `region` in which a block of the measured height stands, by its alignments.

    A block aligned to the top keeps the whole height, so that it can grow into it."""
    x = region.x
    if across is HAlign.CENTER:
        x += (region.width - size_width) / 2
    elif across is HAlign.RIGHT:
        x += region.width - size_width
    y, height = region.y, region.height
    if down is VAlign.MIDDLE:
        y += (region.height - measured.size.height) / 2
        height = measured.size.height
    elif down is VAlign.BOTTOM:
        y += region.height - measured.size.height
        height = measured.size.height
    return Rect(x, y, size_width, height)


def inset_oversets(inset: Insets, width: float, subject: str, span: Span) -> tuple[Overset, ...]:
    """What is overset where insets alone are wider than the `width` that they are taken from."""
    excess = inset.horizontal - width
    if excess <= TOLERANCE:
        return ()
    reason = f"has insets of {inset.horizontal:g} pt in a width of {width:.1f} pt"
    return (Overset(excess, subject, reason, "Lower its insets or widen its column.", span),)


class Tallest(Struct, frozen=True):
    """The highest of blocks that stand side by side, the width it was set to, and by how many points it leads."""

    block: Block
    width: float
    lead: float


def tallest_of(heights: Sequence[tuple[float, Block | None, float]], at_least: float = 0.0) -> Tallest | None:
    """The highest of (height, block, width); its lead is over the next one and over `at_least`."""
    if not heights:
        return None
    height, block, width = max(heights, key=lambda item: item[0])
    if block is None:
        return None
    others = sorted((other[0] for other in heights), reverse=True)[1:2]
    return Tallest(block, width, height - max([at_least, *others]))
