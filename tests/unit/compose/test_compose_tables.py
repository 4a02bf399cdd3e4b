"""Tables: cells in their columns, spans over rows, and what does not fit in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.compose.tables import Extent, Misfit, PlacedRow, place_cells
from cardprint.model.content import Block, Cell, FlexTrack, TableBlock
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.layout_spec import CellSpec, Condition, Repeat, RowSpec, RunSpec, StrokeSpec, TableSpec, TextSpec
from cardprint.model.structure import Role, Scope, Tag
from cardprint.model.template import Template

MakeTemplate = Callable[[str], Template]
ComposeBlock = Callable[..., Block]

HERE = Span("layout.yaml", 12, 5)
ISSUES = Repeat(("issues",), "issue")


def _placed(rows: list[list[tuple[int, int]]], tracks: int, head: int = 0) -> tuple[list[PlacedRow], list[Misfit]]:
    placed, misfits = place_cells(tuple(tuple(Extent(*cell) for cell in row) for row in rows), tracks, head)
    return list(placed), list(misfits)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([[(1, 1), (2, 1)], [(1, 1), (1, 1)]], [(0, 1), (0, 1)], id="from the left, over several columns"),
        pytest.param([[(1, 2), (1, 1)], [(1, 1)], [(1, 1)]], [(0, 1), (1,), (0,)], id="columns held from above"),
        pytest.param([[(1, 1), (1, 3)], [(1, 1), (1, 1)], [(1, 1)]], [(0, 1), (0, 2), (0,)], id="held in the middle"),
        pytest.param([[(2, 2)], [(1, 1)]], [(0,), (2,)], id="over columns and rows at once"),
    ],
)
def test_cells_take_the_free_columns(rows: list[list[tuple[int, int]]], expected: list[tuple[int, ...]]) -> None:
    """Cells stand side by side from the left, past the columns that a cell above still holds."""
    placed, misfits = _placed(rows, tracks=3)
    assert [row.columns for row in placed] == expected
    assert misfits == []


def test_free_columns_are_told() -> None:
    """What no cell takes is given as stretches of columns."""
    (first, second), _ = _placed([[(1, 1), (1, 2)], [(1, 1)]], tracks=4)
    assert (first.free, second.free) == (((2, 2),), ((2, 2),))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[(2, 1), (2, 1)]], "The cell needs 2 columns, but its row has 1 free of 3."),
        ([[(3, 1), (1, 1)]], "The cell needs 1 column, but its row has none free of 3."),
        ([[(1, 1), (1, 2)], [(2, 1)]], "The cell needs 2 columns, but its row has 1 free of 3."),
    ],
)
def test_too_many_columns(rows: list[list[tuple[int, int]]], message: str) -> None:
    """A cell that finds too few free columns side by side has no column."""
    placed, (misfit,) = _placed(rows, tracks=3)
    assert placed[-1].columns[-1] is None
    assert (misfit.row, misfit.cell) == (len(rows) - 1, len(rows[-1]) - 1)
    assert (misfit.code, misfit.message) == ("table-overflow", message)


@pytest.mark.parametrize(
    ("rows", "head", "message"),
    [
        pytest.param([[(1, 2)]], 0, "spans 2 rows where 1 can be", id="past the last row"),
        pytest.param([[(1, 2)], [(1, 1)]], 1, "spans 2 rows where 1 can be", id="from the head into the body"),
        pytest.param([[(1, 0)], [(1, 1)]], 0, "spans 0 rows where 2 can be", id="no row at all"),
    ],
)
def test_rows_that_cannot_be_spanned(rows: list[list[tuple[int, int]]], head: int, message: str) -> None:
    """A cell ends with its head or body and spans one row at least."""
    _, (misfit,) = _placed(rows, tracks=2, head=head)
    assert (misfit.row, misfit.cell, misfit.code) == (0, 0, "row-span")
    assert message in misfit.message


@pytest.fixture
def words(template: MakeTemplate) -> Callable[[str], TextSpec]:
    return lambda text: TextSpec(runs=(RunSpec(template(text)),), style="body")


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return ["".join(run.text for run in cell.block.runs) if cell.block else "" for cell in cells]  # type: ignore[union-attr]


def test_repeated_rows_beside_a_spanning_cell(
    compose: ComposeBlock, template: MakeTemplate, words: Callable[[str], TextSpec]
) -> None:
    """A tab of the first row may span as many rows as a list has items; the other rows begin after it."""
    tab = CellSpec(child=words("TAB"), rows=template("{issues|count}"), when=Condition(("loop", "first")))
    row = RowSpec(cells=(tab, CellSpec(child=words("{issue.title}"), header=Scope.ROW)), repeat=ISSUES)
    table = compose(TableSpec(tracks=(FlexTrack(), FlexTrack()), head=(), rows=(row,)))
    assert isinstance(table, TableBlock)
    assert [_texts(row.cells) for row in table.rows] == [["TAB", "Laws"], ["Care"]]
    assert [(cell.column, cell.row_span, cell.header) for row in table.rows for cell in row.cells] == [
        (0, 2, None),
        (1, 1, Scope.ROW),
        (1, 1, Scope.ROW),
    ]


def test_cells_repeat(compose: ComposeBlock, words: Callable[[str], TextSpec]) -> None:
    """A repeated cell makes one cell for each item."""
    row = RowSpec(cells=(CellSpec(child=words("{issue.id}"), repeat=ISSUES),))
    table = compose(TableSpec(tracks=(FlexTrack(), FlexTrack()), head=(), rows=(row,)))
    assert isinstance(table, TableBlock)
    assert [_texts(row.cells) for row in table.rows] == [["1", "2"]]


def test_head_and_role(compose: ComposeBlock, words: Callable[[str], TextSpec]) -> None:
    """Head rows come first and are counted; the block is a table to readers."""
    head = RowSpec(cells=(CellSpec(child=words("Issue"), header=Scope.COLUMN),))
    body = RowSpec(cells=(CellSpec(child=words("{issue.id}")),), repeat=ISSUES)
    table = compose(TableSpec(tracks=(FlexTrack(),), head=(head,), rows=(body,), gap=3.0))
    assert isinstance(table, TableBlock)
    assert (table.head_rows, len(table.rows), table.gap, table.role) == (1, 3, 3.0, Role(Tag.TABLE))


def test_rows_are_made_equal(compose: ComposeBlock, words: Callable[[str], TextSpec]) -> None:
    """Columns that a row leaves free get one empty cell, so that every row covers every track."""
    row = RowSpec(cells=(CellSpec(child=words("x")),), span=HERE)
    table = compose(TableSpec(tracks=(FlexTrack(), FlexTrack(), FlexTrack()), head=(), rows=(row,)))
    assert isinstance(table, TableBlock)
    assert table.rows[0].cells[1] == Cell(None, 1, 2, span=HERE)


def test_swatches_of_rows_and_cells(
    compose: ComposeBlock, template: MakeTemplate, words: Callable[[str], TextSpec]
) -> None:
    """Fills and rules of rows and cells are resolved with the row's own scope."""
    row = RowSpec(
        cells=(CellSpec(child=words("x"), fill=template("grade-{issue.grade|lower}")),),
        fill=template("ink"),
        above=StrokeSpec(1.0, template("ink")),
        below=StrokeSpec(0.5, template("grade-{issue.grade|lower}")),
        rule_from=1,
        repeat=ISSUES,
    )
    table = compose(TableSpec(tracks=(FlexTrack(),), head=(), rows=(row,)))
    assert isinstance(table, TableBlock)
    found = []
    for composed in table.rows:
        assert composed.fill is not None
        assert composed.above is not None
        assert composed.below is not None
        cell_fill = composed.cells[0].fill
        assert cell_fill is not None
        found.append((composed.fill.name, composed.above.weight, composed.below.swatch.name, cell_fill.name))
    assert found == [("ink", 1.0, "grade-a", "grade-a"), ("ink", 1.0, "grade-f", "grade-f")]
    assert table.rows[0].rule_from == 1


