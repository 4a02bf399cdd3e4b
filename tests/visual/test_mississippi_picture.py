"""The Mississippi card as a picture, against the one that somebody looked at and stored; the README shows that one.

Two pictures of the same page may differ a little: the stored one has a palette of 256 colours, and another version of
PDFium may smooth edges otherwise. Neither moves ink or changes a plain ground. So

- where both pictures are plain (a pixel and its neighbours differ by no more than `_PLAIN`), colours may differ by
  `_PALETTE` of 255, which is what the palette takes;
- elsewhere pictures are compared blurred over 5 × 5 pixels, 2.4 pt: smoothing stays within an edge and is averaged
  away, ink that moves by half a point is not. There they may differ by `_EDGE`.

`_STRAY` pixels of 2.1 million may differ by more. Measured: the palette takes 6 at most, 4 on plain grounds; smoothing
for the stripes of a liquid crystal display, the most different that PDFium has, brings no pixel beyond 24; a word of
body text moved by half a point 25 of them, by a point 88.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageFilter

from cardprint.export import rasterize
from cardprint.layout import lay_out
from cardprint.model.colour import Swatch
from cardprint.model.frame import FilledRect, FrameItem, Group, PageFrame, TextRun
from cardprint.paint import paint_pdf
from cardprint.pipeline import ComposedCard, Project

HERE = Path(__file__).parent
REFERENCE = HERE / "reference" / "2021-mississippi.png"
DIFFERENCES = HERE / "out"

_DPI: Final = 150
_PLAIN: Final = 8
_PALETTE: Final = 6
_EDGE: Final = 24
_STRAY: Final = 20
_MOST_BYTES: Final = 200_000
"""What a picture in a README may weigh."""


@pytest.fixture(scope="module")
def frame(mississippi: ComposedCard, shipped: Project) -> PageFrame:
    """The card, laid out."""
    return lay_out(mississippi.pages[0], shipped.fonts)[0]


@pytest.fixture(scope="module")
def reference() -> Image.Image:
    """The stored picture."""
    return Image.open(REFERENCE).convert("RGB")


def test_the_card_looks_as_it_was_stored(frame: PageFrame, accepting: bool) -> None:
    """To the eye; where it does not, the two are put side by side, what differs in red between them."""
    picture = pictured(frame)
    if accepting:
        store(picture)
    expected = Image.open(REFERENCE).convert("RGB")
    where = differences(expected, picture)
    if count(where) > _STRAY:
        path = side_by_side(expected, where, picture, DIFFERENCES / REFERENCE.name)
        hint = "If the change is meant: CARDPRINT_ACCEPT=1 pytest tests/visual, then look at the new picture."
        pytest.fail(
            f"{count(where)} pixels differ; expected, difference and actual are in {path}\n{hint}", pytrace=False
        )


def test_a_moved_word_is_caught(frame: PageFrame, reference: Image.Image) -> None:
    """The twin: the row's title "Youth" one point to the right."""

    def moved(item: FrameItem) -> FrameItem:
        return replace(item, x=item.x + 1) if isinstance(item, TextRun) and item.text == "Youth " else item

    assert count(differences(reference, pictured(changed(frame, moved)))) > _STRAY


def test_a_changed_colour_is_caught(frame: PageFrame, reference: Image.Image) -> None:
    """The twin: grades F in a red that few would tell from the right one."""
    other = Swatch("grade-f", (158, 31, 51), (23, 100, 80, 15))

    def recoloured(item: FrameItem) -> FrameItem:
        if isinstance(item, FilledRect) and item.fill is not None and item.fill.name == other.name:
            return replace(item, fill=other)
        return item

    assert count(differences(reference, pictured(changed(frame, recoloured)))) > _STRAY


def test_other_smoothing_is_no_difference(frame: PageFrame, reference: Image.Image) -> None:
    """The same page as PDFium renders it for a liquid crystal display: every edge is fringed, nothing has moved."""
    page = pypdfium2.PdfDocument(paint_pdf([frame]))[0]
    fringed = page.render(scale=_DPI / 72 * (1 - 1e-9), optimize_mode="lcd").to_pil().convert("RGB")
    assert ImageChops.difference(reference, fringed).getbbox() is not None
    assert count(differences(reference, fringed)) <= _STRAY


