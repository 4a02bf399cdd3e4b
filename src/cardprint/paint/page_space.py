"""The one place where the y axis turns: frames grow downwards from the top left, PDF upwards from the bottom left."""

from __future__ import annotations

from cardprint.model.geometry import IDENTITY, Matrix, Rect


class PageSpace:
    """Maps a page's frame coordinates (points, y down) to its default user space (points, y up)."""

    __slots__ = ("_flip", "height")

    def __init__(self, height: float) -> None:
        self.height = height
        self._flip = Matrix(d=-1.0, f=height)

    def y(self, y: float) -> float:
        """A height above the page's foot."""
        return self.height - y

    def matrix(self, matrix: Matrix) -> Matrix:
        """The matrix for `cm` that does in user space what `matrix` does to frame coordinates."""
        return self._flip.then(matrix).then(self._flip)

    def drawing(self, matrix: Matrix) -> Matrix:
        """The matrix for `cm` under which coordinates of a drawing (y down) can be written unchanged."""
        return matrix.then(self._flip)

    def box(self, rect: Rect, matrix: Matrix = IDENTITY) -> tuple[float, float, float, float]:
        """A frame's rectangle, mapped by `matrix` first: left, bottom, right, top."""
        placed = rect if matrix is IDENTITY else matrix.apply_rect(rect)
        return placed.x, self.height - placed.bottom, placed.right, self.height - placed.y
