"""Tile, fraction, icon, image, rule, spacer and what is turned: blocks of a size of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout.measure import Measured, Widths
from cardprint.layout.shaping import face_shaper
from cardprint.model.content import (
    FractionBlock,
    IconBlock,
    ImageBlock,
    RotatedBlock,
    RuleBlock,
    StackBlock,
    TileBlock,
)
from cardprint.model.frame import FilledRect, Group, ImageItem, PathItem, TextRun
from cardprint.model.geometry import Matrix, Rect, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import Figures

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader


SQUARE = Size(30.0, 30.0)


def tile(make: Maker, text: str = "F", size: Size = SQUARE) -> TileBlock:
    return TileBlock(
        text=make.run(text, make.head), size=size, radius=4.0, fill=make.tint, role=Role(Tag.P, reads=f"Grade: {text}")
    )


def ink_of(run: TextRun) -> tuple[float, float]:
    """The left and right edge of the run's ink on the page."""
    piece, _ = run.pieces  # the letters, and the space that ends a text
    left, right = face_shaper(piece.face).ink(piece)
    scale = run.size / piece.face.units_per_em
    return run.x + left * scale, run.x + right * scale


@pytest.mark.parametrize("letter", list("ABCDF"))
def test_letter_stands_in_the_optical_middle_of_its_tile(make: Maker, read: Reader, letter: str) -> None:
    """A letter is centred by its ink, not by its bearings: F would hang left otherwise; its capitals' height is
    centred too."""
    (run,) = read.texts(make.place(tile(make, letter), Rect(10.0, 5.0, 60.0, 60.0)))
    left, right = ink_of(run)
    assert left - 10.0 == pytest.approx(40.0 - right)
    cap_height = 0.7 * 20.0
    assert run.baseline - cap_height - 5.0 == pytest.approx(35.0 - run.baseline)


def test_tile_keeps_its_size(make: Maker) -> None:
    """A tile stands at the top left of its region at its own size, its ground beneath its letter."""
    placed = make.place(tile(make), Rect(10.0, 5.0, 60.0, 60.0))
    ground, letter = placed.items
    assert FilledRect(Rect(10.0, 5.0, 30.0, 30.0), make.tint, 4.0) == ground
    assert isinstance(letter, TextRun)
    assert Role(Tag.P, reads="Grade: F") == placed.role


def test_tracked_letters_are_centred_without_their_last_tracking(make: Maker, read: Reader) -> None:
    """Two tracked letters stand in the middle with one tracking between them."""
    block = tile(make)
    style = replace(make.head, tracking=0.1)
    (run,) = read.texts(make.place(replace(block, text=make.run("HH", style)), Rect(0.0, 0.0, 30.0, 30.0)))
    left, right = ink_of(run)
    assert left == pytest.approx(30.0 - (right + 0.1 * 20.0))


def test_tile_measures_its_baseline(make: Maker) -> None:
    """A letter in a tile can stand on a row's baseline."""
    assert Measured(Size(30.0, 30.0), (30.0 + 14.0) / 2) == make.measure(tile(make), 30.0)


def test_tile_without_text_is_a_tile(make: Maker, read: Reader) -> None:
    """A tile whose text is empty shows its ground."""
    placed = make.place(tile(make, ""), Rect(0.0, 0.0, 30.0, 30.0))
    assert ([Rect(0.0, 0.0, 30.0, 30.0)], []) == (read.rects(placed), read.texts(placed))


def test_oversets_of_a_tile(make: Maker) -> None:
    """A text wider or higher than its tile and a tile wider than its column are reported; one that fits is not."""
    assert [] == make.reasons(tile(make), 30.0)
    assert ["is 30 pt wide in a column of 29.0 pt"] == make.reasons(tile(make), 29.0)
    assert ["is 14.0 pt high, its tile 10 pt"] == make.reasons(tile(make, size=Size(30.0, 10.0)), 30.0)
    width = make.width_of("WWW", make.head)
    assert [f"is {width:.1f} pt wide, its tile 30 pt"] == make.reasons(tile(make, "WWW"), 30.0)


AIR = 0.98
"""How deep the comma of 10 pt figures reaches."""

FIGURES = [("16", "17.5"), ("38", "11"), ("8,5", "17,5")]


def fraction(make: Maker, over: str = "16", under: str = "17.5") -> FractionBlock:
    style = replace(make.head, figures=Figures.TABULAR)
    return FractionBlock(
        over=make.run(over, style),
        under=make.run(under, replace(style, size=10.0)),
        bar=make.hairline,
        bar_width=25.0,
        clearance=3.0,
        role=Role(Tag.P),
    )


