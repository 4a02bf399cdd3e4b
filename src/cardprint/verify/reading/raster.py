"""A page as PDFium paints it: as it is, without its text, and its text alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardprint.model.native import PDFIUM
from cardprint.verify.reading.values import DamagedFileError

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE: Final = 2.0
"""Pixels to the point: fine enough for the stems of 7 pt type."""

_MOST_PIXELS: Final = 12_000_000


class Rasters(Struct, frozen=True):
    """Pictures of one page inside its trim, `scale` pixels to the point: the `page`, its `ground` (both RGB), and the
    `ink` of its text (grey, 255 where a letter covers a pixel)."""

    page: Image
    ground: Image
    ink: Image
    scale: float


def rasterize(pdf: bytes, index: int) -> Rasters:
    """The pictures of page `index` (from 0). Text inside form XObjects belongs to the ground.

    Raises `DamagedFileError` if PDFium cannot read the file."""
    import pypdfium2 as pdfium
    from PIL import ImageChops

    def render(prepare: Callable[[Any], None]) -> Any:
        document = pdfium.PdfDocument(pdf)
        try:
            page = document[index]
            width, height = page.get_size()
            scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            prepare(page)
            cut = _outside_trim(page)
            return page.render(scale=scale, crop=cut, may_draw_forms=False).to_pil().convert("RGB"), scale
        finally:
            document.close()

    with PDFIUM:
        try:
            page, scale = render(lambda _: None)
            ground, _ = render(lambda page: _keep(page, text=False))
            letters, _ = render(lambda page: _keep(page, text=True))
        except (pdfium.PdfiumError, IndexError, OSError) as error:
            raise DamagedFileError(f"PDFium cannot paint the page ({error})") from None
    return Rasters(page, ground, ImageChops.invert(letters.convert("L")), scale)


class SheetRaster(Struct, frozen=True):
    """A picture of a whole untrimmed sheet, `scale` pixels to the point; `left` and `top` are how far, in points, its
    edges lie outside of the trim."""

    sheet: Image
    scale: float
    left: float
    top: float

    def colour(self, x: float, y: float) -> tuple[int, int, int] | None:
        """Red, green and blue at a point of the page, which counts from the top left of its trim; None beside the
        sheet."""
        column, row = int((x + self.left) * self.scale), int((y + self.top) * self.scale)
        if not (0 <= column < self.sheet.width and 0 <= row < self.sheet.height):
            return None
        pixel = self.sheet.getpixel((column, row))
        return pixel if isinstance(pixel, tuple) else None  # type: ignore[return-value] # of an RGB picture


def rasterize_sheet(pdf: bytes, index: int) -> SheetRaster:
    """Page `index` (from 0) with all that is cut off. Raises `DamagedFileError` if PDFium cannot read the file."""
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
            try:
                page = document[index]
                width, height = page.get_size()
                scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
                left, _, _, top = _outside_trim(page)
                picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
            finally:
                document.close()
        except (pdfium.PdfiumError, IndexError, OSError) as error:
            raise DamagedFileError(f"PDFium cannot paint the page ({error})") from None
    return SheetRaster(picture, scale, left, top)


def _outside_trim(page: Any) -> tuple[float, float, float, float]:
    """How much of the sheet lies left of, below, right of and above the trim."""
    left, bottom, right, top = page.get_cropbox()
    trim = page.get_trimbox()
    return max(0.0, trim[0] - left), max(0.0, trim[1] - bottom), max(0.0, right - trim[2]), max(0.0, top - trim[3])


def _keep(page: Any, *, text: bool) -> None:
    """Take everything but the text off a page, and make that black; or take the text off."""
    from pypdfium2 import raw

    for part in list(page.get_objects(max_depth=1)):
        if (part.type == raw.FPDF_PAGEOBJ_TEXT) is not text:
            page.remove_obj(part)
        elif text:
            raw.FPDFPageObj_SetFillColor(part.raw, 0, 0, 0, 255)


def extract_text(pdf: bytes, most: int) -> list[str]:
    """The text of each page as PDFium reads it, of the first `most` pages. Raises `DamagedFileError`."""
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
            try:
                return [page.get_textpage().get_text_range() for page in islice(document, most)]
            finally:
                document.close()
        except (pdfium.PdfiumError, OSError, UnicodeDecodeError) as error:
            raise DamagedFileError(f"PDFium cannot read the file ({error})") from None
