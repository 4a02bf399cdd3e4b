from __future__ import annotations

import pytest

from cardprint.model.geometry import Matrix, Rect
from cardprint.paint.page_space import PageSpace

SPACE = PageSpace(792)


def test_box_turns_the_page_over() -> None:
    """What is near the top of the frame is high up in user space."""
    assert SPACE.box(Rect(36, 72, 100, 20)) == (36, 700, 136, 720)


def test_matrix_does_in_user_space_what_it_did_to_the_frame() -> None:
    """Mapping a turned-over point by the turned-over matrix equals turning over the mapped point."""
    matrix = Matrix(0, -1, 1, 0, 590, 500)
    x, y = matrix.apply(10, 20)
    assert SPACE.matrix(matrix).apply(10, SPACE.y(20)) == pytest.approx((x, SPACE.y(y)))


def test_drawing_matrix_takes_coordinates_that_grow_downwards() -> None:
    """An icon's outline is written as it is: its matrix also turns it over."""
    matrix = Matrix(a=2, d=2, e=400, f=300)
    x, y = matrix.apply(16, 4)
    assert SPACE.drawing(matrix).apply(16, 4) == pytest.approx((x, SPACE.y(y)))
