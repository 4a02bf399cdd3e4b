"""Raster pictures as image XObjects (ISO 32000-1 §8.9.5), for a press in its inks."""

from __future__ import annotations

import io
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PIL import Image

from cardprint.model.icon import Picture
from cardprint.paint.output_intent import srgb_icc
from cardprint.paint.syntax import reference, stream

if TYPE_CHECKING:
    from cardprint.model.press import Press

_COLOUR_SPACES: Final = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
_GREY: Final = frozenset({"1", "L", "LA"})
"""What holds no colour prints in black alone."""

_ON_SCREENS: Final = frozenset({"L", "RGB"})
_ON_PRESSES: Final = frozenset({"L", "CMYK"})
_JPEG_START: Final = b"\xff\xd8\xff"


class Raster(Struct, frozen=True):
    """The dictionary entries of an image and its encoded data."""

    entries: str
    data: bytes

    def body(self, mask: int | None = None) -> bytes:
        """The XObject's stream; `mask` is the object number of its soft mask."""
        return stream(self.entries + (f"/SMask {reference(mask)}" if mask is not None else ""), self.data)


class EmbeddedImage(Struct, frozen=True):
    """A picture's colours and, where parts of it are transparent, its alpha."""

    colours: Raster
    alpha: Raster | None


@lru_cache(maxsize=32)
def embed_picture(picture: Picture, press: Press | None = None) -> EmbeddedImage:
    """The picture as PDF holds it: grey or RGB for screens, grey or the four inks for a press.

    A JPEG in such colours goes in as it is, one in inks decoded. Anything else is decoded to eight bits a channel and
    deflated, alpha to a soft mask; what is RGB is separated by the press's ICC profile. Colour profiles inside a file
    are not looked at: its values are taken as sRGB, or as those of the press."""
    modes = _ON_SCREENS if press is None else _ON_PRESSES
    image: Image.Image = Image.open(io.BytesIO(picture.data))
    if picture.data.startswith(_JPEG_START) and image.mode in modes & _ON_SCREENS:
        return EmbeddedImage(Raster(_entries(image, "/DCTDecode"), picture.data), None)
    grey = image.mode in _GREY
    alpha = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = _deflated(image.getchannel("A"))
    if image.mode not in modes:
        image = image.convert("RGB") if press is None else image.convert("L") if grey else _separated(image, press)
    return EmbeddedImage(_deflated(image), alpha)


def _separated(image: Image.Image, press: Press) -> Image.Image:
    """The picture in the inks of the press: relative colorimetric, its darkest tone the darkest of the press."""
    from PIL import ImageCms  # few cards have pictures, and fewer are printed

    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.profileToProfile(  # type: ignore[return-value] # None comes only of a change in place
        image.convert("RGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(srgb_icc())),
        ImageCms.ImageCmsProfile(io.BytesIO(press.icc.data)),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="CMYK",
        flags=flags,
    )


def _deflated(image: Image.Image) -> Raster:
    return Raster(_entries(image, "/FlateDecode"), zlib.compress(image.tobytes(), 9))


def _entries(image: Image.Image, coding: str) -> str:
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace{_COLOUR_SPACES[image.mode]}/BitsPerComponent 8/Filter{coding}"
    )
