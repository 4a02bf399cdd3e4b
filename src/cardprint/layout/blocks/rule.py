"""A horizontal rule over the whole width of its region."""

from __future__ import annotations

from cardprint.layout.measure import Engine, Measured, Widths
from cardprint.model.content import RuleBlock
from cardprint.model.frame import Group, RuleItem
from cardprint.model.geometry import Rect, Size


def intrinsic(block: RuleBlock, engine: Engine) -> Widths:
    return Widths(0.0, 0.0)


def measure(block: RuleBlock, width: float, engine: Engine) -> Measured:
    return Measured(Size(width, block.stroke.weight))


def place(block: RuleBlock, region: Rect, engine: Engine) -> Group:
    y = region.y + block.stroke.weight / 2
    rule = RuleItem(region.x, y, region.right, y, block.stroke, block.span)
    return Group(region=region, items=(rule,), name=block.name, span=block.span)
