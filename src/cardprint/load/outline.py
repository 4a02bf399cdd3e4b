"""What an outline of several shapes must hold to if one fill is to paint it as its file would show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cardprint.model.icon import PathCommand

_STRAY_SHARE = 0.01
"""How far an outline may leave the view box, in parts of its size: drawing programs round."""

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Contour = tuple[Box, bool]
"""The box around a closed line, and whether the line turns clockwise (y downwards)."""


def strays(outline: Iterable[PathCommand], width: float, height: float) -> bool:
    """Whether a point that the line passes through lies outside the view box, which clips nothing here."""
    for command in outline:
        if command[0] != "Z":
            x, y = command[-2], command[-1]
            if not (_within(x, width) and _within(y, height)):
                return True
    return False


def shapes_cancel(shapes: Sequence[Sequence[PathCommand]]) -> bool:
    """Whether shapes that overlap turn in opposite directions.

    SVG paints one shape over another; in one outline filled by the nonzero rule they add up, and opposite turns
    add up to nothing. Only outer contours count: those inside another of their own shape are its holes.
    """
    if len(shapes) < 2:
        return False
    outer = [_outer_contours(shape) for shape in shapes]
    for index, contours in enumerate(outer):
        for others in outer[:index]:
            for box, clockwise in contours:
                if any(clockwise != turn and _overlap(box, other) for other, turn in others):
                    return True
    return False


def _within(value: float, size: float) -> bool:
    return -_STRAY_SHARE * size <= value <= (1 + _STRAY_SHARE) * size


def _outer_contours(shape: Sequence[PathCommand]) -> list[Contour]:
    contours = [_contour(points) for points in _split(shape)]
    return [
        contour
        for index, contour in enumerate(contours)
        if not any(index != i and _contains(other, contour[0]) for i, (other, _) in enumerate(contours))
    ]


def _split(shape: Sequence[PathCommand]) -> list[list[Point]]:
    """The points of each subpath, curves by their middle and end."""
    subpaths: list[list[Point]] = []
    for command in shape:
        match command:
            case ("M", x, y):
                subpaths.append([(x, y)])
            case ("L", x, y):
                subpaths[-1].append((x, y))
            case ("C", x1, y1, x2, y2, x, y):
                x0, y0 = subpaths[-1][-1]
                subpaths[-1] += [((x0 + 3 * x1 + 3 * x2 + x) / 8, (y0 + 3 * y1 + 3 * y2 + y) / 8), (x, y)]
    return subpaths


def _contour(points: list[Point]) -> Contour:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    following = points[1:] + points[:1]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, following, strict=True))
    return ((min(xs), min(ys), max(xs), max(ys)), area > 0)


def _contains(outer: Box, inner: Box) -> bool:
    return (
        outer != inner
        and outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
