"""A stack: children one under another; what height is left goes to those that grow."""

from __future__ import annotations

from cardprint.layout.flow import share
from cardprint.layout.measure import Engine, Measured, Widths
from cardprint.model.content import StackBlock
from cardprint.model.frame import Group
from cardprint.model.geometry import Rect, Size


def intrinsic(block: StackBlock, engine: Engine) -> Widths:
    widths = [engine.intrinsic(child) for child in block.children]
    return Widths(max((w.least for w in widths), default=0.0), max((w.most for w in widths), default=0.0))


def measure(block: StackBlock, width: float, engine: Engine) -> Measured:
    measured = [engine.measure(child, width) for child in block.children]
    y, baseline = 0.0, None
    for child in measured:
        if baseline is None and child.baseline is not None:
            baseline = y + child.baseline
        y += child.size.height + block.gap
    height = max(0.0, y - block.gap)
    return Measured(Size(width, height), baseline, tuple(o for child in measured for o in child.overset))


def place(block: StackBlock, region: Rect, engine: Engine) -> Group:
    heights = [engine.measure(child, region.width).size.height for child in block.children]
    surplus = region.height - sum(heights) - block.gap * max(0, len(heights) - 1)
    extra = share(surplus, [child.grow for child in block.children])
    items = []
    y = region.y
    for child, height, more in zip(block.children, heights, extra, strict=True):
        items.append(engine.place(child, Rect(region.x, y, region.width, height + more)))
        y += height + more + block.gap
    return Group(region=region, items=tuple(items), role=block.role, name=block.name, span=block.span)
