"""Swatches as colour operators: the profile's colour space decides the ink."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, assert_never

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.profile import ColourSpace
from cardprint.paint.syntax import name, numbers

SMALL_TYPE: Final = 12.0
"""Points. Below, type prints in one ink, so that plates which are off by a hair do not blur it."""

_BLACK: Final = Swatch("small type", (0, 0, 0), (0.0, 0.0, 0.0, 100.0))
_PAPER: Final = Swatch("small type, reversed", (255, 255, 255), (0.0, 0.0, 0.0, 0.0))

_MIDDLE_LUMINANCE: Final = 0.1833
"""That of the grey from which white and black stand out alike; what is read on paper is darker, what is read on a dark
ground lighter (WCAG 2.1, relative luminance)."""

OVERPRINT: Final = "/Overprint gs"
KNOCKOUT: Final = "/Knockout gs"
GRAPHICS_STATES: Final = (
    "/ExtGState<</Overprint<</Type/ExtGState/OP false/op true/OPM 1>>"
    "/Knockout<</Type/ExtGState/OP false/op false/OPM 0>>>>"
)
"""Fills print over what lies below them, or take its place (ISO 32000-1 §8.6.7); a page begins with the latter."""


class Paint(Struct, frozen=True):
    """The operators that set a colour for fills and for strokes; whether a fill with it overprints; the swatch whose
    ink is a spot colour, None where it is none."""

    fill: str
    stroke: str
    overprint: bool = False
    spot: Swatch | None = None


@lru_cache(maxsize=256)
def paint_of(swatch: Swatch, space: ColourSpace) -> Paint:
    """How areas, rules and large type are painted with `swatch`."""
    match space:
        case ColourSpace.RGB:
            channels = numbers([channel / 255 for channel in swatch.rgb])
            return Paint(f"{channels} rg", f"{channels} RG")
        case ColourSpace.CMYK if swatch.spot is not None:
            resource = spot_resource(swatch.spot)
            return Paint(f"{resource} cs 1 scn", f"{resource} CS 1 SCN", spot=swatch)
        case ColourSpace.CMYK:
            inks = numbers([ink / 100 for ink in swatch.cmyk])
            return Paint(f"{inks} k", f"{inks} K")
        case _:
            assert_never(space)


@lru_cache(maxsize=256)
def text_paint(swatch: Swatch, size: float, space: ColourSpace) -> Paint:
    """How type of `size` points is painted with `swatch`. In print small type is black and overprints, or else, where
    its colour is a light one for a dark ground, it is paper."""
    if space is ColourSpace.RGB or size >= SMALL_TYPE:
        return paint_of(swatch, space)
    if _luminance(swatch) > _MIDDLE_LUMINANCE:
        return paint_of(_PAPER, space)
    black = paint_of(_BLACK, space)
    return Paint(black.fill, black.stroke, overprint=True)


def spot_resource(spot: str) -> str:
    """The name under which a page's resources have the colour space of a spot ink."""
    return name(f"Spot {spot}")


def separation(swatch: Swatch) -> str:
    """The colour space of a spot ink (§8.6.6.4): where there is no such plate, it becomes its four inks."""
    inks = numbers([ink / 100 for ink in swatch.cmyk])
    function = f"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[{inks}]/N 1>>"
    return f"[/Separation{name(swatch.spot or '')}/DeviceCMYK{function}]"


def _luminance(swatch: Swatch) -> float:
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in swatch.rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
