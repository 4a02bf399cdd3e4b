"""A grid: equal cells on their places, whatever stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.model.content import BoxBlock, GridBlock, GridCell, ImageBlock
from cardprint.model.diagnostics import Span
from cardprint.model.frame import Group, PathItem
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.icon import Icon
from cardprint.model.structure import Role, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader

LINE = Span("layout.yaml", 4, 5)


def grid(*cells: GridCell, columns: int = 3, rows: int = 2, gap: float = 6.0, role: Role | None = None) -> GridBlock:
    return GridBlock(cells=cells, columns=columns, rows=rows, cell_height=20.0, gap=gap, role=role)


def tags(group: Group) -> list[Tag]:
    """The tags of the groups right inside."""
    return [item.role.tag for item in group.items if isinstance(item, Group) and item.role is not None]


def test_columns_share_the_width_and_rows_have_their_height(make: Maker, read: Reader) -> None:
    """Three columns in 180 points with gaps of 6 are 56 wide; a cell over two of them takes the gap with it."""
    box = BoxBlock(child=None, fill=make.tint)
    block = grid(GridCell(box, 0, 0), GridCell(box, 2, 1), GridCell(box, 0, 1, column_span=2), GridCell(box, 1, 0))
    placed = make.place(block, Rect(10.0, 5.0, 180.0, 46.0))
    assert [
        Rect(10.0, 5.0, 56.0, 20.0),
        Rect(134.0, 31.0, 56.0, 20.0),
        Rect(10.0, 31.0, 118.0, 20.0),
        Rect(72.0, 5.0, 56.0, 20.0),
    ] == read.rects(placed)


def test_a_cell_over_two_rows_takes_the_gap_with_it(make: Maker, read: Reader) -> None:
    """20, 6 and 20 points."""
    cell = GridCell(BoxBlock(child=None, fill=make.tint), 1, 0, row_span=2)
    assert [46.0] == [rect.height for rect in read.rects(make.place(grid(cell), Rect(0.0, 0.0, 180.0, 46.0)))]


def test_its_height_is_that_of_its_rows_however_wide_it_is(make: Maker) -> None:
    """Empty places count: a map does not shrink because nobody lives in a corner."""
    assert Size(180.0, 46.0) == make.measure(grid(), 180.0).size
    assert Size(90.0, 46.0) == make.measure(grid(), 90.0).size


def test_its_baseline_is_the_highest_of_its_cells(make: Maker) -> None:
    """Not that of the first in reading order."""
    text = make.text("word")
    own = make.measure(text, 56.0).baseline
    assert own is not None
    assert own == make.measure(grid(GridCell(text, 0, 1), GridCell(text, 1, 0)), 180.0).baseline
    assert own + 26.0 == make.measure(grid(GridCell(text, 0, 1)), 180.0).baseline


def test_what_is_too_high_is_told_once_for_each_line_of_the_layout(make: Maker) -> None:
    """Fifty tiles of one kind are one mistake: the worst is named, the others are counted."""
    two = make.text("two words that take three lines")
    three = make.text("three words and more that take as many as four lines or so")
    tall = [GridCell(two, 0, 0, span=LINE), GridCell(three, 1, 0, span=LINE), GridCell(two, 2, 1, span=LINE)]
    other = GridCell(two, 2, 0, span=Span("layout.yaml", 9, 5))
    found = make.measure(grid(*tall, other), 180.0).overset
    assert [LINE, other.span] == [overset.span for overset in found]
    assert [
        "the cell in column 1, row 0 of the grid, and 2 more like it,",
        "the cell in column 2, row 0 of the grid,",
    ] == [overset.subject for overset in found]


def test_what_fits_is_not_told(make: Maker) -> None:
    """The twin: one line of 12 points in cells of 20."""
    assert [] == make.reasons(grid(GridCell(make.text("word"), 0, 0)), 180.0)


def test_its_least_width_is_what_its_neediest_cell_asks_of_every_column(make: Maker) -> None:
    """Columns are equal, so one long word makes all of them as wide."""
    word = make.width_of("Massachusetts")
    widths = make.intrinsic(grid(GridCell(make.text("Massachusetts"), 1, 0), GridCell(make.text("Ohio"), 0, 0)))
    assert pytest.approx(3 * word + 12.0) == widths.least
    assert () == make.measure(grid(GridCell(make.text("Massachusetts"), 1, 0)), widths.least + 0.1).overset
    assert () != make.measure(grid(GridCell(make.text("Massachusetts"), 1, 0)), widths.least - 0.1).overset


def test_gaps_that_leave_no_room_are_overset(make: Maker) -> None:
    """Columns never get less than nothing."""
    assert ["needs 120.0 pt for its gaps in a region of 100.0 pt"] == make.reasons(grid(gap=60.0), 100.0)


def test_a_list_holds_items_only(make: Maker, read: Reader) -> None:
    """Cells that are no items, such as a map's key, stand beside the list, in reading order."""
    item, plain = Role(Tag.LI), make.text("key")
    block = grid(
        GridCell(plain, 2, 1),
        GridCell(plain, 0, 0, role=item),
        GridCell(plain, 1, 0, role=item),
        GridCell(plain, 2, 0),
        role=Role(Tag.L),
    )
    placed = make.place(block, Rect(0.0, 0.0, 180.0, 46.0))
    assert [Tag.P, Tag.L, Tag.P] == tags(placed)
    (found,) = read.tagged(placed, Tag.L)
    assert [Tag.LI, Tag.LI] == tags(found)


def test_another_role_is_that_of_the_whole(make: Maker) -> None:
    """The twin: a section holds whatever there is."""
    placed = make.place(grid(GridCell(make.text("key"), 0, 0), role=Role(Tag.SECT)), Rect(0.0, 0.0, 180.0, 46.0))
    assert Role(Tag.SECT) == placed.role


def test_a_box_fills_its_cell(make: Maker, read: Reader) -> None:
    """A tile's ground is as high as the row, not as its text."""
    tile = BoxBlock(child=make.text("AL"), fill=make.tint, inset=Insets(2.0, 2.0, 2.0, 2.0))
    placed = make.place(grid(GridCell(tile, 0, 0)), Rect(0.0, 0.0, 180.0, 46.0))
    assert [Rect(0.0, 0.0, 56.0, 20.0)] == read.rects(placed)


def test_an_outline_is_drawn_in_its_swatch_at_its_size(make: Maker) -> None:
    """An image may be a vector: 40 by 10 units fill 80 by 20 points."""
    block = ImageBlock(picture=Icon("mark.svg", 40.0, 10.0, ()), size=Size(80.0, 20.0), role=None, swatch=make.ink)
    (item,) = make.place(block, Rect(10.0, 5.0, 99.0, 99.0)).items
    assert isinstance(item, PathItem)
    assert make.ink == item.fill
    assert ((10.0, 5.0), (90.0, 25.0)) == (item.matrix.apply(0.0, 0.0), item.matrix.apply(40.0, 10.0))
    assert ["is 80 pt wide in a column of 79.9 pt"] == make.reasons(block, 79.9)
