"""PDF pages as pictures, through PDFium."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium
from PIL import Image

from cardprint.model.native import PDFIUM

_POINTS_PER_INCH: Final = 72.0
_GUTTER_INCHES: Final = 0.25
_GUTTER_GREY: Final = (200, 200, 200)


def rasterize(pdf: bytes, dpi: float, page: int = 0) -> bytes:
    """Page `page` (from 0) as a PNG of `dpi` pixels to the inch, on white. The same PDF gives the same bytes.

    Raises `ValueError` for a resolution that is not positive or a page that the PDF does not have."""
    return _png(_pictures(pdf, dpi, page)[0], dpi)


def rasterize_pages(pdf: bytes, dpi: float) -> bytes:
    """All pages beside one another, likewise; between them a gutter of grey."""
    return _png(beside_one_another(_pictures(pdf, dpi, None), dpi), dpi)


def beside_one_another(pictures: Sequence[Image.Image], dpi: float) -> Image.Image:
    """Pictures from left to right, between them a gutter of grey."""
    if len(pictures) == 1:
        return pictures[0]
    gutter = round(_GUTTER_INCHES * dpi)
    width = sum(picture.width for picture in pictures) + gutter * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures)), _GUTTER_GREY)
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + gutter
    return sheet


def _pictures(pdf: bytes, dpi: float, page: int | None) -> list[Image.Image]:
    """One page, or all of them."""
    if not dpi > 0:
        raise ValueError(f"a resolution must be positive, not {dpi:g} dpi")
    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            if page is not None and not 0 <= page < len(document):
                raise ValueError(f"page {page} of a PDF of {len(document)} pages (counted from 0)")
            wanted = range(len(document)) if page is None else [page]
            return [document[number].render(scale=_scale(dpi)).to_pil().convert("RGB") for number in wanted]
        finally:
            document.close()


def _png(picture: Image.Image, dpi: float) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def _scale(dpi: float) -> float:
    """Pixels to the point, a hair less than exact: PDFium rounds up, and 1650.0000000001 pixels would become 1651."""
    return dpi / _POINTS_PER_INCH * (1 - 1e-9)
