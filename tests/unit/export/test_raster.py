from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from cardprint.export.raster import rasterize


def two_pages() -> bytes:
    """An empty page, and one whose lower left quarter is red."""
    writer = PdfWriter()
    writer.add_blank_page(144, 72)
    page = writer.add_blank_page(144, 72)
    content = DecodedStreamObject()
    content.set_data(b"1 0 0 rg 0 0 72 36 re f")
    page[NameObject("/Contents")] = writer._add_object(content)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_resolution_gives_the_size() -> None:
    """144 by 72 points at 100 dpi are 200 by 100 pixels, and the file says so."""
    picture = pixels(rasterize(two_pages(), 100))
    assert (picture.size, picture.mode, picture.format) == ((200, 100), "RGB", "PNG")
    assert picture.info["dpi"] == pytest.approx((100, 100), abs=0.01)


def test_page_is_painted_on_white() -> None:
    """The page asked for, the right way up."""
    picture = pixels(rasterize(two_pages(), 72, page=1))
    assert picture.getpixel((10, 60)) == (255, 0, 0)
    assert picture.getpixel((10, 10)) == (255, 255, 255)
    assert pixels(rasterize(two_pages(), 72)).getcolors() == [(144 * 72, (255, 255, 255))]


def test_same_pdf_same_bytes() -> None:
    """Also from several threads at once."""
    pdf = two_pages()
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _: rasterize(pdf, 150, page=1), range(8)))) == 1


@pytest.mark.parametrize(
    ("dpi", "page", "message"), [(0, 0, "must be positive"), (72, 2, "page 2 of a PDF of 2 pages")]
)
def test_what_cannot_be_drawn_is_refused(dpi: float, page: int, message: str) -> None:
    """No resolution, no such page."""
    with pytest.raises(ValueError, match=message):
        rasterize(two_pages(), dpi, page)
