"""Columns: children side by side on tracks."""

from __future__ import annotations

from collections.abc import Sequence

from cardprint.layout.flow import Tallest, aligned_region, tallest_of
from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.layout.tracks import intrinsic_width, positions, resolve_tracks
from cardprint.model.content import ColumnsBlock, VAlign
from cardprint.model.frame import FrameItem, Group, LinkArea
from cardprint.model.geometry import TOLERANCE, Rect, Size
from cardprint.model.structure import Role, Tag


def intrinsic(block: ColumnsBlock, engine: Engine) -> Widths:
    return intrinsic_width(block.tracks, _contents(block, engine), block.gap)


def _widths(block: ColumnsBlock, width: float, engine: Engine) -> list[float]:
    return resolve_tracks(block.tracks, lambda: _contents(block, engine), block.gap, width)


def _contents(block: ColumnsBlock, engine: Engine) -> list[Widths]:
    return [engine.intrinsic(child) for child in block.children]


def measure(block: ColumnsBlock, width: float, engine: Engine) -> Measured:
    widths = engine.once(_widths, block, width)
    measured = [engine.measure(child, w) for child, w in zip(block.children, widths, strict=True)]
    oversets = [o for child in measured for o in child.overset]
    taken = sum(widths) + block.gap * (len(widths) - 1)
    if taken > width + TOLERANCE:
        reason = f"are {taken:.1f} pt wide together in a region of {width:.1f} pt"
        oversets.append(Overset(taken - width, "the columns", reason, "Make their tracks narrower.", block.span))
    baseline = _row_baseline(measured)
    height = max((child.size.height + _drop(block, child, baseline) for child in measured), default=0.0)
    return Measured(Size(width, height), _first_baseline(block, measured, height), tuple(oversets))


def _row_baseline(measured: Sequence[Measured]) -> float | None:
    """Where aligned first baselines meet: as far down as the lowest of them."""
    return max((child.baseline for child in measured if child.baseline is not None), default=None)


def _first_baseline(block: ColumnsBlock, measured: Sequence[Measured], height: float) -> float | None:
    """The baseline that a row around this one aligns: that of its first child with text."""
    if block.valign is VAlign.BASELINE:
        return _row_baseline(measured)
    for child in measured:
        if child.baseline is not None:
            region = aligned_region(Rect(0.0, 0.0, child.size.width, height), 0.0, child, None, block.valign)
            return region.y + child.baseline
    return None


def _drop(block: ColumnsBlock, child: Measured, baseline: float | None) -> float:
    """How far a child goes down so that its first baseline stands on the row's."""
    if block.valign is not VAlign.BASELINE or baseline is None or child.baseline is None:
        return 0.0
    return baseline - child.baseline


def tallest(block: ColumnsBlock, width: float, engine: Engine) -> Tallest | None:
    """The child that makes the row as high as it is."""
    widths = engine.once(_widths, block, width)
    heights = [
        (engine.measure(child, w).size.height, child, w) for child, w in zip(block.children, widths, strict=True)
    ]
    return tallest_of(heights)


def place(block: ColumnsBlock, region: Rect, engine: Engine) -> Group:
    widths = engine.once(_widths, block, region.width)
    measures = [engine.measure(child, width) for child, width in zip(block.children, widths, strict=True)]
    baseline = _row_baseline(measures)
    items = []
    for child, measured, x, width in zip(
        block.children, measures, positions(widths, block.gap, region.x), widths, strict=True
    ):
        drop = _drop(block, measured, baseline)
        column = Rect(x, region.y + drop, width, region.height - drop)
        if block.valign is VAlign.BASELINE and measured.baseline is not None:
            # What could grow would move its text off the common baseline.
            column = Rect(x, region.y + drop, width, measured.size.height)
        items.append(engine.place(child, aligned_region(column, width, measured, None, block.valign)))
    return Group(region=region, items=_linked(block, items, region), role=block.role, name=block.name, span=block.span)


def _linked(block: ColumnsBlock, items: Sequence[Group], region: Rect) -> tuple[FrameItem, ...]:
    """The columns, inside a Link that can be clicked anywhere in them if they are one."""
    if block.link is None:
        return tuple(items)
    area = LinkArea((region,), block.link, block.leads_to, block.span)
    return (Group(region=region, items=(*items, area), role=Role(Tag.LINK), span=block.span),)
