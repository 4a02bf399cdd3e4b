"""Every word is seen: nothing is painted over it, and it stands out from what is painted under it (WCAG 2.1, 1.4.3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.verify.reading.colours import hexadecimal_colour
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.fragments import Colour, Fragment
from cardprint.verify.reading.raster import Rasters

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST: Final = 4.5
_LEAST_LARGE: Final = 3.0
_LARGE: Final = 18.0
_LARGE_BOLD: Final = 14.0
_BOLD: Final = re.compile(r"(?<!semi)(?<!demi)(?:bold|black|heavy)", re.IGNORECASE)

_LEAST_INK: Final = 0.6
"""Pixels that the ink of a word covers at the least."""

_SEEN: Final = 5.0
"""By how much, of 255, the page may differ on average from its ground with the word on it."""

_LEAST_WORK: Final = 1_000
_MOST_WORK: Final = 60_000_000
"""Pixels that are looked at on one page, a word counting for some at the least."""

_COVERED: Final = 160
"""From here on a pixel counts as covered by a letter."""

_SHARE: Final = 0.04
"""A colour under fewer of a word's pixels is an edge, not its ground."""


class WordContrast(NamedTuple):
    """A word of page `page` as it is seen: its box, its colour, the ground under it from which it stands out least,
    with what contrast, and what that has to be at least."""

    text: str
    page: int
    rect: Rect
    colour: Colour
    ground: Colour
    ratio: float
    least: float


def verify_contrast(page: Page, rasters: Rasters) -> Iterator[Finding]:
    """Judge each word of a page by its pixels. Words that are too pale in the same way are told together."""
    pale: dict[tuple[str, str, float], list[WordContrast]] = {}
    for measured in measure_contrast(page, rasters):
        if isinstance(measured, Finding):
            yield measured
        elif measured.ratio < measured.least:
            colours = hexadecimal_colour(measured.colour), hexadecimal_colour(measured.ground)
            pale.setdefault((*colours, measured.least), []).append(measured)
    for (colour, ground, least), found in pale.items():
        first, more = found[0], len(found) - 1
        told = f"“{first.text}” and {more} more word{'s' * (more > 1)} ({colour}) stand" if more else ""
        message = (
            f"{told or f'“{first.text}” ({colour}) stands'} on {ground} with a contrast of {first.ratio:.2f}:1; "
            f"{'they need' if more else 'it needs'} {least:g}:1."
        )
        yield Finding("contrast", message, page.number, first.rect)


def measure_contrast(page: Page, rasters: Rasters) -> Iterator[WordContrast | Finding]:
    """The contrast of each word of a page; a finding where there is none to measure."""
    pixels = 0.0
    for fragment in page.content.fragments:
        if not fragment.text.strip() or fragment.hidden or fragment.in_form:
            continue
        for text, rect in words(fragment):
            pixels += _LEAST_WORK + rect.width * rect.height * rasters.scale**2
            if pixels > _MOST_WORK:
                message = "The page holds more text than can be measured; the contrast of the rest was not."
                yield Finding("contrast-unproved", message, page.number, rect, severity=Severity.WARNING)
                return
            yield _measured(text, rect, fragment, page, rasters)


def words(fragment: Fragment) -> Iterator[tuple[str, Rect]]:
    """The words of a fragment, each with the box of its ink."""
    text, rect = "", None
    for letter in fragment.letters():
        if letter.text.isspace() and letter.ink is None:
            if rect is not None:
                yield text, rect
            text, rect = "", None
        else:
            text += letter.text
            if letter.ink is not None:
                rect = letter.ink if rect is None else rect.union(letter.ink)
    if rect is not None:
        yield text, rect


def _measured(text: str, rect: Rect, fragment: Fragment, page: Page, rasters: Rasters) -> WordContrast | Finding:
    from PIL import Image, ImageChops, ImageStat

    box = _pixels(rect, rasters)
    ink = rasters.ink.crop(box)
    if sum(level * count for level, count in enumerate(ink.histogram())) / 255 < _LEAST_INK:
        return Finding("text-invisible", f"“{text}” leaves no ink on the page.", page.number, rect)
    seen, ground = rasters.page.crop(box), rasters.ground.crop(box)
    core = ink.point(lambda level: 255 if level >= _COVERED else 0)
    if not core.getbbox():
        core = ink.point(lambda level: 255 if level else 0)
    colour = fragment.colour if fragment.colour is not None else _colour_seen(seen, ground, ink, core)
    painted = Image.new("RGB", seen.size, tuple(round(channel * 255) for channel in colour))
    weight = ink if fragment.alpha >= 1 else ink.point(lambda level: round(level * fragment.alpha))
    difference = ImageChops.difference(seen, Image.composite(painted, ground, weight))
    if max(ImageStat.Stat(difference).mean) > _SEEN:
        message = f"“{text}” is not seen as it was painted: something covers it."
        return Finding("text-covered", message, page.number, rect)
    grounds = _grounds(ground, core)
    ratios = [(contrast(_blend(colour, under, fragment.alpha), under), under) for under in grounds]
    ratio, under = min(ratios)
    least = _LEAST_LARGE if _is_large(fragment) else _LEAST
    return WordContrast(text, page.number, rect, colour, under, ratio, least)


def _pixels(rect: Rect, rasters: Rasters) -> tuple[int, int, int, int]:
    """The pixels that a rectangle touches."""
    scale, (width, height) = rasters.scale, rasters.page.size
    left, top = min(max(int(rect.x * scale), 0), width - 1), min(max(int(rect.y * scale), 0), height - 1)
    right, bottom = int(rect.right * scale) + 1, int(rect.bottom * scale) + 1
    return left, top, max(left + 1, min(right, width)), max(top + 1, min(bottom, height))


def _colour_seen(seen: Image, ground: Image, ink: Image, core: Image) -> Colour:
    """The colour of the letters as they are seen, where the file does not say it plainly: of each pixel what its ground
    has no part in, and of these the median."""
    channels, under, weights, covered = (picture.tobytes() for picture in (seen, ground, ink, core))
    found = []
    for channel in range(3):
        pixels = zip(channels[channel::3], under[channel::3], weights, covered, strict=True)
        levels = sorted(low + (level - low) * 255 / weight for level, low, weight, letter in pixels if letter)
        found.append(min(max(levels[len(levels) // 2] / 255, 0.0), 1.0))
    return found[0], found[1], found[2]


def _grounds(ground: Image, core: Image) -> list[Colour]:
    """The colours under the letters."""
    sole = ground.getcolors(1)
    if sole is not None:
        return [_unit(sole[0][1])]
    channels, covered = ground.tobytes(), core.tobytes()
    pixels = zip(channels[::3], channels[1::3], channels[2::3], covered, strict=True)
    counts = Counter((red, green, blue) for red, green, blue, letter in pixels if letter)
    enough = min(_SHARE * counts.total(), max(counts.values()))
    return [_unit(pixel) for pixel, count in counts.items() if count >= enough]


def _unit(pixel: Any) -> Colour:
    red, green, blue = pixel
    return red / 255, green / 255, blue / 255


def _blend(colour: Colour, under: Colour, alpha: float) -> Colour:
    red, green, blue = (alpha * over + (1 - alpha) * below for over, below in zip(colour, under, strict=True))
    return red, green, blue


def _is_large(fragment: Fragment) -> bool:
    bold = any(_BOLD.search(part.font.name) for part in fragment.parts)
    return fragment.size >= _LARGE or (bold and fragment.size >= _LARGE_BOLD)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
