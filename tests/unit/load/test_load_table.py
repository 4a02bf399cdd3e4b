"""Tables as comma-separated text, from whichever program they come."""

from __future__ import annotations

import pytest

from cardprint.load.table import MAX_BYTES, read_table
from cardprint.load.workbook import MAX_ROWS
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source
from cardprint.model.workbook import Sheet


def read(data: bytes) -> Sheet:
    return read_table(Source("sheets/issue-1.csv", data), "issue-1")


def texts(data: bytes) -> list[list[str]]:
    """The cells' texts, row by row."""
    return [[cell.text for cell in row.cells.values()] for row in read(data).rows]


def problem(data: bytes) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        read(data)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(
    "data",
    [
        b"State,Score\nOhio,8.5\n",
        b"\xef\xbb\xbfState,Score\r\nOhio,8.5\r\n",
        b"State;Score\nOhio;8.5",
        b"State\tScore\nOhio\t8.5\n",
        b"sep=;\r\nState;Score\r\nOhio;8.5\r\n",
        b"sep=\t\r\nState\tScore\r\nOhio\t8.5\r\n",
        b"SEP=,;\nState;Score\nOhio;8.5\n",
        b"sep=\nState,Score\nOhio,8.5\n",
        b'"State","Score"\n"Ohio"," 8.5 "\n',
        b"\n,,\nState,Score\n\nOhio,,8.5,,\n",
    ],
)
def test_programs_part_columns_in_several_ways(data: bytes) -> None:
    """By commas, semicolons or tabs; with a byte order mark or the line that tells Excel the sign, or nonsense."""
    assert [["State", "Score"], ["Ohio", "8.5"]] == texts(data)


def test_cells_are_named_as_a_spreadsheet_would() -> None:
    """Rows count as they do there, also where a cell runs over two lines."""
    sheet = read(b'State,"Two\nlines"\n\nOhio,8\n')
    assert ["A1", "B1", "A3", "B3"] == [cell.span.cell for row in sheet.rows for cell in row.cells.values()]
    assert "sheets/issue-1.csv: B3" == str(sheet.rows[1].cells[2].span)


def test_what_a_program_may_have_taken_for_a_number_is_one() -> None:
    """It would have written 2.10 as 2.1, so that 2.10 is a text still."""
    (row,) = read(b"2.1,16,0,2.10,02,2021-11-17,1e3,8.5 points\n").rows
    assert ["the number"] * 3 + ["the text"] * 5 == [cell.kind.value for cell in row.cells.values()]


def test_semicolons_come_with_decimal_commas() -> None:
    """The table says so, and leaves it to who knows which cells are numbers."""
    assert (True, False) == (read(b"State;Score\nOhio;8,5\n").decimal_comma, read(b"State,Score\n").decimal_comma)


def test_an_apostrophe_that_guards_a_formula_is_taken_off() -> None:
    """Exports put it there; other apostrophes are the text's own."""
    assert [["State"], ["=1+1", "'tis"]] == texts(b"State\n'=1+1,'tis\n")


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ("State,Schüler\n".encode("cp1252"), "not-utf-8", "CSV UTF-8"),
        ("State\tScore\n".encode("utf-16"), "not-utf-8", "CSV UTF-8"),
        (b"State\0\n", "not-text", "plain text"),
        (b'State,"Score\nOhio,8\n', "unreadable-table", "CSV UTF-8"),
        (b"State\n" + b"\n" * MAX_ROWS + b"Ohio\n", "table-too-large", "Split it"),
        (b"," * 700 + b"State\n", "table-too-large", "Split it"),
        (b"a" * (MAX_BYTES + 1), "file-too-large", "split it"),
        (b"a" * 200_000, "unreadable-table", "CSV UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str, words: str) -> None:
    """With the way to save it rightly."""
    found = problem(data)
    assert (code, True) == (found.code, words in found.hint)
