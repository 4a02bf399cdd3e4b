"""Spreadsheets: cells as they were read, each with its place, and sheets as they are to be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Final

from msgspec import Struct, field

from cardprint.model.diagnostics import Span

FORMULA_SIGNS: Final = tuple("=+-@\t\r")
"""What begins a formula where a spreadsheet opens a table of text (OWASP, CSV Injection); an apostrophe before it says
that it is text."""


def column_letters(column: int) -> str:
    """A column's name, counted from 1: A … Z, AA …"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """A cell's name by its row and column, both from 1: F14."""
    return f"{column_letters(column)}{row}"


class CellKind(Enum):
    """What a spreadsheet takes a cell's content for."""

    TEXT = "the text"
    NUMBER = "the number"
    DATE = "the date"
    FLAG = "the truth value"
    FORMULA = "the formula"
    ERROR = "the error"


class Cell(Struct, frozen=True):
    """A cell that holds something. `text` is a number in plain digits, a date in ISO form, a formula as written."""

    kind: CellKind
    text: str
    span: Span


class Row(Struct, frozen=True):
    """One row: its number, and its cells by column, both from 1; blank cells are left out."""

    number: int
    cells: Mapping[int, Cell]


class Sheet(Struct, frozen=True):
    """A sheet that was read. Blank rows are left out; `span` names the sheet as a whole.

    `decimal_comma`: its columns are parted by semicolons, as programs do where 14,5 is a number.
    """

    name: str
    rows: tuple[Row, ...]
    span: Span
    decimal_comma: bool = False

    def place(self, row: int, column: int) -> Span:
        """The place of a cell, whether or not it holds anything."""
        cell = cell_name(row, column)
        sheet = self.span.cell.removesuffix("!")
        return Span(self.span.file, row, column, cell=f"{sheet}!{cell}" if sheet else cell)


class Role(Enum):
    """What a cell is for, from which its looks and its lock follow. Only entries can be typed into."""

    TITLE = "title"
    REMARK = "remark"
    HEAD = "head"
    NAME = "name"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DERIVED = "derived"
    REFERENCE = "reference"


ENTRIES = frozenset((Role.CHOICE, Role.NUMBER, Role.TEXT, Role.DATE))


class Formula(Struct, frozen=True):
    """A formula with its equals sign."""

    text: str


CellValue = str | Decimal | dt.date | Formula | None


class CellContent(Struct, frozen=True):
    """A cell to be written. `note` pops up beside it; the first line of a head is set off from the others."""

    value: CellValue
    role: Role
    note: str = ""


class Rule(Struct, frozen=True):
    """What the cells of `area` ("B4:K54") take: a choice from the cells that `source` names, or whatever makes the
    formula `test` true, written for the first cell of the area. `complaint` is shown for anything else."""

    area: str
    complaint: str
    source: str = ""
    test: str = ""


class Signal(Enum):
    """What a colour in a sheet says."""

    GOOD = "good"
    WEAK = "weak"
    WRONG = "wrong"


class Highlight(Struct, frozen=True):
    """Colours the cells of `area` for which the formula `test` is true, written for the first cell of the area."""

    area: str
    test: str
    signal: Signal


class SheetContent(Struct, frozen=True):
    """A sheet to be written. `cells` go by row and column from 1, `widths` by column in digits' widths, `heights` by
    row in points.

    `head` is the row of the heads: it and what is above stay in view and are repeated on every page printed, as does
    the first column. 0 where the sheet has no heads. `last` is the last row of its table.
    """

    name: str
    cells: Mapping[tuple[int, int], CellContent]
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    head: int = 0
    last: int = 0
    rules: tuple[Rule, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    hidden: bool = False

    @property
    def columns(self) -> int:
        """The number of the last column in use."""
        return max((column for _, column in self.cells), default=0)

    def table(self) -> Iterator[tuple[CellContent | None, ...]]:
        """The cells from the head row to the last, row by row."""
        for row in range(self.head, self.last + 1):
            yield tuple(self.cells.get((row, column)) for column in range(1, self.columns + 1))


class WorkbookContent(Struct, frozen=True):
    """A workbook to be written. `banner` heads every page printed, where it is not empty."""

    title: str
    sheets: tuple[SheetContent, ...]
    banner: str = ""
