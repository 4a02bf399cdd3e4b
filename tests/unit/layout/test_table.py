"""Tables: tracks, spans, weights, baselines, grounds and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout.measure import Widths
from cardprint.model.content import (
    AutoTrack,
    Block,
    BoxBlock,
    Cell,
    FixedTrack,
    FlexTrack,
    HAlign,
    RotatedBlock,
    Row,
    TableBlock,
    Track,
    VAlign,
)
from cardprint.model.diagnostics import Span
from cardprint.model.frame import FilledRect, Group, RuleItem
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.structure import Role, Scope, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader

TWO = (FixedTrack(40.0), FlexTrack())
REGION = Rect(10.0, 20.0, 100.0, 60.0)


def table(*rows: Row, tracks: tuple[Track, ...] = TWO, head_rows: int = 0, gap: float = 0.0) -> TableBlock:
    return TableBlock(tracks=tracks, rows=rows, head_rows=head_rows, gap=gap, role=Role(Tag.TABLE))


def row(*blocks: Block | None, valign: VAlign = VAlign.TOP, weight: float = 0.0) -> Row:
    """A row with one cell a column."""
    return Row(tuple(Cell(block, column) for column, block in enumerate(blocks)), valign=valign, weight=weight)


def cells(read: Reader, group: Group) -> list[Rect]:
    found = [*read.tagged(group, Tag.TD), *read.tagged(group, Tag.TH)]
    return [cell.region for cell in found]


def contents(read: Reader, group: Group) -> list[Rect]:
    """The regions of what stands in the cells."""
    return [item.region for cell in read.tagged(group, Tag.TD) for item in cell.items if isinstance(item, Group)]


def test_rows_are_as_high_as_their_highest_cell(make: Maker, read: Reader) -> None:
    """A row's height is its highest cell's; the table's is that of its rows."""
    block = table(row(make.spacer(10), make.spacer(25)), row(make.spacer(7), None))
    assert Size(100.0, 32.0) == make.measure(block, 100.0).size
    placed = make.place(block, REGION)
    assert [
        Rect(10.0, 20.0, 40.0, 25.0),
        Rect(50.0, 20.0, 60.0, 25.0),
        Rect(10.0, 45.0, 40.0, 7.0),
        Rect(50.0, 45.0, 60.0, 7.0),
    ] == cells(read, placed)


def test_gap_between_columns(make: Maker, read: Reader) -> None:
    """A gap parts the tracks; a cell over both holds it too."""
    wide = Row((Cell(make.spacer(5), 0, column_span=2),))
    placed = make.place(table(row(make.spacer(5), make.spacer(5)), wide, gap=8), REGION)
    assert [(10.0, 40.0), (58.0, 52.0), (10.0, 100.0)] == [(cell.x, cell.width) for cell in cells(read, placed)]


def test_insets_of_row_and_cell_add_up(make: Maker, read: Reader) -> None:
    """A row's inset is common to its cells, a cell may add its own; both are inside the cell's ground."""
    cell = Cell(make.spacer(10), 0, inset=Insets(1.0, 2.0, 3.0, 4.0), fill=make.tint)
    block = table(Row((cell,), inset=Insets(10.0, 1.0, 10.0, 1.0), valign=VAlign.TOP))
    assert 10 + 1 + 10 + 3 + 10 == make.measure(block, 100.0).size.height
    placed = make.place(block, REGION)
    assert [Rect(10.0, 20.0, 40.0, 34.0)] == read.rects(placed)
    assert [Rect(15.0, 31.0, 32.0, 10.0)] == contents(read, placed)


def test_least_height_of_a_row(make: Maker) -> None:
    """A row is never lower than its `min_height`, and higher where its cells need it."""
    low, high = row(make.spacer(10), None), row(make.spacer(30), None)
    assert 20 + 30 == (
        make.measure(table(replace(low, min_height=20), replace(high, min_height=20)), 100.0).size.height
    )


def test_weights_share_the_surplus(make: Maker, read: Reader) -> None:
    """Height left over goes to the rows by weight, so that the page closes; the head, without weight, keeps its own."""
    block = table(
        row(make.spacer(5), None),
        row(make.spacer(10), None, weight=1.0),
        row(make.spacer(10), None, weight=0.5),
        head_rows=1,
    )
    placed = make.place(block, Rect(0.0, 0.0, 100.0, 55.0))
    assert [5.0, 30.0, 20.0] == [group.region.height for group in read.tagged(placed, Tag.TR)]
    assert [0.0, 5.0, 35.0] == read.tops(read.tagged(placed, Tag.TR))


