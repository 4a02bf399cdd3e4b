"""Tables as comma-separated text: cells with their places, named as a spreadsheet program would."""

from __future__ import annotations

import csv
import io
import re

from cardprint.load.refusal import refusal
from cardprint.load.text import decode_text
from cardprint.load.workbook import MAX_COLUMNS, MAX_ROWS
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.model.workbook import FORMULA_SIGNS, Cell, CellKind, Row, Sheet, cell_name

MAX_BYTES = 5 * 1024 * 1024

_DELIMITERS = ",;\t"
_DECLARED = "sep="
_LONGEST_HEADS = 100_000
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
"""What a program may have written that took it for a number: 2.1 may have been 2.10 once, 2.10 has stayed a text."""


def read_table(source: Source, name: str) -> Sheet:
    """The sheet `name` from a .csv file whose columns are parted by commas, semicolons or tabs.

    Raises `DiagnosticError`: file-too-large, not-utf-8, unreadable-table, table-too-large.
    """
    try:
        text = decode_text(source, MAX_BYTES)
    except DiagnosticError as error:
        raise _with_csv_remedy(error) from None
    first, _, rest = text.partition("\n")
    declares = first.lower().startswith(_DECLARED)
    table = rest if declares else text
    sign = first.rstrip("\r")[len(_DECLARED) :] if declares else ""
    delimiter = sign if sign in tuple(_DELIMITERS) else _delimiter(table)
    rows = []
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter, strict=True)
    skipped = 1 if declares else 0
    try:
        for number, values in enumerate(reader, start=1 + skipped):
            cells = _cells(values, source.name, number)
            if not cells:
                continue
            if number > MAX_ROWS or max(cells) > MAX_COLUMNS:
                message = f"The table goes on after row {MAX_ROWS:,} or column {MAX_COLUMNS}."
                raise refusal("table-too-large", message, Span(source.name, number, 1, cell=f"A{number}"), "Split it.")
            rows.append(Row(number, cells))
    except csv.Error as error:
        span = Span(source.name, reader.line_num + skipped, 1)
        hint = "Save it again from a spreadsheet program, as CSV UTF-8."
        raise refusal("unreadable-table", f"The table cannot be read: {error}.", span, hint) from None
    return Sheet(name, tuple(rows), Span(source.name), decimal_comma=delimiter == ";")


def _delimiter(text: str) -> str:
    """The sign that parts the first line that holds something into the most columns."""
    first = next((line for line in text.splitlines() if line.strip(" \t,;\"'")), "")[:_LONGEST_HEADS]
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _cells(values: list[str], file: str, row: int) -> dict[int, Cell]:
    cells = {}
    for column, value in enumerate(values, start=1):
        text = value.strip()
        if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS):
            text = text[1:]
        if text:
            kind = CellKind.NUMBER if _NUMBER.fullmatch(text) else CellKind.TEXT
            cells[column] = Cell(kind, text, Span(file, row, column, cell=cell_name(row, column)))
    return cells


def _with_csv_remedy(error: DiagnosticError) -> DiagnosticError:
    (first, *_) = error.diagnostics
    if first.code != "not-utf-8":
        return error
    return refusal(first.code, first.message, first.span, "Save it as CSV UTF-8 (in Excel: Save As, CSV UTF-8).")
