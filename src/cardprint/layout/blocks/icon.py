"""An icon: filled outlines scaled into a square."""

from __future__ import annotations

from cardprint.layout.blocks.image import fixed_size
from cardprint.layout.measure import Engine, Measured, Widths
from cardprint.model.content import IconBlock
from cardprint.model.frame import Group, PathItem
from cardprint.model.geometry import Matrix, Rect, Size


def intrinsic(block: IconBlock, engine: Engine) -> Widths:
    return Widths(block.size, block.size)


def measure(block: IconBlock, width: float, engine: Engine) -> Measured:
    return fixed_size(Size(block.size, block.size), width, f"the icon “{block.icon.name}”", block.span)


def place(block: IconBlock, region: Rect, engine: Engine) -> Group:
    scale = block.size / max(block.icon.width, block.icon.height)
    x = region.x + (block.size - block.icon.width * scale) / 2
    y = region.y + (block.size - block.icon.height * scale) / 2
    return Group(
        region=Rect(region.x, region.y, block.size, block.size),
        items=(PathItem(block.icon.outline, Matrix(scale, 0.0, 0.0, scale, x, y), block.swatch, block.span),),
        role=block.role,
        name=block.name,
        span=block.span,
    )
