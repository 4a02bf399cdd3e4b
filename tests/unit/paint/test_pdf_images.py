from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf import PdfReader

from cardprint.model.frame import ImageItem
from cardprint.model.geometry import Rect
from cardprint.model.icon import Picture
from cardprint.paint import paint_pdf

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def painted(make: Maker, *pictures: Picture) -> Any:
    """The page with the pictures on it, as pypdf reads it."""
    items = (ImageItem(picture, Rect(100 * at, 0, 80, 40)) for at, picture in enumerate(pictures))
    return PdfReader(io.BytesIO(paint_pdf([make.page(*items)]))).pages[0]


def test_transparency_becomes_a_soft_mask(make: Maker) -> None:
    """Colour and alpha of a PNG come back as they were; the page says in which colours it blends."""
    page = painted(make, make.picture("RGBA"))
    (image,) = page.images
    assert image.image.convert("RGBA").getpixel((3, 2)) == (166, 31, 51, 128)
    assert page["/Group"]["/CS"] == "/DeviceRGB"


def test_opaque_picture_has_no_mask(make: Maker) -> None:
    """Without transparency there is neither mask nor transparency group."""
    page = painted(make, make.picture("RGB"))
    assert "/SMask" not in page["/Resources"]["/XObject"]["/I1"]
    assert "/Group" not in page


@pytest.mark.parametrize(("mode", "space"), [("RGB", "/DeviceRGB"), ("L", "/DeviceGray")])
def test_jpeg_goes_in_as_it_is(make: Maker, mode: str, space: str) -> None:
    """A photograph is not decoded and compressed a second time."""
    picture = make.picture(mode, "JPEG")
    image = painted(make, picture)["/Resources"]["/XObject"]["/I1"]
    assert (image["/Filter"], image["/ColorSpace"], image._data) == ("/DCTDecode", space, picture.data)


def test_cmyk_jpeg_becomes_rgb(make: Maker) -> None:
    """Inks have no meaning in a file whose output intent is sRGB."""
    image = painted(make, make.picture("CMYK", "JPEG"))["/Resources"]["/XObject"]["/I1"]
    assert (image["/Filter"], image["/ColorSpace"]) == ("/FlateDecode", "/DeviceRGB")


def test_palette_png_becomes_rgb(make: Maker) -> None:
    """Modes that PDF does not have are decoded."""
    file = io.BytesIO()
    Image.new("RGB", (8, 4), (166, 31, 51)).quantize(4).save(file, "PNG")
    picture = Picture("palette.png", file.getvalue(), 8, 4, "palette")
    (image,) = painted(make, picture).images
    assert image.image.convert("RGB").getpixel((0, 0)) == (166, 31, 51)


def test_picture_used_twice_is_embedded_once(make: Maker) -> None:
    """The same file, loaded twice and placed twice, is one object; another file is another."""
    twice = painted(make, make.picture("RGB"), make.picture("RGB"), make.picture("L"))
    assert sorted(twice["/Resources"]["/XObject"]) == ["/I1", "/I2"]
    content = twice.get_contents().get_data()
    assert content.count(b"/I1 Do") == 2
    assert b"q 80 0 0 40 100 752 cm /I1 Do Q" in content
