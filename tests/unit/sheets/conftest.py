"""An invented edition of two places, and a spreadsheet program small enough to be read: it evaluates the formulas
that workbooks are written with."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cardprint.sheets import Edition, edition_workbook, open_edition, plan_import, write_export, write_import
from cardprint.workspace import Workspace, shipped_folder

FRAMEWORK = """\
sample: true
edition: {id: "1900", title: 1900 Report Card on Oz, language: en-US, file_name: "{edition.id}-{state.slug}"}
publisher: {name: Nobody}
grammar: english
points: {step: 0.5, goal_maximum: 2.5}
grades:
  scale: [{letter: A, from: 90}, {letter: B, from: 70}, {letter: F, from: 0}]
  issue: percent-of-maximum
  card: percent-of-maximum
issues:
  - id: "1"
    title: Roads
    maximum: 7.5
    goals:
      - {id: "1.1", phrase: yellow bricks}
      - {id: "1.2", phrase: "signs for {}", term: lions}
      - {id: "1.10", phrase: "signs for {}", term: witches}
  - id: "2"
    title: Balloons
    maximum: 5
    unnamed: 1
    goals:
      - {id: "2.1", phrase: hot air}
extra_credit:
  - {id: youth, badge: 18+, badge_expansion: 18 and older, title: Youth, beneficiary: munchkins, each: 1}
sentences:
  accomplished: {none: Nothing done., one: "Done: {list}.", many: "Done: {list}."}
  gaps: {one: "Open: {list}.", many: "Open: {list}."}
  extended: {none: Nothing extended., one: "{list} for {beneficiary}.", many: "{list} for {beneficiary}."}
"""

JURISDICTIONS = """\
- {name: Land of Oz, slug: land-of-oz, postal: OZ}
- {name: Wonderland, slug: wonderland, postal: WL}
"""

OZ = """\
# Looked through by Glinda
state: Land of Oz
issues:
  - id: "1"   # roads first
    score: 5.5
    accomplished: ["1.1",
                   "1.10"]  # counted twice
    gaps:
      - "1.2"
  - {id: "2", score: 3, accomplished: ["2.1"], gaps: []}
extra_credit: [{id: youth, protections: ["1.1"]}]
overall: {grade: B, score: 9.5}   # as published
"""

POINTS = """\
state: Wonderland
issues:
  - {id: "1", points: {"1.1": 2.5, "1.2": 0.5, "1.10": 2}}
  - {id: "2", score: 5, points: {"2.1": 2.5}}
extra_credit:
  - {id: youth, protections: []}
