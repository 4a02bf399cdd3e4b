"""A card looks as it does when it is made anew from the same data, whatever its fonts say that their glyphs are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.navigation import Bookmark, Navigation
from cardprint.verify.reading.document import Document, Page
from cardprint.verify.reading.raster import SheetRaster
from cardprint.verify.rules.navigation import verify_navigation

if TYPE_CHECKING:
    from PIL.Image import Image

_SAME: Final = 32
"""By how much, of 255, a channel of a pixel may differ: as much as moving an edge by a sixteenth of a point makes."""

_MOST_NAMED: Final = 4


def verify_likeness(page: Page, sheet: SheetRaster, original: SheetRaster) -> Iterator[Finding]:
    """Compare a page, pixel by pixel, with the same page of the card made anew."""
    if sheet.sheet.size != original.sheet.size:
        yield Finding("looks-altered", "The page is not as large as it is when the card is made anew.", page.number)
        return
    differing = _differing(sheet.sheet, original.sheet)
    extent = differing.getbbox()
    if extent is None:
        return
    named = list(dict.fromkeys(_texts_within(page, differing, sheet)))
    if named:
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        words = ", ".join(f"“{text}”" for text in named[:_MOST_NAMED]) + more
        message = f"The page does not look as it does when the card is made anew, at {words}."
    else:
        message = "The page does not look as it does when the card is made anew, where it has no text."
    left, top, right, bottom = (edge / sheet.scale for edge in extent)
    yield Finding(
        "looks-altered", message, page.number, Rect(left - sheet.left, top - sheet.top, right - left, bottom - top)
    )


def _differing(one: Image, other: Image) -> Image:
    """A mask of the pixels that differ in any channel."""
    from PIL import ImageChops

    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda level: 255 if level > _SAME else 0)


def _texts_within(page: Page, differing: Image, sheet: SheetRaster) -> Iterator[str]:
    """The texts under which pixels differ."""
    for fragment in chain(page.content.fragments, page.beside):
        ink, scale = fragment.ink, sheet.scale
        left, top = int((ink.x + sheet.left) * scale), int((ink.y + sheet.top) * scale)
        right, bottom = int((ink.right + sheet.left) * scale) + 1, int((ink.bottom + sheet.top) * scale) + 1
        text = fragment.text.strip()
        if text and differing.crop((left, top, max(right, left + 1), max(bottom, top + 1))).getbbox():
            yield text


def verify_same_ways(document: Document, original: Document) -> Iterator[Finding]:
    """Compare bookmarks, page labels and names of pages with those of the card made anew."""
    bookmarks = tuple(Bookmark(mark.title, mark.page) for mark in original.bookmarks if mark.page is not None)
    yield from verify_navigation(document, Navigation(original.destinations, bookmarks, tuple(original.labels)))
