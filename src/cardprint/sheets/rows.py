"""Cells of a sheet that came back, as fields. Liberal where only one thing can be meant; otherwise an error that
names the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from msgspec import Struct, field

from cardprint.model.dataset import GRADE_BASES, Framework, Issue, Jurisdiction
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.numbers import spelled
from cardprint.model.workbook import Cell, CellKind, Row
from cardprint.sheets.columns import Expected, Holds, Table, reads_as, shown
from cardprint.sheets.fields import (
    FieldName,
    Given,
    Part,
    Value,
    goal_names,
    in_order,
    is_number,
    single_spaced,
    spell_number,
)
from cardprint.sheets.lists import STATUSES
from cardprint.sheets.names import NO_PROTECTIONS, folded

BLANK = ""
"""The value of a field whose cell is blank."""

Spot = tuple[Part, str]
"""A part of a state's results that is given or spoilt as a whole: an issue, a row of extra credit, the overall one."""

_BETWEEN_IDS = re.compile(r"[\s,;]+")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


class SheetResults(Struct):
    """What sheets say, state by slug: the fields of every column in a row that holds anything, blank ones included;
    the places of those in rows that are empty; and the spots in which something could not be read."""

    fields: dict[str, dict[FieldName, Given]] = field(default_factory=dict)
    empty: dict[str, dict[FieldName, Span]] = field(default_factory=dict)
    spoilt: dict[str, set[Spot]] = field(default_factory=dict)

    def spoil(self, slug: str, name: FieldName) -> None:
        self.spoilt.setdefault(slug, set()).add((name.part, name.row))


class _CellError(Exception):
    """A cell that was reported."""


