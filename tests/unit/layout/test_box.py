"""Boxes: ground, border, rules, inset, bleed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.layout.measure import Measured, Widths
from cardprint.model.content import BoxBlock, Edge, HAlign, RuleBlock, VAlign
from cardprint.model.frame import FilledRect, Group
from cardprint.model.geometry import Insets, Rect, Size

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader

INSET = Insets(1.0, 2.0, 3.0, 4.0)
REGION = Rect(10.0, 20.0, 100.0, 60.0)


def child_region(group: Group) -> Rect:
    (child,) = (item for item in group.items if isinstance(item, Group))
    return child.region


def test_inset_goes_around_the_child(make: Maker) -> None:
    """A box is its child and its insets; the child's region is the box less its insets."""
    block = BoxBlock(child=make.text("law"), inset=INSET)
    first_baseline = (12.0 + 6.6) / 2
    assert Measured(Size(100.0, 1 + 12 + 3), 1 + first_baseline) == make.measure(block, 100.0)
    assert Rect(14.0, 21.0, 94.0, 56.0) == child_region(make.place(block, REGION))
    width = make.width_of("law")
    assert Widths(width + 6.0, width + 6.0) == make.intrinsic(block)


def test_fixed_size(make: Maker, read: Reader) -> None:
    """A box with a width and a height has them, whatever its region and its child."""
    block = BoxBlock(child=make.text("law"), inset=INSET, fill=make.tint, width=50.0, height=40.0)
    assert Size(50.0, 40.0) == make.measure(block, 100.0).size
    assert Widths(50.0, 50.0) == make.intrinsic(block)
    placed = make.place(block, REGION)
    assert Rect(10.0, 20.0, 50.0, 40.0) == placed.region
    assert [placed.region] == read.rects(placed)


def test_empty_box(make: Maker, read: Reader) -> None:
    """A box without a child is a bar: its height is its own, or its insets', and it has a ground."""
    assert Size(100.0, 4.0) == make.measure(BoxBlock(child=None, inset=INSET), 100.0).size
    assert Size(100.0, 7.0) == make.measure(BoxBlock(child=None, inset=INSET, height=7.0), 100.0).size
    assert Size(100.0, 0.0) == make.measure(BoxBlock(child=None, inset=INSET, height=0.0), 100.0).size
    placed = make.place(BoxBlock(child=None, fill=make.tint, height=7.0), REGION)
    assert [Rect(10.0, 20.0, 100.0, 7.0)] == read.rects(placed)


def test_ground_fills_the_region(make: Maker) -> None:
    """Fill, border and radius are one rectangle beneath the child; without fill and border there is none."""
    block = BoxBlock(child=make.text("law"), fill=make.tint, border=make.hairline, radius=5.0)
    ground, child = make.place(block, REGION).items
    assert FilledRect(REGION, make.tint, 5.0, make.hairline) == ground
    assert isinstance(child, Group)
    assert 1 == len(make.place(BoxBlock(child=make.text("law")), REGION).items)


def test_bleed_runs_over_trim_on_its_edges_only(make: Maker, read: Reader) -> None:
    """The header's ground covers margin and bleed above, left and right: the page is 200 by 100, its bleed 9. Its
    text stays in the live area, and below it ends where the box ends."""
    edges = frozenset({Edge.TOP, Edge.LEFT, Edge.RIGHT})
    placed = make.place(BoxBlock(child=make.text("Ohio"), fill=make.tint, bleed=edges), Rect(10, 10, 180, 30))
    assert [Rect(-9.0, -9.0, 218.0, 49.0)] == read.rects(placed)
    assert Rect(10.0, 10.0, 180.0, 30.0) == child_region(placed) == placed.region


def test_no_bleed_no_overrun(make: Maker, read: Reader) -> None:
    """The same box without bleed ends at its region."""
    placed = make.place(BoxBlock(child=None, fill=make.tint), Rect(10, 10, 180, 30))
    assert [Rect(10.0, 10.0, 180.0, 30.0)] == read.rects(placed)


