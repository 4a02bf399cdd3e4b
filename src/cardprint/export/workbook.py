"""Workbooks (.xlsx): the looks and locks of a `WorkbookContent`, and bytes that are the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from cardprint.model.workbook import (
    ENTRIES,
    CellContent,
    Formula,
    Role,
    Rule,
    SheetContent,
    Signal,
    WorkbookContent,
    cell_name,
    column_letters,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_STAMP = b"1980-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_AUTHOR = "cardprint"

_FAMILY = "Calibri"  # the spreadsheet programs' own; elsewhere they take what is nearest
_INK, _QUIET = "FF12233F", "FF51607A"
_HEAD, _LOCKED, _LINE = "FFE8ECF2", "FFF6F7F9", "FFD5DAE2"
_SIGNALS = {Signal.GOOD: "FFDDEFE4", Signal.WEAK: "FFFBEBD9", Signal.WRONG: "FFF7D4D8"}
_TABS = {True: "FFE0A526", False: "FF51607A"}
"""Sheets to type into are told from sheets to look at."""

_CENTRE = Alignment(horizontal="center", vertical="center")
_LEFT = Alignment(horizontal="left", vertical="center")
_CENTRED = frozenset((Role.CHOICE, Role.NUMBER, Role.DATE))
_NOTE_WIDTH, _NOTE_LINE, _NOTE_CHARACTERS = 320, 18, 48
"""Pixels: the width of a note and the height of its lines; and how many characters such a line takes."""


def write_workbook(content: WorkbookContent) -> bytes:
    """The workbook as a file: entries unlocked, everything else locked without a password."""
    workbook = openpyxl.Workbook()
    for unwanted in workbook.worksheets:
        workbook.remove(unwanted)
    workbook.properties.creator = _AUTHOR
    workbook.properties.title = content.title
    for sheet in content.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet, content)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive without a trace of when it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(buffer, "w") as archive:
        for part in made.infolist():
            text = made.read(part)
            if part.filename == "docProps/core.xml":
                text = _TIMES.sub(rb"\g<1>" + _STAMP + rb"\g<2>", text)
            info = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, text)
    return buffer.getvalue()


def _write_sheet(worksheet: Worksheet, sheet: SheetContent, content: WorkbookContent) -> None:
    for (row, column), cell in sorted(sheet.cells.items()):
        _write_cell(worksheet.cell(row, column), cell, in_head=row == sheet.head)
    for column, width in sheet.widths.items():
        worksheet.column_dimensions[column_letters(column)].width = width
    for row, height in sheet.heights.items():
        worksheet.row_dimensions[row].height = height
    for rule in sheet.rules:
        worksheet.add_data_validation(_validation(rule))
    for highlight in sheet.highlights:
        fill = PatternFill(bgColor=_SIGNALS[highlight.signal])
        worksheet.conditional_formatting.add(highlight.area, FormulaRule([highlight.test], fill=fill))
    worksheet.sheet_state = "hidden" if sheet.hidden else "visible"
    worksheet.sheet_properties.tabColor = _TABS[any(cell.role in ENTRIES for cell in sheet.cells.values())]
    worksheet.sheet_view.showGridLines = bool(sheet.head)
    if sheet.head:
        worksheet.freeze_panes = cell_name(sheet.head + 1, 2)
        worksheet.auto_filter.ref = f"A{sheet.head}:{cell_name(max(sheet.last, sheet.head + 1), sheet.columns)}"
    _protect(worksheet)
    _set_up_print(worksheet, sheet, content)


def _protect(worksheet: Worksheet) -> None:
    """Locked cells stay as they are; everything that only changes the view is allowed."""
    protection = worksheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)


def _set_up_print(worksheet: Worksheet, sheet: SheetContent, content: WorkbookContent) -> None:
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.head:
        worksheet.print_title_rows = f"{sheet.head}:{sheet.head}"
        worksheet.print_title_cols = "A:A"
    # An ampersand begins a code in headers and footers; two of them print one.
    worksheet.oddHeader.center.text = content.banner.replace("&", "&&") or None
    worksheet.oddFooter.left.text = f"{content.title} · {sheet.name}".replace("&", "&&")
    worksheet.oddFooter.right.text = "&P / &N"


def _write_cell(cell: Any, content: CellContent, *, in_head: bool) -> None:
    value = content.value
    match value:
        case Formula(text):
            cell.value = text
        case Decimal():
            cell.value = int(value) if value == value.to_integral_value() else float(value)
        case str() if in_head and "\n" in value:
            cell.value = _headed(value)
        case str():
            cell.value = value
            cell.data_type = "s"  # also where it begins like a formula
        case _:
            cell.value = value
    cell.font, cell.alignment, cell.fill, cell.border = _looks(content.role, in_head=in_head)
    cell.protection = Protection(locked=content.role not in ENTRIES)
    if content.role is Role.DATE:
        cell.number_format = "yyyy-mm-dd"
    elif content.role is Role.TEXT:
        cell.number_format = "@"
    if content.note:
        cell.comment = _note(content.note)


def _headed(text: str) -> CellRichText:
    """A head whose first line is set off."""
    first, _, rest = text.partition("\n")
    bold = InlineFont(rFont=_FAMILY, b=True, color=_INK, sz=11)
    return CellRichText(TextBlock(bold, first), TextBlock(InlineFont(rFont=_FAMILY, color=_INK, sz=9), f"\n{rest}"))


def _note(text: str) -> Comment:
    lines = sum(1 + len(line) // _NOTE_CHARACTERS for line in text.split("\n"))
    return Comment(text, _AUTHOR, width=_NOTE_WIDTH, height=_NOTE_LINE * (lines + 1))


def _looks(role: Role, *, in_head: bool) -> tuple[Font, Alignment, PatternFill, Border]:
    line = Side(style="thin", color=_LINE)
    plain, boxed, none = Border(), Border(bottom=line, right=line), PatternFill()
    if in_head:
        font = _font(bold=True, italic=role is Role.DERIVED)
        align = Alignment(horizontal="left" if role is Role.NAME else "center", vertical="bottom", wrap_text=True)
        return font, align, _solid(_HEAD), Border(bottom=Side(style="medium", color=_INK), right=line)
    match role:
        case Role.TITLE:
            return _font(size=16, bold=True), Alignment(vertical="center"), none, plain
        case Role.REMARK:
            return _font(_QUIET), Alignment(vertical="top"), none, plain
        case Role.NAME:
            return _font(bold=True), Alignment(vertical="center"), _solid(_LOCKED), boxed
        case Role.DERIVED:
            return _font(_QUIET, italic=True), _CENTRE, _solid(_LOCKED), boxed
        case Role.REFERENCE:
            return _font(), Alignment(vertical="center", wrap_text=True), none, plain
        case _:
            return _font(), _CENTRE if role in _CENTRED else _LEFT, none, boxed


def _font(colour: str = _INK, size: int = 11, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=_FAMILY, size=size, bold=bold, italic=italic, color=colour)


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _validation(rule: Rule) -> DataValidation:
    validation = DataValidation(
        type="list" if rule.source else "custom",
        formula1=rule.source or rule.test,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not possible here",
        error=rule.complaint,
    )
    validation.add(rule.area)
    return validation
