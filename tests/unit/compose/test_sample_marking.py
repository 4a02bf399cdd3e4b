"""What comes of sample data says so: on the page, in the title, in the name of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.compose import MARKS_FACE, build_scope, card_file_name, compose_pages, sample_file_name
from cardprint.model.content import PageContent
from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.layout_spec import LayoutSpec, StackSpec
from cardprint.model.typography import FontBook

DATE = dt.datetime(2021, 11, 17, tzinfo=dt.UTC)
MakeLayout = Callable[..., LayoutSpec]


@pytest.fixture
def page(layout: MakeLayout, state: StateRecord, fonts: FontBook) -> Callable[[Framework], PageContent]:
    """An empty page of a card of a framework."""
    spec = layout(StackSpec(children=()))
    return lambda framework: compose_pages(spec, build_scope(framework, state), fonts, DATE, "cardprint")[0]


def test_page_of_a_sample_is_marked(framework: Framework, page: Callable[[Framework], PageContent]) -> None:
    """The framework alone decides; the layout is not asked."""
    marks = page(replace(framework, sample=True)).sample
    assert marks is not None
    assert ("SAMPLE DATA", "SAMPLE") == (marks.words.text, marks.word.text)
    assert {MARKS_FACE} == {marks.words.style.face, marks.word.style.face}


def test_page_of_real_data_is_not_marked(framework: Framework, page: Callable[[Framework], PageContent]) -> None:
    """The twin."""
    content = page(replace(framework, sample=False))
    assert (None, "New Mexico: Report Card") == (content.sample, content.info.title)


def test_title_of_a_sample_says_so_first(framework: Framework, page: Callable[[Framework], PageContent]) -> None:
    """Where it cannot be cut off."""
    assert "SAMPLE DATA: New Mexico: Report Card" == page(replace(framework, sample=True)).info.title


@pytest.mark.parametrize(("language", "marked"), [("en-US", None), ("en", None), ("es-MX", "en"), ("enm", "en")])
def test_marks_are_english(
    language: str, marked: str | None, framework: Framework, page: Callable[[Framework], PageContent]
) -> None:
    """On a card in another language they carry their own."""
    edition = replace(framework.edition, language=language)
    marks = page(replace(framework, edition=edition, sample=True)).sample
    assert marks is not None
    assert marked == marks.words.language


def test_file_of_a_sample_is_named_so(
    framework: Framework, state: StateRecord, layout: Callable[..., LayoutSpec]
) -> None:
    """Before what the dataset calls it; real data keeps its name."""
    spec = layout(StackSpec(children=()))
    name = card_file_name(framework, state, spec)
    assert f"sample-{name}" == card_file_name(replace(framework, sample=True), state, spec)
    assert not name.startswith("sample")


def test_file_that_says_so_already_is_not_named_twice() -> None:
    """A dataset may call itself a sample."""
    assert ["sample-ohio", "Sample-Ohio"] == [sample_file_name("sample-ohio"), sample_file_name("Sample-Ohio")]


def test_contrast_of_the_marks(framework: Framework, page: Callable[[Framework], PageContent]) -> None:
    """Black on the band, far more than 4.5:1; the outline so pale that quiet text across it keeps 4.5:1."""
    marks = page(replace(framework, sample=True)).sample
    assert marks is not None
    assert 7.0 < contrast(marks.words.style.swatch.rgb, marks.ground.rgb)
    quiet = (0x51, 0x60, 0x7A)
    assert 4.5 < contrast(quiet, marks.outline.swatch.rgb)
    assert 1.25 < contrast((255, 255, 255), marks.outline.swatch.rgb)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2.1."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: tuple[int, int, int]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
