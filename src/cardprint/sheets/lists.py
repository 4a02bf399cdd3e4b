"""The lists that drop-downs choose from, in a hidden sheet."""

from __future__ import annotations

from decimal import Decimal

from cardprint.model.dataset import GRADE_BASES, Framework
from cardprint.model.workbook import CellContent, Role, SheetContent
from cardprint.sheets.fields import ACCOMPLISHED, GAP
from cardprint.sheets.formulas import Table
from cardprint.sheets.names import LISTS

STATUSES = (ACCOMPLISHED, GAP)

_MOST_POINTS = 31
"""A longer list is no help in choosing; then whatever the audit allows can be typed."""


def lists_sheet(framework: Framework) -> SheetContent:
    """The lists, one in each column."""
    cells = {}
    for column, choices in enumerate(_lists(framework), start=1):
        for row, choice in enumerate(choices, start=1):
            cells[row, column] = CellContent(choice, Role.REFERENCE)
    return SheetContent(LISTS, cells, hidden=True)


def status_source() -> str:
    """Where the statuses of a goal stand."""
    return _source(1, len(STATUSES))


def basis_source() -> str:
    """Where the words for how a grade is known stand."""
    return _source(2, len(GRADE_BASES))


def grade_source(framework: Framework) -> str:
    """Where the grades stand."""
    return _source(3, len(framework.scale.bands))


def points_source(framework: Framework) -> str:
    """Where the points that a goal can have stand; empty if they are too many for a list."""
    count = len(_points(framework))
    return _source(4, count) if count else ""


def _source(column: int, count: int) -> str:
    return Table(LISTS, 1, count).column(column)


def _lists(framework: Framework) -> tuple[tuple[str | Decimal, ...], ...]:
    return (STATUSES, GRADE_BASES, tuple(band.letter for band in framework.scale.bands), _points(framework))


def _points(framework: Framework) -> tuple[Decimal, ...]:
    if not framework.step:
        return ()
    steps = framework.goal_maximum / framework.step
    if steps != steps.to_integral_value() or steps >= _MOST_POINTS:
        return ()
    return tuple(framework.step * count for count in range(int(steps), -1, -1))
