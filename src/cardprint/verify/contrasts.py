"""The contrasts of a finished file, each pair of colours once, and what would mend one that fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from cardprint.model.finding import Finding
from cardprint.verify.reading.colours import hexadecimal_colour
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.fragments import Colour
from cardprint.verify.reading.raster import rasterize
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.contrast import WordContrast, contrast, measure_contrast

Rgb = tuple[int, int, int]

_HALVINGS: Final = 20


class ColourPair(Struct, frozen=True):
    """A colour of text on a ground: the contrast that it has and the one that it needs, how many words are set so, and
    the first of them. `passing` is the colour nearest to one that fails which passes there."""

    colour: Rgb
    ground: Rgb
    ratio: float
    least: float
    words: int
    example: str
    passing: Rgb | None = None

    @property
    def fails(self) -> bool:
        return self.ratio < self.least


def measure_contrasts(pdf: bytes) -> tuple[ColourPair, ...]:
    """Every pair of a finished file, as the full proof measures words, those that are nearest to failing first.

    A file that cannot be read has none: that is for the proof to tell."""
    words: list[WordContrast] = []
    try:
        document = Document(pdf)
        for page in document.pages:
            measured = measure_contrast(page, rasterize(pdf, page.number - 1))
            words += [word for word in measured if not isinstance(word, Finding)]
    except DamagedFileError:
        return ()
    found: dict[tuple[Rgb, Rgb, float], list[WordContrast]] = {}
    for word in words:
        found.setdefault((_whole(word.colour), _whole(word.ground), word.least), []).append(word)
    return tuple(sorted(map(_pair, found.values()), key=lambda pair: (pair.ratio / pair.least, pair.colour)))


def _pair(words: Sequence[WordContrast]) -> ColourPair:
    first = words[0]
    passing = nearest_passing(first.colour, first.ground, first.least) if first.ratio < first.least else None
    told = " ".join(word.text for word in words[:6])
    return ColourPair(_whole(first.colour), _whole(first.ground), first.ratio, first.least, len(words), told, passing)


def nearest_passing(colour: Colour, ground: Colour, least: float) -> Rgb | None:
    """The colour of the same hue whose lightness (OKLab) is nearest to that of `colour` and whose contrast with
    `ground` is at least `least`; None where neither black nor white would do.

    Chroma is kept as far as sRGB has it at that lightness."""
    lightness, a, b = _oklab(colour)
    found = []
    for end in (0.0, 1.0):
        if contrast(_srgb(end, 0.0, 0.0), ground) < least:
            continue
        near, far = lightness, end
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            if contrast(_unit(_whole(_in_gamut(middle, a, b))), ground) >= least:
                far = middle
            else:
                near = middle
        found.append((abs(far - lightness), _whole(_in_gamut(far, a, b))))
    return min(found)[1] if found else None


def _in_gamut(lightness: float, a: float, b: float) -> Colour:
    """The colour, with as much less chroma as sRGB needs."""
    low, high = 0.0, 1.0
    if _is_srgb(_srgb(lightness, a, b)):
        low = 1.0
    else:
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if _is_srgb(_srgb(lightness, a * middle, b * middle)):
                low = middle
            else:
                high = middle
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in _srgb(lightness, a * low, b * low))
    return red, green, blue


def _is_srgb(colour: Colour) -> bool:
    return all(-1e-4 <= channel <= 1 + 1e-4 for channel in colour)


def _oklab(colour: Colour) -> Colour:
    """OKLab (Björn Ottosson, 2020) of an sRGB colour."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _srgb(lightness: float, a: float, b: float) -> Colour:
    """The way back; channels outside of 0 to 1 where sRGB has no such colour."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red, green, blue = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
    )
    return red, green, blue


def _whole(colour: Colour) -> Rgb:
    red, green, blue = (round(channel * 255) for channel in colour)
    return red, green, blue


def _unit(colour: Rgb) -> Colour:
    red, green, blue = (channel / 255 for channel in colour)
    return red, green, blue


def hexadecimal(colour: Rgb) -> str:
    """As themes write it: #12233F."""
    return hexadecimal_colour(_unit(colour)).upper()
