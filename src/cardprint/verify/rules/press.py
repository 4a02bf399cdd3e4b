"""What a print file must be fit for: everything of the preflight that needs no raster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Document
from cardprint.verify.rules.press_inks import InkReader, verify_inks
from cardprint.verify.rules.press_lines import verify_lines_and_type
from cardprint.verify.rules.press_sheet import sheet_of, verify_sheet

_MOST_LOOKS: Final = 2_000_000
"""Pairs of a text and an area that may lie under it. A card has twenty thousand."""


def verify_press(
    document: Document,
    spec: PressSpec,
    bleeds: Sequence[float] | None = None,
    marks: Sequence[Sequence[Rect]] | None = None,
) -> Iterator[Finding]:
    """Judge every page of an open file whose shapes were read.

    `bleeds` are those that the pages were to have, `marks` the regions of the engine's own words, which stand in the
    margins of samples."""
    inks = InkReader(document.file)
    for page in document.pages:
        at = page.number - 1
        sheet = sheet_of(page, document.file)
        yield from verify_sheet(page, sheet, spec, bleeds[at] if bleeds and at < len(bleeds) else None)
        if len(page.content.shapes) * len(page.content.fragments) > _MOST_LOOKS:
            yield Finding("inks-unproved", "The page holds more texts and areas than can be compared.", page.number)
            continue
        yield from verify_inks(page, sheet, inks, spec)
        own = marks[at] if marks and at < len(marks) else ()
        yield from verify_lines_and_type(page, sheet, inks, spec, own)
