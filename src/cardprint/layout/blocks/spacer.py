"""Empty height."""

from __future__ import annotations

from cardprint.layout.measure import Engine, Measured, Widths
from cardprint.model.content import SpacerBlock
from cardprint.model.frame import Group
from cardprint.model.geometry import Rect, Size


def intrinsic(block: SpacerBlock, engine: Engine) -> Widths:
    return Widths(0.0, 0.0)


def measure(block: SpacerBlock, width: float, engine: Engine) -> Measured:
    return Measured(Size(width, block.height))


def place(block: SpacerBlock, region: Rect, engine: Engine) -> Group:
    return Group(region=region, items=(), name=block.name, span=block.span)