def test_fraction_is_centred_on_its_bar(make: Maker, read: Reader) -> None:
    """The bar lies between the figures, a clearance from each; all stand about one centre."""
    placed = make.place(fraction(make), Rect(10.0, 5.0, 60.0, 60.0))
    over, under = read.texts(placed)
    ((left, bar, right, _),) = read.rules(placed)
    centre = 10.0 + 12.5
    assert [centre] * 3 == pytest.approx([over.x + over.width / 2, (left + right) / 2, under.x + under.width / 2])
    assert (25.0, 5.0 + AIR + 14.0) == (right - left, over.baseline)
    assert 3.0 + 0.5 == bar - over.baseline
    assert 3.0 + 0.5 == pytest.approx(under.baseline - 7.0 - bar)


def test_scores_of_a_column_stand_alike(make: Maker, read: Reader) -> None:
    """Tabular figures are centred by their widths: 11 and 68 begin at the same place, whatever their ink."""
    first, second = (
        read.texts(make.place(fraction(make, over), Rect(0.0, 0.0, 60.0, 60.0)))[0].x for over in ("11", "68")
    )
    assert first == second


def test_fraction_measures_figures_bar_and_clearance(make: Maker) -> None:
    """A fraction is as high as its figures are, without ascenders, and what ink needs at both ends; its first baseline
    is the upper one. Whether figures are round or have a comma makes no difference."""
    measured = Measured(Size(25.0, AIR + 14.0 + 3.0 + 1.0 + 3.0 + 7.0 + AIR), AIR + 14.0)
    assert [measured] * 3 == [make.measure(fraction(make, *figures), 60.0) for figures in FIGURES]


@pytest.mark.parametrize("figures", [*FIGURES, ("(8)", "Q"), ("17,5", "g"), ("", "")])
def test_ink_of_a_fraction_stays_inside_it(make: Maker, read: Reader, figures: tuple[str, str]) -> None:
    """Also that of rounds, commas and brackets, which reach beyond the height of figures."""
    region = make.place(fraction(make, *figures), Rect(10.0, 5.0, 60.0, 60.0)).region
    for run in read.texts(make.place(fraction(make, *figures), Rect(10.0, 5.0, 60.0, 60.0))):
        piece = run.pieces[0]
        bottom, top = (edge * run.size / 1000 for edge in face_shaper(piece.face).height(piece))
        assert region.y <= run.baseline - top
        assert run.baseline - bottom <= region.bottom


def test_fraction_wider_than_its_bar(make: Maker) -> None:
    """Figures may be wider than the bar; the fraction is as wide as they are, and overset in less."""
    block = fraction(make, over="1234567")
    width = make.width_of("1234567", block.over.style)
    assert Widths(width, width) == make.intrinsic(block)
    assert [] == make.reasons(block, width)
    assert [f"is {width:.1f} pt wide in a column of 26.0 pt"] == make.reasons(block, 26.0)
    assert "the fraction 1234567 over 17.5" == make.measure(block, 26.0).overset[0].subject


def icon(make: Maker, width: float = 256.0, height: float = 256.0) -> IconBlock:
    outline = (("M", 0.0, 0.0), ("L", width, height), ("Z",))
    return IconBlock(icon=Icon("gavel", width, height, outline), size=32.0, swatch=make.ink, role=None)  # type: ignore[arg-type]


def test_icon_is_scaled_into_its_square(make: Maker) -> None:
    """The view box's corners land on the square's."""
    (item,) = make.place(icon(make), Rect(10.0, 5.0, 60.0, 60.0)).items
    assert isinstance(item, PathItem)
    assert ((10.0, 5.0), (42.0, 37.0)) == (item.matrix.apply(0.0, 0.0), item.matrix.apply(256.0, 256.0))


def test_icon_keeps_its_proportions(make: Maker) -> None:
    """A view box that is not square is centred in the square, not pulled."""
    (item,) = make.place(icon(make, 256.0, 128.0), Rect(10.0, 5.0, 60.0, 60.0)).items
    assert isinstance(item, PathItem)
    assert ((10.0, 13.0), (42.0, 29.0)) == (item.matrix.apply(0.0, 0.0), item.matrix.apply(256.0, 128.0))


def test_image_has_its_printed_size(make: Maker) -> None:
    """A picture fills its own size at the region's top left, whatever its pixels."""
    picture = Picture("wordmark.png", b"", 640, 160, "")
    block = ImageBlock(picture=picture, size=Size(80.0, 20.0), role=Role(Tag.FIGURE, alt="Shared Hope"))
    assert (ImageItem(picture, Rect(10.0, 5.0, 80.0, 20.0)),) == make.place(block, Rect(10.0, 5.0, 99.0, 99.0)).items
    assert [] == make.reasons(block, 80.0)
    assert ["is 80 pt wide in a column of 79.9 pt"] == make.reasons(block, 79.9)


