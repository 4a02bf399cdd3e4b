"""Glyphs and other outlines as the path data of SVG."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import uharfbuzz as hb

from cardprint.export.numbers import number
from cardprint.model.icon import PathCommand
from cardprint.model.typography import FontFace


class GlyphOutlines:
    """The outlines of a face's glyphs, in font units, y down."""

    def __init__(self, face: FontFace) -> None:
        self._font = hb.Font(hb.Face(face.data))
        self._known: dict[int, str] = {}

    def path_data(self, glyph: int) -> str:
        """The path data of a glyph; empty for one without ink, such as a space."""
        if glyph not in self._known:
            pen = _PathPen()
            self._font.draw_glyph_with_pen(glyph, pen)
            self._known[glyph] = "".join(pen.parts)
        return self._known[glyph]


@lru_cache(maxsize=16)
def glyph_outlines(face: FontFace) -> GlyphOutlines:
    """The outlines of a face, each drawn once."""
    return GlyphOutlines(face)


def path_data(outline: Iterable[PathCommand]) -> str:
    """The path data of an outline."""
    return "".join([command[0] + " ".join([number(float(value)) for value in command[1:]]) for command in outline])


class _PathPen:
    """Takes a glyph as HarfBuzz draws it, y up; its methods have the names of fontTools' pens."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.parts.append(operator + " ".join([f"{number(x)} {number(-y)}" for x, y in points]))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 (the pen protocol's name)
        self._add("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", point)

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:  # noqa: N802
        self._add("Q", control, point)

    def curveTo(  # noqa: N802
        self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]
    ) -> None:
        self._add("C", first, second, point)

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("Z")
