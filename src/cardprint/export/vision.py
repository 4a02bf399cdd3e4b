"""A finished card as others see it: from an office printer that has no colours, and with eyes that lack one."""

from __future__ import annotations

import io
from enum import Enum
from functools import lru_cache
from typing import Final

import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from cardprint.export.raster import beside_one_another
from cardprint.model.native import PDFIUM

_Matrix = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]


class Vision(Enum):
    """How a card is seen: as it is printed, in grey, or without one kind of cone."""

    PRINTED = "as printed"
    GREY = "in grey"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


_MATRICES: Final[dict[Vision, _Matrix]] = {
    Vision.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Vision.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Vision.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""On linear red, green and blue, severity 1.0 (Machado, Oliveira and Fernandes: A Physiologically-based Model for
Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009)."""

_TABLE: Final = 25
"""Steps of each channel that are calculated; between them colours are interpolated."""


def pictures_of(pdf: bytes, dpi: float, visions: tuple[Vision, ...] = tuple(Vision)) -> dict[Vision, bytes]:
    """The pages of a file, as cut and beside one another, as a PNG for each way of seeing them."""
    pages = beside_one_another(_cut_pages(pdf, dpi), dpi)
    return {vision: _png(seen(pages, vision)) for vision in visions}


def seen(picture: Image.Image, vision: Vision) -> Image.Image:
    """An RGB picture as it is seen in one of these ways."""
    if vision is Vision.PRINTED:
        return picture
    if vision is Vision.GREY:
        return picture.convert("L").convert("RGB")
    return picture.filter(_table(vision))


@lru_cache(maxsize=8)
def _table(vision: Vision) -> ImageFilter.Color3DLUT:
    matrix = _MATRICES[vision]

    def simulated(*channels: float) -> tuple[float, float, float]:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        mixed = [sum(weight * c for weight, c in zip(row, linear, strict=True)) for row in matrix]
        bounded = [min(1.0, max(0.0, c)) for c in mixed]
        red, green, blue = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in bounded)
        return red, green, blue

    return ImageFilter.Color3DLUT.generate(_TABLE, simulated)


def _cut_pages(pdf: bytes, dpi: float) -> list[Image.Image]:
    """Every page inside its trim."""
    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            pictures = []
            for page in document:
                left, bottom, right, top = page.get_mediabox()
                cut = page.get_trimbox()
                crop = (cut[0] - left, cut[1] - bottom, right - cut[2], top - cut[3])
                scale = dpi / 72 * (1 - 1e-9)
                pictures.append(page.render(scale=scale, crop=crop).to_pil().convert("RGB"))
            return pictures
        finally:
            document.close()


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
