"""The formulas of a workbook. They show while typing what the audit says afterwards; importing never reads them.

Thresholds are compared in points, never in percent: quotients of binary numbers would miss a letter by a hair.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from cardprint.model.dataset import Framework, Issue
from cardprint.model.numbers import spelled
from cardprint.model.workbook import Formula, cell_name, column_letters
from cardprint.sheets.fields import ACCOMPLISHED, GAP
from cardprint.sheets.names import NO_PROTECTIONS

_PLACES = 9
"""Decimals to which sums are rounded, so that 0.1 + 0.2 is 0.3."""


class Table(Struct, frozen=True):
    """Where the rows of a sheet's table are."""

    sheet: str
    first: int
    last: int

    def column(self, column: int) -> str:
        """A column of the table, as seen from another sheet."""
        letters = column_letters(column)
        return f"'{self.sheet}'!${letters}${self.first}:${letters}${self.last}"


def letter(score: str, scale: Table, column: int) -> Formula:
    """The grade that the score in a cell earns by a column of the scale, whose thresholds rise."""
    return Formula(f'=IF(ISNUMBER({score}),LOOKUP({score},{scale.column(column)},{scale.column(1)}),"")')


def row_sum(row: int, first: int, last: int) -> Formula:
    """The sum of a row's columns, once there is a number in each."""
    cells = f"{cell_name(row, first)}:{cell_name(row, last)}"
    return Formula(f'=IF(COUNT({cells})={last - first + 1},ROUND(SUM({cells}),{_PLACES}),"")')


def status_check(row: int, score: int, issue: Issue, framework: Framework) -> Formula:
    """What is amiss in a row of statuses, or "ok"; nothing for an empty row."""
    goals, cell = _goals(row, issue), cell_name(row, score)
    done, gaps = f'COUNTIF({goals},"{ACCOMPLISHED}")', f'COUNTIF({goals},"{GAP}")'
    full, less = framework.goal_maximum, framework.goal_maximum - framework.step
    lowest = f"ROUND({spelled(full)}*{done},{_PLACES})"
    highest = f"ROUND({spelled(full)}*({done}+{issue.unnamed})+{spelled(less)}*{gaps},{_PLACES})"
    return _chain(
        (f'AND(COUNTA({goals})=0,{cell}="")', ""),
        (f"{done}+{gaps}<{len(issue.goals)}", "a goal is missing"),
        *_score_checks(cell, issue, framework),
        (f"{cell}<{lowest}", "too low for the goals accomplished"),
        (f"{cell}>{highest}", "too high for the gaps"),
    )


def points_check(row: int, score: int, issue: Issue, framework: Framework) -> Formula:
    """What is amiss in a row of points, or "ok"; nothing for an empty row."""
    goals, cell = _goals(row, issue), cell_name(row, score)
    most = spelled(framework.goal_maximum)
    total = f"ROUND(SUM({goals}),{_PLACES})"
    unnamed = spelled(framework.goal_maximum * issue.unnamed)
    return _chain(
        (f'AND(COUNTA({goals})=0,{cell}="")', ""),
        (f"COUNT({goals})<{len(issue.goals)}", "a goal is missing"),
        (f'COUNTIF({goals},"<0")+COUNTIF({goals},">{most}")>0', f"points go from 0 to {most}"),
        *_score_checks(cell, issue, framework),
        (f"OR({cell}<{total},{cell}>ROUND({total}+{unnamed},{_PLACES}))", "not the sum of the points"),
    )


def _score_checks(cell: str, issue: Issue, framework: Framework) -> tuple[tuple[str, str], ...]:
    return (
        (f"NOT(ISNUMBER({cell}))", "the score is missing"),
        (f"OR({cell}<0,{cell}>{spelled(issue.maximum)})", f"more than {spelled(issue.maximum)} points"),
        (f"NOT({on_step(cell, framework.step)})", f"not in steps of {spelled(framework.step)}"),
    )


def on_step(cell: str, step: Decimal) -> str:
    """Whether a number is a multiple of the step."""
    return f"ROUND({cell}/{spelled(step)},0)=ROUND({cell}/{spelled(step)},{_PLACES})"


def _goals(row: int, issue: Issue) -> str:
    """The cells of a row's goals, which begin in the second column. An issue may have no goal with a name."""
    return f"{cell_name(row, 2)}:{cell_name(row, 1 + max(len(issue.goals), 1))}"


def _chain(*cases: tuple[str, str]) -> Formula:
    """The text of the first case that holds, otherwise "ok"."""
    text = '"ok"'
    for test, verdict in reversed(cases):
        text = f'IF({test},"{verdict}",{text})'
    return Formula(f"={text}")


def protections_points(cell: str, each: Decimal, goals: Table) -> Formula:
    """The points for the protections listed in a cell, if all of them are goals, named once each."""
    found = f'SUMPRODUCT(--ISNUMBER(FIND(" "&{goals.column(1)}&" "," "&{_spaced(cell)}&" ")))'
    return Formula(
        f'=IF(TRIM({cell})="","",IF(LOWER(TRIM({cell}))="{NO_PROTECTIONS}",0,'
        f'IF({_count(cell)}<>{found},"unknown goal",ROUND({spelled(each)}*{found},{_PLACES}))))'
    )


def _spaced(cell: str) -> str:
    """A list of ids parted by single spaces, however it was typed."""
    return f'TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},";"," "),","," "),CHAR(10)," "))'


def _count(cell: str) -> str:
    listed = _spaced(cell)
    return f'(LEN({listed})-LEN(SUBSTITUTE({listed}," ",""))+1)'


def looked_up(state: str, table: Table, column: int) -> Formula:
    """What stands in a column of another sheet's table in the row of a state, wherever that row has been sorted to."""
    value = f"INDEX({table.column(column)},MATCH({state},{table.column(1)},0))"
    return Formula(f'=IFERROR(IF({value}="","",{value}),"")')


def total_check(row: int, total: int, first: int, grade: int, published: int) -> Formula:
    """How the total stands to the published result: grade and score stand in `published` and the column after it."""
    cells = f"{cell_name(row, first)}:{cell_name(row, total - 1)}"
    sum_cell, letter_cell = cell_name(row, total), cell_name(row, grade)
    published_grade, published_score = cell_name(row, published), cell_name(row, published + 1)
    wrong_grade = f'AND({published_grade}<>"",{published_grade}<>{letter_cell})'
    wrong_score = f'AND({published_score}<>"",{published_score}<>{sum_cell})'
    return _chain(
        (f"COUNT({cells})=0", ""),
        (f'{sum_cell}=""', "incomplete"),
        (f"OR({wrong_grade},{wrong_score})", "not as published"),
    )
