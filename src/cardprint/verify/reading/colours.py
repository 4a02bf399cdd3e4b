"""The colour of fills, as far as it is plain."""

from __future__ import annotations

from functools import lru_cache

from cardprint.verify.reading.fragments import Colour


@lru_cache(maxsize=512)
def fill_colour(operands: tuple[bytes, ...]) -> Colour | None:
    """Red, green and blue of one or three components; None for patterns, and for inks: what these look like depends on
    the press."""
    if operands[-1].startswith(b"/"):
        return None
    match [min(max(float(component), 0.0), 1.0) for component in operands]:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
    return None


def hexadecimal_colour(colour: Colour) -> str:
    """`#rrggbb`."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
