"""Whatever is typed into whichever cell: diagnostics come out, or changes that hold, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cardprint.load import parse_yaml
from cardprint.load.workbook import read_workbook
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity
from cardprint.model.source import Source
from cardprint.model.workbook import Cell, CellKind, Row, Sheet
from cardprint.sheets import edition_workbook
from cardprint.sheets.fields import read_fields
from cardprint.sheets.importing import plan_changes
from cardprint.sheets.state_import import Target
from cardprint.validate import validate_state

WORDS = [
    *("accomplished", "gap", "Gap ", "none", "A", "B", "F", "State", "Land of Oz", "WL", "Wonderland", "1.1", "1.10"),
    *("1.1, 2.1", "0", "0.5", "2.5", "3", "5.5", "7.5", "-1", "1e9", "5,5", "NaN", "9" * 40, "=1+1", "named"),
    *("https://example.org/", "javascript:x", "2021-11-17", "Score", "1.2 signs", "a\u202eb", "x" * 6000, "{a: [b"),
]

CELLS = st.builds(
    lambda kind, text: (kind, text),
    st.sampled_from(CellKind),
    st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)),
)


def typed(sheet: Sheet, row: int, column: int, cell: tuple[CellKind, str] | None) -> Sheet:
    """The sheet with another cell, or with one less."""
    rows = {one.number: dict(one.cells) for one in sheet.rows}
    cells = rows.setdefault(row, {})
    cells.pop(column, None)
    if cell is not None and cell[1].strip():
        cells[column] = Cell(*cell, sheet.place(row, column))
    return replace(sheet, rows=tuple(Row(number, rows[number]) for number in sorted(rows) if rows[number]))


@pytest.fixture
def target(both: Any) -> tuple[Target, tuple[Sheet, ...]]:
    """The edition as files, and its sheets as they were exported."""
    from cardprint.export.workbook import write_workbook

    edition = both.edition
    data = write_workbook(edition_workbook(edition))
    files = {path.stem: Source(f"ed/states/{path.name}", path.read_bytes()) for path in sorted(both.states.iterdir())}
    sheets = read_workbook(Source("grades.xlsx", data))
    return Target(edition.framework, edition.jurisdictions, files, "ed/states"), sheets


def test_anything_typed_anywhere_is_taken_or_told(target: tuple[Target, tuple[Sheet, ...]]) -> None:
    """No traceback; every error has its place; and files that come out read back as what was announced."""
    into, exported = target

    @given(
        st.lists(
            st.tuples(st.integers(0, len(exported) - 1), st.integers(1, 7), st.integers(1, 9), st.none() | CELLS),
            min_size=1,
            max_size=6,
        )
    )
    @settings(max_examples=300, deadline=None)
    def attempt(cells: list[tuple[int, int, int, tuple[CellKind, str] | None]]) -> None:
        sheets = list(exported)
        for sheet, row, column, cell in cells:
            sheets[sheet] = typed(sheets[sheet], row, column, cell)
        told: tuple[Diagnostic, ...] = ()
        try:
            plan = plan_changes(sheets, into)
        except DiagnosticError as error:
            told = error.diagnostics
        if told:
            assert all(one.span.file for one in told)
            assert any(one.severity is Severity.ERROR for one in told)
            return
        assert {change.state.slug for change in plan.changes} == set(plan.files)
        for slug, (_, data) in plan.files.items():
            node = parse_yaml(Source(f"{slug}.yaml", data))
            validate_state(node, into.framework, into.jurisdictions)
            values = read_fields(node, into.framework)
            for change in plan.changes:
                if change.state.slug == slug:
                    found = values.get(change.field)
                    assert change.new == (found and found.value)

    attempt()
