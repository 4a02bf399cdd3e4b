"""The skeleton of a page painted over it: regions, gutters, live area and baselines, as decoration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from cardprint.layout.placed import Placed, children, placed_blocks
from cardprint.model.colour import Swatch
from cardprint.model.content import Block, ColumnsBlock, GridBlock, StackBlock, Stroke, TableBlock
from cardprint.model.frame import FilledRect, FrameItem, Group, PageFrame, RuleItem, TextRun
from cardprint.model.geometry import TOLERANCE, Rect
from cardprint.model.structure import Tag

_REGION: Final = Stroke(0.25, Swatch("debug-region", (0, 140, 200), (100, 0, 0, 0)))
_CELL: Final = Stroke(0.25, Swatch("debug-cell", (200, 0, 140), (0, 100, 0, 0)))
_BASELINE: Final = Stroke(0.25, Swatch("debug-baseline", (0, 160, 60), (100, 0, 100, 0)))
_LIVE: Final = Stroke(0.5, Swatch("debug-live", (230, 90, 0), (0, 60, 100, 0)))
_GUTTER: Final = Stroke(0.25, Swatch("debug-gutter", (120, 70, 220), (60, 75, 0, 0)))
_HATCH: Final = 3.0
"""Points between the lines that hatch a gutter."""


def with_skeleton(frame: PageFrame, body: Block) -> PageFrame:
    """The page that was made of `body` with its skeleton painted over it: regions outlined in blue, table cells in
    magenta, gutters and gaps hatched in violet, baselines in green, the live area in orange."""
    trim = frame.page.trim
    live = Rect(0.0, 0.0, trim.width, trim.height).inset(frame.page.margins)
    hatched = tuple(line for gutter in _gutters(body, placed_blocks(frame.root)) for line in _hatching(gutter))
    outlines = Group(
        region=frame.root.region,
        items=(*hatched, *_outlined(frame.root).items, FilledRect(live, None, stroke=_LIVE)),
    )
    return replace(frame, root=replace(frame.root, items=(*frame.root.items, outlines)))


def _gutters(block: Block, placed: Mapping[str, Placed]) -> Iterator[Rect]:
    """The space that a block keeps between its parts, as it lies on the page, and that within its parts."""
    own = placed[block.name]
    yield from map(own.to_page.apply_rect, _own_gutters(block, own.group, placed))
    for child in children(block):
        yield from _gutters(child, placed)


def _own_gutters(block: Block, group: Group, placed: Mapping[str, Placed]) -> Iterator[Rect]:
    """The space before each part of a block but the first, in the coordinates in which the block was placed."""
    whole = group.region
    match block:
        case StackBlock(gap=gap) if gap:
            for child in block.children[1:]:
                yield Rect(whole.x, placed[child.name].group.region.y - gap, whole.width, gap)
        case ColumnsBlock(gap=gap) if gap:
            for child in block.children[1:]:
                yield Rect(placed[child.name].group.region.x - gap, whole.y, gap, whole.height)
        case TableBlock(gap=gap) if gap:
            for cell in _cells(group):
                if cell.x > whole.x + TOLERANCE:
                    yield Rect(cell.x - gap, cell.y, gap, cell.height)
        case GridBlock(gap=gap) if gap:
            for part in block.cells:
                region = placed[part.block.name].group.region
                if part.column:
                    yield Rect(region.x - gap, region.y, gap, region.height)
                if part.row:
                    yield Rect(region.x, region.y - gap, region.width, gap)
        case _:
            return


def _cells(table: Group) -> Iterator[Rect]:
    """The regions of a table's own cells."""
    for item in table.items:
        if isinstance(item, Group) and item.role is not None:
            if _is_cell(item):
                yield item.region
            else:
                yield from _cells(item)


def _is_cell(group: Group) -> bool:
    return group.role is not None and group.role.tag in (Tag.TH, Tag.TD)


def _hatching(rect: Rect) -> Iterator[RuleItem]:
    """Lines that rise at 45° across a rectangle."""
    step = _HATCH
    while step < rect.width + rect.height:
        x1, y1 = (rect.x, rect.y + step) if step < rect.height else (rect.x + step - rect.height, rect.bottom)
        x2, y2 = (rect.x + step, rect.y) if step < rect.width else (rect.right, rect.y + step - rect.width)
        yield RuleItem(x1, y1, x2, y2, _GUTTER)
        step += _HATCH


def _outlined(group: Group) -> Group:
    """The outlines of a group and of all within it, without roles, turned as it is turned."""
    inner: list[FrameItem] = []
    own: list[FrameItem] = []
    if group.name or _is_cell(group):
        own.append(FilledRect(group.region, None, stroke=_CELL if _is_cell(group) else _REGION))
    for item in group.items:
        match item:
            case Group():
                inner.append(_outlined(item))
            case TextRun():
                inner.extend(_baselines(item))
            case _:
                continue
    if group.matrix is None:
        return Group(region=group.region, items=(*own, *inner))
    return Group(region=group.region, items=(*own, Group(group.region, tuple(inner), matrix=group.matrix)))


def _baselines(run: TextRun) -> Iterator[RuleItem]:
    yield RuleItem(run.x, run.baseline, run.x + run.width, run.baseline, _BASELINE)
