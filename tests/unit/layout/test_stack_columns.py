"""Blocks one under another and side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout.measure import Measured, Widths
from cardprint.model.content import (
    AutoTrack,
    Block,
    BoxBlock,
    ColumnsBlock,
    FixedTrack,
    FlexTrack,
    StackBlock,
    Track,
    VAlign,
)
from cardprint.model.frame import Group
from cardprint.model.geometry import Rect, Size
from cardprint.model.structure import Role, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader


def regions(group: Group) -> list[Rect]:
    return [item.region for item in group.items if isinstance(item, Group)]


def stack(*children: Block, gap: float = 0.0) -> StackBlock:
    return StackBlock(children=children, gap=gap)


def columns(*children: Block, tracks: tuple[Track, ...], gap: float = 0.0, valign: VAlign = VAlign.TOP) -> ColumnsBlock:
    return ColumnsBlock(children=children, tracks=tracks, gap=gap, valign=valign)


def test_stack_adds_heights_and_gaps(make: Maker) -> None:
    """A gap stands between children, none before the first or after the last."""
    assert Size(50.0, 10 + 4 + 20 + 4 + 5) == (
        make.measure(stack(make.spacer(10), make.spacer(20), make.spacer(5), gap=4), 50.0).size
    )
    assert Size(50.0, 0.0) == make.measure(stack(gap=4), 50.0).size


def test_stack_places_children_from_the_top(make: Maker) -> None:
    """Each child has the full width and its own height; height left over stays at the foot where nobody grows."""
    placed = make.place(stack(make.spacer(10), make.spacer(20), gap=4), Rect(10.0, 5.0, 50.0, 90.0))
    assert [Rect(10.0, 5.0, 50.0, 10.0), Rect(10.0, 19.0, 50.0, 20.0)] == regions(placed)


def test_height_left_over_goes_to_those_that_grow(make: Maker) -> None:
    """The table takes the free height of the page, twice as much as what grows half as eagerly."""
    block = stack(make.spacer(10, grow=2.0), make.spacer(10), make.spacer(10, grow=1.0), gap=5)
    placed = make.place(block, Rect(0.0, 0.0, 50.0, 70.0))
    assert [Rect(0.0, 0.0, 50.0, 30.0), Rect(0.0, 35.0, 50.0, 10.0), Rect(0.0, 50.0, 50.0, 20.0)] == regions(placed)


def test_growing_reaches_inner_stacks(make: Maker) -> None:
    """A stack that grows has height to give to its own children."""
    inner = replace(stack(make.spacer(10), make.spacer(10, grow=1.0)), grow=1.0)
    placed = make.place(stack(inner, make.spacer(10)), Rect(0.0, 0.0, 50.0, 60.0))
    first, _ = (item for item in placed.items if isinstance(item, Group))
    assert [Rect(0.0, 0.0, 50.0, 10.0), Rect(0.0, 10.0, 50.0, 40.0)] == regions(first)


def test_first_baseline_of_a_stack(make: Maker) -> None:
    """A stack stands on the baseline of its first text, wherever that is."""
    inner = make.measure(make.text("Ohio"), 50.0).baseline
    assert inner is not None
    assert 10.0 + 4.0 + inner == make.measure(stack(make.spacer(10), make.text("Ohio"), gap=4), 50.0).baseline
    assert make.measure(stack(make.spacer(10)), 50.0).baseline is None


def test_stack_is_as_wide_as_its_widest_child(make: Maker) -> None:
    """Its intrinsic widths are the largest of its children's."""
    block = stack(make.text("one two"), make.text("accountability"), make.spacer(5))
    assert Widths(make.width_of("accountability"), make.width_of("accountability")) == make.intrinsic(block)
    assert Widths(0.0, 0.0) == make.intrinsic(stack())


def test_oversets_of_children_come_up(make: Maker) -> None:
    """Whatever does not fit in a child does not fit in its parent, and nothing is reported twice."""
    long = make.text("accountability")
    block = stack(long, columns(long, tracks=(FlexTrack(),)))
    assert 2 == len(make.reasons(block, 20.0))
    assert [] == make.reasons(block, 200.0)


