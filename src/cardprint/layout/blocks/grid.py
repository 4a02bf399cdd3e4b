"""A grid: equal cells in rows and columns. Its height is its own, so that a wider grid is not a higher one."""

from __future__ import annotations

from itertools import groupby

from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import GridBlock, GridCell
from cardprint.model.diagnostics import Span
from cardprint.model.frame import Group
from cardprint.model.geometry import TOLERANCE, Rect, Size
from cardprint.model.structure import Tag


def intrinsic(block: GridBlock, engine: Engine) -> Widths:
    """Columns are equal: the cell that asks most for each of its columns decides for all."""
    least = most = 0.0
    for cell in block.cells:
        inner = block.gap * (cell.column_span - 1)
        content = engine.intrinsic(cell.block)
        least = max(least, (content.least - inner) / cell.column_span)
        most = max(most, (content.most - inner) / cell.column_span)
    gaps = block.gap * (block.columns - 1)
    return Widths(least * block.columns + gaps, most * block.columns + gaps)


def _cell_region(block: GridBlock, cell: GridCell, x: float, y: float, width: float) -> Rect:
    """The region of a cell in a grid `width` points wide whose top left corner is at x, y."""
    column = max(0.0, (width - block.gap * (block.columns - 1)) / block.columns)
    return Rect(
        x + cell.column * (column + block.gap),
        y + cell.row * (block.cell_height + block.gap),
        column * cell.column_span + block.gap * (cell.column_span - 1),
        block.cell_height * cell.row_span + block.gap * (cell.row_span - 1),
    )


def measure(block: GridBlock, width: float, engine: Engine) -> Measured:
    oversets: list[Overset] = []
    too_high: dict[Span, list[tuple[float, GridCell]]] = {}
    for cell in block.cells:
        region = _cell_region(block, cell, 0.0, 0.0, width)
        measured = engine.measure(cell.block, region.width)
        oversets.extend(measured.overset)
        excess = measured.size.height - region.height
        if excess > TOLERANCE:
            too_high.setdefault(cell.span, []).append((excess, cell))
    oversets.extend(_too_high(cells) for cells in too_high.values())
    if block.gap * (block.columns - 1) > width + TOLERANCE:
        gaps = block.gap * (block.columns - 1)
        reason = f"needs {gaps:.1f} pt for its gaps in a region of {width:.1f} pt"
        oversets.append(Overset(gaps - width, "the grid", reason, "Make the gap or the grid smaller.", block.span))
    height = block.cell_height * block.rows + block.gap * (block.rows - 1)
    return Measured(Size(width, height), _first_baseline(block, width, engine), tuple(oversets))


def _too_high(cells: list[tuple[float, GridCell]]) -> Overset:
    """One overset for the cells that one line of the layout made: the highest of them, and how many more there are."""
    excess, cell = max(cells, key=lambda item: item[0])
    others = f", and {len(cells) - 1} more like it" if len(cells) > 1 else ""
    subject = f"the cell in column {cell.column}, row {cell.row} of the grid{others},"
    return Overset(excess, subject, "is too high", "Raise cell_height, or make the cell's content lower.", cell.span)


def _first_baseline(block: GridBlock, width: float, engine: Engine) -> float | None:
    """The highest first baseline of its cells."""
    baselines = []
    for cell in block.cells:
        region = _cell_region(block, cell, 0.0, 0.0, width)
        baseline = engine.measure(cell.block, region.width).baseline
        if baseline is not None:
            baselines.append(region.y + baseline)
    return min(baselines, default=None)


def place(block: GridBlock, region: Rect, engine: Engine) -> Group:
    items = [_placed(block, cell, region, engine) for cell in block.cells]
    if block.role is None or block.role.tag is not Tag.L:
        return Group(region=region, items=tuple(items), role=block.role, name=block.name, span=block.span)
    # A list holds items and nothing else (ISO 32000-1 §14.8.4.3.3): other cells stand before and after it.
    parts: list[Group] = []
    for is_item, group in groupby(items, key=_is_list_item):
        stretch = tuple(group)
        parts.extend([Group(region, stretch, role=block.role, span=block.span)] if is_item else stretch)
    return Group(region=region, items=tuple(parts), name=block.name, span=block.span)


def _placed(block: GridBlock, cell: GridCell, region: Rect, engine: Engine) -> Group:
    inside = _cell_region(block, cell, region.x, region.y, region.width)
    placed = engine.place(cell.block, inside)
    return placed if cell.role is None else Group(inside, (placed,), role=cell.role, span=cell.span)


def _is_list_item(group: Group) -> bool:
    return group.role is not None and group.role.tag is Tag.LI
