"""What stands beside a printed page: marks and slug, all of it outside of the bleed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardprint.layout import lay_out
from cardprint.layout.line import line_width
from cardprint.model.colour import Swatch
from cardprint.model.content import PageContent, PageGeometry, Run, Slug
from cardprint.model.frame import FrameItem, PageFrame, PathItem, RuleItem, TextRun
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.press import IccProfile, PressSpec, print_profile
from cardprint.model.typography import TextStyle

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker

ICC = IccProfile(b"", "")
LETTER = PageGeometry(Size(612.0, 792.0), Insets(36.0, 36.0, 36.0, 36.0), 9.0)
NARROW = PageGeometry(Size(288.0, 648.0), Insets(18.0, 18.0, 18.0, 18.0), 9.0)
STYLE = TextStyle("slug", "Barlow Condensed SemiBold", 7.0, 9.0, Swatch("slug", (0, 0, 0), (0, 0, 0, 100)))
SLUG = Slug(
    Run("Mississippi · 2021 Report Card on Child & Youth Sex Trafficking", STYLE),
    Run("2021-11-17 · print, FOGRA39 · data 0123456789abcdef", STYLE),
)


def content(
    make: Maker, page: PageGeometry = LETTER, spec: PressSpec | None = None, slug: Slug | None = SLUG
) -> PageContent:
    profile = print_profile(spec or PressSpec(), ICC)
    return replace(make.content(make.text("on")), page=page, profile=profile, slug=slug)


def laid_out(make: Maker, content: PageContent) -> PageFrame:
    return lay_out(content, make.fonts)[0]


def beside(frame: PageFrame) -> tuple[FrameItem, ...]:
    assert frame.furniture is not None
    return frame.furniture.items


def rules(frame: PageFrame) -> list[RuleItem]:
    return [item for item in beside(frame) if isinstance(item, RuleItem)]


def box(item: FrameItem) -> Rect:
    """What bounds an item, roughly for texts."""
    match item:
        case RuleItem():
            x, y = min(item.x1, item.x2), min(item.y1, item.y2)
            return Rect(x, y, abs(item.x1 - item.x2) or 0.01, abs(item.y1 - item.y2) or 0.01)
        case TextRun():
            return Rect(item.x, item.baseline - item.size, item.width, 1.25 * item.size)
        case PathItem():
            matrix = item.matrix
            return Rect(matrix.e - matrix.a, matrix.f - matrix.d, 2 * matrix.a, 2 * matrix.d)
    raise AssertionError(item)


def test_a_screen_page_has_nothing_beside_it(make: Maker) -> None:
    """Its sheet ends at the trim."""
    frame = laid_out(make, make.content(make.text("on")))
    assert (None, None) == (frame.media, frame.furniture)


def test_everything_stands_between_the_bleed_and_the_end_of_the_sheet(make: Maker) -> None:
    """So that the knife, and the eye, find the page whole; on wide pages, narrow ones, and ones without bleed."""
    for page in (LETTER, NARROW, replace(LETTER, bleed=0.0), replace(LETTER, bleed=72.0)):
        frame = laid_out(make, content(make, page))
        assert frame.media is not None
        for item in beside(frame):
            assert frame.media.contains(box(item)), item
            assert not page.sheet.meets(box(item)), item


def test_crop_marks_point_along_the_cuts(make: Maker) -> None:
    """Eight lines, a horizontal and a vertical one at each corner, in line with the trim."""
    lines = [rule for rule in rules(laid_out(make, content(make))) if max(abs(rule.x1), abs(rule.y1)) > 0]
    upright = {rule.x1 for rule in lines if rule.x1 == rule.x2 and rule.x1 in (0.0, 612.0)}
    level = {rule.y1 for rule in lines if rule.y1 == rule.y2 and rule.y1 in (0.0, 792.0)}
    assert ({0.0, 612.0}, {0.0, 792.0}) == (upright, level)
    assert 8 == sum(rule.x1 in (0.0, 612.0) or rule.y1 in (0.0, 792.0) for rule in lines)


def test_marks_are_on_every_plate_and_fine(make: Maker) -> None:
    """In the colour of registration, a quarter of a point thin: thinner would not print."""
    strokes = {rule.stroke for rule in rules(laid_out(make, content(make)))}
    assert [("All", 0.25)] == [(stroke.swatch.spot, stroke.weight) for stroke in strokes]


def test_a_registration_mark_is_in_the_middle_of_each_side(make: Maker) -> None:
    """A circle with a cross."""
    circles = [item.matrix for item in beside(laid_out(make, content(make))) if isinstance(item, PathItem)]
    centres = {(matrix.e, matrix.f) for matrix in circles}
    assert {(306.0, -21.0), (306.0, 813.0), (-21.0, 396.0), (633.0, 396.0)} == centres


def test_the_slug_is_one_line_on_both_sides_of_the_mark(make: Maker) -> None:
    """On one baseline; its ends in line with one another about the page."""
    subject, made = (item for item in beside(laid_out(make, content(make))) if isinstance(item, TextRun))
    assert subject.baseline == made.baseline
    assert (9.0, 603.0) == (subject.x, round(made.x + made.width, 6))
    assert subject.x + subject.width < 306 - 8 < 306 + 8 < made.x


def test_on_a_narrow_page_it_is_two_lines_below_the_marks(make: Maker) -> None:
    """At its own size, on a sheet that is so much deeper."""
    frame = laid_out(make, content(make, NARROW))
    subject, made = (item for item in beside(frame) if isinstance(item, TextRun))
    assert (9.0, 9.0, 9.0) == (subject.x, made.x, made.baseline - subject.baseline)
    assert 7.0 == subject.size
    assert subject.width == line_width(SLUG.subject, make.fonts)
    assert frame.media == Rect(-36.0, -36.0, 360.0, 738.0)


def test_on_a_very_narrow_page_the_sheet_is_as_wide_as_its_slug(make: Maker) -> None:
    """No word of it is cut off."""
    frame = laid_out(make, content(make, replace(NARROW, trim=Size(110.0, 200.0))))
    assert frame.media is not None
    assert all(frame.media.contains(box(item)) for item in beside(frame))
    assert frame.media.right > 110 + 36


def test_marks_and_slug_can_be_left_out(make: Maker) -> None:
    """One, the other, or both: then the sheet ends with the bleed."""
    unmarked = laid_out(make, content(make, spec=PressSpec(marks=False)))
    assert ["TextRun", "TextRun"] == [type(item).__name__ for item in beside(unmarked)]
    silent = laid_out(make, content(make, slug=None))
    assert not any(isinstance(item, TextRun) for item in beside(silent))
    bare = laid_out(make, content(make, spec=PressSpec(marks=False), slug=None))
    assert (Rect(-9.0, -9.0, 630.0, 810.0), None) == (bare.media, bare.furniture)
