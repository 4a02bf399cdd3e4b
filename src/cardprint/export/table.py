"""Sheets as comma-separated text, for those who have no spreadsheet library or want none."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

from cardprint.model.numbers import spelled
from cardprint.model.workbook import FORMULA_SIGNS, CellContent, Formula, Role, SheetContent

_BYTE_ORDER_MARK = "\ufeff"
"""By which Excel knows the file for UTF-8."""


def write_table(sheet: SheetContent) -> bytes:
    """The sheet from its heads on, without the columns that are derived by formulas."""
    heads, *_ = sheet.table()
    kept = [index for index, head in enumerate(heads) if head is not None and head.role is not Role.DERIVED]
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    for row in sheet.table():
        writer.writerow([_spell(row[index]) for index in kept])
    return text.getvalue().encode("utf-8")


def _spell(cell: CellContent | None) -> str:
    match cell.value if cell else None:
        case None | Formula():
            return ""
        case Decimal() as number:
            return spelled(number)
        case dt.date() as day:
            return day.isoformat()
        case str() as text:
            flat = " ".join(text.split("\n"))
            # Where a spreadsheet opens the file, such a text would be run as a formula.
            return f"'{flat}" if flat.startswith(FORMULA_SIGNS) else flat
