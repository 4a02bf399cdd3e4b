"""The workbook of an edition, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.workbook import SheetContent, WorkbookContent
from cardprint.sheets.book import SAMPLE, Book
from cardprint.sheets.entry_sheets import extra_sheet, issue_sheet, overall_sheet
from cardprint.sheets.fields import Fields, is_number
from cardprint.sheets.guide import guide_sheet
from cardprint.sheets.lists import lists_sheet
from cardprint.sheets.names import sheet_names
from cardprint.sheets.reference_sheets import goals_sheet, scale_sheet, totals_sheet


def build_workbook(
    framework: Framework, places: Iterable[Jurisdiction], states: Mapping[str, Fields], *, by_points: bool | None = None
) -> WorkbookContent:
    """The workbook with a row for each place, in which `states` (by slug) have their results.

    Rows without results take points if `by_points`, statuses if not; by default what most of the results are in."""
    if by_points is None:
        goals = [given for fields in states.values() for name, given in fields.items() if name.goal]
        by_points = 2 * sum(is_number(given.value) for given in goals) > len(goals)
    book = Book(framework, tuple(places), states, by_points)
    entered = entry_sheets(book)
    sheets = [guide_sheet(framework), *entered]
    if framework.issues or framework.extra_credit:
        sheets += [totals_sheet(book, {sheet.name: sheet for sheet in entered}), goals_sheet(framework)]
    sheets += [scale_sheet(framework), lists_sheet(framework)]
    title = f"{framework.edition.title} · {SAMPLE}" if framework.sample else framework.edition.title
    return WorkbookContent(title, tuple(sheets), SAMPLE if framework.sample else "")


def entry_sheets(book: Book) -> tuple[SheetContent, ...]:
    """The sheets that are typed into; all that .csv files hold."""
    names = sheet_names(book.framework)
    sheets = [issue_sheet(book, issue, names.issues[issue.id]) for issue in book.framework.issues]
    if names.extra_credit:
        sheets.append(extra_sheet(book, names.extra_credit))
    return (*sheets, overall_sheet(book))
