"""Grids: cells at places that the data give, and what is told where two want one place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.compose.grids import Claim, find_clashes
from cardprint.model.content import Block, GridBlock, GridCell, SpacerBlock
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.layout_spec import Condition, GridCellSpec, GridSpec, Repeat, SpacerSpec
from cardprint.model.structure import Role, Tag
from cardprint.model.template import Template

ComposeBlock = Callable[..., Block]
MakeTemplate = Callable[[str], Template]

EMPTY = SpacerSpec(height=1.0)


def grid(*cells: GridCellSpec, columns: int = 3, rows: int = 2) -> GridSpec:
    return GridSpec(cells=cells, columns=columns, rows=rows, cell_height=10.0, gap=2.0, tag=Tag.L)


def codes(compose: ComposeBlock, spec: GridSpec) -> list[str]:
    with pytest.raises(DiagnosticError) as caught:
        compose(spec)
    return [diagnostic.code for diagnostic in caught.value.diagnostics]


def test_cells_stand_where_their_templates_say(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A repeated cell is filled anew for each item; order is that of the list."""
    cell = GridCellSpec(
        child=EMPTY,
        column=template("{loop.number}"),
        row=0,
        tag=Tag.LI,
        repeat=Repeat(("issues",), "issue"),
    )
    block = compose(grid(cell))
    assert isinstance(block, GridBlock)
    assert [(1, 0), (2, 0)] == [(cell.column, cell.row) for cell in block.cells]
    assert [Role(Tag.LI)] * 2 == [cell.role for cell in block.cells]
    assert (3, 2, 10.0, 2.0, Role(Tag.L)) == (block.columns, block.rows, block.cell_height, block.gap, block.role)
    assert ["body.grid[0]", "body.grid[1]"] == [cell.block.name for cell in block.cells]


def test_a_cell_comes_under_its_condition(compose: ComposeBlock) -> None:
    """And one whose block does not come is no cell."""
    absent = Condition(("state", "revision"))
    spec = grid(
        GridCellSpec(child=EMPTY, column=0, row=0, when=absent),
        GridCellSpec(child=SpacerSpec(height=1.0, when=absent), column=1, row=0),
        GridCellSpec(child=EMPTY, column=2, row=1, columns=1, rows=1),
    )
    block = compose(spec)
    assert isinstance(block, GridBlock)
    assert (GridCell(SpacerBlock(name="body.grid[0]", height=1.0), 2, 1),) == block.cells


def test_a_place_that_is_no_whole_number_is_refused(compose: ComposeBlock, template: MakeTemplate) -> None:
    """7.5 points are no column."""
    cell = GridCellSpec(child=EMPTY, column=template("{overall.maximum}"), row=template("{state.postal}"))
    assert ["grid-place", "grid-place"] == codes(compose, grid(cell))


def test_a_place_that_is_not_given_is_a_missing_field(compose: ComposeBlock, template: MakeTemplate) -> None:
    """Not one more complaint about numbers."""
    cell = GridCellSpec(child=EMPTY, column=template("{state.revised}"), row=0)
    assert ["missing-field"] == codes(compose, grid(cell))


def test_places_outside_and_taken_are_told_at_their_cells(compose: ComposeBlock) -> None:
    """Each at the line that put it there."""
    spec = grid(
        GridCellSpec(child=EMPTY, column=0, row=0, columns=2),
        GridCellSpec(child=EMPTY, column=1, row=0),
        GridCellSpec(child=EMPTY, column=3, row=0),
    )
    assert ["grid-outside", "grid-taken"] == sorted(codes(compose, spec))


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (Claim(2, 1, 1, 1), None),
        (Claim(1, 1, 2, 1), None),
        (Claim(2, 1, 2, 1), "grid-outside"),
        (Claim(2, 1, 1, 2), "grid-outside"),
        (Claim(0, 0, 1, 1), "grid-taken"),
        (Claim(0, 0, 3, 2), "grid-taken"),
    ],
)
def test_clashes(claim: Claim, found: str | None) -> None:
    """A cell may reach to the last column and row of three by two, and over no place of the cell at 0, 0."""
    clashes = find_clashes([Claim(0, 0, 1, 1), claim], 3, 2)
    assert ([(1, found)] if found else []) == [(clash.cell, clash.code) for clash in clashes]


def test_a_clash_says_which_place_and_whose_it_is() -> None:
    """Counted as the layout counts: places from 0, cells from 1."""
    (clash,) = find_clashes([Claim(0, 0, 1, 1), Claim(2, 0, 1, 2), Claim(1, 1, 2, 1)], 3, 2)
    assert "Column 2, row 1 of the grid is taken by its cell number 2." == clash.message


def test_a_cell_that_is_outside_takes_no_place() -> None:
    """So that one mistake gives one report."""
    assert ["grid-outside"] == [clash.code for clash in find_clashes([Claim(2, 0, 2, 1), Claim(2, 0, 1, 1)], 3, 2)]
