"""What a press can hold: lines and type that are not too thin, pictures fine enough, words away from the cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect, inch
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.painting import PlacedPicture, Shape
from cardprint.verify.rules.press_inks import InkReader, ground_total
from cardprint.verify.rules.press_sheet import Sheet

_THINNEST: Final = 0.25
"""Points: what a plate holds of a line."""

_SMALLEST: Final = 6.0
_SMALLEST_REVERSED: Final = 7.0
"""Points: type on paper, and type left out of a ground, into which ink runs."""

_LEAST_PPI: Final = 225.0
_ENOUGH_PPI: Final = 300.0
"""Pixels to the inch at printed size: one and a half times and twice the screen of 150 lines."""

_EXACT: Final = 0.01
_OVERHANG: Final = 0.05


def verify_lines_and_type(
    page: Page, sheet: Sheet, inks: InkReader, spec: PressSpec, marks: Sequence[Rect]
) -> Iterator[Finding]:
    """Judge a page's lines, type and pictures. In `marks` words may stand nearer to the cut."""
    for shape in page.content.shapes:
        yield from _verify_line(page, shape)
    safe = Rect(spec.safety, spec.safety, sheet.trim.width - 2 * spec.safety, sheet.trim.height - 2 * spec.safety)
    for fragment in page.content.fragments:
        if fragment.text.strip():
            yield from _verify_type(page, fragment, inks)
            if not safe.contains(fragment.ink, _OVERHANG) and not any(mark.contains(fragment.ink) for mark in marks):
                message = f"“{fragment.text.strip()}” comes nearer to the cut than {spec.safety:g} pt."
                yield Finding("safety-margin", message, page.number, fragment.ink)
    for picture in page.content.pictures:
        yield from _verify_picture(page, picture)


def _verify_line(page: Page, shape: Shape) -> Iterator[Finding]:
    weight = shape.stroke_weight if shape.is_stroked else None
    if weight is None and b" ".join(shape.path).endswith(b"re"):
        box = shape.box
        weight = None if box is None else min(box.width, box.height)
    if weight is not None and weight < _THINNEST - _EXACT:
        message = f"A line is {weight:.2g} pt thin; below {_THINNEST:g} pt it may not print."
        yield Finding("hairline", message, page.number, shape.box)


def _verify_type(page: Page, fragment: Fragment, inks: InkReader) -> Iterator[Finding]:
    size = fragment.size
    if size >= _SMALLEST_REVERSED - _EXACT:
        return
    text = fragment.text.strip()
    if size < _SMALLEST - _EXACT:
        message = f"“{text}” is set in {size:.3g} pt; below {_SMALLEST:g} pt type cannot be read."
        yield Finding("type-too-small", message, page.number, fragment.ink)
    elif inks.mix(fragment.fill, page).total < ground_total(page, fragment, inks):
        message = f"“{text}” is set in {size:.3g} pt on a darker ground; below {_SMALLEST_REVERSED:g} pt ink closes it."
        yield Finding("type-too-small", message, page.number, fragment.ink)


def _verify_picture(page: Page, picture: PlacedPicture) -> Iterator[Finding]:
    a, b, c, d, _, _ = picture.ctm
    width, height = (picture.image.entries.get(key) for key in ("Width", "Height"))
    if not isinstance(width, int) or not isinstance(height, int) or not hypot(a, b) or not hypot(c, d):
        yield Finding("picture-coarse", "A picture does not say how many pixels it has.", page.number, picture.box())
        return
    ppi = min(width / hypot(a, b), height / hypot(c, d)) * inch(1)
    if ppi < _ENOUGH_PPI - _EXACT:
        coarse = ppi < _LEAST_PPI - _EXACT
        least = _LEAST_PPI if coarse else _ENOUGH_PPI
        message = f"A picture has {ppi:.0f} pixels to the inch at its printed size; {least:g} are wanted."
        severity = Severity.ERROR if coarse else Severity.WARNING
        yield Finding("picture-coarse", message, page.number, picture.box(), severity=severity)