class RowReader(Struct, frozen=True):
    """Reads the rows of tables into `results`; problems go to `log`."""

    framework: Framework
    jurisdictions: Mapping[str, Jurisdiction]
    results: SheetResults
    log: Collector

    def read(self, table: Table, issue: Issue | None = None) -> None:
        """Read all rows of a table; that of an issue has its rows checked for being whole."""
        lines: dict[str, int] = {}
        for row in table.rows:
            place = self._place(table, row)
            if place is None:
                continue
            if place.slug in lines:
                message = f"{place.name} stands in row {lines[place.slug]} already."
                span = row.cells[table.state].span
                self.log.error("duplicate-state", message, span, hint="Delete one of the two rows.")
                continue
            lines[place.slug] = row.number
            fields = self._fields(table, row, place)
            if not fields:
                continue
            if not self._holds_anything(fields, place):
                self.results.empty.setdefault(place.slug, {}).update({name: one.span for name, one in fields.items()})
                continue
            self.results.fields.setdefault(place.slug, {}).update(fields)
            if issue is not None:
                self._check_whole(issue, place)

    def _place(self, table: Table, row: Row) -> Jurisdiction | None:
        """The state that a row is of. None if the row holds nothing, or if it was reported."""
        cell = row.cells.get(table.state)
        if cell is None:
            entered = [
                row.cells[number]
                for number, column in table.columns.items()
                if column.field is not None and number in row.cells and row.cells[number].kind is not CellKind.FORMULA
            ]
            if entered:
                message = "The row holds results and names no state."
                span = table.sheet.place(row.number, table.state)
                self.log.error("missing-state", message, span, hint="Name the state, or empty the row.")
            return None
        known = {folded(name): place for place in self.jurisdictions.values() for name in _names(place)}
        found = known.get(folded(cell.text))
        if found is None:
            meant = get_close_matches(folded(cell.text)[:80], list(known), n=1)
            hint = f"Did you mean {known[meant[0]].name}?" if meant else "Name a state of the list, or empty the row."
            self.log.error("unknown-state", f'There is no state "{shown(cell)}".', cell.span, hint=hint)
        return found

    def _fields(self, table: Table, row: Row, place: Jurisdiction) -> dict[FieldName, Given]:
        """The fields of a row."""
        fields: dict[FieldName, Given] = {}
        for number, column in table.columns.items():
            if column.field is None:
                continue
            cell = row.cells.get(number)
            value: Value = BLANK
            try:
                value = BLANK if cell is None else self._value(cell, column, table)
            except _CellError:
                self.results.spoil(place.slug, column.field)
            fields[column.field] = Given(value, table.sheet.place(row.number, number))
        return fields

    def _holds_anything(self, fields: Mapping[FieldName, Given], place: Jurisdiction) -> bool:
        spoilt = self.results.spoilt.get(place.slug, ())
        return any(
            (one.value != BLANK and not _is_formula(one.value)) or (name.part, name.row) in spoilt
            for name, one in fields.items()
        )

    def _value(self, cell: Cell, column: Expected, table: Table) -> Value:
        if cell.kind is CellKind.FORMULA:
            return self._formula(cell, column)
        if cell.kind is CellKind.ERROR:
            raise self._refuse("error-cell", cell, "a value", "Type what belongs here.")
        text = " ".join(cell.text.split())
        if table.sheet.decimal_comma and column.holds in (Holds.NUMBER, Holds.GOAL) and _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        match column.holds:
            case Holds.GOAL:
                return self._status(cell, text)
            case Holds.NUMBER:
                if cell.kind in (CellKind.DATE, CellKind.FLAG):
                    raise self._refuse("not-a-number", cell, "a number such as 8.5", _TYPE_NUMBER)
                return spell_number(text)
            case Holds.GOALS:
                return self._goals(cell, text)
            case Holds.GRADE:
                return _one_of(text, [band.letter for band in self.framework.scale.bands])
            case Holds.BASIS:
                return _one_of(text, GRADE_BASES)
            case _:
                if cell.kind is CellKind.FLAG:
                    raise self._refuse("not-a-text", cell, "a text", "Format the cell as text and type it again.")
                return single_spaced(cell.text)

    def _formula(self, cell: Cell, column: Expected) -> Value:
        """A formula stands for nothing where a score follows from points; whether it does, the whole row will show."""
        if column.field is not None and column.field.part is Part.ISSUE and column.holds is Holds.NUMBER:
            return f"={shown(cell).removeprefix('=')}"
        raise self._refuse("formula-cell", cell, "a value", _PASTE_VALUE)

    def _status(self, cell: Cell, text: str) -> Value:
        full = spelled(self.framework.goal_maximum)
        expected = f"{' or '.join(STATUSES)}, or points from 0 to {full}"
        if cell.kind in (CellKind.DATE, CellKind.FLAG):
            raise self._refuse("unknown-status", cell, expected, _TYPE_NUMBER)
        if text.casefold() in STATUSES:
            return text.casefold()
        number = spell_number(text)
        if is_number(number):
            return number
        meant = get_close_matches(text.casefold()[:40], STATUSES, n=1)
        if re.fullmatch(r"[0-9]+,[0-9]+", text):
            hint = f"Write {text.replace(',', '.')}."
        else:
            hint = f'Did you mean "{meant[0]}"?' if meant else "Choose from the list in the cell."
        raise self._refuse("unknown-status", cell, expected, hint)

    def _goals(self, cell: Cell, text: str) -> Value:
        if text.casefold() == NO_PROTECTIONS:
            return ()
        if cell.kind in (CellKind.DATE, CellKind.FLAG):
            raise self._refuse("not-goals", cell, "ids of goals", "Format the cell as text and type the ids again.")
        goals = tuple(self.framework.goals)
        if cell.kind is CellKind.NUMBER:
            meant = [goal for goal in goals if reads_as(goal, text)]
            if len(meant) > 1:
                expected = f"the id of a goal; {' and '.join(meant)} look alike as numbers"
                hint = f"Type {' or '.join(f'{goal};' for goal in meant)} with the semicolon, which keeps it a text."
                raise self._refuse("ambiguous-goal", cell, expected, hint)
            return tuple(meant) or (text,)
        return in_order(tuple(part for part in _BETWEEN_IDS.split(text) if part), self.framework)

    def _refuse(self, code: str, cell: Cell, expected: str, hint: str) -> _CellError:
        message = f"Found {cell.kind.value} {shown(cell)}, expected {expected}."
        self.log.error(code, message, cell.span, hint=hint)
        return _CellError()

    def _check_whole(self, issue: Issue, place: Jurisdiction) -> None:
        """A row gives the status of every goal and the score, or nothing; and all goals in one way."""
        fields = self.results.fields[place.slug]
        names = [name for name in goal_names(issue) if name in fields]
        score = FieldName(Part.ISSUE, "score", issue.id)
        given = [name for name in names if fields[name].value != BLANK]
        formula = self._take_formula(score, fields)
        others = [name for name in fields if name.part is Part.ISSUE and name.row == issue.id and name not in names]
        if not given and all(fields[name].value == BLANK for name in others):
            return
        spoilt = (Part.ISSUE, issue.id) in self.results.spoilt.get(place.slug, ())
        blank = [name for name in names if fields[name].value == BLANK]
        if spoilt:
            return  # a cell that was refused is no blank one
        if blank:
            self._report_blank(blank, fields, place, issue)
        elif self._mixed(given, fields, place):
            self.results.spoil(place.slug, score)
        elif score in fields and fields[score].value == BLANK and not self._sums(given, fields, issue):
            code, message, hint = "missing-score", f"The score of {place.name} is missing.", "Type the score."
            if formula:
                code, hint = "formula-cell", _PASTE_VALUE
                message = f"Found the formula {formula}, expected a score."
            self.log.error(code, message, fields[score].span, hint=hint)
            self.results.spoil(place.slug, score)

    def _take_formula(self, score: FieldName, fields: dict[FieldName, Given]) -> str:
        """The formula that stands for the score, if any; the score counts as blank then."""
        given = fields.get(score)
        if given is None or not _is_formula(given.value):
            return ""
        fields[score] = Given(BLANK, given.span)
        return str(given.value)

    def _report_blank(
        self, blank: list[FieldName], fields: Mapping[FieldName, Given], place: Jurisdiction, issue: Issue
    ) -> None:
        ids = ", ".join(name.goal for name in blank)
        goals = f"Goal {ids} of {place.name} has" if len(blank) == 1 else f"Goals {ids} of {place.name} have"
        message = f"{goals} no status; a state has one for every goal of an issue, or nothing."
        self.log.error("missing-goal", message, fields[blank[0]].span, hint="Fill the row in, or empty it.")
        self.results.spoil(place.slug, FieldName(Part.ISSUE, "goal", issue.id))

    def _mixed(self, given: list[FieldName], fields: Mapping[FieldName, Given], place: Jurisdiction) -> bool:
        points = [name for name in given if is_number(fields[name].value)]
        statuses = [name for name in given if name not in points]
        odd = min(points, statuses, key=len)
        for name in odd:
            found, others = ("points", "statuses") if name in points else ("a status", "points")
            message = f"Goal {name.goal} of {place.name} has {found}, the other goals of its row have {others}."
            hint = "Give all goals of the row in one way."
            self.log.error("mixed-row", message, fields[name].span, hint=hint)
        return bool(odd)

    def _sums(self, given: Iterable[FieldName], fields: Mapping[FieldName, Given], issue: Issue) -> bool:
        """Whether the score follows from the goals' points."""
        return bool(issue.goals) and not issue.unnamed and all(is_number(fields[name].value) for name in given)


_PASTE_VALUE = "Type the value, or paste it as a value (Paste Special)."
_TYPE_NUMBER = "Format the cell as a number and type it again."


def _is_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _names(place: Jurisdiction) -> tuple[str, ...]:
    return (place.name, place.slug, place.postal)


def _one_of(text: str, words: Iterable[str]) -> str:
    """The word that is meant, whatever its case; an unknown one stays as it is, for the audit to refuse."""
    return {word.casefold(): word for word in words}.get(text.casefold(), text)
