"""Output profiles: what one layout becomes on a screen and on a press."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ColourSpace(Enum):
    """The inks that a profile paints with."""

    RGB = "rgb"
    CMYK = "cmyk"


@dataclass(frozen=True, slots=True)
class OutputProfile:
    """A way of writing the PDF: its name, its colour space, and whether links become annotations."""

    name: str
    colour_space: ColourSpace
    links: bool


SCREEN = OutputProfile("screen", ColourSpace.RGB, links=True)
