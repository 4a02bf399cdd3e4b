"""Heads of a sheet that came back: which column holds which field, however the columns have been arranged."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from cardprint.model.dataset import Framework, Issue
from cardprint.model.diagnostics import Collector
from cardprint.model.workbook import Cell, CellKind, Row, Sheet, column_letters
from cardprint.sheets.fields import FieldName, Part, goal_names
from cardprint.sheets.names import (
    CHECK,
    EXTRA_HEADS,
    EXTRA_POINTS,
    GRADE,
    ISSUE_HEADS,
    OVERALL_HEADS,
    STATE,
    STATE_HEADS,
    folded,
    wording,
)

_LOWEST_HEAD = 30
"""The last row in which heads are looked for: people put titles and notes above a table, not tables."""


_AS_TEXT = "Type the goal's wording behind its id, as an export does."


class Holds(Enum):
    """What the cells of a column hold, from which follows how they are read."""

    STATE = "state"
    GOAL = "goal"
    NUMBER = "number"
    GRADE = "grade"
    BASIS = "basis"
    DATE = "date"
    TEXT = "text"
    GOALS = "goals"
    DERIVED = "derived"


class Expected(Struct, frozen=True):
    """A column that a sheet can have. `heads` are the ways to head it; a goal's may also begin with the goal's id."""

    heads: tuple[str, ...]
    holds: Holds
    field: FieldName | None = None
    needed: bool = False
    goal: str = ""


class Table(Struct, frozen=True):
    """A sheet with its columns recognised; `head` is the row of heads."""

    sheet: Sheet
    head: int
    columns: Mapping[int, Expected]

    @property
    def state(self) -> int:
        """The column of the states' names."""
        return next(number for number, column in self.columns.items() if column.holds is Holds.STATE)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows below the heads."""
        return (row for row in self.sheet.rows if row.number > self.head)


_STATE = Expected((STATE,), Holds.STATE, needed=True)
_HOLDS = {
    "score": Holds.NUMBER,
    "points": Holds.NUMBER,
    "grade": Holds.GRADE,
    "basis": Holds.BASIS,
    "revised": Holds.DATE,
    "protections": Holds.GOALS,
}


def issue_columns(issue: Issue) -> tuple[Expected, ...]:
    """The columns of an issue's sheet."""
    goals = [
        Expected((wording(goal), f"{goal.id} {wording(goal)}"), Holds.GOAL, field, True, goal.id)
        for goal, field in zip(issue.goals, goal_names(issue), strict=True)
    ]
    others = [_column(head, FieldName(Part.ISSUE, key, issue.id), key == "score") for key, head in ISSUE_HEADS.items()]
    return (_STATE, *goals, *others, *(Expected((head,), Holds.DERIVED) for head in (GRADE, CHECK)))


def extra_columns(framework: Framework) -> tuple[Expected, ...]:
    """The columns of the sheet of extra credit."""
    columns = [_STATE]
    for row in framework.extra_credit:
        words = f"{row.badge} {row.title}"
        for key, head in EXTRA_HEADS.items():
            field = FieldName(Part.EXTRA_CREDIT, key, row.id)
            heads = (f"{row.id} {head}", f"{row.id} {head} {words}")
            columns.append(Expected(heads, _HOLDS.get(key, Holds.TEXT), field, key == "protections"))
        heads = (f"{row.id} {EXTRA_POINTS}", f"{row.id} {EXTRA_POINTS} {words}")
        columns.append(Expected(heads, Holds.DERIVED))
    return tuple(columns)


def overall_columns() -> tuple[Expected, ...]:
    """The columns of the sheet of overall grades. Each may be missing: none makes sense of another."""
    overall = [_column(head, FieldName(Part.OVERALL, key)) for key, head in OVERALL_HEADS.items()]
    state = [_column(head, FieldName(Part.STATE, key)) for key, head in STATE_HEADS.items()]
    return (_STATE, *overall, *state)


