"""What takes pixels to prove of a print file: that the bleed is painted, and how much ink pictures put down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Document, Page
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.raster import SheetRaster
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.press_sheet import sheet_of

_INSIDE: Final = 1.0
"""Points from the cut at which the page is looked at, to know what bleeds there."""

_FROM_END: Final = 0.75
"""Points before the end of the bleed at which it must still be there."""

_PAPER: Final = 24
_OTHER: Final = 64
"""By how much, of 255, a channel differs from paper, and from another colour."""

_LONGEST_GAP: Final = 2.0
"""Points along an edge: shorter differences are edges of what bleeds."""

_MOST_PIXELS: Final = 40_000_000


def verify_bleed_painted(page: Page, raster: SheetRaster, file: PdfFile) -> Iterator[Finding]:
    """Look along each edge: what is painted inside the cut must be painted at the end of the bleed as well."""
    sheet = sheet_of(page, file)
    trim, bleed = sheet.trim, sheet.bleed
    edges = (
        ("left", trim.x + _INSIDE, bleed.x + _FROM_END, True),
        ("right", trim.right - _INSIDE, bleed.right - _FROM_END, True),
        ("top", trim.y + _INSIDE, bleed.y + _FROM_END, False),
        ("bottom", trim.bottom - _INSIDE, bleed.bottom - _FROM_END, False),
    )
    for side, inside, outside, upright in edges:
        if abs(inside - outside) <= _INSIDE + _FROM_END:
            continue  # no bleed: the rule on areas that touch the cut tells of it
        start, length = (trim.y, trim.height) if upright else (trim.x, trim.width)
        gap = _longest_gap(raster, inside, outside, start, length, upright=upright)
        if gap is None:
            continue
        first, last = gap
        middle = (inside + outside) / 2
        rect = Rect(middle, first, 0.0, last - first) if upright else Rect(first, middle, last - first, 0.0)
        message = f"The bleed at the {side} edge is not painted for {last - first:.0f} pt: white would show."
        yield Finding("bleed-missing", message, page.number, rect)


def _longest_gap(
    raster: SheetRaster, inside: float, outside: float, start: float, length: float, *, upright: bool
) -> tuple[float, float] | None:
    """Where along an edge, in points, the longest stretch of bleed lacks; None where none does."""
    step = 1 / raster.scale
    longest, began = (0.0, 0.0), None
    at = start + step
    while at <= start + length:
        lacks = at < start + length - step and _lacks(raster, inside, outside, at, upright=upright)
        if lacks and began is None:
            began = at
        elif not lacks and began is not None:
            if at - began > longest[1] - longest[0]:
                longest = (began, at)
            began = None
        at += step
    return longest if longest[1] - longest[0] > _LONGEST_GAP else None


def _lacks(raster: SheetRaster, inside: float, outside: float, along: float, *, upright: bool) -> bool:
    here, there = ((inside, along), (outside, along)) if upright else ((along, inside), (along, outside))
    own, beyond = raster.colour(*here), raster.colour(*there)
    if own is None or beyond is None or max(255 - channel for channel in own) <= _PAPER:
        return False
    return max(abs(one - other) for one, other in zip(own, beyond, strict=True)) > _OTHER


def verify_picture_inks(document: Document, page: Page, spec: PressSpec) -> Iterator[Finding]:
    """Find pictures that put more ink on one spot than the paper bears."""
    seen: set[int] = set()
    for picture in page.content.pictures:
        if id(picture.image) in seen:
            continue
        seen.add(id(picture.image))
        if document.file.name(picture.image.entries.get("ColorSpace")) != "DeviceCMYK":
            continue
        width, height = (document.file.integer(picture.image.entries.get(key)) for key in ("Width", "Height"))
        try:
            data = document.file.data(picture.image)
        except DamagedFileError as error:
            yield Finding("ink-unproved", f"A picture cannot be read: {error}.", page.number, picture.box())
            continue
        if not width or not height or width * height > _MOST_PIXELS or len(data) != 4 * width * height:
            yield Finding("ink-unproved", "A picture's ink cannot be told.", page.number, picture.box())
            continue
        most = _most_ink(data)
        if most > spec.ink_limit + 1:
            message = f"A picture puts {most:.0f} % of ink on one spot; the limit is {spec.ink_limit:.0f} %."
            yield Finding("ink-limit", message, page.number, picture.box())


def _most_ink(data: bytes) -> float:
    """The most ink that any pixel has, in percent; `data` are the four inks of one pixel after another."""
    most = max(map(sum, set(zip(data[::4], data[1::4], data[2::4], data[3::4], strict=True))))
    return most / 255 * 100
