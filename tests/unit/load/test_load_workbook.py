"""Workbooks: what people typed comes out with its cell, and what is made to harm is refused in good time."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from cardprint.load.workbook import MAX_CELLS, MAX_XML, read_workbook
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source
from cardprint.model.workbook import CellKind, Sheet


def workbook(fill: Callable[[Any], None] = lambda _: None) -> bytes:
    """A workbook of one sheet, "Grades", filled by `fill`."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Grades"
    fill(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed, or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change(old.read(part) if part in old.namelist() else b""))
    return buffer.getvalue()


def read(data: bytes) -> Sheet:
    """The only sheet."""
    (sheet,) = read_workbook(Source("grades.xlsx", data))
    return sheet


def problem(data: bytes) -> Diagnostic:
    """Why a workbook is refused, which it must be within two seconds' work."""
    begin = time.process_time()
    with pytest.raises(DiagnosticError) as caught:
        read(data)
    assert time.process_time() - begin < 4, "a machine twice as slow as ours is meant"
    (found,) = caught.value.diagnostics
    return found


SHEET = "xl/worksheets/sheet1.xml"


def with_rows(rows: str) -> bytes:
    """A workbook whose sheet has these rows, as XML."""
    return changed(
        workbook(),
        SHEET,
        lambda data: data.replace(b"<sheetData></sheetData>", f"<sheetData>{rows}</sheetData>".encode()),
    )


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("Ohio", CellKind.TEXT, "Ohio"),
        (16, CellKind.NUMBER, "16"),
        (8.5, CellKind.NUMBER, "8.5"),
        (0.1 + 0.2, CellKind.NUMBER, "0.3"),
        (100.0, CellKind.NUMBER, "100"),
        (True, CellKind.FLAG, "TRUE"),
        (dt.date(2021, 11, 17), CellKind.DATE, "2021-11-17"),
        (dt.datetime.fromisoformat("2021-11-17 08:30"), CellKind.DATE, "2021-11-17 08:30:00"),
        (dt.time(4, 5), CellKind.DATE, "04:05:00"),
        ("=SUM(A1:A2)", CellKind.FORMULA, "=SUM(A1:A2)"),
        (ArrayFormula("B2", "=A1*2"), CellKind.FORMULA, "=A1*2"),
        ("#DIV/0!", CellKind.ERROR, "#DIV/0!"),
    ],
)
def test_a_cell_is_read_as_what_it_is(value: Any, kind: CellKind, text: str) -> None:
    """With its sheet and its name; a number as the program shows it."""

    def fill(sheet: Any) -> None:
        sheet["B2"] = value

    (row,) = read(workbook(fill)).rows
    cell = row.cells[2]
    assert (kind, text, "grades.xlsx: Grades!B2") == (cell.kind, cell.text, str(cell.span))


def test_blank_cells_and_rows_are_left_out() -> None:
    """Spaces alone are blank too."""

    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["C3"], sheet["D3"] = "a", "b", "  "

    assert {1: [1], 3: [3]} == {row.number: list(row.cells) for row in read(workbook(fill)).rows}


def test_only_sheets_that_are_wanted_are_read() -> None:
    """Of the others the name is known."""
    (sheet,) = read_workbook(Source("x.xlsx", workbook(lambda sheet: sheet.append(["a"]))), lambda name: name == "B")
    assert ("Grades", ()) == (sheet.name, sheet.rows)


def test_cached_results_of_formulas_are_not_read() -> None:
    """They may be old, or made up."""
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>7</v></c></row>'
    assert "=1+1" == read(with_rows(rows)).rows[0].cells[1].text


def test_macros_links_and_pictures_are_left_alone() -> None:
    """Parts that nobody asked for are neither run nor followed."""
    data = changed(workbook(lambda sheet: sheet.append(["a"])), "xl/vbaProject.bin", lambda _: b"\0" * 100)
    data = changed(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    assert "a" == read(data).rows[0].cells[1].text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no workbook"),
        (b"state,score\n", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (workbook()[:-200], "damaged"),
        (workbook()[:500], "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, words: str) -> None:
    """With a word on what it is."""
    found = problem(data)
    assert ("not-a-workbook", True) == (found.code, words in found.message)


def test_another_archive_is_no_workbook() -> None:
    """Word documents and ZIP files begin alike."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "not-a-workbook" == problem(buffer.getvalue()).code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """A few kilobytes that would become hundreds of megabytes."""
    data = changed(workbook(), SHEET, lambda _: b"<a>" + b" " * (20 * MAX_XML))
    assert len(data) < 1_000_000
    assert "workbook-too-large" == problem(data).code


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    """What it declares is what is unpacked, and then it does not add up."""
    data = changed(workbook(), SHEET, lambda _: b"<a>" + b" " * 5000)
    assert "not-a-workbook" == problem(data.replace((5003).to_bytes(4, "little"), (50).to_bytes(4, "little"))).code


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/media/image1.png"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" " * 5000])
def test_entity_bombs_are_refused(part: str, before: bytes) -> None:
    """A document type has no place in a workbook, in no part: a sheet may be called by any name."""
    bomb = before + b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    data = io.BytesIO(workbook())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG <!DOCTYPE is not XML")
    assert read_workbook(Source("a.xlsx", data.getvalue()))
    assert "not-a-workbook" == problem(changed(data.getvalue(), part, lambda _: bomb)).code


def test_too_many_cells_are_refused() -> None:
    """Sheets that somebody filled down to the last row by mistake."""
    cells = "".join('<c t="b"><v>1</v></c>' for _ in range(400))
    rows = "".join(f"<row>{cells}</row>" for _ in range(MAX_CELLS // 400 + 1))
    found = problem(with_rows(rows))
    assert ("workbook-too-large", f"{MAX_CELLS:,} cells" in found.message) == (found.code, True)


def test_a_cell_far_down_is_refused_with_its_row() -> None:
    """Rather than left out without a word; the empty rows above cost nothing."""
    found = problem(with_rows('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert ("workbook-too-large", "Grades!A1048576") == (found.code, found.span.cell)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="!!"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_nonsense_inside_is_refused(rows: str) -> None:
    """Without a traceback and without waiting."""
    assert "unreadable-workbook" == problem(with_rows(rows)).code


def test_far_columns_cost_nothing() -> None:
    """What stands out there stands beside every table."""
    assert () == read(with_rows('<row r="1"><c r="XFD1"><v>1</v></c></row>')).rows


def test_what_the_sheet_says_of_its_size_is_not_believed() -> None:
    """Programs that write too small a dimension lose no rows."""
    data = with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')
    data = changed(data, SHEET, lambda part: part.replace(b"A1:A1", b"A1:B1"))
    assert [1, 2] == [row.number for row in read(data).rows]
