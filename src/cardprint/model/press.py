"""What a press is given besides the page: the printing condition, bleed and marks, and what inks and paper bear.

In a module of its own, because screen cards do without."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.geometry import inch
from cardprint.model.profile import PRINT_NAME, ColourSpace, OutputProfile

DEFAULT_ICC: Final = "press/fogra39-coated.icc"
"""Among the shipped layouts: coated paper, offset (ISO 12647-2, paper types 1 and 2)."""

DEFAULT_CONDITION: Final = "FOGRA39"


class PressSpec(Struct, frozen=True):
    """What a layout says of print. `icc` is the path of the ICC profile of the printing `condition`; `ink_limit` the
    most ink in percent that may lie on one spot (total area coverage); `safety` the distance in points that texts
    and rules keep from the trim; `marks` and `slug` whether crop and registration marks and the job's line are painted
    beyond the bleed."""

    icc: str = DEFAULT_ICC
    condition: str = DEFAULT_CONDITION
    ink_limit: float = 300.0
    safety: float = inch(0.125)
    marks: bool = True
    slug: bool = True
    span: Span = NOWHERE


class IccProfile(Struct, frozen=True):
    """A CMYK output profile: its file's bytes and their hash (SHA-256, in hex)."""

    data: bytes
    sha256: str


class Press(Struct, frozen=True):
    """A `PressSpec` with its ICC profile at hand."""

    spec: PressSpec
    icc: IccProfile


def print_profile(spec: PressSpec, icc: IccProfile) -> OutputProfile:
    """The output profile for a press: inks only, and nothing to click."""
    return OutputProfile(PRINT_NAME, ColourSpace.CMYK, links=False, press=Press(spec, icc))