def _column(head: str, field: FieldName, needed: bool = False) -> Expected:
    return Expected((head,), _HOLDS.get(field.key, Holds.TEXT), field, needed)


def recognise(sheet: Sheet, expected: tuple[Expected, ...], log: Collector) -> Table | None:
    """The sheet's table, or None where it has none, which is reported; as are columns missing, unknown or doubled."""
    head = next((row for row in sheet.rows[:_LOWEST_HEAD] if _state_cell(row) is not None), None)
    if head is None:
        message = f'No row begins a table here: none has a cell "{STATE}".'
        log.error("missing-heads", message, sheet.span, hint="Put the row of heads back, as an export writes it.")
        return None
    columns: dict[int, Expected] = {}
    strangers: dict[int, Cell] = {}
    for number, cell in head.cells.items():
        found = _find(cell, expected, log)
        if found is None:
            strangers[number] = cell
        elif found in columns.values() and found.holds is not Holds.DERIVED:
            first = next(other for other, column in columns.items() if column is found)
            message = f'Columns {column_letters(first)} and {column_letters(number)} are both headed "{shown(cell)}".'
            log.error("duplicate-column", message, cell.span, hint="Delete one, or head it differently.")
        else:
            columns[number] = found
    _report(sheet, head, expected, columns, strangers, log)
    return Table(sheet, head.number, columns)


def _state_cell(row: Row) -> Cell | None:
    return next((cell for cell in row.cells.values() if folded(cell.text) == folded(STATE)), None)


def _find(cell: Cell, expected: tuple[Expected, ...], log: Collector) -> Expected | None:
    text = folded(cell.text)
    for column in expected:
        if text in (folded(head) for head in column.heads):
            return column
    first = cell.text.split()[0].rstrip(":,;")
    goals = [column for column in expected if column.goal and column.goal.casefold() == first.casefold()]
    if cell.kind is CellKind.NUMBER:
        goals = [column for column in expected if column.goal and reads_as(column.goal, cell.text)]
        if len(goals) > 1:
            ids = " or ".join(column.goal for column in goals)
            log.error("ambiguous-head", f"The head has become the number {cell.text}: {ids}?", cell.span, hint=_AS_TEXT)
    return goals[0] if goals else None


def reads_as(goal: str, number: str) -> bool:
    """Whether a spreadsheet that takes a goal's id for a number makes `number` of it."""
    try:
        return float(goal) == float(number)
    except ValueError:
        return False


def _report(
    sheet: Sheet,
    head: Row,
    expected: tuple[Expected, ...],
    columns: Mapping[int, Expected],
    strangers: dict[int, Cell],
    log: Collector,
) -> None:
    """Report needed columns that are missing, with the head that may be meant for each; then what else is unknown."""
    place = sheet.place(head.number, min(head.cells))
    for column in expected:
        if column in columns.values():
            continue
        name = f"{column.goal} {column.heads[0]}".strip()
        meant = _nearest(column, strangers)
        if meant is not None:
            cell = strangers.pop(meant)
            message = f'The head "{shown(cell)}" is not known, and no column is headed "{name}".'
            log.error("unknown-column", message, cell.span, hint=f'Did you mean "{name}"?')
        elif column.needed:
            log.error("missing-column", f'No column is headed "{name}".', place, hint="Put the column back.")
    for cell in strangers.values():
        message = f'The column "{shown(cell)}" is not known, and is left out.'
        log.warn("unknown-column", message, cell.span)


def _nearest(column: Expected, strangers: Mapping[int, Cell]) -> int | None:
    heads = [folded(head) for head in column.heads]
    best, score = None, 0.0
    for number, cell in strangers.items():
        text = folded(cell.text)[:200]
        likeness = max(difflib.SequenceMatcher(None, text, head).ratio() for head in heads)
        if likeness > max(score, 0.75):
            best, score = number, likeness
    return best


def shown(cell: Cell) -> str:
    """What a cell holds, as messages quote it."""
    text = " ".join(cell.text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