def test_what_differs_is_shown(frame: PageFrame, reference: Image.Image, tmp_path: Path) -> None:
    """Expected, difference, actual: three pages beside one another, and red in the middle one only."""
    picture = pictured(frame).copy()
    picture.paste((255, 255, 255), (75, 60, 500, 150))
    path = side_by_side(reference, differences(reference, picture), picture, tmp_path / "new" / "name.png")
    shown = Image.open(path)
    width, height = reference.size
    assert (3 * width, height) == shown.size
    assert (255, 0, 0) == shown.getpixel((width + 90, 100))


def pictured(frame: PageFrame) -> Image.Image:
    """A page as people see it."""
    return Image.open(io.BytesIO(rasterize(paint_pdf([frame]), _DPI)))


def store(picture: Image.Image) -> None:
    """Make a picture the one that others are compared with."""
    REFERENCE.parent.mkdir(exist_ok=True)
    palette = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(REFERENCE, optimize=True)
    assert REFERENCE.stat().st_size < _MOST_BYTES


def differences(expected: Image.Image, actual: Image.Image) -> Image.Image:
    """A mask of the pixels that differ by more than they may; all of them where the sizes do."""
    if expected.size != actual.size:
        return Image.new("L", expected.size, 255)
    mask = Image.new("L", expected.size, 0)
    part = beyond(expected, actual, _PALETTE).getbbox()
    if part is not None:
        part = (part[0] - 3, part[1] - 3, part[2] + 3, part[3] + 3)  # as far as neighbours and blurring reach
        mask.paste(differences_in(expected.crop(part), actual.crop(part)), part)
    return mask


def differences_in(expected: Image.Image, actual: Image.Image) -> Image.Image:
    plain = ImageChops.multiply(plain_areas(expected), plain_areas(actual))
    grounds = ImageChops.multiply(beyond(expected, actual, _PALETTE), plain)
    blur = ImageFilter.BoxBlur(2)
    return ImageChops.lighter(grounds, beyond(expected.filter(blur), actual.filter(blur), _EDGE))


def plain_areas(picture: Image.Image) -> Image.Image:
    """A mask of the pixels whose neighbours are like them."""
    spread = ImageChops.subtract(picture.filter(ImageFilter.MaxFilter(3)), picture.filter(ImageFilter.MinFilter(3)))
    return ImageChops.invert(above(spread, _PLAIN))


def beyond(one: Image.Image, other: Image.Image, tolerance: int) -> Image.Image:
    """A mask of the pixels of which any channel differs by more than `tolerance`."""
    return above(ImageChops.difference(one, other), tolerance)


def above(picture: Image.Image, level: int) -> Image.Image:
    red, green, blue = picture.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([0] * (level + 1) + [255] * (255 - level))


def count(mask: Image.Image) -> int:
    return mask.histogram()[255]


def side_by_side(expected: Image.Image, where: Image.Image, actual: Image.Image, path: Path) -> Path:
    """Write expected, difference and actual beside one another; what differs is red on a pale page."""
    pale = Image.blend(expected.convert("L").convert("RGB"), Image.new("RGB", expected.size, "white"), 0.7)
    pale.paste((255, 0, 0), mask=where.filter(ImageFilter.MaxFilter(5)))
    sheet = Image.new("RGB", (3 * expected.width, max(expected.height, actual.height)), "white")
    for column, picture in enumerate((expected, pale, actual)):
        sheet.paste(picture, (column * expected.width, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)
    return path


def changed(frame: PageFrame, change: Callable[[FrameItem], FrameItem]) -> PageFrame:
    """The page with `change` made to each of its items."""

    def within(group: Group) -> Group:
        items = [within(item) if isinstance(item, Group) else change(item) for item in group.items]
        return replace(group, items=tuple(items))

    return replace(frame, root=within(frame.root))