"""


_WORKBOOKS: dict[tuple[Any, ...], bytes] = {}


class Desk:
    """A folder with the edition in `ed`, and what people do there. `sheet` is the path of the last export."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.states = self.folder / "ed" / "states"
        self.states.mkdir(parents=True)
        (self.folder / "ed" / "framework.yaml").write_text(FRAMEWORK, encoding="utf-8")
        (self.folder / "ed" / "jurisdictions.yaml").write_text(JURISDICTIONS, encoding="utf-8")
        (self.states / "land-of-oz.yaml").write_text(OZ, encoding="utf-8")

    @property
    def edition(self) -> Edition:
        return open_edition(Workspace(self.folder, shipped_folder()), "ed")

    def export(self, path: str = "grades.xlsx", **options: Any) -> Path:
        """Export to `path`; a workbook of the same files comes from memory."""
        files = tuple(file.read_bytes() for file in sorted((self.folder / "ed").rglob("*.yaml")))
        known = _WORKBOOKS.get((files, *options.items())) if path.endswith(".xlsx") else None
        target = self.folder / path
        if known is not None:
            target.write_bytes(known)
            return target
        edition = self.edition
        write_export(edition.workspace, edition_workbook(edition, **options), path, overwrite=True)
        if path.endswith(".xlsx"):
            _WORKBOOKS[files, *options.items()] = target.read_bytes()
        return target

    def fill(self, cells: Mapping[str, Any], path: str = "grades.xlsx") -> None:
        """Type into a workbook: "Issue 1!B4" and the like."""
        workbook = openpyxl.load_workbook(self.folder / path, rich_text=True)
        for place, value in cells.items():
            sheet, cell = place.split("!")
            workbook[sheet][cell] = value
        workbook.save(self.folder / path)

    def read(self, path: str = "grades.xlsx") -> dict[str, str]:
        """Import from `path` without writing: what changes, as "state · field" to "old → new"."""
        plan = plan_import(self.edition, path)
        return {f"{one.state.postal} · {one.field}": f"{one.old} → {one.new}" for one in plan.changes}

    def take(self, path: str = "grades.xlsx") -> None:
        """Import from `path`."""
        edition = self.edition
        write_import(edition, plan_import(edition, path))

    def text(self, slug: str = "land-of-oz") -> str:
        return (self.states / f"{slug}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The edition with one state's file, Oz's in statuses."""
    return Desk(tmp_path)


@pytest.fixture
def both(desk: Desk) -> Desk:
    """The edition with both states' files, Wonderland's in points."""
    (desk.states / "wonderland.yaml").write_text(POINTS, encoding="utf-8")
    return desk


Value = Any
Values = Callable[[str], Value]


@pytest.fixture
def calculate() -> Callable[[bytes], Values]:
    """Opens a workbook as a spreadsheet program does: what each cell shows, by its name ("Totals!B4")."""

    def opened(data: bytes) -> Values:
        workbook = openpyxl.load_workbook(io.BytesIO(data))

        def shown(place: str) -> Value:
            sheet, cell = place.split("!")
            value = workbook[sheet][cell].value
            if isinstance(value, str) and value.startswith("="):
                return _Formula(value[1:], sheet, shown).value()
            return value

        return shown

    return opened


_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<call>[A-Z]+)\(
    |(?P<cells>(?:'[^']+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<sign><>|<=|>=|[=<>&+\-*/(),]))""",
    re.VERBOSE,
)


class _Formula:
    """A formula by recursive descent; a range is a list, over which functions and operators spread."""

    def __init__(self, text: str, sheet: str, shown: Values) -> None:
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            assert found is not None, text[place:]
            self.tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
            place = found.end()
        self.sheet = sheet
        self.shown = shown

    def value(self) -> Value:
        result = self._comparison()
        assert not self.tokens
        return result

    def _next(self, *signs: str) -> str | None:
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return None

    def _comparison(self) -> Value:
        left = self._join()
        while sign := self._next("=", "<>", "<", ">", "<=", ">="):
            left = _spread(_COMPARE[sign], left, self._join())
        return left

    def _join(self) -> Value:
        left = self._sum()
        while self._next("&"):
            left = _spread(lambda a, b: _as_text(a) + _as_text(b), left, self._sum())
        return left

    def _sum(self) -> Value:
        left = self._product()
        while sign := self._next("+", "-"):
            left = _spread(_ARITHMETIC[sign], left, self._product())
        return left

    def _product(self) -> Value:
        left = self._single()
        while sign := self._next("*", "/"):
            left = _spread(_ARITHMETIC[sign], left, self._single())
        return left

    def _single(self) -> Value:
        if self._next("-"):
            return _spread(lambda a, _: -float(a), self._single(), None)
        if self._next("("):
            inner = self._comparison()
            assert self._next(")")
            return inner
        kind, text = self.tokens.pop(0)
        match kind:
            case "text":
                return text[1:-1].replace('""', '"')
            case "number":
                return float(text)
            case "cells":
                return self._cells(text)
        arguments = []
        while not self._next(")"):
            arguments.append(self._comparison())
            self._next(",")
        return _FUNCTIONS[text](*arguments)

    def _cells(self, text: str) -> Value:
        sheet, _, area = text.rpartition("!")
        name, area = sheet.strip("'") or self.sheet, area.replace("$", "")
        if ":" not in area:
            return self.shown(f"{name}!{area}")
        return [
            self.shown(f"{name}!{openpyxl.utils.get_column_letter(column)}{row}")
            for row, column in (
                (row, column)
                for row in range(_bounds(area)[1], _bounds(area)[3] + 1)
                for column in range(_bounds(area)[0], _bounds(area)[2] + 1)
            )
        ]


def _bounds(area: str) -> tuple[int, int, int, int]:
    first_column, first_row, last_column, last_row = openpyxl.utils.range_boundaries(area)
    return first_column, first_row, last_column, last_row


def _spread(act: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    if isinstance(left, list):
        return [act(one, right) for one in left]
    if isinstance(right, list):
        return [act(left, one) for one in right]
    return act(left, right)


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _equal(left: Value, right: Value) -> bool:
    pair = ["" if value is None else value for value in (left, right)]
    if all(isinstance(value, str) for value in pair):
        return bool(pair[0].casefold() == pair[1].casefold())
    return bool(pair[0] == pair[1])


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(cells: Value) -> list[float]:
    return [value for value in (cells if isinstance(cells, list) else [cells]) if _is_number(value)]


def _countif(cells: list[Value], test: str) -> int:
    if test[:1] in "<>":
        return sum(_COMPARE[test[0]](value, float(test[1:])) for value in _numbers(cells))
    return sum(_equal(value, test) for value in cells if isinstance(value, str))


def _lookup(value: Value, thresholds: list[float], results: list[Value]) -> Value:
    if not _is_number(value):
        return None  # both branches of IF are evaluated here, this one to be left aside
    assert thresholds == sorted(thresholds), "LOOKUP needs rising thresholds"
    return next(result for low, result in zip(thresholds[::-1], results[::-1], strict=True) if value >= low)


def _find(text: str, inside: Value) -> Value:
    return inside.find(text) + 1 or None


_COMPARE: dict[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "<>": lambda a, b: not _equal(a, b),
    "<": lambda a, b: _is_number(a) and a < b,
    ">": lambda a, b: not _is_number(a) or a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
_ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: (a or 0) + (b or 0),
    "-": lambda a, b: (a or 0) - (b or 0),
    "*": lambda a, b: (a or 0) * (b or 0),
    "/": lambda a, b: (a or 0) / b,
}
_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "IF": lambda test, then, other: then if test else other,
    "IFERROR": lambda value, other: other if value is None else value,
    "AND": lambda *tests: all(tests),
    "OR": lambda *tests: any(tests),
    "NOT": lambda test: not test,
    "ISNUMBER": lambda value: _spread(lambda one, _: _is_number(one), value, None),
    "COUNT": lambda cells: len(_numbers(cells)),
    "COUNTA": lambda cells: sum(value is not None for value in (cells if isinstance(cells, list) else [cells])),
    "COUNTIF": _countif,
    "SUM": lambda cells: sum(_numbers(cells)),
    "SUMPRODUCT": sum,
    "ROUND": lambda value, places: round(value or 0, int(places)),
    "INDEX": lambda cells, place: None if place is None else cells[place - 1],
    "MATCH": lambda value, cells, _: next((at for at, one in enumerate(cells, 1) if _equal(one, value)), None),
    "LOOKUP": _lookup,
    "TRIM": lambda text: " ".join(_as_text(text).split()),
    "LOWER": lambda text: text.lower(),
    "LEN": lambda text: len(_as_text(text)),
    "CHAR": lambda number: chr(int(number)),
    "SUBSTITUTE": lambda text, old, new: _as_text(text).replace(old, new),
    "FIND": lambda text, inside: _spread(_find, text, inside),
}
