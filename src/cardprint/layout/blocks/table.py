"""A table: rows on common tracks, cells that span columns and rows, height left over shared by the rows' weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.flow import Tallest, aligned_region, aligned_width, inset_oversets, share, tallest_of
from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.layout.tracks import intrinsic_width, positions, resolve_tracks
from cardprint.model.content import Cell, Row, Stroke, TableBlock, VAlign
from cardprint.model.frame import FilledRect, FrameItem, Group, RuleItem
from cardprint.model.geometry import TOLERANCE, Insets, Rect, Size
from cardprint.model.structure import Role, Tag


def intrinsic(block: TableBlock, engine: Engine) -> Widths:
    return intrinsic_width(block.tracks, _track_contents(block, engine), block.gap)


def _track_contents(block: TableBlock, engine: Engine) -> list[Widths]:
    """What each track's own cells can use; a cell over several tracks asks nothing of them."""
    contents = [Widths(0.0, 0.0) for _ in block.tracks]
    for row in block.rows:
        for cell in row.cells:
            if cell.block is None or cell.column_span > 1:
                continue
            widths = engine.intrinsic(cell.block)
            inset = _inset(row, cell, engine).horizontal
            before = contents[cell.column]
            contents[cell.column] = Widths(
                max(before.least, widths.least + inset), max(before.most, widths.most + inset)
            )
    return contents


def _inset(row: Row, cell: Cell, engine: Engine) -> Insets:
    """The row's inset, on this rung of copyfit, and the cell's own, added."""
    padding = engine.setting.padding(row.inset)
    return Insets(
        padding.top + cell.inset.top,
        padding.right + cell.inset.right,
        padding.bottom + cell.inset.bottom,
        padding.left + cell.inset.left,
    )


class _MeasuredCell(Struct, frozen=True):
    """A cell with the width inside its inset, its block's own width, and its block's measure."""

    cell: Cell
    inset: Insets
    width: float
    measured: Measured
    valign: VAlign

    @property
    def height(self) -> float:
        return self.measured.size.height + self.inset.vertical

    @property
    def baseline(self) -> float | None:
        """The first baseline from the cell's top, for cells that stand on their row's."""
        if self.valign is not VAlign.BASELINE or self.measured.baseline is None:
            return None
        return self.inset.top + self.measured.baseline


class _MeasuredRow(Struct, frozen=True):
    """A row with its cells measured: where its aligned first baselines stand below the top of the aligned cells,
    how high these are together, and the row's natural height."""

    row: Row
    cells: tuple[_MeasuredCell, ...]
    baseline: float
    aligned: float
    height: float

    def middle(self, height: float) -> float:
        """Where the aligned cells begin: they stand together in the middle of the row when it is `height` points."""
        return (height - self.aligned) / 2 if self.aligned else 0.0


def _measure_rows(block: TableBlock, widths: Sequence[float], engine: Engine) -> list[_MeasuredRow]:
    rows = [_measure_row(row, widths, block.gap, engine) for row in block.rows]
    heights = _with_spans(rows)
    return [replace(row, height=height) for row, height in zip(rows, heights, strict=True)]


def _measure_row(row: Row, widths: Sequence[float], gap: float, engine: Engine) -> _MeasuredRow:
    cells = tuple(_measure_cell(row, cell, widths, gap, engine) for cell in row.cells)
    baseline = max((cell.baseline for cell in cells if cell.baseline is not None), default=0.0)
    height, aligned = row.min_height, 0.0
    for cell in cells:
        if cell.cell.row_span == 1:
            drop = baseline - cell.baseline if cell.baseline is not None else 0.0
            height = max(height, cell.height + drop)
            if cell.baseline is not None:
                aligned = max(aligned, cell.height + drop)
    return _MeasuredRow(row, cells, baseline, aligned, height)


def _measure_cell(row: Row, cell: Cell, widths: Sequence[float], gap: float, engine: Engine) -> _MeasuredCell:
    inset = _inset(row, cell, engine)
    outer = sum(widths[cell.column : cell.column + cell.column_span]) + gap * (cell.column_span - 1)
    inner = outer - inset.horizontal
    valign = cell.valign or row.valign
    if cell.block is None:
        return _MeasuredCell(cell, inset, inner, Measured(Size(0.0, 0.0)), valign)
    width = aligned_width(cell.block, inner, cell.halign, engine)
    measured = engine.measure(cell.block, width)
    oversets = inset_oversets(inset, outer, "the cell", cell.span)
    if oversets:
        measured = replace(measured, overset=(*oversets, *measured.overset))
    return _MeasuredCell(cell, inset, width, measured, valign)


def _with_spans(rows: Sequence[_MeasuredRow]) -> list[float]:
    """Row heights in which cells over several rows have room too: what they lack is added to their rows equally."""
    heights = [row.height for row in rows]
    for index, row in enumerate(rows):
        for cell in row.cells:
            span = cell.cell.row_span
            if span > 1:
                lack = cell.height - sum(heights[index : index + span])
                spanned = range(index, min(index + span, len(heights)))
                for row_index in spanned:
                    heights[row_index] += max(0.0, lack) / len(spanned)
    return heights


def measure(block: TableBlock, width: float, engine: Engine) -> Measured:
    widths, rows = engine.once(_set, block, width)
    oversets: list[Overset] = [o for row in rows for cell in row.cells for o in cell.measured.overset]
    taken = sum(widths) + block.gap * (len(widths) - 1)
    if taken > width + TOLERANCE:
        reason = f"has columns of {taken:.1f} pt together in a region of {width:.1f} pt"
        oversets.append(Overset(taken - width, "the table", reason, "Make its tracks narrower.", block.span))
    baseline = rows[0].middle(rows[0].height) + rows[0].baseline if rows and rows[0].baseline else None
    return Measured(Size(width, sum(row.height for row in rows)), baseline, tuple(oversets))


