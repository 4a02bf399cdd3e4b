"""What stands beside a printed page: crop and registration marks, and the slug, all outside of the bleed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from cardprint.layout.blocks.text import cap_height
from cardprint.layout.line import line_width
from cardprint.layout.paragraph import paragraph
from cardprint.model.colour import Swatch
from cardprint.model.content import PageContent, PageGeometry, Run, Slug, Stroke
from cardprint.model.frame import FrameItem, Group, PathItem, RuleItem, TextRun
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.icon import PathCommand
from cardprint.model.press import PressSpec
from cardprint.model.typography import FontBook

_REGISTRATION: Final = Swatch("registration", (0, 0, 0), (100.0, 100.0, 100.0, 100.0), spot="All")
"""Every plate that there is (ISO 32000-1 §8.6.6.4)."""

_STROKE: Final = Stroke(0.25, _REGISTRATION)
_CLEAR: Final = 3.0
"""Points that marks keep from the bleed."""

_NEAREST: Final = 9.0
"""Points that they keep from the trim, be there a bleed or none: cutting is that exact."""

_LENGTH: Final = 18.0
_MARGIN: Final = 6.0
"""Points of paper outside of them."""

_RADIUS: Final = 4.5
_ARM: Final = 8.0
"""Of the registration mark's circle and cross."""

_ARC: Final = 0.5522847498
_CIRCLE: Final[tuple[PathCommand, ...]] = (
    ("M", 1.0, 0.0),
    ("C", 1.0, _ARC, _ARC, 1.0, 0.0, 1.0),
    ("C", -_ARC, 1.0, -1.0, _ARC, -1.0, 0.0),
    ("C", -1.0, -_ARC, -_ARC, -1.0, 0.0, -1.0),
    ("C", _ARC, -1.0, 1.0, -_ARC, 1.0, 0.0),
    ("Z",),
)


class Furniture(NamedTuple):
    """The untrimmed sheet and what stands on it beside the page."""

    media: Rect
    group: Group | None


def furnish(content: PageContent, spec: PressSpec, fonts: FontBook) -> Furniture:
    """What a press gets beside the page, as the layout says of print."""
    page = content.page
    if not spec.marks and content.slug is None:
        return Furniture(page.sheet, None)
    near = max(page.bleed + _CLEAR, _NEAREST)
    out = near + _LENGTH + _MARGIN
    items: list[FrameItem] = []
    foot, right = 0.0, page.trim.width + out
    if spec.marks:
        items.extend(_crop_marks(page, near))
        items.extend(_registration_marks(page, near + _LENGTH / 2))
    if content.slug is not None:
        lines, foot = _slug(content.slug, page, near + _LENGTH / 2, fonts)
        items.extend(lines)
        right = max(right, *(line.x + line.width + _MARGIN for line in lines))
    media = Rect(-out, -out, right + out, page.trim.height + 2 * out + foot)
    return Furniture(media, Group(media, tuple(items), name="beside"))


def _crop_marks(page: PageGeometry, near: float) -> Iterator[RuleItem]:
    """Two lines at each corner that point along the cuts."""
    width, height, far = page.trim.width, page.trim.height, near + _LENGTH
    for x, side in ((0.0, -1.0), (width, 1.0)):
        for y, end in ((0.0, -1.0), (height, 1.0)):
            yield RuleItem(x + side * near, y, x + side * far, y, _STROKE)
            yield RuleItem(x, y + end * near, x, y + end * far, _STROKE)


def _registration_marks(page: PageGeometry, out: float) -> Iterator[FrameItem]:
    """A circle with a cross in the middle of each side, on every plate: they lie on one another if the plates do."""
    width, height = page.trim.width, page.trim.height
    for x, y in ((width / 2, -out), (width / 2, height + out), (-out, height / 2), (width + out, height / 2)):
        yield PathItem(_CIRCLE, Matrix(_RADIUS, 0.0, 0.0, _RADIUS, x, y), None, stroke=_STROKE)
        yield RuleItem(x - _ARM, y, x + _ARM, y, _STROKE)
        yield RuleItem(x, y - _ARM, x, y + _ARM, _STROKE)


def _slug(slug: Slug, page: PageGeometry, out: float, fonts: FontBook) -> tuple[list[TextRun], float]:
    """The slug below the page, its middle `out` points from the trim: left and right of the registration mark or, where
    a page is too narrow for that, in two lines below the marks. And how much deeper the sheet must be for these."""
    runs = (slug.subject, slug.made)
    room = page.trim.width / 2 - _ARM - _CLEAR - _NEAREST
    widest = max(line_width(run, fonts) for run in runs)
    left, right, middle = _NEAREST, page.trim.width - _NEAREST, page.trim.height + out
    if widest <= room:
        made = _line(slug.made, right - line_width(slug.made, fonts), middle, fonts)
        return [_line(slug.subject, left, middle, fonts), made], 0.0
    leading = slug.subject.style.leading
    below = middle + _LENGTH / 2 + leading / 2
    return [_line(run, left, below + number * leading, fonts) for number, run in enumerate(runs)], leading * len(runs)


def _line(run: Run, x: float, middle: float, fonts: FontBook) -> TextRun:
    """A text from `x` on, its capitals about the height `middle`."""
    style = run.style
    baseline = middle + cap_height(fonts[style.face], style.size) / 2
    (line,) = paragraph((run,), style, fonts).lines(float("inf"))
    pieces = tuple(piece.shaped for piece in line.pieces)
    return TextRun(x, baseline, line.width, pieces, style.size, style.swatch, style.tracking * style.size)
