"""What the sheets of a workbook are made from, and the form that all with a row for each state have."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from msgspec import Struct

from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.workbook import (
    CellContent,
    CellValue,
    Formula,
    Highlight,
    Role,
    Rule,
    SheetContent,
    Signal,
    cell_name,
)
from cardprint.sheets.fields import NUMBERS, FieldName, Fields, Value, is_number
from cardprint.sheets.formulas import Table
from cardprint.sheets.names import GOALS, NO_PROTECTIONS, SCALE, STATE

HEAD = 3
"""The row of the heads; above it stand the sheet's title and a remark."""

SAMPLE = "SAMPLE DATA"

_STATE_WIDTH = 24.0
_FIRST_LINE, _NEXT_LINE, _HEAD_ROOM = 16.0, 12.5, 8.0
"""Heights in a head, in points: its first line, the smaller lines below, and what is left around them."""

_CHARACTERS = 1.25
"""How many characters of a head's smaller lines go into the width of a digit."""

TITLE_HEIGHTS = {1: 27.0, 2: 20.0}


class Book(Struct, frozen=True):
    """What all sheets share. `by_points`: rows without results take points of goals instead of statuses."""

    framework: Framework
    places: tuple[Jurisdiction, ...]
    states: Mapping[str, Fields]
    by_points: bool

    @property
    def first(self) -> int:
        return HEAD + 1

    @property
    def last(self) -> int:
        return HEAD + len(self.places)

    @property
    def rows(self) -> Iterator[tuple[int, Fields]]:
        """The number of each state's row, with the state's fields."""
        return ((row, self.states.get(place.slug, {})) for row, place in enumerate(self.places, start=self.first))

    @property
    def goals(self) -> Table:
        return Table(GOALS, self.first, max(self.first, HEAD + len(self.framework.goals)))

    @property
    def scale(self) -> Table:
        return Table(SCALE, self.first, HEAD + len(self.framework.scale.bands))

    @property
    def mistakable(self) -> frozenset[str]:
        """The ids of goals that a spreadsheet would take for the same number: 2.1 and 2.10. One that stands alone in a
        cell is written with a semicolon, so that it stays a text."""
        alike: dict[float, list[str]] = {}
        for goal in self.framework.goals:
            with suppress(ValueError):
                alike.setdefault(float(goal), []).append(goal)
        return frozenset(goal for goals in alike.values() if len(goals) > 1 for goal in goals)

    def table(self, sheet: str) -> Table:
        """The table of a sheet with a row for each state."""
        return Table(sheet, self.first, self.last)

    def uses(self, name: FieldName) -> bool:
        """Whether any state's file gives the field."""
        return any(name in fields for _, fields in self.rows)


class StateSheet:
    """A sheet with a row for each state, in the making. Columns are added from the left; each call gives the number
    of the column added. `first` is the name of a column's cell in the first state's row."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.heads: list[CellContent] = []
        self.columns: list[Sequence[CellContent]] = []
        self.widths: list[float] = []
        self.rules: list[Rule] = []
        self.highlights: list[Highlight] = []
        states = [CellContent(place.name, Role.NAME) for place in book.places]
        self._add(CellContent(STATE, Role.NAME), states, _STATE_WIDTH)

    def entry(self, name: FieldName, head: str, role: Role, width: float, note: str = "") -> int:
        """A column to type a field into."""
        given = [fields.get(name) for _, fields in self.book.rows]
        values = [cell_value(name, one.value if one else None) for one in given]
        if name.key == "protections":
            mistakable = self.book.mistakable
            values = [f"{value};" if value in mistakable else value for value in values]
        cells = [CellContent(value, role) for value in values]
        return self._add(CellContent(head, Role.HEAD, note), cells, width)

    def cells(self, head: str, cells: Iterable[CellContent], width: float, note: str = "") -> int:
        """A column of cells of several kinds."""
        return self._add(CellContent(head, Role.HEAD, note), list(cells), width)

    def derived(self, head: str, formulas: Iterable[Formula], width: float, note: str = "") -> int:
        """A column that follows from others."""
        cells = [CellContent(formula, Role.DERIVED) for formula in formulas]
        return self._add(CellContent(head, Role.DERIVED, note), cells, width)

    def rule(self, column: int, complaint: str, *, source: str = "", test: str = "") -> None:
        """What a column takes; see `Rule`."""
        self.add_rule(self.area(column), complaint, source=source, test=test)

    def add_rule(self, area: str, complaint: str, *, source: str = "", test: str = "") -> None:
        """What an area of the sheet takes."""
        self.rules.append(Rule(area, complaint, source, test))

    def highlight(self, first: int, last: int, test: str, signal: Signal) -> None:
        """Colour the cells from one column to another where the test holds."""
        self.highlights.append(Highlight(self.area(first, last), test, signal))

    def area(self, first: int, last: int | None = None) -> str:
        """The cells of a column, or from one column to another, state by state."""
        return f"{cell_name(self.book.first, first)}:{cell_name(self.book.last, last or first)}"

    def top(self, column: int) -> str:
        """The first state's cell in a column."""
        return cell_name(self.book.first, column)

    def finish(self, name: str, title: str, remark: str) -> SheetContent:
        """The sheet, complete."""
        cells = titles(title, remark, sample=self.book.framework.sample)
        for column, (head, below) in enumerate(zip(self.heads, self.columns, strict=True), start=1):
            cells[HEAD, column] = head
            cells.update({(row, column): cell for row, cell in enumerate(below, start=self.book.first)})
        return SheetContent(
            name=name,
            cells=cells,
            widths=dict(enumerate(self.widths, start=1)),
            heights={**TITLE_HEIGHTS, HEAD: self._head_height()},
            head=HEAD,
            last=self.book.last,
            rules=tuple(self.rules),
            highlights=tuple(self.highlights),
        )

    def _head_height(self) -> float:
        """Room for the longest head: a first line, and below it words that are broken at the column's width."""
        words = [str(head.value).partition("\n")[2] for head in self.heads]
        lines = [
            len(textwrap.wrap(text, round(width * _CHARACTERS))) for text, width in zip(words, self.widths, strict=True)
        ]
        return _HEAD_ROOM + _FIRST_LINE + _NEXT_LINE * max(lines)

    def _add(self, head: CellContent, cells: Sequence[CellContent], width: float) -> int:
        self.heads.append(head)
        self.columns.append(cells)
        self.widths.append(width)
        return len(self.heads)


def titles(title: str, remark: str, *, sample: bool) -> dict[tuple[int, int], CellContent]:
    """The two lines above a table."""
    shown = f"{title} · {SAMPLE}" if sample else title
    return {(1, 1): CellContent(shown, Role.TITLE), (2, 1): CellContent(remark, Role.REMARK)}


def cell_value(name: FieldName, value: Value | None) -> CellValue:
    """A field's value as a cell holds it."""
    if isinstance(value, tuple):
        return ", ".join(value) or NO_PROTECTIONS
    if value is not None and name.key == "revised":
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    if value is not None and (name.goal or name.key in NUMBERS) and is_number(value):
        return Decimal(value)
    return value
