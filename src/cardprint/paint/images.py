"""Raster pictures as image XObjects (ISO 32000-1 §8.9.5)."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PIL import Image

from cardprint.model.icon import Picture
from cardprint.paint.syntax import reference, stream

_COLOUR_SPACES: Final = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_JPEG_START: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Raster:
    """The dictionary entries of an image and its encoded data."""

    entries: str
    data: bytes = field(repr=False)

    def body(self, mask: int | None = None) -> bytes:
        """The XObject's stream; `mask` is the object number of its soft mask."""
        return stream(self.entries + (f"/SMask {reference(mask)}" if mask is not None else ""), self.data)


@dataclass(frozen=True, slots=True)
class EmbeddedImage:
    """A picture's colours and, where parts of it are transparent, its alpha."""

    colours: Raster
    alpha: Raster | None


@lru_cache(maxsize=32)
def embed_picture(picture: Picture) -> EmbeddedImage:
    """The picture as PDF holds it.

    A grey or RGB JPEG goes in as it is. Anything else is decoded to eight bits of grey or RGB and deflated, alpha
    to a soft mask. Colour profiles inside a file are not looked at: its values are taken as sRGB."""
    image: Image.Image = Image.open(io.BytesIO(picture.data))
    if picture.data.startswith(_JPEG_START) and image.mode in _COLOUR_SPACES:
        return EmbeddedImage(Raster(_entries(image, "/DCTDecode"), picture.data), None)
    alpha = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = _deflated(image.getchannel("A"))
    if image.mode not in _COLOUR_SPACES:
        image = image.convert("RGB")
    return EmbeddedImage(_deflated(image), alpha)


def _deflated(image: Image.Image) -> Raster:
    return Raster(_entries(image, "/FlateDecode"), zlib.compress(image.tobytes(), 9))


def _entries(image: Image.Image, coding: str) -> str:
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace{_COLOUR_SPACES[image.mode]}/BitsPerComponent 8/Filter{coding}"
    )