def test_bleed_at_the_foot(make: Maker, read: Reader) -> None:
    """A band at the foot runs off the sheet below."""
    placed = make.place(BoxBlock(child=None, fill=make.tint, bleed=frozenset({Edge.BOTTOM})), Rect(10, 70, 180, 20))
    assert [Rect(10.0, 70.0, 180.0, 39.0)] == read.rects(placed)


def test_rules_lie_inside_the_box(make: Maker, read: Reader) -> None:
    """A rule on an edge keeps its whole weight inside, so that boxes that touch do not double their rules."""
    block = BoxBlock(child=None, rules=tuple((edge, make.hairline) for edge in Edge))
    assert [
        (10.0, 20.5, 110.0, 20.5),
        (109.5, 20.0, 109.5, 80.0),
        (10.0, 79.5, 110.0, 79.5),
        (10.5, 20.0, 10.5, 80.0),
    ] == read.rules(make.place(block, REGION))


def test_rules_are_as_long_as_the_ground(make: Maker, read: Reader) -> None:
    """Under a header that bleeds to both sides its rule does too."""
    block = BoxBlock(
        child=None, rules=((Edge.BOTTOM, make.hairline),), bleed=frozenset({Edge.LEFT, Edge.RIGHT}), fill=make.tint
    )
    assert [(-9.0, 39.5, 209.0, 39.5)] == read.rules(make.place(block, Rect(10, 10, 180, 30)))


@pytest.mark.parametrize(("halign", "share"), [(HAlign.LEFT, 0.0), (HAlign.CENTER, 0.5), (HAlign.RIGHT, 1.0)])
@pytest.mark.parametrize(("valign", "drop"), [(VAlign.TOP, 0.0), (VAlign.MIDDLE, 22.0), (VAlign.BOTTOM, 44.0)])
def test_child_is_aligned_inside(make: Maker, halign: HAlign, share: float, valign: VAlign, drop: float) -> None:
    """A child of its own width stands where its box says, between the insets."""
    block = BoxBlock(child=make.text("law"), inset=INSET, halign=halign, valign=valign)
    region = child_region(make.place(block, REGION))
    width = make.width_of("law")
    assert (14.0 + share * (94.0 - width), width) == pytest.approx((region.x, region.width))
    assert 21.0 + drop == pytest.approx(region.y)


@pytest.mark.parametrize(("valign", "drop"), [(VAlign.TOP, 0.0), (VAlign.MIDDLE, 14.0), (VAlign.BOTTOM, 28.0)])
def test_baseline_of_a_box_of_fixed_height(make: Maker, read: Reader, valign: VAlign, drop: float) -> None:
    """A box reports the baseline where its text stands, also when it stands in the middle of a height that is fixed."""
    block = BoxBlock(child=make.text("law"), valign=valign, height=40.0)
    assert drop + (12.0 + 6.6) / 2 == make.measure(block, 100.0).baseline
    (run,) = read.texts(make.place(block, Rect(0.0, 0.0, 100.0, 40.0)))
    assert run.baseline == make.measure(block, 100.0).baseline


def test_oversets_of_a_box(make: Maker) -> None:
    """A box wider than its column and a child higher than its box are reported; what fits is not."""
    assert [] == make.reasons(BoxBlock(child=make.text("law"), width=50.0, height=12.0), 50.0)
    assert ["is 50 pt wide in a column of 49.0 pt"] == make.reasons(BoxBlock(child=None, width=50.0), 49.0)
    high = BoxBlock(child=make.text("law"), inset=INSET, height=15.0)
    assert ["needs 16.0 pt of height and is fixed at 15 pt"] == make.reasons(high, 50.0)
    (overset,) = make.measure(high, 50.0).overset
    assert (1.0, "the box") == (overset.excess, overset.subject)


def test_inset_wider_than_the_column(make: Maker) -> None:
    """Insets that leave less than no width are reported, whatever the child is; just no width is enough for a rule."""
    block = BoxBlock(child=RuleBlock(stroke=make.hairline), inset=Insets(0.0, 30.0, 0.0, 30.0))
    assert ["has insets of 60 pt in a width of 40.0 pt"] == make.reasons(block, 40.0)
    assert [] == make.reasons(block, 60.0)
