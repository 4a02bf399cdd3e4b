"""A child turned by a quarter, such as a tab that reads upwards."""

from __future__ import annotations

from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import RotatedBlock
from cardprint.model.frame import Group
from cardprint.model.geometry import TOLERANCE, Matrix, Rect, Size


def intrinsic(block: RotatedBlock, engine: Engine) -> Widths:
    height = _turned(block, engine).size.height
    return Widths(height, height)


def _turned(block: RotatedBlock, engine: Engine) -> Measured:
    """The child at the length it wants: what was its width is the block's height."""
    return engine.measure(block.child, engine.intrinsic(block.child).most)


def measure(block: RotatedBlock, width: float, engine: Engine) -> Measured:
    turned = _turned(block, engine)
    oversets = turned.overset
    if turned.size.height > width + TOLERANCE:
        reason = f"is {turned.size.height:.1f} pt wide when turned, in a column of {width:.1f} pt"
        overset = Overset(turned.size.height - width, "the turned block", reason, "Widen the column.", block.span)
        oversets = (*oversets, overset)
    return Measured(Size(turned.size.height, engine.intrinsic(block.child).most), None, oversets)


def place(block: RotatedBlock, region: Rect, engine: Engine) -> Group:
    length = engine.intrinsic(block.child).most
    across = _turned(block, engine).size.height
    x = region.x + (region.width - across) / 2
    y = region.y + (region.height - length) / 2
    if block.angle == 90:
        matrix = Matrix(0.0, -1.0, 1.0, 0.0, x, y + length)
    else:
        matrix = Matrix(0.0, 1.0, -1.0, 0.0, x + across, y)
    child = engine.turned(matrix).place(block.child, Rect(0.0, 0.0, length, across))
    return Group(region=region, items=(child,), matrix=matrix, name=block.name, span=block.span)
