"""An image at its printed size: a raster picture, or an outline in one swatch."""

from __future__ import annotations

from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import ImageBlock
from cardprint.model.diagnostics import Span
from cardprint.model.frame import FrameItem, Group, ImageItem, PathItem
from cardprint.model.geometry import TOLERANCE, Matrix, Rect, Size
from cardprint.model.icon import Icon


def intrinsic(block: ImageBlock, engine: Engine) -> Widths:
    return Widths(block.size.width, block.size.width)


def measure(block: ImageBlock, width: float, engine: Engine) -> Measured:
    return fixed_size(block.size, width, f"the image “{block.picture.name}”", block.span)


def fixed_size(size: Size, width: float, subject: str, span: Span) -> Measured:
    """The measure of something that cannot change its size."""
    if size.width <= width + TOLERANCE:
        return Measured(size)
    reason = f"is {size.width:g} pt wide in a column of {width:.1f} pt"
    return Measured(size, overset=(Overset(size.width - width, subject, reason, "Widen the column.", span),))


def place(block: ImageBlock, region: Rect, engine: Engine) -> Group:
    rect = Rect(region.x, region.y, block.size.width, block.size.height)
    return Group(region=rect, items=(_item(block, rect),), role=block.role, name=block.name, span=block.span)


def _item(block: ImageBlock, rect: Rect) -> FrameItem:
    picture = block.picture
    if not isinstance(picture, Icon):
        return ImageItem(picture, rect, block.span)
    if block.swatch is None:
        raise ValueError(f"the outline {picture.name} has no swatch")
    matrix = Matrix(rect.width / picture.width, 0.0, 0.0, rect.height / picture.height, rect.x, rect.y)
    return PathItem(picture.outline, matrix, block.swatch, span=block.span)
