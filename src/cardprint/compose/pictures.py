"""How large a picture is printed, and whether it has pixels enough for that."""

from __future__ import annotations

import math
from typing import Final

from cardprint.model.diagnostics import Collector, Span
from cardprint.model.geometry import Size, inch
from cardprint.model.icon import Icon, Picture

LEAST_DPI: Final = 150
"""Pixels to the inch on paper; with fewer, the steps of edges are seen at reading distance."""

LEAST_DPI_OF_PRESS: Final = 225
"""One and a half pixels to a line of a press's usual screen, 150 lines to the inch."""


def printed_size(picture: Picture | Icon, width: float | None, height: float | None) -> Size:
    """The size in points that keeps the picture's proportions: by the side that is given, inside both where both are,
    one point a pixel where none."""
    scales = [side / own for side, own in ((width, picture.width), (height, picture.height)) if side is not None]
    scale = min(scales, default=1.0)
    return Size(picture.width * scale, picture.height * scale)


def report_coarse(picture: Picture, size: Size, span: Span, collector: Collector, *, press: bool = False) -> None:
    """One `low-resolution` if the picture would be printed with too few pixels to the inch."""
    least = LEAST_DPI_OF_PRESS if press else LEAST_DPI
    dpi = picture.width * inch(1) / size.width
    if dpi >= least:
        return
    wanted = math.ceil(size.width / inch(1) * least), math.ceil(size.height / inch(1) * least)
    collector.error(
        "low-resolution",
        f'The picture "{picture.name}" has {dpi:.0f} pixels to the inch at its printed size, expected {least}.',
        span,
        hint=f"Give it at least {wanted[0]} by {wanted[1]} pixels, print it smaller, or use an SVG.",
    )
