"""The sheets that are looked at: totals, the goals by their ids, and the scale of grades."""

from __future__ import annotations

from collections.abc import Mapping

from cardprint.model.dataset import Basis, Framework
from cardprint.model.workbook import CellContent, Role, SheetContent, Signal, cell_name
from cardprint.sheets import formulas
from cardprint.sheets.book import HEAD, TITLE_HEIGHTS, Book, StateSheet, titles
from cardprint.sheets.names import (
    CHECK,
    EXTRA_POINTS,
    GOALS,
    GRADE,
    ISSUE_HEADS,
    OVERALL,
    OVERALL_HEADS,
    SCALE,
    TOTALS,
    extra_head,
    sheet_names,
    wording,
)

_NUMBER, _CHECK = 13.0, 18.0
_GOALS_WIDTHS = {1: 10.0, 2: 52.0, 3: 70.0}


def totals_sheet(book: Book, sheets: Mapping[str, SheetContent]) -> SheetContent:
    """Every state's scores, their sum and its grade, looked up in `sheets` by the state's name."""
    sheet = StateSheet(book)
    framework, names = book.framework, sheet_names(book.framework)
    for issue in framework.issues:
        _look_up(sheet, f"Issue {issue.id}\n{issue.title}", sheets[names.issues[issue.id]], ISSUE_HEADS["score"])
    for row in framework.extra_credit:
        head = extra_head(row, EXTRA_POINTS)
        _look_up(sheet, f"{row.badge}\n{row.title}", sheets[names.extra_credit or ""], head)
    last = len(sheet.heads)
    sums = [formulas.row_sum(row, 2, last) for row, _ in book.rows]
    total = sheet.derived("Total", sums, _NUMBER, "Once all issues and extra credit are there.")
    scale_column = len(framework.issues) + 2
    letters = [formulas.letter(cell_name(row, total), book.scale, scale_column) for row, _ in book.rows]
    grade = sheet.derived(GRADE, letters, _NUMBER)
    published = _look_up(sheet, "Published\ngrade", sheets[OVERALL], OVERALL_HEADS["grade"])
    _look_up(sheet, "Published\nscore", sheets[OVERALL], OVERALL_HEADS["score"])
    checks = [formulas.total_check(row, total, 2, grade, published) for row, _ in book.rows]
    check = sheet.derived(CHECK, checks, _CHECK)
    sheet.highlight(check, check, f'{sheet.top(check)}="not as published"', Signal.WRONG)
    sheet.highlight(check, check, f'{sheet.top(check)}="incomplete"', Signal.WEAK)
    return sheet.finish(TOTALS, "Totals", "By formulas; nothing is typed here, and nothing here is imported.")


def _look_up(sheet: StateSheet, head: str, other: SheetContent, wanted: str) -> int:
    """A column that repeats the column `wanted` of another sheet."""
    column = next(at for (row, at), cell in other.cells.items() if row == other.head and cell.value == wanted)
    table = sheet.book.table(other.name)
    found = [formulas.looked_up(f"$A{row}", table, column) for row, _ in sheet.book.rows]
    return sheet.derived(head, found, _NUMBER)


def goals_sheet(framework: Framework) -> SheetContent:
    """Every goal with its issue and its wording."""
    cells = titles("Goals", "As the framework has them.", sample=framework.sample)
    rows = [("Goal", "Issue", "Wording")]
    rows += [
        (goal.id, f"{issue.id} · {issue.title}", wording(goal)) for issue in framework.issues for goal in issue.goals
    ]
    for row, texts in enumerate(rows, start=HEAD):
        for column, text in enumerate(texts, start=1):
            cells[row, column] = CellContent(text, Role.NAME if row == HEAD else Role.REFERENCE)
    return SheetContent(GOALS, cells, _GOALS_WIDTHS, TITLE_HEIGHTS, HEAD, HEAD + len(rows) - 1)


def scale_sheet(framework: Framework) -> SheetContent:
    """The points from which each grade is earned, lowest first, as looking up needs it."""
    remark = "The points from which each grade is earned, from the lowest grade to the best."
    cells = titles("Scale", remark, sample=framework.sample)
    heads = ["Grade", *(f"Issue {issue.id}" for issue in framework.issues), "Total"]
    maxima = [issue.maximum for issue in framework.issues] + [framework.maximum]
    bases = [framework.scale.issue_basis] * len(framework.issues) + [framework.scale.card_basis]
    for column, head in enumerate(heads, start=1):
        cells[HEAD, column] = CellContent(head, Role.NAME)
    for row, band in enumerate(reversed(framework.scale.bands), start=HEAD + 1):
        cells[row, 1] = CellContent(band.letter, Role.REFERENCE)
        for column, (maximum, basis) in enumerate(zip(maxima, bases, strict=True), start=2):
            points = band.at_least * maximum / 100 if basis is Basis.PERCENT_OF_MAXIMUM else band.at_least
            cells[row, column] = CellContent(points, Role.REFERENCE)
    widths = dict.fromkeys(range(1, len(heads) + 1), 12.0)
    return SheetContent(SCALE, cells, widths, TITLE_HEIGHTS, HEAD, HEAD + len(framework.scale.bands))