def test_icon_wider_than_its_column_is_overset(make: Maker) -> None:
    """An icon does not shrink by itself."""
    assert [] == make.reasons(icon(make), 32.0)
    assert ["is 32 pt wide in a column of 31.0 pt"] == make.reasons(icon(make), 31.0)
    assert "the icon “gavel”" == make.measure(icon(make), 31.0).overset[0].subject


def test_rule_is_as_high_as_its_weight(make: Maker, read: Reader) -> None:
    """A rule lies across its region, its stroke inside the height that it measured."""
    block = RuleBlock(stroke=make.hairline)
    assert Measured(Size(180.0, 1.0)) == make.measure(block, 180.0)
    assert [(10.0, 5.5, 190.0, 5.5)] == read.rules(make.place(block, Rect(10.0, 5.0, 180.0, 1.0)))


def test_spacer_is_empty_height(make: Maker) -> None:
    """A spacer takes its height and paints nothing."""
    assert Measured(Size(180.0, 6.0)) == make.measure(make.spacer(6.0), 180.0)
    assert () == make.place(make.spacer(6.0), Rect(10.0, 5.0, 180.0, 6.0)).items


def on_page(group: Group, x: float, y: float) -> tuple[float, float]:
    assert group.matrix is not None
    return group.matrix.apply(x, y)


@pytest.mark.parametrize(
    ("angle", "start", "end", "below_start"),
    [
        pytest.param(90, (10.0, 70.0), (10.0, 20.0), (22.0, 70.0), id="reads upwards"),
        pytest.param(270, (22.0, 20.0), (22.0, 70.0), (10.0, 20.0), id="reads downwards"),
    ],
)
def test_turned_block(
    make: Maker, angle: int, start: tuple[float, float], end: tuple[float, float], below_start: tuple[float, float]
) -> None:
    """A child 50 points long and 12 high, turned in a region just as large: where its first line begins and ends, and
    where the child's foot is. Upwards, the foot is at the right; downwards, at the left."""
    child = replace(tile(make), size=Size(50.0, 12.0), text=make.run("F", make.body))
    placed = make.place(RotatedBlock(child=child, angle=angle), Rect(10.0, 20.0, 12.0, 50.0))
    assert (start, end, below_start) == (
        on_page(placed, 0.0, 0.0),
        on_page(placed, 50.0, 0.0),
        on_page(placed, 0.0, 12.0),
    )


@pytest.mark.parametrize("angle", [90, 270])
def test_turned_text_stands_in_the_middle_of_its_region(make: Maker, read: Reader, angle: int) -> None:
    """A tab over two rows is taller than its text needs: the text stands in its middle, along and across."""
    region = Rect(10.0, 20.0, 30.0, 150.0)
    placed = make.place(RotatedBlock(child=make.text("Extra credit"), angle=angle), region)
    (run,) = read.texts(placed)
    (inner,) = placed.items
    assert isinstance(inner, Group)
    assert placed.matrix is not None
    box = placed.matrix.apply_rect(inner.region)
    assert (region.x - box.x, region.y - box.y) == pytest.approx((box.right - region.right, box.bottom - region.bottom))
    assert (12.0, make.width_of("Extra credit")) == pytest.approx((box.width, box.height))
    assert run.width == pytest.approx(box.height)


def test_turned_block_swaps_width_and_height(make: Maker) -> None:
    """What was the child's height is the width it needs; in less it is overset."""
    block = RotatedBlock(child=make.text("Extra credit"), angle=90)
    assert Size(12.0, make.width_of("Extra credit")) == make.measure(block, 22.0).size
    assert Widths(12.0, 12.0) == make.intrinsic(block)
    assert [] == make.reasons(block, 12.0)
    assert ["is 12.0 pt wide when turned, in a column of 11.0 pt"] == make.reasons(block, 11.0)


def test_turned_stack(make: Maker, read: Reader) -> None:
    """Everything under one turn: two lines of a stack stand side by side, the first at the left when read upwards."""
    stack = StackBlock(children=(make.text("Extra"), make.text("credit")))
    placed = make.place(RotatedBlock(child=stack, angle=90), Rect(0.0, 0.0, 24.0, 60.0))
    extra, credit = read.texts(placed)
    assert on_page(placed, extra.x, extra.baseline)[0] < on_page(placed, credit.x, credit.baseline)[0]
    assert Matrix(0.0, -1.0, 1.0, 0.0, 0.0, (60.0 + make.width_of("credit")) / 2) == placed.matrix