def test_roles_stay_with_their_groups(make: Maker) -> None:
    """A stack that is a section is an element; one that only arranges is none."""
    section = replace(stack(), role=Role(Tag.SECT), name="body.stack")
    placed = make.place(section, Rect(0.0, 0.0, 5.0, 5.0))
    assert (Role(Tag.SECT), "body.stack") == (placed.role, placed.name)
    assert make.place(stack(), Rect(0.0, 0.0, 5.0, 5.0)).role is None


def test_columns_stand_side_by_side(make: Maker) -> None:
    """Children lie on their tracks in order, gaps between them, the whole height theirs."""
    block = columns(make.spacer(10), make.spacer(30), tracks=(FixedTrack(40.0), FlexTrack()), gap=8)
    assert Measured(Size(100.0, 30.0)) == make.measure(block, 100.0)
    placed = make.place(block, Rect(10.0, 5.0, 100.0, 50.0))
    assert [Rect(10.0, 5.0, 40.0, 50.0), Rect(58.0, 5.0, 52.0, 50.0)] == regions(placed)


@pytest.mark.parametrize(
    ("valign", "tops"), [(VAlign.MIDDLE, [25.0, 15.0]), (VAlign.BOTTOM, [45.0, 25.0]), (VAlign.TOP, [5.0, 5.0])]
)
def test_columns_align_down(make: Maker, valign: VAlign, tops: list[float]) -> None:
    """An icon beside a title of two lines stands in their middle."""
    block = columns(make.spacer(10), make.spacer(30), tracks=(FlexTrack(), FlexTrack()), valign=valign)
    assert tops == [rect.y for rect in regions(make.place(block, Rect(0.0, 5.0, 100.0, 50.0)))]


def test_columns_on_one_baseline(make: Maker, read: Reader) -> None:
    """Texts of two sizes stand on the same baseline, and the row is high enough for the one that moved down."""
    block = columns(
        make.text("Ohio", style=make.head),
        make.text("one two three four"),
        tracks=(FlexTrack(), FixedTrack(make.width_of("one two"))),
        valign=VAlign.BASELINE,
    )
    placed = make.place(block, Rect(0.0, 0.0, 200.0, 99.0))
    head, first, *_ = read.texts(placed)
    assert head.baseline == pytest.approx(first.baseline)
    drop = (24.0 + 14.0) / 2 - (12.0 + 6.6) / 2
    lines = len(read.lines(make.place(make.text("one two three four"), Rect(0.0, 0.0, make.width_of("one two"), 99.0))))
    assert max(24.0, drop + 12.0 * lines) == pytest.approx(make.measure(block, 200.0).size.height)


def test_blocks_without_text_are_not_moved_to_a_baseline(make: Maker) -> None:
    """In a row of baselines an icon stands at the top."""
    block = columns(
        make.spacer(5), make.text("Ohio", style=make.head), tracks=(FlexTrack(), FlexTrack()), valign=VAlign.BASELINE
    )
    spacer, _ = regions(make.place(block, Rect(0.0, 7.0, 100.0, 30.0)))
    assert 7.0 == spacer.y


def test_baseline_stays_where_a_column_could_grow(make: Maker, read: Reader) -> None:
    """In a row higher than it needs, a column that centres its own content stays on the common baseline."""
    inner = columns(make.spacer(30), make.text("law"), tracks=(FlexTrack(), FlexTrack()), valign=VAlign.MIDDLE)
    block = columns(inner, make.text("Ohio"), tracks=(FlexTrack(), FlexTrack()), valign=VAlign.BASELINE)
    first, second = read.texts(make.place(block, Rect(0.0, 0.0, 200.0, 80.0)))
    assert first.baseline == pytest.approx(second.baseline)


