"""What a page's content paints with which inks: areas, lines and pictures in the order of painting (ISO 32000-1 §8)."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from typing import Final, NamedTuple

from cardprint.model.geometry import Rect
from cardprint.verify.reading.fragments import Affine, map_box
from cardprint.verify.reading.inks import Ink, Overprint
from cardprint.verify.reading.values import Stream

MOST_SHAPES: Final = 20_000
MOST_SHAPE_TOKENS: Final = 400_000
"""Painted shapes of one page, and the words that outline them. A card has a hundred and fifty, and four thousand."""

_LONGEST_KEPT: Final = 8_192
"""Bytes of a path whose extent is remembered; an icon has two or three thousand."""

_POINTS: Final = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}


class Shape(NamedTuple):
    """A path that is painted. `operator` paints it, `path` are the words that outline it; `line_width` is in the units
    of `ctm`, which maps to points from the page's top left; `box` bounds it there, if it has a point."""

    operator: bytes
    path: list[bytes]
    ctm: Affine
    fill: Ink
    stroke: Ink
    line_width: float
    overprint: Overprint
    box: Rect | None

    @property
    def is_filled(self) -> bool:
        return self.operator not in (b"S", b"s")

    @property
    def is_stroked(self) -> bool:
        return self.operator not in (b"f", b"F", b"f*")

    @property
    def stroke_weight(self) -> float:
        """The line's thinnest width on the page, in points."""
        a, b, c, d, _, _ = self.ctm
        return self.line_width * min(hypot(a, b), hypot(c, d))


class PlacedPicture(NamedTuple):
    """An image XObject on the page: `ctm` maps the unit square to points from the page's top left."""

    image: Stream
    ctm: Affine

    def box(self) -> Rect:
        """What bounds it on the page."""
        a, b, c, d, e, f = self.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def path_box(path: list[bytes], ctm: Affine) -> Rect | None:
    """What bounds a path on the page, control points included; None if it has no point. Raises `ValueError`."""
    words = b" ".join(path)
    extent = _extent(words) if len(words) <= _LONGEST_KEPT else _extent.__wrapped__(words)
    return None if extent is None else map_box(ctm, *extent)


@lru_cache(maxsize=1024)
def _extent(path: bytes) -> tuple[float, float, float, float] | None:
    """The least and the largest coordinates of a path's words, control points included: x1, y1, x2, y2. None if it has
    no point. Raises `ValueError` for words that are no path.

    Remembered, because icons, tiles and rules recur on every card."""
    xs: list[float] = []
    ys: list[float] = []
    numbers: list[float] = []
    for word in path.split():
        if word == b"re":
            x, y, width, height = numbers[-4:]
            xs += (x, x + width)
            ys += (y, y + height)
            numbers = []
        elif word in _POINTS:
            points = numbers[-_POINTS[word] :]
            xs += points[::2]
            ys += points[1::2]
            numbers = []
        elif word != b"h":
            numbers.append(float(word))
    return (min(xs), min(ys), max(xs), max(ys)) if xs and ys else None