def test_row_span_that_is_no_number(
    compose: ComposeBlock, template: MakeTemplate, words: Callable[[str], TextSpec]
) -> None:
    """A template for the number of rows has to give a whole number."""
    row = RowSpec(cells=(CellSpec(child=words("x"), rows=template("{state.name}")),))
    with pytest.raises(DiagnosticError, match=r'row-span: .* is "New Mexico", not a whole number'):
        compose(TableSpec(tracks=(FlexTrack(),), head=(), rows=(row,)))


def test_misfits_are_reported_at_their_cells(compose: ComposeBlock, words: Callable[[str], TextSpec]) -> None:
    """A table that its cells overflow is an error at the line of the cell; all are reported at once."""
    wide = CellSpec(child=words("wide"), columns=2, span=HERE)
    deep = CellSpec(child=words("deep"), rows=2, span=Span("layout.yaml", 20, 5))
    rows = (RowSpec(cells=(wide,)), RowSpec(cells=(deep,)))
    with pytest.raises(DiagnosticError) as raised:
        compose(TableSpec(tracks=(FlexTrack(),), head=(), rows=rows))
    assert [(d.code, str(d.span)) for d in raised.value.diagnostics] == [
        ("table-overflow", "layout.yaml:12:5"),
        ("row-span", "layout.yaml:20:5"),
    ]
