"""The sheet that a printer cuts: its boxes, what bleeds over the cut, what must lie outside of the bleed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.file import PdfFile

_EXACT: Final = 0.02
"""Points by which boxes may be off: they are written with three decimals."""

_TOUCH: Final = 0.75
"""What comes so near to the cut counts as touching it: no knife is more exact."""

_REACH: Final = 0.1
"""Points that a bleed may lack."""

_RULE: Final = 2.0
"""Up to this thickness a filled rectangle is a rule."""

Box = tuple[float, float, float, float]


class Sheet(NamedTuple):
    """A page's boxes in points from the top left of its trim; None where the page does not have one."""

    trim: Rect
    bleed: Rect
    media: Rect | None
    has_trim: bool
    has_bleed: bool
    crop: Rect | None


def sheet_of(page: Page, file: PdfFile) -> Sheet:
    """The boxes of a page (ISO 32000-1 §14.11.2)."""
    left, top = page.box[0], page.box[3]

    def rect(key: str) -> Rect | None:
        box = file.box(page.entries.get(key))
        return None if box is None else Rect(box[0] - left, top - box[3], box[2] - box[0], box[3] - box[1])

    trim = Rect(0.0, 0.0, page.size.width, page.size.height)
    bleed = rect("BleedBox")
    return Sheet(trim, bleed or trim, rect("MediaBox"), "TrimBox" in page.entries, bleed is not None, rect("CropBox"))


def verify_sheet(page: Page, sheet: Sheet, spec: PressSpec, bleed: float | None) -> Iterator[Finding]:
    """Judge boxes, annotations, bleed, marks and the safety margin of rules. `bleed` is what the page was to have."""
    yield from _verify_boxes(page, sheet, bleed)
    for annotation in page.annotations:
        area = annotation.areas[0] if annotation.areas else None
        message = f"The page has an annotation ({annotation.subtype}); printers refuse files with any."
        yield Finding("print-annotation", message, page.number, area)
    if page.entries.get("AA") is not None:
        yield Finding("print-annotation", "The page has actions; printers refuse files with any.", page.number)
    safe = Rect(spec.safety, spec.safety, sheet.trim.width - 2 * spec.safety, sheet.trim.height - 2 * spec.safety)
    for shape in page.content.shapes:
        box = shape.box
        if box is None:
            continue
        if not _overlaps(sheet.trim, box):
            if _overlaps(sheet.bleed, box):
                message = "A mark that is no part of the page stands in its bleed."
                yield Finding("marks-in-bleed", message, page.number, box)
            continue
        if shape.is_filled:
            yield from _verify_bleed(page, sheet, box)
        if shape.is_stroked or min(box.width, box.height) <= _RULE:
            half = shape.stroke_weight / 2 if shape.is_stroked else 0.0
            line = Rect(box.x - half, box.y - half, box.width + 2 * half, box.height + 2 * half)
            if not _is_safe(line, safe, sheet):
                message = f"A rule comes nearer to the cut than {spec.safety:g} pt."
                yield Finding("safety-margin", message, page.number, box)


def _verify_boxes(page: Page, sheet: Sheet, bleed: float | None) -> Iterator[Finding]:
    if not sheet.has_trim or not sheet.has_bleed or sheet.media is None:
        missing = [
            key
            for key, there in (
                ("TrimBox", sheet.has_trim),
                ("BleedBox", sheet.has_bleed),
                ("MediaBox", sheet.media is not None),
            )
            if not there
        ]
        yield Finding("page-boxes", f"The page has no {' and no '.join(missing)}.", page.number)
        return
    if not sheet.bleed.contains(sheet.trim, _EXACT) or not sheet.media.contains(sheet.bleed, _EXACT):
        message = "The page's boxes do not lie in one another: the trim in the bleed, the bleed in the sheet."
        yield Finding("page-boxes", message, page.number)
    if sheet.crop is not None and not sheet.crop.contains(sheet.bleed, _EXACT):
        yield Finding("page-boxes", "The page's CropBox cuts off its bleed.", page.number)
    if bleed is not None:
        wanted = Rect(-bleed, -bleed, sheet.trim.width + 2 * bleed, sheet.trim.height + 2 * bleed)
        if not (wanted.contains(sheet.bleed, _EXACT) and sheet.bleed.contains(wanted, _EXACT)):
            message = f"The page's bleed should be {bleed:g} pt on each side; its BleedBox says otherwise."
            yield Finding("page-boxes", message, page.number)


def _verify_bleed(page: Page, sheet: Sheet, box: Rect) -> Iterator[Finding]:
    """What touches the cut runs to the end of the bleed, and there must be one."""
    trim, bleed = sheet.trim, sheet.bleed
    sides = (
        ("left", trim.x - box.x, trim.x - bleed.x),
        ("top", trim.y - box.y, trim.y - bleed.y),
        ("right", box.right - trim.right, bleed.right - trim.right),
        ("bottom", box.bottom - trim.bottom, bleed.bottom - trim.bottom),
    )
    for side, beyond, wanted in sides:
        if beyond < -_TOUCH:
            continue
        if wanted < _REACH:
            message = f"An area touches the {side} edge of a page without bleed: white would show where the cut is off."
            yield Finding("bleed-missing", message, page.number, box)
        elif beyond < wanted - _REACH:
            message = f"An area that touches the {side} edge ends {beyond:.1f} pt beyond the cut, not {wanted:.1f} pt."
            yield Finding("bleed-missing", message, page.number, box)


def _is_safe(line: Rect, safe: Rect, sheet: Sheet) -> bool:
    """Whether a rule keeps away from the cut on each side, or else runs over it to the end of the bleed."""
    bleed = sheet.bleed
    return (
        (line.x >= safe.x - _EXACT or line.x <= bleed.x + _REACH)
        and (line.y >= safe.y - _EXACT or line.y <= bleed.y + _REACH)
        and (line.right <= safe.right + _EXACT or line.right >= bleed.right - _REACH)
        and (line.bottom <= safe.bottom + _EXACT or line.bottom >= bleed.bottom - _REACH)
    )


def _overlaps(one: Rect, other: Rect) -> bool:
    """Whether two boxes have a point in common; a line has no area, but it has points."""
    return one.x < other.right + 1e-9 and other.x < one.right and one.y < other.bottom + 1e-9 and other.y < one.bottom
