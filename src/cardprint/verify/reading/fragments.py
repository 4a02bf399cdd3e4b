"""What a page's content shows: stretches of text, each with its font, size, place, colour and tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from cardprint.model.geometry import Rect
from cardprint.verify.reading.fonts import Font
from cardprint.verify.reading.inks import BLACK, KNOCKOUT, Ink, Overprint

Affine = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e, y' = b·x + d·y + f, in the order a b c d e f."""

Colour = tuple[float, float, float]
"""Red, green and blue, each 0 to 1."""


class Mark(NamedTuple):
    """A marked-content sequence: its tag, its content id (None: an artifact, or nothing that a tag can claim).

    `pagination`: it is an artifact that belongs to the numbering of pages (ISO 32000-1 §14.8.2.2)."""

    tag: str
    mcid: int | None
    artifact: bool
    pagination: bool = False


class Part(Struct, frozen=True, gc=False):
    """What one operator showed: from `x` on the fragment's line, in a font at a size, spaced. `actual` replaces its
    text."""

    font: Font
    operand: bytes
    x: float
    size: float
    rise: float
    tracking: float
    word_space: float
    stretch: float
    actual: str | None


class Letter(NamedTuple):
    """A glyph on the page: its text, and the box of its ink, None if it has none."""

    text: str
    ink: Rect | None


class Fragment(Struct, eq=False, gc=False):
    """Text shown on one line without moving in between.

    `matrix` maps the line's own coordinates (points along and above the baseline) to the page, whose origin is the
    trim's top left; `width` is the advance along the line, `visible_width` that without the spaces that end it; `size`
    is the type's height on the page. `bottom` and `top` bound the ink about the baseline, in the line's coordinates.
    `colour` is None for what is no plain colour; `alpha` is its opacity; `hidden` says that the text is not painted.
    `fill` is the colour as the file sets it, `overprint` whether it prints over what was painted before: the first
    `shapes_below` shapes of the page."""

    text: str
    mark: Mark | None
    matrix: Affine
    size: float
    width: float
    visible_width: float
    bottom: float
    top: float
    parts: list[Part]
    colour: Colour | None = None
    alpha: float = 1.0
    hidden: bool = False
    in_form: bool = False
    blank: str = ""
    notdef: bool = False
    fill: Ink = BLACK
    overprint: Overprint = KNOCKOUT
    shapes_below: int = 0
    _ink: Rect | None = None

    def extend(self, more: Fragment) -> None:
        """Go on with what another operator showed on the same line; its widths are counted from where this begins."""
        self.parts += more.parts
        self.text += more.text
        self.size = max(self.size, more.size)
        self.width, self.visible_width = more.width, more.visible_width
        self.bottom, self.top = min(self.bottom, more.bottom), max(self.top, more.top)
        self.hidden = self.hidden or more.hidden
        self.blank += more.blank
        self.notdef = self.notdef or more.notdef

    @property
    def upright(self) -> bool:
        """Whether the line runs from left to right."""
        a, b, c, d, _, _ = self.matrix
        return b == 0 and c == 0 and a > 0 and d < 0

    @property
    def origin(self) -> tuple[float, float]:
        """Where the baseline begins."""
        return self.matrix[4], self.matrix[5]

    @property
    def ink_width(self) -> float:
        """How far its ink reaches along the line: `visible_width` without the tracking after the last letter."""
        last = self.parts[-1]
        return self.visible_width - last.tracking * last.stretch if self.visible_width else 0.0

    @property
    def ink(self) -> Rect:
        """The box of all its ink, along the whole advance."""
        ink = self._ink
        if ink is None:
            ink = self._ink = map_box(self.matrix, 0.0, self.bottom, self.ink_width, self.top)
        return ink

    def letters(self) -> Iterator[Letter]:
        """Its glyphs on the page."""
        for part in self.parts:
            scale = part.size * part.stretch / 1000
            height = part.size / 1000
            first = True
            for glyph in part.font.glyphs(part.operand):
                at = _along(part, glyph.start, glyph.glyphs_before, glyph.spaces_before)
                text = glyph.text if part.actual is None else part.actual if first else ""
                first = False
                ink = None
                if glyph.box is not None:
                    left, bottom, right, top = glyph.box
                    ink = map_box(
                        self.matrix,
                        at + left * scale,
                        part.rise + bottom * height,
                        at + right * scale,
                        part.rise + top * height,
                    )
                yield Letter(text, ink)


def _along(part: Part, start: float, glyphs: int, spaces: int) -> float:
    spaced = part.tracking * glyphs + part.word_space * spaces
    return part.x + (start * part.size / 1000 + spaced) * part.stretch


def map_box(matrix: Affine, left: float, bottom: float, right: float, top: float) -> Rect:
    """The rectangle on the page that bounds a box of a line's coordinates."""
    a, b, c, d, e, f = matrix
    if b == 0 and c == 0:
        x1, x2 = a * left + e, a * right + e
        y1, y2 = d * top + f, d * bottom + f
        if x1 <= x2 and y1 <= y2:
            return Rect(x1, y1, x2 - x1, y2 - y1)
    else:
        xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
        ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
        x1, x2, y1, y2 = min(xs), max(xs), min(ys), max(ys)
    if x1 > x2:
        x1, x2 = x2, x1
    if y1 > y2:
        y1, y2 = y2, y1
    return Rect(x1, y1, x2 - x1, y2 - y1)


def concat(first: Affine, then: Affine) -> Affine:
    """The map `first` followed by `then`."""
    a1, b1, c1, d1, e1, f1 = first
    a2, b2, c2, d2, e2, f2 = then
    return (
        a1 * a2 + b1 * c2,
        a1 * b2 + b1 * d2,
        c1 * a2 + d1 * c2,
        c1 * b2 + d1 * d2,
        e1 * a2 + f1 * c2 + e2,
        e1 * b2 + f1 * d2 + f2,
    )