@pytest.mark.parametrize(("valign", "above"), [(VAlign.TOP, 0.0), (VAlign.MIDDLE, 9.0), (VAlign.BOTTOM, 18.0)])
def test_first_baseline_of_columns(make: Maker, valign: VAlign, above: float) -> None:
    """A row reports where its text really stands: beside an icon of 30 points, in the middle or at its foot."""
    block = columns(make.spacer(30), make.text("law"), tracks=(FlexTrack(), FlexTrack()), valign=valign)
    assert above + (12.0 + 6.6) / 2 == make.measure(block, 100.0).baseline


def test_columns_without_text_have_no_baseline(make: Maker) -> None:
    """Nothing to align, nothing reported."""
    for valign in VAlign:
        block = columns(make.spacer(30), tracks=(FlexTrack(),), valign=valign)
        assert make.measure(block, 100.0).baseline is None


def test_columns_wider_than_their_region_are_overset(make: Maker) -> None:
    """Fixed columns that run over the edge are reported, not painted over what is beside them."""
    block = columns(make.spacer(1), make.spacer(1), tracks=(FixedTrack(60.0), FixedTrack(30.0)), gap=10)
    assert [] == make.reasons(block, 100.0)
    assert ["are 100.0 pt wide together in a region of 95.0 pt"] == make.reasons(block, 95.0)


def test_column_that_is_left_nothing_is_overset(make: Maker) -> None:
    """A text whose share is nothing says so; it does not crash the card."""
    block = columns(make.spacer(1), make.text("buyer accountability laws"), tracks=(FixedTrack(100.0), FlexTrack()))
    (reason,) = make.reasons(block, 100.0)
    assert reason.startswith("has a word of")


def test_auto_column_is_as_wide_as_its_line(make: Maker) -> None:
    """A heading in an auto column takes one line; the text beside it has the rest."""
    block = columns(make.text("TOOLKIT:"), make.text("see"), tracks=(AutoTrack(), FlexTrack()), gap=4)
    first, second = regions(make.place(block, Rect(0.0, 0.0, 200.0, 12.0)))
    assert make.width_of("TOOLKIT:") == first.width
    assert 200.0 - 4.0 - first.width == pytest.approx(second.width)


def test_columns_at_their_intrinsic_width(make: Maker) -> None:
    """Centred by its own width, a row of even shares has each text on one line."""
    row = columns(make.text("buyer accountability"), make.text("law"), tracks=(FlexTrack(), FlexTrack()), gap=6)
    width = make.intrinsic(row).most
    assert 2 * make.width_of("buyer accountability") + 6 == pytest.approx(width)
    assert 12.0 == make.measure(row, width).size.height


def test_box_in_a_column_fills_its_height(make: Maker, read: Reader) -> None:
    """A panel beside resources is as high as they are: its ground grows with the row."""
    panel = BoxBlock(child=make.text("F"), fill=make.tint)
    placed = make.place(columns(panel, make.spacer(80), tracks=(FlexTrack(), FlexTrack())), Rect(0, 0, 100.0, 80.0))
    assert [Rect(0.0, 0.0, 50.0, 80.0)] == read.rects(placed)


def test_columns_that_are_a_link_can_be_clicked_anywhere(make: Maker, read: Reader) -> None:
    """All of them stand in one Link, whose area is their region; the role of the columns stays around it."""
    block = columns(make.text("Ohio"), make.text("12"), tracks=(FlexTrack(), FixedTrack(20.0)))
    linked = replace(block, role=Role(Tag.TOCI), link="#ohio", leads_to="Ohio, page 12")
    region = Rect(10.0, 5.0, 80.0, 20.0)
    placed = make.place(linked, region)
    (link,) = read.tagged(placed, Tag.LINK)
    assert Tag.TOCI is placed.role.tag if placed.role else None
    assert ["Ohio", "12"] == [run.text.strip() for run in read.texts(link)]
    (area,) = read.links(link)
    assert ((region,), "#ohio", "Ohio, page 12") == (area.rects, area.address, area.contents)
    assert [] == read.links(make.place(block, region))
