"""PDF pages as pictures, through PDFium."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2 as pdfium

from cardprint.model.native import PDFIUM

_POINTS_PER_INCH: Final = 72.0


def rasterize(pdf: bytes, dpi: float, page: int = 0) -> bytes:
    """Page `page` (from 0) as a PNG of `dpi` pixels to the inch, on white. The same PDF gives the same bytes.

    Raises `ValueError` for a resolution that is not positive or a page that the PDF does not have."""
    if not dpi > 0:
        raise ValueError(f"a resolution must be positive, not {dpi:g} dpi")
    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                raise ValueError(f"page {page} of a PDF of {len(document)} pages (counted from 0)")
            image = document[page].render(scale=_scale(dpi)).to_pil().convert("RGB")
        finally:
            document.close()
    file = io.BytesIO()
    image.save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def _scale(dpi: float) -> float:
    """Pixels to the point, a hair less than exact: PDFium rounds up, and 1650.0000000001 pixels would become 1651."""
    return dpi / _POINTS_PER_INCH * (1 - 1e-9)
