"""Height that is left over, and blocks in regions larger than themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.layout.flow import aligned_region, aligned_width, share
from cardprint.layout.measure import Measured
from cardprint.model.content import HAlign, VAlign
from cardprint.model.geometry import Rect, Size

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker

REGION = Rect(10.0, 20.0, 100.0, 60.0)
BLOCK = Measured(Size(40.0, 12.0))


def test_share_divides_by_weight() -> None:
    """Six rows of weight 1 and two of 0.6 close the page together: each gets its part of what is left."""
    assert [10.0, 5.0, 0.0, 15.0] == share(30.0, [2.0, 1.0, 0.0, 3.0])


def test_share_gives_everything_away() -> None:
    """Nothing of the surplus is lost in rounding that could be seen."""
    assert 71.3 == pytest.approx(sum(share(71.3, [1, 1, 1, 0.6, 0.6])))


@pytest.mark.parametrize(("surplus", "weights"), [(30.0, [0.0, 0.0]), (0.0, [1.0, 1.0]), (-5.0, [1.0, 1.0])])
def test_share_of_nothing(surplus: float, weights: list[float]) -> None:
    """Where nobody grows or nothing is left, nobody gets anything, and nobody loses."""
    assert [0.0, 0.0] == share(surplus, weights)


@pytest.mark.parametrize(
    ("across", "left"), [(None, 10.0), (HAlign.LEFT, 10.0), (HAlign.CENTER, 40.0), (HAlign.RIGHT, 70.0)]
)
def test_alignment_across(across: HAlign | None, left: float) -> None:
    """A block stands at the left, in the middle or at the right of its region, at its own width."""
    region = aligned_region(REGION, 40.0, BLOCK, across, VAlign.TOP)
    assert (left, 40.0) == (region.x, region.width)


@pytest.mark.parametrize(
    ("down", "top", "height"),
    [
        (VAlign.TOP, 20.0, 60.0),
        (VAlign.MIDDLE, 44.0, 12.0),
        (VAlign.BOTTOM, 68.0, 12.0),
    ],
)
def test_alignment_down(down: VAlign, top: float, height: float) -> None:
    """In the middle and at the bottom a block has its own height; at the top it has all, to grow into."""
    region = aligned_region(REGION, 100.0, BLOCK, None, down)
    assert (top, height) == (region.y, region.height)


def test_unaligned_block_takes_the_whole_width(make: Maker) -> None:
    """A text that nobody aligns has its column's width, to break its lines in."""
    assert 300.0 == aligned_width(make.text("Ohio"), 300.0, None, make.engine())


def test_aligned_block_takes_its_own_width(make: Maker) -> None:
    """A text that is aligned across is as wide as its line, and never wider than its column."""
    own = make.width_of("Ohio")
    assert own == aligned_width(make.text("Ohio"), 300.0, HAlign.RIGHT, make.engine())
    assert 8.0 == aligned_width(make.text("Ohio"), 8.0, HAlign.RIGHT, make.engine())