def test_rows_without_weight_leave_the_surplus_below(make: Maker, read: Reader) -> None:
    """Where nobody has a weight the table stands at the top of its region."""
    placed = make.place(table(row(make.spacer(5), None), row(make.spacer(5), None)), Rect(0, 0, 100.0, 55.0))
    assert [5.0, 5.0] == [group.region.height for group in read.tagged(placed, Tag.TR)]


def test_cell_over_rows_covers_them(make: Maker, read: Reader) -> None:
    """The extra-credit tab spans its rows, with the height that they got; their other cells stand beside it."""
    tab = Cell(make.spacer(5), 0, row_span=2)
    block = table(Row((tab, Cell(make.spacer(20), 1)), weight=1.0), Row((Cell(make.spacer(10), 1),), weight=1.0))
    assert 30.0 == make.measure(block, 100.0).size.height
    first, second, third = cells(read, make.place(block, REGION))
    assert Rect(10.0, 20.0, 40.0, 60.0) == first
    assert (Rect(50.0, 20.0, 60.0, 35.0), Rect(50.0, 55.0, 60.0, 25.0)) == (second, third)


def test_cell_over_rows_makes_room(make: Maker) -> None:
    """A tab longer than its rows makes them higher, all alike; one that fits changes nothing."""
    tab = RotatedBlock(child=make.text("Extra credit"), angle=90)
    long = make.width_of("Extra credit")
    block = table(Row((Cell(tab, 0, row_span=2), Cell(make.spacer(20), 1))), Row((Cell(make.spacer(10), 1),)))
    assert long > 30
    assert long == pytest.approx(make.measure(block, 100.0).size.height)
    low = table(Row((Cell(make.spacer(29), 0, row_span=2), Cell(make.spacer(20), 1))), Row((Cell(make.spacer(10), 1),)))
    assert 30.0 == make.measure(low, 100.0).size.height


def test_span_past_the_last_row(make: Maker, read: Reader) -> None:
    """A cell that asks for more rows than there are has those that there are, and room in them."""
    block = table(row(make.spacer(5), None), Row((Cell(make.spacer(40), 0, row_span=3),)))
    assert 45.0 == make.measure(block, 100.0).size.height
    assert Rect(10.0, 25.0, 40.0, 40.0) == cells(read, make.place(block, Rect(10.0, 20.0, 100.0, 45.0)))[-1]


def test_spans_reach_the_structure_tree(make: Maker, read: Reader) -> None:
    """Head cells say which cells they speak for, spanning cells how far; head and body are apart."""
    head = Row((Cell(make.text("Issue"), 0, column_span=2, header=Scope.COLUMN),))
    body = Row((Cell(make.text("18+"), 0, row_span=1, header=Scope.ROW), Cell(None, 1)))
    placed = make.place(table(head, body, head_rows=1), REGION)
    assert [Role(Tag.TH, scope=Scope.COLUMN, column_span=2), Role(Tag.TH, scope=Scope.ROW)] == [
        group.role for group in read.tagged(placed, Tag.TH)
    ]
    (thead,), (tbody,) = read.tagged(placed, Tag.THEAD), read.tagged(placed, Tag.TBODY)
    assert [1, 1] == [len(read.tagged(part, Tag.TR)) for part in (thead, tbody)]
    assert Role(Tag.TABLE) == placed.role


def test_table_without_head_has_no_head_group(make: Maker, read: Reader) -> None:
    """An empty element would be a fault in the structure tree."""
    placed = make.place(table(row(make.spacer(5), None)), REGION)
    assert ([], 1) == (read.tagged(placed, Tag.THEAD), len(read.tagged(placed, Tag.TBODY)))


@pytest.mark.parametrize(("valign", "top"), [(VAlign.TOP, 20.0), (VAlign.MIDDLE, 30.0), (VAlign.BOTTOM, 40.0)])
def test_cells_align_down(make: Maker, read: Reader, valign: VAlign, top: float) -> None:
    """A row says where its cells stand in its height; a cell may say otherwise for itself."""
    own = Row((Cell(make.spacer(10), 0), Cell(make.spacer(30), 1)), valign=valign)
    first, second = contents(read, make.place(table(own), REGION))
    assert (top, 20.0) == (first.y, second.y)
    other = Row((Cell(make.spacer(10), 0, valign=valign), Cell(make.spacer(30), 1)), valign=VAlign.TOP)
    assert top == contents(read, make.place(table(other), REGION))[0].y


@pytest.mark.parametrize(("halign", "left"), [(HAlign.LEFT, 10.0), (HAlign.CENTER, 25.0), (HAlign.RIGHT, 40.0)])
def test_cells_align_across(make: Maker, read: Reader, halign: HAlign, left: float) -> None:
    """A tile of 10 points stands in its column of 40 as the cell says."""
    block = BoxBlock(child=make.spacer(5), width=10.0)
    (region,) = contents(read, make.place(table(Row((Cell(block, 0, halign=halign),), valign=VAlign.TOP)), REGION))
    assert (left, 10.0) == (region.x, region.width)


