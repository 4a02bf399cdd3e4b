"""Which cells of a grid claim places that are not there, or taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Claim(NamedTuple):
    """The places that a cell asks for: its first column and row, from 0, and how many of each."""

    column: int
    row: int
    columns: int
    rows: int


class Clash(NamedTuple):
    """A cell, by its place in the list, that cannot stand where it asks to: code, sentence and remedy."""

    cell: int
    code: str
    message: str
    hint: str


def find_clashes(claims: Sequence[Claim], columns: int, rows: int) -> list[Clash]:
    """A `grid-outside` for each cell that reaches out of the grid, else a `grid-taken` if another stands there."""
    holders: dict[tuple[int, int], int] = {}
    clashes = []
    for index, claim in enumerate(claims):
        last_column, last_row = claim.column + claim.columns - 1, claim.row + claim.rows - 1
        if last_column >= columns or last_row >= rows:
            message = (
                f"The cell reaches column {last_column} and row {last_row}; counted from 0, "
                f"the last of the grid are {columns - 1} and {rows - 1}."
            )
            clashes.append(Clash(index, "grid-outside", message, "Give the grid more columns or rows."))
            continue
        places = [
            (column, row) for column in range(claim.column, last_column + 1) for row in range(claim.row, last_row + 1)
        ]
        taken = next((place for place in places if place in holders), None)
        if taken is not None:
            message = f"Column {taken[0]}, row {taken[1]} of the grid is taken by its cell number {holders[taken] + 1}."
            clashes.append(Clash(index, "grid-taken", message, "Give each cell a place of its own."))
            continue
        holders.update(dict.fromkeys(places, index))
    return clashes
