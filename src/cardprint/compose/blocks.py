"""Blocks of a layout become blocks of content: repeats and conditions expanded, every name resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, assert_never

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.grids import Claim, find_clashes
from cardprint.compose.leaves import ROLES, Leaves
from cardprint.compose.setting import Setter
from cardprint.compose.tables import Extent, PlacedRow, place_cells
from cardprint.model.content import (
    Block,
    BoxBlock,
    Cell,
    ColumnsBlock,
    GridBlock,
    GridCell,
    RotatedBlock,
    Row,
    RuleBlock,
    SpacerBlock,
    StackBlock,
    TableBlock,
)
from cardprint.model.diagnostics import Collector
from cardprint.model.layout_spec import (
    BlockSpec,
    BoxSpec,
    CellSpec,
    ColumnsSpec,
    FractionSpec,
    GridCellSpec,
    GridSpec,
    IconSpec,
    ImageSpec,
    QrSpec,
    Repeat,
    RotatedSpec,
    RowSpec,
    RuleSpec,
    SpacerSpec,
    StackSpec,
    TableSpec,
    TextSpec,
    Theme,
    TileSpec,
)
from cardprint.model.profile import OutputProfile
from cardprint.model.structure import Tag
from cardprint.model.template import Template

_Part = TypeVar("_Part", RowSpec, CellSpec, GridCellSpec)

_MOST_PARTS = 10_000
"""Blocks, rows and cells of one page; a map of 500 places has some 3,000."""


class Composer:
    """Composes the blocks of one page. Problems are collected; a block with a problem still comes out."""

    def __init__(
        self, theme: Theme, setter: Setter, filler: Filler, collector: Collector, profile: OutputProfile
    ) -> None:
        self._leaves = Leaves(theme, setter, filler, collector, profile)
        self._setter = setter
        self._filler = filler
        self._collector = collector
        self._profile = profile
        self._parts = 0
        self._last_repeat: Repeat | None = None

    def sole(self, spec: BlockSpec, environment: Environment, name: str) -> Block | None:
        """The block where one block stands: None if nothing comes, a stack if it repeats."""
        if spec.repeat is None:
            scopes = self._scopes(spec, environment)
            return self._block(spec, scopes[0], name) if scopes else None
        children = self._children((spec,), environment, f"{name}.stack")
        if not children:
            return None
        return StackBlock(span=spec.span, name=name, children=tuple(block for _, block in children))

    def _scopes(
        self, spec: BlockSpec | RowSpec | CellSpec | GridCellSpec, environment: Environment
    ) -> Sequence[Environment]:
        """One environment for each time that something comes: `when` is asked anew for every item of `repeat`.

        Raises `DiagnosticError` (too-many-blocks) for repeats inside one another that would never come to an end."""
        if spec.only not in (None, self._profile.name):
            return ()
        repeat, when = spec.repeat, spec.when
        scopes = (environment,) if repeat is None else self._filler.repeated(repeat, environment)
        self._last_repeat = repeat or self._last_repeat
        self._parts += len(scopes)
        if self._parts > _MOST_PARTS and self._last_repeat is not None:
            message = f"With this repeat the page has more than {_MOST_PARTS:,} blocks, rows and cells."
            self._collector.error("too-many-blocks", message, self._last_repeat.span, hint="Repeat less.")
            self._collector.raise_errors()
        if when is None:
            return scopes
        return [scope for scope in scopes if self._filler.holds(when, scope)]

    def _block(  # noqa: C901 (one case for each kind)
        self, spec: BlockSpec, environment: Environment, name: str
    ) -> Block | None:
        """The block of `spec`, its repeat and condition being settled. None where nothing is left to turn."""
        match spec:
            case TextSpec():
                return self._leaves.text(spec, environment, name)
            case StackSpec():
                return self._stack(spec, environment, name)
            case ColumnsSpec():
                return self._columns(spec, environment, name)
            case BoxSpec():
                return self._box(spec, environment, name)
            case TileSpec():
                return self._leaves.tile(spec, environment, name)
            case FractionSpec():
                return self._leaves.fraction(spec, environment, name)
            case IconSpec():
                return self._leaves.icon(spec, environment, name)
            case SpacerSpec():
                return SpacerBlock(span=spec.span, name=name, grow=spec.grow, height=spec.height)
            case RuleSpec():
                stroke = self._setter.stroke(spec.stroke, environment)
                return RuleBlock(span=spec.span, name=name, grow=spec.grow, stroke=stroke)
            case TableSpec():
                return self._table(spec, environment, name)
            case QrSpec():
                return self._leaves.qr(spec, environment, name)
            case ImageSpec():
                return self._leaves.image(spec, environment, name)
            case RotatedSpec():
                return self._rotated(spec, environment, name)
            case GridSpec():
                return self._grid(spec, environment, name)
            case _:
                assert_never(spec)

    def _box(self, spec: BoxSpec, environment: Environment, name: str) -> BoxBlock:
        setter = self._setter
        return BoxBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            child=None if spec.child is None else self.sole(spec.child, environment, f"{name}.box"),
            inset=spec.inset,
            fill=None if spec.fill is None else setter.swatch(spec.fill, environment),
            border=None if spec.border is None else setter.stroke(spec.border, environment),
            rules=tuple((edge, setter.stroke(stroke, environment)) for edge, stroke in spec.rules),
            radius=spec.radius,
            bleed=spec.bleed,
            halign=spec.halign,
            valign=spec.valign,
            width=spec.width,
            height=spec.height,
        )

    def _rotated(self, spec: RotatedSpec, environment: Environment, name: str) -> RotatedBlock | None:
        child = self.sole(spec.child, environment, f"{name}.rotate")
        if child is None:
            return None
        return RotatedBlock(span=spec.span, name=name, grow=spec.grow, child=child, angle=spec.angle)

    def _stack(self, spec: StackSpec, environment: Environment, name: str) -> StackBlock:
        children = self._children(spec.children, environment, f"{name}.stack")
        return StackBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            children=tuple(block for _, block in children),
            gap=spec.gap,
            role=None if spec.tag is None else ROLES[spec.tag],
        )

    def _columns(self, spec: ColumnsSpec, environment: Environment, name: str) -> ColumnsBlock:
        """A child takes its track with it: both go when its condition fails, both come again when it repeats.

        Where the layout gives other than one track for each child, they must be as many as the blocks that come;
        else `track-count` is collected."""
        children = self._children(spec.children, environment, f"{name}.columns")
        tracks = spec.tracks
        if len(tracks) == len(spec.children):
            tracks = tuple(tracks[index] for index, _ in children)
        elif len(tracks) != len(children):
            self._collector.error(
                "track-count",
                f"{len(children)} blocks stand side by side on {len(tracks)} tracks.",
                spec.span,
                hint="Give one track for each block.",
            )
        return ColumnsBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            children=tuple(block for _, block in children),
            tracks=tracks,
            gap=spec.gap,
            valign=spec.valign,
            role=None if spec.tag is None else ROLES[spec.tag],
            link=None if spec.link is None else self._filler.text(spec.link, environment),
            leads_to="" if spec.leads_to is None else self._filler.text(spec.leads_to, environment),
        )

    def _children(self, specs: Sequence[BlockSpec], environment: Environment, name: str) -> list[tuple[int, Block]]:
        """The blocks that come, each with the index of its spec."""
        children: list[tuple[int, Block]] = []
        for index, spec in enumerate(specs):
            for scope in self._scopes(spec, environment):
                block = self._block(spec, scope, f"{name}[{len(children)}]")
                if block is not None:
                    children.append((index, block))
        return children

    def _table(self, spec: TableSpec, environment: Environment, name: str) -> TableBlock:
        head = self._expanded(spec.head, environment)
        body = self._expanded(spec.rows, environment)
        names = [f"{name}.table.head[{index}]" for index in range(len(head))]
        names += [f"{name}.table.rows[{index}]" for index in range(len(body))]
        rows = [(row, self._expanded(row.cells, scope), scope) for row, scope in (*head, *body)]
        extents = tuple(
            tuple(Extent(cell.columns, self._row_span(cell, scope)) for cell, scope in cells) for _, cells, _ in rows
        )
        placed, misfits = place_cells(extents, len(spec.tracks), len(head))
        for misfit in misfits:
            cell, _ = rows[misfit.row][1][misfit.cell]
            self._collector.error(misfit.code, misfit.message, cell.span, hint=misfit.hint)
        return TableBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            tracks=spec.tracks,
            rows=tuple(
                self._row(row, cells, scope, places, row_extents, row_name)
                for (row, cells, scope), places, row_extents, row_name in zip(rows, placed, extents, names, strict=True)
            ),
            head_rows=len(head),
            gap=spec.gap,
            role=ROLES[Tag.TABLE],
        )

    def _expanded(self, parts: Sequence[_Part], environment: Environment) -> list[tuple[_Part, Environment]]:
        return [(part, scope) for part in parts for scope in self._scopes(part, environment)]

    def _row(
        self,
        spec: RowSpec,
        cells: Sequence[tuple[CellSpec, Environment]],
        environment: Environment,
        places: PlacedRow,
        extents: Sequence[Extent],
        name: str,
    ) -> Row:
        """A row with its cells in their columns; columns that stay free get an empty cell, so that rows are equal."""
        setter = self._setter
        composed = [
            self._cell(cell, scope, column or 0, extent.rows, f"{name}.cells[{index}]")
            for index, ((cell, scope), column, extent) in enumerate(zip(cells, places.columns, extents, strict=True))
        ]
        composed += [Cell(None, column, length, span=spec.span) for column, length in places.free]
        return Row(
            cells=tuple(sorted(composed, key=lambda cell: cell.column)),
            weight=spec.weight,
            min_height=spec.min_height,
            inset=spec.inset,
            fill=None if spec.fill is None else setter.swatch(spec.fill, environment),
            above=None if spec.above is None else setter.stroke(spec.above, environment),
            below=None if spec.below is None else setter.stroke(spec.below, environment),
            rule_from=spec.rule_from,
            valign=spec.valign,
            span=spec.span,
        )

    def _cell(self, spec: CellSpec, environment: Environment, column: int, row_span: int, name: str) -> Cell:
        return Cell(
            block=None if spec.child is None else self.sole(spec.child, environment, name),
            column=column,
            column_span=spec.columns,
            row_span=row_span,
            header=spec.header,
            fill=None if spec.fill is None else self._setter.swatch(spec.fill, environment),
            inset=spec.inset,
            halign=spec.halign,
            valign=spec.valign,
            span=spec.span,
        )

    def _row_span(self, spec: CellSpec, environment: Environment) -> int:
        """How many rows the cell spans; `row-span` is collected where the template gives no whole number."""
        rows = self._whole(spec.rows, environment, "row-span", "The number of rows that the cell spans")
        return 1 if rows is None else rows

    def _whole(self, number: int | Template, environment: Environment, code: str, what: str) -> int | None:
        """The number itself, or the one that the template gives; None, and collected, where it gives no whole one."""
        if isinstance(number, int):
            return number
        asked_before = len(self._filler.missing)
        words = self._filler.text(number, environment)
        if words.isdecimal():
            return int(words)
        if len(self._filler.missing) == asked_before:
            message = f'{what} is "{words}", not a whole number.'
            hint = "Write a number, or a template that gives one, such as {list|count}."
            self._collector.error(code, message, number.span, hint=hint)
        return None

    def _grid(self, spec: GridSpec, environment: Environment, name: str) -> GridBlock:
        cells: list[GridCell] = []
        for cell, scope in self._expanded(spec.cells, environment):
            composed = self._grid_cell(cell, scope, f"{name}.grid[{len(cells)}]")
            if composed is not None:
                cells.append(composed)
        claims = [Claim(cell.column, cell.row, cell.column_span, cell.row_span) for cell in cells]
        for clash in find_clashes(claims, spec.columns, spec.rows):
            self._collector.error(clash.code, clash.message, cells[clash.cell].span, hint=clash.hint)
        return GridBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            cells=tuple(cells),
            columns=spec.columns,
            rows=spec.rows,
            cell_height=spec.cell_height,
            gap=spec.gap,
            role=None if spec.tag is None else ROLES[spec.tag],
        )

    def _grid_cell(self, spec: GridCellSpec, environment: Environment, name: str) -> GridCell | None:
        """A cell at its place; None where nothing stands in it or its place is not known."""
        column = self._whole(spec.column, environment, "grid-place", "The column of the cell")
        row = self._whole(spec.row, environment, "grid-place", "The row of the cell")
        block = self.sole(spec.child, environment, name)
        if block is None or column is None or row is None:
            return None
        return GridCell(
            block=block,
            column=column,
            row=row,
            column_span=spec.columns,
            row_span=spec.rows,
            role=None if spec.tag is None else ROLES[spec.tag],
            span=spec.span,
        )
