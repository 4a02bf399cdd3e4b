"""Pictures that are outlines, and pictures with too few pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.content import Block, ImageBlock
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import Size
from cardprint.model.icon import Icon
from cardprint.model.layout_spec import ImageSpec
from cardprint.model.template import Template

ComposeBlock = Callable[..., Block]
MakeTemplate = Callable[[str], Template]


def test_an_outline_takes_its_swatch_and_any_size(compose: ComposeBlock, template: MakeTemplate) -> None:
    """40 by 10 units become 120 by 30 points: it has no pixels to run out of."""
    spec = ImageSpec(image=template("mark.svg"), width=120.0, height=None, alt=None, swatch=template("ink"))
    block = compose(spec)
    assert isinstance(block, ImageBlock)
    assert isinstance(block.picture, Icon)
    assert block.swatch is not None
    assert (Size(120.0, 30.0), "ink") == (block.size, block.swatch.name)


def test_an_outline_without_a_swatch_is_refused(compose: ComposeBlock, template: MakeTemplate) -> None:
    """It has no colour of its own."""
    with pytest.raises(DiagnosticError, match=r'no-swatch: The picture "mark\.svg" is an outline'):
        compose(ImageSpec(image=template("mark.svg"), width=120.0, height=None, alt=None))


@pytest.mark.parametrize(("width", "dpi"), [(192.0, None), (193.0, 149), (400.0, 72)])
def test_a_picture_needs_pixels_for_its_size(
    compose: ComposeBlock, template: MakeTemplate, width: float, dpi: int | None
) -> None:
    """400 pixels do for 192 points, which are 150 to the inch, and for no more."""
    spec = ImageSpec(image=template("mark.png"), width=width, height=None, alt=None)
    if dpi is None:
        assert isinstance(compose(spec), ImageBlock)
        return
    with pytest.raises(DiagnosticError) as caught:
        compose(spec)
    (diagnostic,) = caught.value.diagnostics
    assert "low-resolution" == diagnostic.code
    assert f"has {dpi} pixels to the inch" in diagnostic.message


def test_the_remedy_for_few_pixels_says_how_many_it_takes(compose: ComposeBlock, template: MakeTemplate) -> None:
    """300 points are 4 1/6 inches: 625 pixels."""
    with pytest.raises(DiagnosticError, match="at least 625 by 313 pixels"):
        compose(ImageSpec(image=template("mark.png"), width=300.0, height=None, alt=None))