def test_first_baselines_align_in_a_row(make: Maker, read: Reader) -> None:
    """Title, score and the first line of the highlights stand on one line, whatever their sizes and insets."""
    cells_of_row = (
        Cell(make.text("Ohio", style=make.head), 0),
        Cell(make.text("one two three four five"), 1, inset=Insets(top=3.0)),
    )
    block = table(Row(cells_of_row, valign=VAlign.BASELINE), tracks=(FixedTrack(60.0), FixedTrack(60.0)))
    head, first, *_ = read.texts(make.place(block, Rect(0.0, 0.0, 120.0, 90.0)))
    assert head.baseline == pytest.approx(first.baseline)


def test_without_baseline_first_lines_do_not_align(make: Maker, read: Reader) -> None:
    """The same row aligned at the top has its first lines apart."""
    block = table(row(make.text("Ohio", style=make.head), make.text("law")))
    head, first = read.texts(make.place(block, REGION))
    assert head.baseline != pytest.approx(first.baseline)


def test_row_is_high_enough_for_what_moved_down(make: Maker) -> None:
    """A small text that goes down to a large one's baseline takes its further lines with it: the row holds them."""
    small = make.text("one two three four five six seven")
    width = make.width_of("one two three")
    block = table(
        row(make.text("Ohio", style=make.head), small, valign=VAlign.BASELINE),
        tracks=(FixedTrack(60.0), FixedTrack(width)),
    )
    drop = (24.0 + 14.0) / 2 - (12.0 + 6.6) / 2
    assert drop + make.measure(small, width).size.height == pytest.approx(make.measure(block, 200.0).size.height)


@pytest.mark.parametrize("grown", [0.0, 20.0])
def test_aligned_cells_stand_in_the_middle_together(make: Maker, read: Reader, grown: float) -> None:
    """Beside an icon higher than they are, and in a row that has grown, texts on a baseline stand in the middle."""
    block = table(row(make.spacer(36), make.text("law"), valign=VAlign.BASELINE, weight=1.0))
    (run,) = read.texts(make.place(block, Rect(0.0, 0.0, 100.0, 36.0 + grown)))
    assert (36.0 + grown + 6.6) / 2 == pytest.approx(run.baseline)


def test_cells_without_text_stand_in_the_middle_of_a_row_of_baselines(make: Maker, read: Reader) -> None:
    """An icon has no baseline to stand on."""
    block = table(row(make.spacer(10), make.text("Ohio", style=make.head), valign=VAlign.BASELINE))
    spacer, _ = contents(read, make.place(block, Rect(0.0, 0.0, 100.0, 24.0)))
    assert 7.0 == spacer.y


def test_spanning_cell_stands_on_its_first_rows_baseline(make: Maker, read: Reader) -> None:
    """A text over two rows aligns with the first of them, however high the second is."""
    block = table(
        Row(
            (Cell(make.text("law"), 0, row_span=2), Cell(make.text("Ohio", style=make.head), 1)),
            1.0,
            valign=VAlign.BASELINE,
        ),
        Row((Cell(make.spacer(40), 1),)),
    )
    law, head = read.texts(make.place(block, Rect(0.0, 0.0, 100.0, 90.0)))
    assert head.baseline == pytest.approx(law.baseline)


def test_spanning_cell_stays_in_its_rows(make: Maker, read: Reader) -> None:
    """A text that needs all the height of its rows stays inside them, though its first line then stands higher."""
    text = make.text("one two three four")
    block = table(
        Row((Cell(text, 0, row_span=2), Cell(make.text("Ohio", style=make.head), 1)), valign=VAlign.BASELINE),
        Row((Cell(make.spacer(1), 1),)),
        tracks=(FixedTrack(make.width_of("three")), FlexTrack()),
    )
    height = make.measure(block, 100.0).size.height
    placed = make.place(block, Rect(0.0, 0.0, 100.0, height))
    (region, *_) = contents(read, placed)
    assert (0.0, height) == pytest.approx((region.y, region.bottom))


@pytest.mark.parametrize(("valign", "baseline"), [(VAlign.BASELINE, (30 + 6.6) / 2), (VAlign.TOP, None)])
def test_first_baseline_of_a_table(make: Maker, valign: VAlign, baseline: float | None) -> None:
    """A table reports the baseline on which its first row stands; rows that align otherwise have none in common."""
    block = table(row(make.spacer(30), make.text("law"), valign=valign))
    assert baseline == make.measure(block, 100.0).baseline


