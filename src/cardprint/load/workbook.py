"""Workbooks (.xlsx) as cells with their places.

What is read is what people typed: values, dates and formulas. Cached results of formulas, macros, links to other
files, pictures and looks are left alone.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from cardprint.load.refusal import refusal
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.model.workbook import Cell, CellKind, Row, Sheet, cell_name

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_ROWS = 5000
MAX_COLUMNS = 600
MAX_CELLS = 100_000
"""In all sheets together; fifty-one states with forty goals fill under 4,000."""

MAX_XML = 12 * 1024 * 1024
"""Bytes of XML once unpacked: about two seconds' reading. An edition of fifty-one states has 1 MB."""

_MAX_PARTS = 2000
_HEAD = 1024
"""Bytes within which XML begins, if it is not all space."""
_LAST_ROW = 1_048_576  # of any sheet, ECMA-376 part 1 §18.3.1.73
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as .xlsx, or give the sheets as .csv files."
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""An OLE container (MS-CFB §2.2): a workbook of before 2007, or one encrypted with a password."""


def read_workbook(source: Source, wanted: Callable[[str], bool] = bool) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order; of those whose name is not `wanted`, the name alone.

    Needs openpyxl (`ModuleNotFoundError`).
    Raises `DiagnosticError`: not-a-workbook, workbook-too-large, unreadable-workbook.
    """
    _check_archive(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about features that it leaves out
        try:
            with closing(_opened(source)) as workbook:
                return tuple(_sheets(workbook, source.name, wanted))
        except (DiagnosticError, ModuleNotFoundError):
            raise
        except Exception as error:
            # openpyxl states no errors of its own for bad input: KeyError, TypeError, ParseError, … come out of it.
            message = f"The workbook cannot be read ({type(error).__name__})."
            raise refusal("unreadable-workbook", message, Span(source.name), _SAVE_AGAIN) from error


def _opened(source: Source) -> Workbook:
    import openpyxl  # an extra, and slow to load

    return openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, keep_links=False)


def _check_archive(source: Source) -> None:
    """Refuse what is no workbook, and what would be too much of one once unpacked, before anything parses it."""
    span = Span(source.name)
    if source.data.startswith(_OLD_FORMAT):
        message = "The workbook is protected by a password, or in the format of before 2007 (.xls)."
        raise refusal("not-a-workbook", message, span, "Save it as .xlsx without a password.")
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            parts = archive.infolist()
            _refuse_many_parts(len(parts), span)
            for part in parts:
                if _begins_as_xml(archive, part):
                    size += part.file_size
                    _refuse_size(size, span)
                    _refuse_entities(archive.read(part), span)
    except DiagnosticError:
        raise
    except Exception as error:  # zipfile names few of its errors; a damaged archive also gives zlib's and struct's
        raise refusal("not-a-workbook", "The file is no workbook, or a damaged one.", span, _SAVE_AGAIN) from error
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise refusal("not-a-workbook", "The file is an archive, and not that of a workbook.", span, _SAVE_AGAIN)


def _begins_as_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part could be parsed, whatever its name: a workbook may call any of them a sheet."""
    with archive.open(part) as file:
        head = file.read(_HEAD).lstrip(b"\xef\xbb\xbf\xff\xfe\0\t\n\r ")
        return head.startswith(b"<") or not head


def _refuse_many_parts(count: int, span: Span) -> None:
    if count > _MAX_PARTS:
        message = f"The workbook is made of {count:,} parts; at most {_MAX_PARTS:,} are read."
        raise refusal("workbook-too-large", message, span, "Copy its sheets into a new workbook.")


def _refuse_size(size: int, span: Span) -> None:
    if size > MAX_XML:
        message = f"Unpacked, the workbook has more than {MAX_XML // 1024**2} MB."
        hint = "Copy the cells in use into a new workbook, or split it; formatted empty rows often make it large."
        raise refusal("workbook-too-large", message, span, hint)


def _refuse_entities(data: bytes, span: Span) -> None:
    """No program writes a document type into a workbook (ECMA-376 part 2 forbids it); entity bombs need one."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise refusal("not-a-workbook", "The workbook declares a document type.", span, _SAVE_AGAIN)


def _sheets(workbook: Workbook, file: str, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
    room = MAX_CELLS
    for worksheet in workbook.worksheets:
        name = worksheet.title
        rows: list[Row] = []
        if wanted(name):
            for row in _rows(worksheet, file, name):
                rows.append(row)
                room -= len(row.cells)
                if room < 0:
                    message = f"The workbook has more than {MAX_CELLS:,} cells."
                    raise refusal("workbook-too-large", message, _sheet_span(file, name), "Split it.")
        yield Sheet(name, tuple(rows), _sheet_span(file, name))


def _sheet_span(file: str, name: str) -> Span:
    return Span(file, cell=f"{name}!")


def _rows(worksheet: Any, file: str, name: str) -> Iterator[Row]:
    """The rows that hold something."""
    worksheet.reset_dimensions()  # the file's own word on its size, which is often wrong
    skipped: object = None
    for number, cells in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > _LAST_ROW:
            raise ValueError(number)
        if cells is skipped:
            continue  # rows that the file leaves out come as one same tuple, a million of them if need be
        found = dict(_cells(cells, file, name, number))
        if not found:
            skipped = cells
        elif number > MAX_ROWS:
            message = f"Row {number:,} holds something; at most {MAX_ROWS:,} rows are read."
            raise refusal("workbook-too-large", message, Span(file, number, 1, cell=f"{name}!A{number}"), "Delete it.")
        else:
            yield Row(number, found)


def _cells(cells: tuple[Any, ...], file: str, name: str, row: int) -> Iterator[tuple[int, Cell]]:
    for column, cell in enumerate(cells, start=1):
        if cell.value is None:
            continue
        kind, text = _content(cell)
        if text.strip():
            span = Span(file, row, column, cell=f"{name}!{cell_name(row, column)}")
            yield column, Cell(kind, text, span)


def _content(cell: Any) -> tuple[CellKind, str]:
    value = cell.value
    if cell.data_type == "f":
        return CellKind.FORMULA, str(getattr(value, "text", value))
    if cell.data_type == "e":
        return CellKind.ERROR, str(value)
    match value:
        case bool():
            return CellKind.FLAG, str(value).upper()
        case int():
            return CellKind.NUMBER, str(value)
        case float():
            # As the program shows it: 15 digits. What is stored of 0.1 + 0.2 ends in a 4.
            return CellKind.NUMBER, _plain_digits(value)
        case dt.datetime():
            return CellKind.DATE, str(value.date()) if value.time() == dt.time() else str(value)
        case dt.date() | dt.time() | dt.timedelta():
            return CellKind.DATE, str(value)
        case _:
            return CellKind.TEXT, str(value)


def _plain_digits(value: float) -> str:
    text = f"{value:.15g}"
    return text if "e" in text or "n" in text else text.rstrip("0").rstrip(".") if "." in text else text
