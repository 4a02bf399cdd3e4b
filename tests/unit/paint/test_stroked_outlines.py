"""Outlines that are stroked: the weight is the page's, whatever the drawing's own scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.model.content import Stroke
from cardprint.model.frame import PathItem, RuleItem
from cardprint.model.geometry import Matrix
from cardprint.model.icon import PathCommand
from cardprint.model.profile import ColourSpace
from cardprint.paint.content_stream import ContentStream
from cardprint.paint.page_space import PageSpace

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

TRIANGLE: tuple[PathCommand, ...] = (("M", 0, 0), ("L", 4, 0), ("L", 0, 4), ("Z",))


def drawn(*items: PathItem | RuleItem) -> list[str]:
    stream = ContentStream(PageSpace(792), ColourSpace.RGB, {})
    for item in items:
        if isinstance(item, PathItem):
            stream.draw_path(item)
        else:
            stream.draw_rule(item)
    return stream.data().decode().split("\n")


def test_stroke_keeps_its_weight_under_a_scale(make: Maker) -> None:
    """A point on the page is two units of a drawing at half size."""
    item = PathItem(TRIANGLE, Matrix(a=0.5, d=0.5), None, stroke=Stroke(1.0, make.ink))
    assert drawn(item) == ["0.071 0.137 0.247 RG", "q 0.5 0 0 -0.5 0 792 cm 2 w 0 0 m 4 0 l 0 4 l h S Q"]


def test_stroke_keeps_its_weight_under_a_turn(make: Maker) -> None:
    """The scale of a turned drawing is not that of one axis."""
    item = PathItem(TRIANGLE, Matrix(0.3, -0.4, 0.4, 0.3), None, stroke=Stroke(1.0, make.ink))
    assert " 2 w " in drawn(item)[-1]


@pytest.mark.parametrize(("filled", "stroked", "operator"), [(True, False, "f"), (False, True, "S"), (True, True, "B")])
def test_fill_and_stroke(filled: bool, stroked: bool, operator: str, make: Maker) -> None:
    """One operator for what is to be done, in colours that are set before."""
    stroke = Stroke(1.0, make.ink) if stroked else None
    operators = drawn(PathItem(TRIANGLE, Matrix(), make.red if filled else None, stroke=stroke))
    assert operators[-1].endswith(f" h {operator} Q")
    assert 1 + filled + stroked == len(operators)


def test_nothing_to_paint_writes_nothing() -> None:
    """Neither fill nor stroke: no operator, no colour."""
    assert [""] == drawn(PathItem(TRIANGLE, Matrix(), None))


def test_weight_of_a_drawing_ends_with_it(make: Maker) -> None:
    """A rule after it, as heavy as the rule before it, needs no new weight."""
    rule = RuleItem(0, 0, 9, 0, Stroke(0.5, make.ink))
    operators = drawn(rule, PathItem(TRIANGLE, Matrix(), None, stroke=Stroke(3.0, make.ink)), rule)
    assert 1 == operators.count("0.5 w")


def test_drawings_are_remembered_one_by_one(make: Maker) -> None:
    """A drawing that comes after many others, and one that is gone, leave no trace in the next."""
    for side in range(600):
        outline: tuple[PathCommand, ...] = (("M", 0, 0), ("L", side, 0), ("Z",))
        assert drawn(PathItem(outline, Matrix(), make.red))[-1].endswith(f"0 0 m {side} 0 l h f Q")