def test_grounds_lie_beneath_cells(make: Maker, read: Reader) -> None:
    """All rows' grounds come first, then cells, then rules: a tab over two tinted rows covers both grounds."""
    other = replace(make.tint, name="accent")
    block = table(
        Row((Cell(make.text("Tab"), 0, row_span=2, fill=other), Cell(None, 1)), fill=make.tint, min_height=20.0),
        Row((Cell(None, 1),), fill=make.tint, min_height=20.0, below=make.hairline),
    )
    placed = make.place(block, REGION)
    first, second, body, rule = placed.items
    assert FilledRect(Rect(10.0, 20.0, 100.0, 20.0), make.tint) == first
    assert FilledRect(Rect(10.0, 40.0, 100.0, 20.0), make.tint) == second
    assert isinstance(body, Group)
    assert isinstance(rule, RuleItem)
    assert [Rect(10.0, 20.0, 40.0, 40.0)] == read.rects(body)


def test_rules_above_and_below(make: Maker, read: Reader) -> None:
    """Rules lie on the rows' edges across the table, or from the column that the row names."""
    block = table(
        replace(row(make.spacer(10), None), above=make.hairline, below=make.hairline),
        replace(row(make.spacer(10), None), below=make.hairline, rule_from=1),
    )
    assert [(10.0, 20.0, 110.0, 20.0), (10.0, 30.0, 110.0, 30.0), (50.0, 40.0, 110.0, 40.0)] == read.rules(
        make.place(block, REGION)
    )


def test_rows_without_rules_or_ground_paint_none(make: Maker, read: Reader) -> None:
    """Nothing is drawn that no row asks for."""
    placed = make.place(table(row(make.spacer(10), None)), REGION)
    assert ([], []) == (read.rules(placed), read.rects(placed))


def test_reading_order_is_row_by_row(make: Maker, read: Reader) -> None:
    """Cells are read from left to right, rows from the top down, wherever they stand."""
    block = table(
        row(make.text("one"), make.text("two"), valign=VAlign.BOTTOM),
        row(make.text("three"), make.text("four")),
    )
    assert ["one ", "two ", "three ", "four "] == [run.text for run in read.texts(make.place(block, REGION))]


def test_cells_in_auto_tracks_share_a_width(make: Maker, read: Reader) -> None:
    """An auto column is as wide as its widest cell with its insets, in every row; cells over columns ask nothing."""
    block = table(
        Row((Cell(make.text("a head over both columns"), 0, column_span=2),)),
        row(make.text("one"), None),
        Row((Cell(make.text("three"), 0, inset=Insets(left=4.0)),)),
        tracks=(AutoTrack(), FlexTrack()),
    )
    _, second, _, fourth = cells(read, make.place(block, Rect(0.0, 0.0, 200.0, 60.0)))
    assert (second.width, fourth.width) == pytest.approx((make.width_of("three") + 4.0,) * 2)


def test_intrinsic_width_of_a_table(make: Maker) -> None:
    """A table needs its fixed tracks and what its columns hold."""
    block = table(row(make.text("law"), make.text("one two")), gap=5)
    least = max(make.width_of("one"), make.width_of("two"))
    assert Widths(45.0 + least, 45.0 + make.width_of("one two")) == make.intrinsic(block)


def test_oversets_of_a_table(make: Maker) -> None:
    """Tracks wider than the region and words wider than their cells are reported; a table that fits reports nothing."""
    block = TableBlock(
        tracks=(FixedTrack(60.0), FixedTrack(40.0)),
        rows=(row(make.text("law"), make.text("accountability")),),
        role=Role(Tag.TABLE),
        span=Span("layout.yaml", 3, 1),
    )
    word = f"has a word of {make.width_of('accountability'):.1f} pt in a column of 40.0 pt"
    assert [word] == make.reasons(block, 100.0)
    assert [word, "has columns of 100.0 pt together in a region of 90.0 pt"] == make.reasons(block, 90.0)
    assert Span("layout.yaml", 3, 1) == make.measure(block, 90.0).overset[-1].span
    assert [] == make.reasons(replace(block, tracks=(FixedTrack(20.0), FixedTrack(80.0))), 100.0)


def test_insets_wider_than_a_cell_are_overset(make: Maker) -> None:
    """A row's and a cell's insets that leave less than no width are reported with the cell's line."""
    cell = Cell(make.spacer(5), 0, inset=Insets(left=20.0), span=Span("layout.yaml", 5, 1))
    block = table(Row((cell,), inset=Insets(right=21.0)))
    (overset,) = make.measure(block, 100.0).overset
    assert ("has insets of 41 pt in a width of 40.0 pt", Span("layout.yaml", 5, 1)) == (overset.reason, overset.span)
    assert [] == make.reasons(table(Row((cell,), inset=Insets(right=20.0))), 100.0)
