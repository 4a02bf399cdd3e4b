"""Fonts and type styles as values; shaping lives in layout, embedding in paint."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from msgspec import Struct

from cardprint.model.colour import Swatch

NO_BREAK_TWINS: Final = {0x00A0: " ", 0x202F: " ", 0x2011: "-"}
"""Characters at which no line ends, by code point, each with the one that it is drawn and read back as."""


class FontFace(Struct, frozen=True, eq=False):
    """One face of a family, from a TrueType file.

    `data` is the whole file and `sha256` its hash in hex. The metrics are in font units, of which
    `units_per_em` make an em: ascent, cap height and x-height above the baseline, descent below it
    (positive). `coverage` holds the code points that the face can draw. Faces are equal when they
    are the same object: one load gives one face.
    """

    name: str
    family: str
    data: bytes
    sha256: str
    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    x_height: int
    coverage: frozenset[int]

    def __repr__(self) -> str:
        return f"FontFace({self.name!r})"


FontBook = Mapping[str, FontFace]
"""Faces by name, as `fonts/fonts.yaml` names them ("Barlow Condensed SemiBold")."""


class Align(Enum):
    """How the lines of a text stand in its column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Case(Enum):
    """Capitals by style: the text is set as written or in capitals."""

    AS_WRITTEN = "as-written"
    UPPER = "upper"


class Figures(Enum):
    """Which numerals: the face's own, or tabular ones (equal widths)."""

    DEFAULT = "default"
    TABULAR = "tabular"


class Breaking(Enum):
    """How lines are broken: over the whole paragraph, or line by line, as a style may ask."""

    TOTAL = "total"
    GREEDY = "greedy"


class TextStyle(Struct, frozen=True):
    """How a run of text is set.

    `face` and each of `fallback` are names in the font book; `size` and `leading` are points;
    `tracking` is added after each glyph, in em. `smallest` is the size down to which a text of one
    line may be set to fit its width; None: the size is fixed. `hyphenate` lets words be divided.
    """

    name: str
    face: str
    size: float
    leading: float
    swatch: Swatch
    fallback: tuple[str, ...] = ()
    tracking: float = 0.0
    align: Align = Align.LEFT
    case: Case = Case.AS_WRITTEN
    figures: Figures = Figures.DEFAULT
    breaking: Breaking = Breaking.TOTAL
    smallest: float | None = None
    hyphenate: bool = False
