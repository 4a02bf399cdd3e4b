"""Cards for a press: boxes, inks, what prints over what, pictures, and what stands beside the page."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from cardprint.load.icc import parse_icc
from cardprint.model.colour import Swatch
from cardprint.model.content import Stroke
from cardprint.model.frame import FilledRect, FrameItem, Group, ImageItem, LinkArea, PageFrame, RuleItem
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec, print_profile
from cardprint.model.profile import ColourSpace
from cardprint.model.source import Source
from cardprint.model.structure import Role, Tag
from cardprint.paint import FrameError, paint_pdf
from cardprint.paint.colour import paint_of, text_paint

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

ICC = Path(__file__).parents[3] / "layouts/press/fogra39-coated.icc"
PRINT = print_profile(PressSpec(), parse_icc(Source("press.icc", ICC.read_bytes())))
MEDIA = Rect(-36, -36, 684, 864)
GOLD = Swatch("gold", (224, 165, 38), (11, 37, 98, 0), spot="PANTONE 7409 C")


def painted(make: Maker, *items: FrameItem, beside: tuple[FrameItem, ...] = ()) -> Any:
    """The only page of a print file with these items on it, and those beside it."""
    frame = replace(make.page(*items), media=MEDIA, furniture=Group(MEDIA, beside))
    return PdfReader(io.BytesIO(paint_pdf([frame], PRINT))).pages[0]


def operators(page: Any) -> list[str]:
    lines: list[str] = page.get_contents().get_data().decode("ascii").splitlines()
    return lines


def test_boxes_lie_in_one_another_about_the_trim(make: Maker) -> None:
    """The sheet begins at zero; the page is shifted to its trim, nine points of bleed around it."""
    page = painted(make, make.group(Tag.P, make.run("on", 36, 60)))
    boxes = {key: [float(side) for side in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")}
    assert boxes == {
        "/MediaBox": [0, 0, 684, 864],
        "/BleedBox": [27, 27, 657, 837],
        "/TrimBox": [36, 36, 648, 828],
    }
    assert operators(page)[0] == "1 0 0 1 36 36 cm"


def test_a_screen_page_is_not_shifted(make: Maker) -> None:
    """The twin: its sheet is its trim, and it has no bleed."""
    page: Any = PdfReader(io.BytesIO(paint_pdf([make.page(make.group(Tag.P, make.run("on", 36, 60)))]))).pages[0]
    assert "/BleedBox" not in page
    assert page["/MediaBox"] == page["/TrimBox"] == [0, 0, 612, 792]
    assert "36 36 cm" not in "\n".join(operators(page))


def test_figures_say_where_they_are_on_the_sheet(make: Maker) -> None:
    """Their boxes are shifted with the page."""
    figure = Group(Rect(100, 92, 50, 100), (FilledRect(Rect(100, 92, 50, 100), make.ink),), Role(Tag.FIGURE, alt="X"))
    frame = replace(make.page(figure), media=MEDIA)
    tree: Any = PdfReader(io.BytesIO(paint_pdf([frame], PRINT))).root_object["/StructTreeRoot"]
    assert tree["/K"]["/K"].get_object()["/A"]["/BBox"] == [136, 636, 186, 736]


@pytest.mark.parametrize(
    ("rgb", "size", "operator", "overprint"),
    [
        ((18, 35, 63), 8.8, "0 0 0 1 k", True),
        ((81, 96, 122), 11.9, "0 0 0 1 k", True),
        ((11, 74, 143), 8.2, "0 0 0 1 k", True),
        ((255, 255, 255), 9.0, "0 0 0 0 k", False),
        ((243, 227, 189), 11.5, "0 0 0 0 k", False),
        ((18, 35, 63), 12.0, "0.1 0.2 0.3 0.4 k", False),
        ((255, 255, 255), 78.0, "0.1 0.2 0.3 0.4 k", False),
    ],
    ids=["ink", "quiet", "link", "white", "cream", "ink at 12 pt", "white at 78 pt"],
)
def test_type_below_twelve_points_prints_in_one_ink(
    rgb: tuple[int, int, int], size: float, operator: str, overprint: bool
) -> None:
    """Dark colours become black and overprint, light ones are left out of their ground; larger type has its inks."""
    paint = text_paint(Swatch("any", rgb, (10, 20, 30, 40)), size, ColourSpace.CMYK)
    assert (paint.fill, paint.overprint) == (operator, overprint)


def test_screens_have_every_colour_at_every_size(make: Maker) -> None:
    """The twin."""
    for size in (6.0, 60.0):
        assert text_paint(make.ink, size, ColourSpace.RGB) is paint_of(make.ink, ColourSpace.RGB)


def test_only_small_black_type_overprints(make: Maker) -> None:
    """The state changes where it has to: before such type, and back before anything else."""
    page = painted(
        make,
        make.group(Tag.P, make.run("small", 36, 60, 9)),
        FilledRect(Rect(0, 0, 9, 9), make.red),
        make.group(Tag.P, make.run("small", 36, 80, 9), make.run("small", 86, 80, 9)),
        ImageItem(make.picture("L"), Rect(500, 300, 40, 20)),
    )
    states = [line for line in operators(page) if line.endswith(" gs")]
    assert states == ["/Overprint gs", "/Knockout gs", "/Overprint gs", "/Knockout gs"]
    entries = page["/Resources"]["/ExtGState"]
    assert {name: (state["/op"].value, state["/OPM"]) for name, state in entries.items()} == {
        "/Overprint": (True, 1),
        "/Knockout": (False, 0),
    }


def test_spot_inks_are_declared_with_their_alternate(make: Maker) -> None:
    """One separation for an ink, however often it is used; without its plate it becomes four inks."""
    page = painted(
        make,
        FilledRect(Rect(0, 0, 90, 9), GOLD, stroke=Stroke(1, GOLD)),
        FilledRect(Rect(0, 20, 90, 9), GOLD),
    )
    assert "/Spot#20PANTONE#207409#20C cs 1 scn" in operators(page)
    (space,) = page["/Resources"]["/ColorSpace"].values()
    assert list(space[:3]) == ["/Separation", "/PANTONE 7409 C", "/DeviceCMYK"]
    assert space[3]["/C1"] == [0.11, 0.37, 0.98, 0]


def test_spot_inks_are_colours_on_screens(make: Maker) -> None:
    """The twin."""
    page: Any = PdfReader(io.BytesIO(paint_pdf([make.page(FilledRect(Rect(0, 0, 90, 9), GOLD))]))).pages[0]
    assert "/ColorSpace" not in page["/Resources"]
    assert "0.878 0.647 0.149 rg" in operators(page)


@pytest.mark.parametrize(
    ("mode", "kind", "space"),
    [
        ("RGB", "PNG", "/DeviceCMYK"),
        ("RGB", "JPEG", "/DeviceCMYK"),
        ("RGBA", "PNG", "/DeviceCMYK"),
        ("CMYK", "JPEG", "/DeviceCMYK"),
        ("L", "PNG", "/DeviceGray"),
        ("L", "JPEG", "/DeviceGray"),
    ],
)
def test_pictures_are_separated(make: Maker, mode: str, kind: str, space: str) -> None:
    """By the ICC profile of the press; greys stay in black alone. What is transparent is mixed in inks."""
    page = painted(make, ImageItem(make.picture(mode, kind), Rect(500, 300, 40, 20)))
    (image,) = (image.get_object() for image in page["/Resources"]["/XObject"].values())
    assert (image["/ColorSpace"], "/SMask" in image) == (space, mode == "RGBA")
    assert page.get("/Group", {}).get("/CS") == ("/DeviceCMYK" if mode == "RGBA" else None)


def test_a_separated_red_is_magenta_and_yellow(make: Maker) -> None:
    """Not a complement: what the press makes of it."""
    page = painted(make, ImageItem(make.picture("RGB"), Rect(500, 300, 40, 20)))
    (image,) = (image.get_object() for image in page["/Resources"]["/XObject"].values())
    cyan, magenta, yellow, _ = image.get_data()[:4]
    assert cyan < 100 < 200 < magenta
    assert yellow > 150


def test_inks_in_a_jpeg_are_not_turned_over(make: Maker) -> None:
    """Programs write them as light; a separation counts ink."""
    page = painted(make, ImageItem(make.picture("CMYK", "JPEG"), Rect(500, 300, 40, 20)))
    (image,) = (image.get_object() for image in page["/Resources"]["/XObject"].values())
    assert all(abs(found - meant) < 8 for found, meant in zip(image.get_data()[:4], (20, 98, 78, 12), strict=True))


def test_a_print_file_knows_no_rgb_and_no_annotation(make: Maker) -> None:
    """The card that has one of everything, links and a transparent picture among them."""
    frame = replace(make.card(), media=MEDIA)
    page: Any = PdfReader(io.BytesIO(paint_pdf([frame], PRINT))).pages[0]
    assert not re.search(r"\b(?:rg|RG)\b", "\n".join(operators(page)))
    assert "/Annots" not in page
    assert b"/DeviceRGB" not in paint_pdf([frame], PRINT)
    assert "reportcards.sharedhope.org/toolkit" in page.extract_text()


def test_what_stands_beside_the_page_is_no_part_of_the_tags(make: Maker) -> None:
    """Marks and slug are artifacts, their fonts embedded with the others."""
    beside = (make.run("Mississippi", 9, 819, 7, make.head), RuleItem(0, -12, 0, -30, Stroke(0.25, make.ink)))
    page = painted(make, make.group(Tag.P, make.run("on", 36, 60)), beside=beside)
    lines = operators(page)
    assert lines.index("/Artifact<</Type/Layout>>BDC") > lines.index("EMC")
    assert 1 == sum("MCID" in line for line in lines)
    assert 2 == len(page["/Resources"]["/Font"])
    with pytest.raises(FrameError, match="cannot lead anywhere"):
        painted(make, beside=(LinkArea((Rect(0, 0, 9, 9),), "https://example.org", "x"),))


def test_equal_frames_give_equal_print_files(make: Maker) -> None:
    """Byte for byte."""
    frame: PageFrame = replace(make.card(), media=MEDIA)
    assert paint_pdf([frame], PRINT) == paint_pdf([frame], PRINT)
