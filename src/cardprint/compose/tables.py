"""Where the cells of a table stand: spans of rows and columns resolved into columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Extent(NamedTuple):
    """How many columns and rows a cell asks for."""

    columns: int
    rows: int


class PlacedRow(NamedTuple):
    """For each cell of a row its column from 0, or None where it found no room; and the stretches of columns
    that stay free, each as (first column, number of columns)."""

    columns: tuple[int | None, ...]
    free: tuple[tuple[int, int], ...]


class Misfit(NamedTuple):
    """A cell, by its row and its place in it, that does not fit: the problem's code, sentence and remedy."""

    row: int
    cell: int
    code: str
    message: str
    hint: str


@lru_cache(maxsize=256)
def place_cells(
    rows: tuple[tuple[Extent, ...], ...], tracks: int, head_rows: int
) -> tuple[tuple[PlacedRow, ...], tuple[Misfit, ...]]:
    """Each row's cells into its free columns from the left; columns held by a cell from above are skipped.

    A misfit is a `table-overflow` where a cell finds too few free columns side by side, and a `row-span` where it
    runs past the last row of its group (the first `head_rows` are the head, the others the body)."""
    held = [0] * tracks
    placed = []
    misfits: list[Misfit] = []
    for index, cells in enumerate(rows):
        rows_left = (head_rows if index < head_rows else len(rows)) - index
        columns: list[int | None] = []
        for number, cell in enumerate(cells):
            column, misfit = _place(cell, held, rows_left)
            columns.append(column)
            if misfit is not None:
                misfits.append(Misfit(index, number, *misfit))
        placed.append(PlacedRow(tuple(columns), _free(held)))
        held = [max(0, rows - 1) for rows in held]
    return tuple(placed), tuple(misfits)


def _place(cell: Extent, held: list[int], rows_left: int) -> tuple[int | None, tuple[str, str, str] | None]:
    """The cell's column, then held for as many rows as it spans; and what is wrong with it."""
    room = next(iter(_free(held)), (len(held), 0))
    column, width = room
    if cell.columns > width:
        wants = "1 column" if cell.columns == 1 else f"{cell.columns} columns"
        message = f"The cell needs {wants}, but its row has {width or 'none'} free of {len(held)}."
        return None, ("table-overflow", message, "Add a track to the table, or take a cell out of the row.")
    held[column : column + cell.columns] = [max(1, min(cell.rows, rows_left))] * cell.columns
    if 1 <= cell.rows <= rows_left:
        return column, None
    message = f"The cell spans {cell.rows} rows where {rows_left} can be spanned."
    return column, ("row-span", message, f"Let it span 1 to {rows_left} rows, or add the rows that it should span.")


def _free(held: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The stretches of columns that nothing holds, as (first column, number of columns)."""
    stretches: list[tuple[int, int]] = []
    for column, rows in enumerate(held):
        if rows:
            continue
        if stretches and sum(stretches[-1]) == column:
            first, width = stretches[-1]
            stretches[-1] = (first, width + 1)
        else:
            stretches.append((column, 1))
    return tuple(stretches)
