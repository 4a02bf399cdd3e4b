"""What a layout says, key by key: blocks whose parts stand in rows and columns."""

from __future__ import annotations

from contextlib import suppress

from cardprint.model.content import HAlign, VAlign
from cardprint.model.geometry import NO_INSETS
from cardprint.model.layout_spec import CellSpec, GridCellSpec, GridSpec, RowSpec, TableSpec
from cardprint.model.node import ScalarNode
from cardprint.model.scope import Kind
from cardprint.model.structure import Scope, Tag
from cardprint.model.template import Placeholder, Template
from cardprint.validate.form import Nested, optional, required
from cardprint.validate.forms_blocks import BLOCK, STROKE, SWATCH, BlockForm, Repeating, stroke
from cardprint.validate.lengths import InsetsReader, Length, TrackReader
from cardprint.validate.numbers import Count, Share
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import Definitions, List, OrNothing, Schema
from cardprint.validate.scopes import ScopeError, describe, shape_of
from cardprint.validate.templates import TemplateText, spell_placeholder
from cardprint.validate.texts import Choice, Scalar

MOST_BLOCKS = 500
"""In one list of blocks, rows or cells; repeats may make more of them."""

MOST_TRACKS = 100

PART_TAGS = {
    "section": Tag.SECT,
    "l": Tag.L,
    "li": Tag.LI,
    "lbl": Tag.LBL,
    "lbody": Tag.LBODY,
    "toc": Tag.TOC,
    "toci": Tag.TOCI,
}
"""What stacks, columns, grids and their cells can be to readers who do not see the page."""

ACROSS = Choice({align.value: align for align in HAlign})
DOWN = Choice({align.value: align for align in VAlign})
TRACKS = List(TrackReader(), "tracks", least=1, most=MOST_TRACKS)
AS = Choice(PART_TAGS)
GAP = Length()


class CountReader(Scalar[int | Template]):
    """A whole number of rows or columns, or a template that gives one."""

    def __init__(self, example: str, *, least: int) -> None:
        self._count = Count("a whole number such as 2", least=least, most=MOST_BLOCKS)
        self.expected = f'a whole number such as 2, or a template such as "{example}"'
        self._template = TemplateText(self.expected)

    def parse(self, node: ScalarNode, at: At) -> int | Template:
        if not node.text.startswith("{"):
            return self._count.parse(node, at)
        template = self._template.parse(node, at)
        sole = template.sole
        if sole is None:
            raise at.unexpected("wrong-kind", self.expected, "Let a single placeholder give the number.")
        if at.names.scope is not None:
            _refuse_but_number(sole, at)
        return template

    def schema(self, definitions: Definitions) -> Schema:
        return {"oneOf": [self._count.schema(definitions), {"type": "string", "pattern": r"^\{[^{}]+\}$"}]}


def _refuse_but_number(placeholder: Placeholder, at: At) -> None:
    with suppress(ScopeError):
        shape = shape_of(placeholder, at.names.scope) if at.names.scope else Kind.NUMBER
        if shape is not Kind.NUMBER:
            message = f"{spell_placeholder(placeholder)} is {describe(shape)}, expected a number."
            raise at.refusal("wrong-kind", message, "Name a number, or count a list with |count.")


SPAN = CountReader("{extra_credit|count}", least=1)


class CellForm(Repeating, what="a cell"):
    """A cell of a table. Cells fill the free columns of their row from the left."""

    cell = required(OrNothing(BLOCK), "The block in it, or null.")
    columns = optional(Count(least=1, most=MOST_TRACKS), "How many columns it spans; left out: 1.", default=1)
    rows = optional(SPAN, "How many rows it spans, perhaps a template; left out: 1.", default=1)
    header = optional(
        Choice({"row": Scope.ROW, "column": Scope.COLUMN}), "Whether it heads its row or its column; left out: neither."
    )
    fill = optional(SWATCH, "The colour of its ground, a template.")
    inset = optional(InsetsReader(), "The space inside its edges; left out: none.", default=NO_INSETS)
    across = optional(ACROSS, "Where the block stands from left to right.")
    down = optional(DOWN, "Where the block stands from top to bottom; left out: as the row says.")

    def spec(self) -> CellSpec:
        return CellSpec(
            child=self.cell.spec() if self.cell else None,
            columns=self.columns,
            rows=self.rows,
            header=self.header,
            fill=self.fill,
            inset=self.inset,
            halign=self.across,
            valign=self.down,
            repeat=self.repeat,
            when=self.when,
            only=self.only,
            span=self.at.span,
        )


