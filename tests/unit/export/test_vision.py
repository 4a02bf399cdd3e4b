"""Cards as others see them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cardprint.export.vision import Vision, pictures_of, seen
from cardprint.paint import paint_pdf
from cardprint.pipeline import ComposedCard, Project, lay_out_card

RED, GREEN = (166, 31, 51), (20, 105, 75)
BLIND = [Vision.PROTANOPIA, Vision.DEUTERANOPIA, Vision.TRITANOPIA]


def look(colour: tuple[int, int, int], vision: Vision) -> tuple[int, ...]:
    """A plain colour as it is seen."""
    pixel = seen(Image.new("RGB", (1, 1), colour), vision).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(int(channel) for channel in pixel)


@pytest.mark.parametrize("vision", list(Vision))
def test_black_white_and_greys_stay(vision: Vision) -> None:
    """To a level or two: nobody lacks them."""
    for level in (0, 128, 255):
        assert all(abs(channel - level) <= 2 for channel in look((level, level, level), vision))


@pytest.mark.parametrize(
    ("vision", "expected"),
    [(Vision.PROTANOPIA, (109, 95, 0)), (Vision.DEUTERANOPIA, (163, 144, 0)), (Vision.TRITANOPIA, (255, 0, 15))],
)
def test_red_as_the_published_matrices_have_it(vision: Vision, expected: tuple[int, int, int]) -> None:
    """Their first column, coded as sRGB."""
    assert all(abs(one - other) <= 2 for one, other in zip(look((255, 0, 0), vision), expected, strict=True))


def test_grades_look_alike_to_who_lacks_green() -> None:
    """The hues of A and F differ for most people and not for them: the letter has to say it."""

    def warmth(colour: tuple[int, ...]) -> int:
        return colour[0] - colour[1]

    assert warmth(RED) > 100 > -50 > warmth(GREEN)
    assert warmth(look(RED, Vision.DEUTERANOPIA)) >= 0
    assert warmth(look(GREEN, Vision.DEUTERANOPIA)) >= 0


def test_grey_has_no_colour() -> None:
    """The twin is the picture as printed, which is untouched."""
    assert 1 == len(set(look(RED, Vision.GREY)))
    assert look(RED, Vision.PRINTED) == RED


def test_pictures_show_the_trimmed_page(shipped: Project, mississippi: ComposedCard) -> None:
    """At the resolution that was asked for, one for each way of seeing."""
    pdf = paint_pdf(lay_out_card(shipped, mississippi, None)[0])
    pictures = {vision: Image.open(io.BytesIO(png)) for vision, png in pictures_of(pdf, 36).items()}
    assert list(Vision) == list(pictures)
    assert {(306, 396)} == {picture.size for picture in pictures.values()}
    assert len(BLIND) + 2 == len({picture.tobytes() for picture in pictures.values()})