def tallest(block: TableBlock, width: float, engine: Engine) -> Iterator[Tallest]:
    """For each row the block that makes it as high as it is."""
    _, rows = engine.once(_set, block, width)
    for row in rows:
        cells = [(cell.height, cell.cell.block, cell.width) for cell in row.cells if cell.cell.row_span == 1]
        found = tallest_of(cells, row.row.min_height)
        if found is not None:
            yield found


def _set(block: TableBlock, width: float, engine: Engine) -> tuple[list[float], list[_MeasuredRow]]:
    """The widths of the tracks and the rows measured in them, for a table of a width."""
    widths = resolve_tracks(block.tracks, lambda: _track_contents(block, engine), block.gap, width)
    return widths, _measure_rows(block, widths, engine)


def place(block: TableBlock, region: Rect, engine: Engine) -> Group:
    widths, rows = engine.once(_set, block, region.width)
    extra = share(region.height - sum(row.height for row in rows), [row.row.weight for row in rows])
    heights = [row.height + more for row, more in zip(rows, extra, strict=True)]
    columns = positions(widths, block.gap, region.x)
    tops = positions(heights, 0.0, region.y)
    grid = _Grid(columns, widths, tops, heights)
    groups = [_place_row(row, index, grid, engine) for index, row in enumerate(rows)]
    head, body = groups[: block.head_rows], groups[block.head_rows :]
    parts: list[FrameItem] = list(_grounds(rows, grid, region))
    if head:
        parts.append(Group(region, tuple(head), Role(Tag.THEAD), span=block.span))
    if body:
        parts.append(Group(region, tuple(body), Role(Tag.TBODY), span=block.span))
    parts.extend(_rules(rows, grid, region))
    return Group(region=region, items=tuple(parts), role=block.role, name=block.name, span=block.span)


class _Grid(Struct, frozen=True):
    """Where tracks and rows lie on the page."""

    columns: Sequence[float]
    widths: Sequence[float]
    tops: Sequence[float]
    heights: Sequence[float]

    def cell(self, cell: Cell, row: int) -> Rect:
        last_column = cell.column + cell.column_span - 1
        last_row = min(row + cell.row_span, len(self.tops)) - 1
        x, y = self.columns[cell.column], self.tops[row]
        right = self.columns[last_column] + self.widths[last_column]
        return Rect(x, y, right - x, self.tops[last_row] + self.heights[last_row] - y)


def _grounds(rows: Sequence[_MeasuredRow], grid: _Grid, region: Rect) -> Iterator[FilledRect]:
    """Every row's ground, before any cell: a cell over several rows stands on all of them."""
    for row, top, height in zip(rows, grid.tops, grid.heights, strict=True):
        if row.row.fill is not None:
            yield FilledRect(Rect(region.x, top, region.width, height), row.row.fill, span=row.row.span)


def _rules(rows: Sequence[_MeasuredRow], grid: _Grid, region: Rect) -> Iterator[RuleItem]:
    for row, top, height in zip(rows, grid.tops, grid.heights, strict=True):
        left = grid.columns[row.row.rule_from] if row.row.rule_from else region.x
        for stroke, y in ((row.row.above, top), (row.row.below, top + height)):
            if stroke is not None:
                yield _rule(stroke, left, region.right, y, row.row)


def _rule(stroke: Stroke, left: float, right: float, y: float, row: Row) -> RuleItem:
    return RuleItem(left, y, right, y, stroke, row.span)


def _place_row(row: _MeasuredRow, index: int, grid: _Grid, engine: Engine) -> Group:
    placed = tuple(_place_cell(cell, row, index, grid, engine) for cell in row.cells)
    left, right = grid.columns[0], grid.columns[-1] + grid.widths[-1]
    area = Rect(left, grid.tops[index], right - left, grid.heights[index])
    return Group(area, placed, Role(Tag.TR), span=row.row.span)


def _place_cell(cell: _MeasuredCell, row: _MeasuredRow, index: int, grid: _Grid, engine: Engine) -> Group:
    area = grid.cell(cell.cell, index)
    items: list[FrameItem] = []
    if cell.cell.fill is not None:
        items.append(FilledRect(area, cell.cell.fill, span=cell.cell.span))
    if cell.cell.block is not None:
        inner = area.inset(cell.inset)
        if cell.baseline is not None:
            top = area.y + row.middle(grid.heights[index]) + row.baseline - cell.baseline
            top = min(top, area.bottom - cell.height)
            inner = Rect(inner.x, top + cell.inset.top, inner.width, cell.measured.size.height)
        down = VAlign.TOP if cell.baseline is not None else _down(cell.valign)
        region = aligned_region(inner, cell.width, cell.measured, cell.cell.halign, down)
        items.append(engine.place(cell.cell.block, region))
    return Group(area, tuple(items), _cell_role(cell.cell), span=cell.cell.span)


def _down(valign: VAlign) -> VAlign:
    """A cell without a baseline in a row of baselines stands in the middle."""
    return VAlign.MIDDLE if valign is VAlign.BASELINE else valign


def _cell_role(cell: Cell) -> Role:
    tag = Tag.TD if cell.header is None else Tag.TH
    return Role(tag, scope=cell.header, row_span=cell.row_span, column_span=cell.column_span)
