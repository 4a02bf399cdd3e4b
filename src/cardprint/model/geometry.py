"""Lengths and shapes: points (1/72 in), origin at the page's top left, y growing downwards."""

from __future__ import annotations

from msgspec import Struct

TOLERANCE = 0.01
"""The one tolerance of the engine, in points: differences below it are rounding, not geometry."""

_POINTS_PER_INCH = 72.0
_MM_PER_INCH = 25.4


def mm(length_mm: float) -> float:
    """Points in a length given in millimetres."""
    return length_mm * _POINTS_PER_INCH / _MM_PER_INCH


def inch(length_in: float) -> float:
    """Points in a length given in inches."""
    return length_in * _POINTS_PER_INCH


class Size(Struct, frozen=True):
    """A width and a height in points."""

    width: float
    height: float


class Insets(Struct, frozen=True):
    """Distances from the four edges of a rectangle, in points; positive is inwards."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0

    @property
    def horizontal(self) -> float:
        return self.left + self.right

    @property
    def vertical(self) -> float:
        return self.top + self.bottom


NO_INSETS = Insets()


class Rect(Struct, frozen=True, gc=False):
    """A rectangle by its top left corner and its size, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, by: Insets) -> Rect:
        """The rectangle left when `by` is taken off each edge (negative insets make it larger)."""
        return Rect(self.x + by.left, self.y + by.top, self.width - by.horizontal, self.height - by.vertical)

    def contains(self, other: Rect, tolerance: float = TOLERANCE) -> bool:
        """Whether `other` lies inside, up to `tolerance` points."""
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def meets(self, other: Rect) -> bool:
        """Whether the two have more than an edge in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


class Matrix(Struct, frozen=True):
    """An affine map in page space: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where the point (x, y) goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def apply_rect(self, rect: Rect) -> Rect:
        """The bounding box of the mapped rectangle."""
        corners = [self.apply(x, y) for x in (rect.x, rect.right) for y in (rect.y, rect.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    @property
    def inverse(self) -> Matrix:
        """The map back. Raises `ZeroDivisionError` where there is none."""
        scale = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / scale, -self.b / scale, -self.c / scale, self.a / scale
        return Matrix(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def then(self, outer: Matrix) -> Matrix:
        """This map followed by `outer`."""
        e, f = outer.apply(self.e, self.f)
        return Matrix(
            a=outer.a * self.a + outer.c * self.b,
            b=outer.b * self.a + outer.d * self.b,
            c=outer.a * self.c + outer.c * self.d,
            d=outer.b * self.c + outer.d * self.d,
            e=e,
            f=f,
        )


IDENTITY = Matrix()
