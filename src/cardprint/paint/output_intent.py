"""The output intent: what the file's colour values mean (ISO 32000-1 §14.11.5)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, assert_never

from cardprint.model.profile import ColourSpace
from cardprint.paint.syntax import deflated_stream


class OutputIntent(NamedTuple):
    """The intent's dictionary, left open for the reference to its profile, and the profile's stream."""

    entries: str
    profile: bytes


@lru_cache(maxsize=4)
def output_intent(space: ColourSpace) -> OutputIntent:
    """The intent of a colour space; its profile is read and deflated once."""
    match space:
        case ColourSpace.RGB:
            icc = files("cardprint.paint").joinpath("icc", "srgb-v2.icc").read_bytes()
            return OutputIntent(
                "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)",
                deflated_stream("/N 3", icc, 9),
            )
        case ColourSpace.CMYK:
            raise NotImplementedError("the print profile has no output intent yet")
        case _:
            assert_never(space)
