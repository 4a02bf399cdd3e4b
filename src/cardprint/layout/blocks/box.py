"""A box: one child with ground, border and inset; its ground may run off the page."""

from __future__ import annotations

from cardprint.layout.flow import aligned_region, aligned_width, inset_oversets
from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import BoxBlock, Edge
from cardprint.model.frame import FilledRect, FrameItem, Group, RuleItem
from cardprint.model.geometry import TOLERANCE, Rect, Size


def intrinsic(block: BoxBlock, engine: Engine) -> Widths:
    if block.width is not None:
        return Widths(block.width, block.width)
    if block.child is None:
        return Widths(block.inset.horizontal, block.inset.horizontal)
    child = engine.intrinsic(block.child)
    return Widths(child.least + block.inset.horizontal, child.most + block.inset.horizontal)


def _outer_width(block: BoxBlock, width: float) -> float:
    return width if block.width is None else block.width


def measure(block: BoxBlock, width: float, engine: Engine) -> Measured:
    outer = _outer_width(block, width)
    oversets = list(inset_oversets(block.inset, outer, "the box", block.span))
    if outer > width + TOLERANCE:
        reason = f"is {outer:g} pt wide in a column of {width:.1f} pt"
        oversets.append(Overset(outer - width, "the box", reason, "Widen the column.", block.span))
    if block.child is None:
        height = block.inset.vertical if block.height is None else block.height
        return Measured(Size(outer, height), None, tuple(oversets))
    inner = outer - block.inset.horizontal
    child = engine.measure(block.child, aligned_width(block.child, inner, block.halign, engine))
    oversets.extend(child.overset)
    natural = child.size.height + block.inset.vertical
    height = natural if block.height is None else block.height
    if natural > height + TOLERANCE:
        reason = f"needs {natural:.1f} pt of height and is fixed at {height:g} pt"
        oversets.append(Overset(natural - height, "the box", reason, "Make it higher or its text shorter.", block.span))
    baseline = None
    if child.baseline is not None:
        inside = Rect(0.0, 0.0, outer, height).inset(block.inset)
        baseline = aligned_region(inside, 0.0, child, None, block.valign).y + child.baseline
    return Measured(Size(outer, height), baseline, tuple(oversets))


def place(block: BoxBlock, region: Rect, engine: Engine) -> Group:
    height = region.height if block.height is None else block.height
    outer = Rect(region.x, region.y, _outer_width(block, region.width), height)
    items: list[FrameItem] = []
    if block.fill is not None or block.border is not None:
        items.append(FilledRect(_ground(block, outer, engine), block.fill, block.radius, block.border, block.span))
    items.extend(_rules(block, outer, engine))
    if block.child is not None:
        inner = outer.inset(block.inset)
        width = aligned_width(block.child, inner.width, block.halign, engine)
        measured = engine.measure(block.child, width)
        items.append(engine.place(block.child, aligned_region(inner, width, measured, block.halign, block.valign)))
    return Group(region=outer, items=tuple(items), name=block.name, span=block.span)


def _ground(block: BoxBlock, outer: Rect, engine: Engine) -> Rect:
    """The filled area: on its bleeding edges it reaches over margin and trim to the end of the page's ground."""
    ground = engine.ground
    left = ground.x if Edge.LEFT in block.bleed else outer.x
    top = ground.y if Edge.TOP in block.bleed else outer.y
    right = ground.right if Edge.RIGHT in block.bleed else outer.right
    bottom = ground.bottom if Edge.BOTTOM in block.bleed else outer.bottom
    return Rect(left, top, right - left, bottom - top)


def _rules(block: BoxBlock, outer: Rect, engine: Engine) -> list[FrameItem]:
    """Rules along single edges, inside the box, as long as its ground."""
    ground = _ground(block, outer, engine)
    rules: list[FrameItem] = []
    for edge, stroke in block.rules:
        half = stroke.weight / 2
        match edge:
            case Edge.TOP:
                line = (ground.x, outer.y + half, ground.right, outer.y + half)
            case Edge.BOTTOM:
                line = (ground.x, outer.bottom - half, ground.right, outer.bottom - half)
            case Edge.LEFT:
                line = (outer.x + half, ground.y, outer.x + half, ground.bottom)
            case Edge.RIGHT:
                line = (outer.right - half, ground.y, outer.right - half, ground.bottom)
        rules.append(RuleItem(*line, stroke, block.span))
    return rules