class RowForm(Repeating, what="a row"):
    """A row of a table."""

    cells = required(List(Nested(CellForm), "cells", most=MOST_TRACKS), "Its cells from left to right.")
    weight = optional(Share(), "Its share of the height left over; left out: none.", default=0.0)
    min_height = optional(Length(), "The least height; left out: none.", default=0.0)
    inset = optional(InsetsReader(), "The space inside each cell's edges; left out: none.", default=NO_INSETS)
    fill = optional(SWATCH, "The colour of its ground, a template.")
    above = optional(STROKE, "A rule above it.")
    below = optional(STROKE, "A rule below it.")
    rule_from = optional(
        Count(most=MOST_TRACKS), "How many columns on the left the rules leave out; left out: none.", default=0
    )
    align = optional(DOWN, "Where blocks stand from top to bottom; left out: middle.", default=VAlign.MIDDLE)

    def spec(self) -> RowSpec:
        return RowSpec(
            cells=tuple(cell.spec() for cell in self.cells),
            weight=self.weight,
            min_height=self.min_height,
            inset=self.inset,
            fill=self.fill,
            above=stroke(self.above),
            below=stroke(self.below),
            rule_from=self.rule_from,
            valign=self.align,
            repeat=self.repeat,
            when=self.when,
            only=self.only,
            span=self.at.span,
        )


_ROWS = List(Nested(RowForm), "rows", most=MOST_BLOCKS)


class TableForm(BlockForm, what="a table"):
    """Rows of cells on common tracks."""

    kind = "table"

    table = required(_ROWS, "The rows from the top down.")
    head = optional(_ROWS, "The rows of its head.", default=())
    tracks = required(TRACKS, "The widths of its columns.")
    gap = optional(GAP, "The space between columns; left out: none.", default=0.0)

    def check(self) -> None:
        if not self.whole(TableForm.tracks):
            return
        for row in (*self.head, *self.table):
            with suppress(RefusedError):
                self._check_row(row, len(self.tracks))

    def _check_row(self, row: RowForm, tracks: int) -> None:
        if row.rule_from >= tracks:
            message = f"The rules leave out {row.rule_from} columns, and the table has {tracks}."
            row.place(RowForm.rule_from).error("out-of-range", message, "Write a smaller number.")
        taken = sum(
            cell.columns for cell in row.cells if not cell.gives(Repeating.when) and not cell.gives(Repeating.only)
        )
        if taken > tracks:
            message = f"The cells of this row take {taken} columns, and the table has {tracks}."
            row.place(RowForm.cells).error("too-many-cells", message, "Add tracks, or let cells span fewer columns.")

    def spec(self) -> TableSpec:
        return TableSpec(
            tracks=self.tracks,
            head=tuple(row.spec() for row in self.head),
            rows=tuple(row.spec() for row in self.table),
            gap=self.gap,
            **self.common(),
        )


class GridCellForm(Repeating, what="a cell of a grid"):
    """A block at a column and a row of a grid."""

    _place = CountReader("{state.column}", least=0)

    cell = required(BLOCK, "The block in it.")
    column = required(_place, "Its column from the left, from 0, perhaps a template.")
    row = required(_place, "Its row from the top, from 0, perhaps a template.")
    columns = optional(Count(least=1, most=MOST_TRACKS), "How many columns it spans; left out: 1.", default=1)
    rows = optional(Count(least=1, most=MOST_TRACKS), "How many rows it spans; left out: 1.", default=1)
    tag = optional(AS, "What it is to readers who do not see it; left out: nothing of its own.", key="as")

    def spec(self) -> GridCellSpec:
        return GridCellSpec(
            child=self.cell.spec(),
            column=self.column,
            row=self.row,
            columns=self.columns,
            rows=self.rows,
            tag=self.tag,
            repeat=self.repeat,
            when=self.when,
            only=self.only,
            span=self.at.span,
        )


class GridForm(BlockForm, what="a grid"):
    """Equal cells in rows and columns, filled where the data say. They are read in the order of the list."""

    kind = "grid"

    grid = required(List(Nested(GridCellForm), "cells", most=MOST_BLOCKS), "The cells in reading order.")
    size = required(
        List(Count(least=1, most=MOST_TRACKS), "numbers: columns and rows", least=2, most=2),
        "How many columns share the width, and how many rows there are.",
    )
    cell_height = required(Length(above=True), "The height of a row.")
    gap = optional(GAP, "The space between cells, across and down; left out: none.", default=0.0)
    tag = optional(AS, "What it is to readers who do not see it; left out: nothing of its own.", key="as")

    def spec(self) -> GridSpec:
        return GridSpec(
            cells=tuple(cell.spec() for cell in self.grid),
            columns=self.size[0],
            rows=self.size[1],
            cell_height=self.cell_height,
            gap=self.gap,
            tag=self.tag,
            **self.common(),
        )
