"""The slug: what is written beside a printed page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.compose import MARKS_FACE, build_scope, compose_pages
from cardprint.model.content import PageGeometry, Slug
from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.geometry import NO_INSETS, Size
from cardprint.model.layout_spec import LayoutSpec, PageSpec, StackSpec
from cardprint.model.press import IccProfile, PressSpec, print_profile
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.typography import FontBook

DATE = dt.datetime(2021, 11, 17, 12, 0, tzinfo=dt.UTC)
PRINT = print_profile(PressSpec(), IccProfile(b"", ""))
MakeSlugs = Callable[..., list[Slug | None]]


@pytest.fixture
def slugs(layout: Callable[..., LayoutSpec], framework: Framework, state: StateRecord, fonts: FontBook) -> MakeSlugs:
    """The slugs of a card's pages."""

    def make(profile: OutputProfile = PRINT, pages: int = 1, name: str = "New Mexico") -> list[Slug | None]:
        spec = layout(StackSpec(children=()))
        sheet = PageGeometry(Size(612.0, 792.0), NO_INSETS, 9.0)
        spec = replace(spec, pages=tuple(PageSpec(f"page{at}", sheet, StackSpec(children=())) for at in range(pages)))
        place = replace(state.jurisdiction, name=name)
        scope = build_scope(framework, replace(state, jurisdiction=place))
        book = {MARKS_FACE: next(iter(fonts.values())), **fonts}
        contents = compose_pages(spec, scope, book, DATE, "cardprint", "ab" * 32, profile)
        return [content.slug for content in contents]

    return make


def test_it_says_what_the_page_is(slugs: MakeSlugs) -> None:
    """State and edition; the day, the printing condition and the beginning of the hash that the file carries."""
    (slug,) = slugs()
    assert slug is not None
    assert "New Mexico · Report Card" == slug.subject.text
    assert "2021-11-17 · print, FOGRA39 · data abababababababab" == slug.made.text


def test_of_several_pages_it_says_which(slugs: MakeSlugs) -> None:
    """Front and back look alike on a stack of sheets."""
    assert ["New Mexico · Report Card · page 1 of 2", "New Mexico · Report Card · page 2 of 2"] == [
        slug.subject.text for slug in slugs(pages=2) if slug is not None
    ]


def test_a_name_that_the_face_cannot_write_is_a_short_one(slugs: MakeSlugs) -> None:
    """The printer must know which card it is, whatever alphabet it is in."""
    (slug,) = slugs(name="Нью-Мексико")
    assert slug is not None
    assert "new-mexico · Report Card" == slug.subject.text


def test_it_is_left_out_where_nobody_wants_it(slugs: MakeSlugs) -> None:
    """On screens, and where the layout says so."""
    assert [None] == slugs(SCREEN)
    assert [None] == slugs(print_profile(PressSpec(slug=False), IccProfile(b"", "")))
