"""Swatches as colour operators: the profile's colour space decides the ink."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from cardprint.model.colour import Swatch
from cardprint.model.profile import ColourSpace
from cardprint.paint.syntax import numbers


@lru_cache(maxsize=256)
def colour_operators(swatch: Swatch, space: ColourSpace) -> tuple[str, str]:
    """The operators that make `swatch` the colour of fills, and of strokes."""
    match space:
        case ColourSpace.RGB:
            channels = numbers([channel / 255 for channel in swatch.rgb])
            return f"{channels} rg", f"{channels} RG"
        case ColourSpace.CMYK:
            inks = numbers([ink / 100 for ink in swatch.cmyk])
            return f"{inks} k", f"{inks} K"
        case _:
            assert_never(space)
