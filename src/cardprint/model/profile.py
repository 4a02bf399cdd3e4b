"""Output profiles: what one layout becomes on a screen and on a press."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from cardprint.model.press import Press

SCREEN_NAME: Final = "screen"
PRINT_NAME: Final = "print"


class ColourSpace(StrEnum):
    """The inks that a profile paints with."""

    RGB = "rgb"
    CMYK = "cmyk"


class OutputProfile(Struct, frozen=True):
    """A way of writing the PDF: its name, its colour space, whether links become annotations, and what a press is
    given (None: the file is for no press).

    The standards follow: PDF/UA-1 and PDF/A-2a without a press, PDF/X-4 and PDF/A-2b with one."""

    name: str
    colour_space: ColourSpace
    links: bool
    press: Press | None = None

    @property
    def file_ending(self) -> str:
        """What the profile adds to the name of a file: nothing on screens, ".print" in print."""
        return "" if self.press is None else f".{self.name}"


SCREEN = OutputProfile(SCREEN_NAME, ColourSpace.RGB, links=True)
