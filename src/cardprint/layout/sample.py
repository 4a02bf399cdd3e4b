"""The marks of sample data: bands in the margins at head and foot, and a pale word in outline beneath the content.

They take nothing from the live area as long as the margins have room for a legible band. What bleeds to the head or
the foot of the page ends at the band.
"""

from __future__ import annotations

from math import hypot
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.blocks.text import cap_height
from cardprint.layout.line import centred_line, line_width
from cardprint.layout.shaping import face_shaper
from cardprint.model.content import PageContent, PageGeometry, Run, SampleMarks
from cardprint.model.frame import FilledRect, Group, PathItem
from cardprint.model.geometry import Insets, Matrix, Rect
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook

_DEPTH: Final = 26.0
_LEAST_DEPTH: Final = 14.0
"""Points: below it a band's words would be smaller than people read."""

_FROM_TRIM: Final = 12.0
"""Points that the words keep from the trim where they can: office printers leave the rim of a sheet white."""

_CAPS_SHARE: Final = 0.4
"""The most of a band's depth that its capitals take."""

_LEAST_SPACE: Final = 4.0
_WORD_SHARE: Final = 0.82
"""How much of the live area's width and height the word takes at most."""


class Marked(Struct, frozen=True):
    """What comes before the body of a page in reading order, and what comes after it."""

    before: tuple[Group, ...] = ()
    after: tuple[Group, ...] = ()

    @property
    def regions(self) -> tuple[Rect, ...]:
        """Where the bands stand."""
        return tuple(group.region for group in (*self.before, *self.after) if group.role is not None)


def margins_of(content: PageContent) -> Insets:
    """The margins of the page: its layout's, widened for a sample where they have no room for a band."""
    margins = content.page.margins
    if content.sample is None:
        return margins
    return replace(margins, top=max(margins.top, _LEAST_DEPTH), bottom=max(margins.bottom, _LEAST_DEPTH))


def ground_of(content: PageContent) -> Rect:
    """As far as the ground of a bleeding box reaches: to the end of the bleed, on a sample to the bands."""
    sheet = content.page.sheet
    if content.sample is None:
        return sheet
    head, foot = _bands(content)
    return Rect(sheet.x, head.bottom, sheet.width, foot.y - head.bottom)


def mark(content: PageContent, live: Rect, fonts: FontBook) -> Marked:
    """The marks of a page with the live area `live`; none where its data is no sample."""
    marks = content.sample
    if marks is None:
        return Marked()
    head, foot = _bands(content)
    return Marked(
        before=(_word(marks, live, fonts), _band("sample.head", marks, head, content.page, fonts)),
        after=(_band("sample.foot", marks, foot, content.page, fonts),),
    )


def _bands(content: PageContent) -> tuple[Rect, Rect]:
    """The bands at head and foot, on the trimmed sheet."""
    trim, margins = content.page.trim, margins_of(content)
    head, foot = min(_DEPTH, margins.top), min(_DEPTH, margins.bottom)
    return Rect(0.0, 0.0, trim.width, head), Rect(0.0, trim.height - foot, trim.width, foot)


def _band(name: str, marks: SampleMarks, band: Rect, page: PageGeometry, fonts: FontBook) -> Group:
    """A band with its words in the middle of its width, their capitals away from the trim."""
    words = _fitted(marks.words, band, fonts)
    caps = cap_height(fonts[words.style.face], words.style.size)
    space = max((band.height - caps) / 2, min(_FROM_TRIM, band.height - caps - _LEAST_SPACE))
    at_head = band.y == 0.0
    baseline = band.y + space + caps if at_head else band.bottom - space
    top = -page.bleed if at_head else band.y
    ground = Rect(-page.bleed, top, band.width + 2 * page.bleed, band.height + page.bleed)
    text = centred_line(words, band.width / 2, baseline, fonts, optical=False)
    return Group(
        region=band,
        items=(FilledRect(ground, marks.ground), *text),
        role=Role(Tag.P, language=words.language),
        name=name,
        field=f"the words {words.text}",
    )


def _fitted(words: Run, band: Rect, fonts: FontBook) -> Run:
    """The words, smaller where the band is shallow or short."""
    style = words.style
    high = _CAPS_SHARE * band.height / cap_height(fonts[style.face], style.size)
    wide = (band.width - 2 * _FROM_TRIM) / line_width(words, fonts)
    factor = min(1.0, high, wide)
    return words if factor == 1.0 else replace(words, style=replace(style, size=style.size * factor))


def _word(marks: SampleMarks, live: Rect, fonts: FontBook) -> Group:
    """The word along the diagonal of the live area, rising, as large as fits."""
    style = marks.word.style
    face = fonts[style.face]
    shaper = face_shaper(face)
    shaped = shaper.shape(marks.word.text, style.figures)
    left, right = (edge / face.units_per_em for edge in shaper.ink(shaped))
    width, height = right - left, face.cap_height / face.units_per_em
    diagonal = hypot(live.width, live.height)
    cosine, sine = live.width / diagonal, live.height / diagonal
    size = _WORD_SHARE * min(
        live.width / (width * cosine + height * sine), live.height / (width * sine + height * cosine)
    )
    scale = size / face.units_per_em
    centred = Matrix(scale, 0.0, 0.0, scale, -(left + width / 2) * size, height / 2 * size)
    turned = centred.then(Matrix(cosine, -sine, sine, cosine, live.x + live.width / 2, live.y + live.height / 2))
    outline = shaper.outline(shaped)
    return Group(live, (PathItem(outline, turned, None, stroke=marks.outline),), name="sample.word")
