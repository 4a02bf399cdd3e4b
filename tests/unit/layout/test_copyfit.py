"""The ladder of copyfit: finite, in order, each step down to its floor and no further."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cardprint.layout.copyfit import Setting, rungs
from cardprint.model.colour import Swatch
from cardprint.model.copyfit import NO_COPYFIT, Adjustment, Copyfit, CopyfitScope, CopyfitStep
from cardprint.model.frame import FitStep
from cardprint.model.geometry import Insets
from cardprint.model.typography import TextStyle

_INK = Swatch("ink", (0, 0, 0), (0, 0, 0, 100))
_BODY = TextStyle("body", "Face", size=9.0, leading=12.0, swatch=_INK)
_HEAD = replace(_BODY, name="head")


def _copyfit(*steps: CopyfitStep) -> Copyfit:
    return Copyfit(CopyfitScope.CARD, steps)


_LEADING = CopyfitStep(Adjustment.LEADING, by=0.25, floor=11.5, styles=(_BODY,))
_SIZE = CopyfitStep(Adjustment.SIZE, by=0.5, floor=7.8, styles=(_BODY,))
_PADDING = CopyfitStep(Adjustment.PADDING, by=1.0, floor=2.0, start=4.0)


def test_without_steps_there_is_only_the_natural_setting() -> None:
    """A layout that declares no ladder is never adjusted."""
    assert 0 == rungs(NO_COPYFIT)
    assert Setting(NO_COPYFIT, 0).style(_BODY) is _BODY


def test_a_ladder_has_a_rung_for_each_step_down_to_its_floor() -> None:
    """Leading goes down twice, size three times (the last a part of a step), padding twice."""
    assert 2 == rungs(_copyfit(_LEADING))
    assert 3 == rungs(_copyfit(_SIZE))
    assert 7 == rungs(_copyfit(_LEADING, _SIZE, _PADDING))


@pytest.mark.parametrize(
    ("rung", "leading", "size"), [(0, 12.0, 9.0), (1, 11.75, 9.0), (2, 11.5, 9.0), (3, 11.5, 8.5), (5, 11.5, 7.8)]
)
def test_steps_are_taken_in_the_order_of_the_layout(rung: int, leading: float, size: float) -> None:
    """The first measure goes to its floor before the second is touched; no floor is passed."""
    style = Setting(_copyfit(_LEADING, _SIZE), rung).style(_BODY)
    assert (leading, size) == (style.leading, style.size)


def test_only_the_styles_that_a_step_names_change() -> None:
    """Heads keep their type when the body gives way."""
    setting = Setting(_copyfit(_LEADING), 2)
    assert setting.style(_HEAD) is not setting.style(_BODY)
    assert 12.0 == setting.style(_HEAD).leading


def test_padding_goes_down_above_and_below_but_not_under_its_floor() -> None:
    """Rows come closer; what stands at its floor already, and the sides, stay."""
    setting = Setting(_copyfit(_PADDING), 2)
    assert Insets(2.0, 7.0, 1.0, 7.0) == setting.padding(Insets(4.0, 7.0, 1.0, 7.0))


def test_two_steps_of_one_measure_go_on_from_one_another() -> None:
    """A ladder may lower the size a little, then the leading, then the size again: no rung does nothing."""
    first = replace(_SIZE, floor=8.5)
    ladder = _copyfit(first, _LEADING, _SIZE)
    assert 1 + 2 + 2 == rungs(ladder)
    sizes = [Setting(ladder, rung).style(_BODY).size for rung in range(6)]
    assert [9.0, 8.5, 8.5, 8.5, 8.0, 7.8] == sizes


def test_the_report_tells_every_adjustment_before_and_after() -> None:
    """What was done to make a card fit is said in words and numbers."""
    report = Setting(_copyfit(_LEADING, _PADDING), 3).report()
    assert (FitStep("leading of body", 12.0, 11.5), FitStep("padding of rows", 4.0, 3.0)) == report
    assert () == Setting(_copyfit(_LEADING, _PADDING), 0).report()
