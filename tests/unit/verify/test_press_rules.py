"""The preflight, rule by rule: what each passes, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.raster import rasterize_sheet
from cardprint.verify.rules.press import verify_press
from cardprint.verify.rules.press_raster import verify_bleed_painted, verify_picture_inks

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit, Sheet

BOXES = b"/TrimBox[20 20 180 80]/BleedBox[11 11 189 89]"
"""A trim of 160 by 60 points in the middle of the sheet, with 9 points of bleed."""

STATES = b"/ExtGState<</Over<</OP false/op true/OPM 1>>/Whole<</op true/OPM 0>>/Lines<</OP true/op false>>>>"
SPOTS = (
    b"/ColorSpace<</Gold[/Separation/Gold/DeviceCMYK 30 0 R]/Every[/Separation/All/DeviceCMYK 30 0 R]"
    b"/Screen[/Separation/Gold/DeviceRGB 30 0 R]/Icc[/ICCBased 31 0 R]/Hash#23[/Separation/Hash/DeviceCMYK 30 0 R]>>"
)
GROUND = b"0.9 0.8 0.4 0.5 k 40 30 100 40 re f"
"""Dark, 260 % of ink, well inside the trim."""


def sheet(kit: Kit, *content: bytes, page: bytes = BOXES, resources: bytes = b"") -> Sheet:
    made = kit.Sheet(b"\n".join(content), page=page, resources=STATES + SPOTS + resources)
    made.objects[30] = b"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0.1 0.4 1 0]/N 1>>"
    return made


def found(made: Sheet, spec: PressSpec | None = None, bleed: float | None = None) -> list[Finding]:
    document = Document(made.file(), shapes=True)
    assert [] == [problem.message for page in document.pages for problem in page.content.problems]
    return list(verify_press(document, spec or PressSpec(), None if bleed is None else [bleed]))


def rules(made: Sheet, spec: PressSpec | None = None, bleed: float | None = None) -> list[str]:
    return [finding.rule for finding in found(made, spec, bleed)]


class TestBoxes:
    def test_boxes_in_one_another_pass(self, kit: Kit) -> None:
        """The trim in the bleed, the bleed in the sheet."""
        assert [] == rules(sheet(kit), bleed=9.0)

    @pytest.mark.parametrize(
        ("page", "told"),
        [
            (b"", "no TrimBox and no BleedBox"),
            (b"/TrimBox[20 20 180 80]", "no BleedBox"),
            (b"/TrimBox[20 20 180 80]/BleedBox[30 11 189 89]", "do not lie in one another"),
            (b"/TrimBox[20 20 180 80]/BleedBox[11 11 189 120]", "do not lie in one another"),
            (BOXES + b"/CropBox[20 20 180 80]", "cuts off its bleed"),
        ],
    )
    def test_others_are_told(self, kit: Kit, page: bytes, told: str) -> None:
        """What is missing, or sticks out."""
        (finding,) = found(sheet(kit, page=page))
        assert "page-boxes" == finding.rule
        assert told in finding.message

    def test_the_bleed_is_as_wide_as_the_layout_says(self, kit: Kit) -> None:
        """Nine points are no three millimetres."""
        assert ["page-boxes"] == rules(sheet(kit), bleed=72 / 25.4 * 3)


class TestAnnotations:
    def test_a_page_has_none(self, kit: Kit) -> None:
        """The twin of a page that passes: one link, and an action on opening."""
        made = sheet(kit, page=BOXES + b"/Annots[32 0 R]/AA<<>>")
        made.objects[32] = b"<</Type/Annot/Subtype/Link/Rect[30 30 40 40]>>"
        assert ["print-annotation", "print-annotation"] == rules(made)


class TestColours:
    @pytest.mark.parametrize(
        "colour",
        [
            b"0 0 0 1 k",
            b"0.5 g",
            b"/Gold cs 1 scn",
            b"/Hash#23 cs 1 scn",
            b"/DeviceCMYK cs 0 0 0 1 scn",
            b"/DeviceGray cs 0.5 sc",
        ],
    )
    def test_inks_pass(self, kit: Kit, colour: bytes) -> None:
        """The four, greys and declared spots; unused colours do not count."""
        assert [] == rules(sheet(kit, b"1 0 0 rg 0 1 0 RG", colour, b"40 30 20 20 re f"))

    @pytest.mark.parametrize(
        "paint",
        [
            b"1 0 0 rg 40 30 20 20 re f",
            b"1 0 0 RG 40 30 20 20 re S",
            b"/Screen cs 1 scn 40 30 20 20 re f",
            b"/Icc cs 1 0 0 scn 40 30 20 20 re f",
            b"/Nothing cs 1 scn 40 30 20 20 re f",
            b"/DeviceRGB cs 1 0 0 sc 40 30 20 20 re f",
            b"/Sh1 sh",
        ],
    )
    def test_others_do_not(self, kit: Kit, paint: bytes) -> None:
        """In fills and strokes; spots whose alternate is RGB; profiles; gradients."""
        assert ["colour-not-ink"] == rules(sheet(kit, paint))

    def test_text_in_rgb_is_told_with_its_words(self, kit: Kit) -> None:
        """Large or small."""
        (finding,) = found(sheet(kit, b"1 0 0 rg", kit.line("Ohio", 40, 40, 14)))
        assert ("colour-not-ink", True) == (finding.rule, "“Ohio”" in finding.message)

    @pytest.mark.parametrize(("space", "told"), [(b"/DeviceCMYK", []), (b"/DeviceRGB", ["colour-not-ink"])])
    def test_pictures(self, kit: Kit, space: bytes, told: list[str]) -> None:
        """In the four inks, or not."""
        assert told == rules(pictured(kit, 100, space))


def pictured(kit: Kit, pixels: int, space: bytes = b"/DeviceCMYK", data: bytes = b"") -> Sheet:
    """A sheet with a picture of so many pixels on a quarter inch."""
    made = sheet(kit, b"q 18 0 0 18 40 40 cm /I1 Do Q", resources=b"/XObject<</I1 33 0 R>>")
    entries = b"/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b" % (pixels, pixels, space)
    made.streams[33] = (entries, data)
    return made


class TestInkLimit:
    def test_as_much_as_the_limit_passes(self, kit: Kit) -> None:
        """300 % unless the layout says otherwise."""
        made = sheet(kit, b"1 1 1 0 k 40 30 20 20 re f")
        assert ([], ["ink-limit"]) == (rules(made), rules(made, PressSpec(ink_limit=280.0)))

    def test_more_does_not(self, kit: Kit) -> None:
        """With how much there is."""
        (finding,) = found(sheet(kit, b"1 1 1 0.2 k 40 30 20 20 re f"))
        assert ("ink-limit", True) == (finding.rule, "320 %" in finding.message)

    def test_what_overprints_counts_with_its_ground(self, kit: Kit) -> None:
        """Black over 210 % without black is 310 %; over 190 % it passes, as the ground's own black counts once."""
        for ground, told in ((b"0.7 0.7 0.7 0 k", ["ink-limit"]), (b"0.7 0.6 0.6 0.9 k", [])):
            text = kit.line("small", 50, 40, 9)
            assert told == rules(sheet(kit, ground, b"40 30 100 40 re f /Over gs 0 0 0 1 k", text))

    def test_what_is_covered_does_not_count(self, kit: Kit) -> None:
        """Ink lies under a text only as far as it is seen there."""
        tint = b"0 0 0.1 0 k 40 30 100 40 re f"
        below = b"0.9 0.9 0.9 0 k 40 30 100 40 re f"
        assert [] == rules(sheet(kit, below, tint, b"/Over gs 0 0 0 1 k", kit.line("small", 50, 40, 9)))

    def test_registration_colour_is_for_marks(self, kit: Kit) -> None:
        """Outside of the bleed it passes; on the page it is 400 %."""
        assert [] == rules(sheet(kit, b"/Every CS 1 SCN 0.5 w 2 20 m 8 20 l S"))
        assert ["ink-limit"] == rules(sheet(kit, b"/Every CS 1 SCN 0.5 w 50 40 m 90 40 l S"))

    def test_pictures_are_counted_pixel_by_pixel(self, kit: Kit) -> None:
        """In the full proof."""
        for inks, told in ((b"\xff\xff\xff\x00", []), (b"\xff\xff\xff\x80", ["ink-limit"])):
            made = pictured(kit, 2, data=bytes(12) + inks)
            document = Document(made.file(), shapes=True)
            findings = verify_picture_inks(document, document.pages[0], PressSpec())
            assert told == [finding.rule for finding in findings]


class TestOverprint:
    def test_small_black_type_overprints(self, kit: Kit) -> None:
        """With a mode that leaves the plates alone which it does not use."""
        text = kit.line("small", 50, 40, 9)
        assert [] == rules(sheet(kit, b"/Over gs 0 0 0 1 k", text))
        assert ["overprint"] == rules(sheet(kit, b"0 0 0 1 k", text))
        assert ["overprint"] == rules(sheet(kit, b"/Whole gs 0 0 0 1 k", text))

    def test_small_type_is_black_alone_or_left_out(self, kit: Kit) -> None:
        """Four inks would have to meet to a hair; a spot as well. Large type may have them."""
        for colour, size, told in (
            (b"0.9 0.8 0.4 0.5 k", 9, ["small-type-inks"]),
            (b"0 0 0 0.5 k", 9, ["small-type-inks"]),
            (b"/Gold cs 1 scn", 9, ["small-type-inks"]),
            (b"0.9 0.8 0.4 0.5 k", 12, []),
            (b"/Gold cs 1 scn", 12, []),
        ):
            assert told == rules(sheet(kit, colour, kit.line("words", 50, 40, size)))

    def test_type_that_is_left_out_needs_a_ground(self, kit: Kit) -> None:
        """On paper nothing of it would be seen; overprinting, neither."""
        text = kit.line("words", 50, 40, 9)
        assert [] == rules(sheet(kit, GROUND, b"0 0 0 0 k", text))
        assert ["text-without-ink"] == rules(sheet(kit, b"0 0 0 0 k", text))
        assert ["overprint"] == rules(sheet(kit, GROUND, b"/Over gs 0 0 0 0 k", text))

    def test_colours_do_not_overprint(self, kit: Kit) -> None:
        """They would mix with what lies below; black alone may."""
        area = b"40 30 20 20 re f"
        assert ["overprint"] == rules(sheet(kit, b"/Over gs 0 1 1 0 k", area))
        assert [] == rules(sheet(kit, b"/Over gs 0 0 0 1 k", area))
        assert ["overprint"] == rules(sheet(kit, b"/Lines gs 0 1 1 0 K 50 40 m 90 40 l S"))


class TestLines:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (b"0.25 w 50 40 m 90 40 l S", []),
            (b"0.2 w 50 40 m 90 40 l S", ["hairline"]),
            (b"0 w 50 40 m 90 40 l S", ["hairline"]),
            (b"q 0.5 0 0 0.5 0 0 cm 0.4 w 100 80 m 180 80 l S Q", ["hairline"]),
            (b"50 40 40 0.3 re f", []),
            (b"50 40 40 0.1 re f", ["hairline"]),
        ],
    )
    def test_hairlines(self, kit: Kit, line: bytes, told: list[str]) -> None:
        """As thin as they come out on the page, stroked or filled."""
        assert told == rules(sheet(kit, line))


class TestType:
    @pytest.mark.parametrize(("size", "told"), [(6, []), (5.9, ["type-too-small"])])
    def test_black_type_has_six_points(self, kit: Kit, size: float, told: list[str]) -> None:
        """Or more."""
        assert told == rules(sheet(kit, b"/Over gs 0 0 0 1 k", kit.line("tiny", 50, 40, size)))

    @pytest.mark.parametrize(("size", "told"), [(7, []), (6.5, ["type-too-small"])])
    def test_reversed_type_has_seven(self, kit: Kit, size: float, told: list[str]) -> None:
        """Ink runs into it."""
        assert told == rules(sheet(kit, GROUND, b"0 0 0 0 k", kit.line("tiny", 50, 40, size)))


class TestSafety:
    def test_words_keep_away_from_the_cut(self, kit: Kit) -> None:
        """Nine points, or what the layout says."""
        black = b"/Over gs 0 0 0 1 k"
        near = sheet(kit, black, kit.line("near", 30, 40, 9))
        assert ([], ["safety-margin"]) == (rules(near), rules(near, PressSpec(safety=12.0)))
        assert ["safety-margin"] == rules(sheet(kit, black, kit.line("nearer", 25, 40, 9)))

    def test_the_engine_s_own_words_may_stand_in_the_margin(self, kit: Kit) -> None:
        """Those of samples, where the page says so."""
        document = Document(sheet(kit, b"/Over gs 0 0 0 1 k", kit.line("SAMPLE", 22, 40, 9)).file(), shapes=True)
        margin = Rect(0.0, 0.0, 160.0, 60.0)
        assert [] == list(verify_press(document, PressSpec(), [9.0], [[margin]]))

    def test_rules_keep_away_or_run_off(self, kit: Kit) -> None:
        """A line that ends just before the cut shows when the cut is off; one that runs over it does not."""
        assert [] == rules(sheet(kit, b"1 w 40 40 m 160 40 l S 11 30 m 189 30 l S"))
        assert ["safety-margin"] == rules(sheet(kit, b"1 w 25 40 m 160 40 l S"))
        assert ["safety-margin"] == rules(sheet(kit, b"1 w 40 25 m 160 25 l S"))
        assert ["safety-margin"] == rules(sheet(kit, b"25 40 130 1.5 re f"))


class TestBleed:
    def test_what_touches_the_cut_runs_to_the_end_of_the_bleed(self, kit: Kit) -> None:
        """On that edge; one that ends at the cut, or a little beyond it, does not."""
        assert [] == rules(sheet(kit, b"0 0 0 1 k 11 50 178 39 re f"))
        assert ["bleed-missing"] * 3 == rules(sheet(kit, b"0 0 0 1 k 20 50 160 30 re f"))
        assert ["bleed-missing"] == rules(sheet(kit, b"0 0 0 1 k 11 50 178 35 re f"))

    def test_a_page_without_bleed_has_nothing_at_its_edges(self, kit: Kit) -> None:
        """White would show."""
        page = b"/TrimBox[20 20 180 80]/BleedBox[20 20 180 80]"
        assert ["bleed-missing"] == rules(sheet(kit, b"0 0 0 1 k 20 50 50 20 re f", page=page))
        assert [] == rules(sheet(kit, b"0 0 0 1 k 30 50 50 20 re f", page=page))

    @pytest.mark.parametrize(
        ("paint", "told"),
        [
            (b"0 0 0 1 k 11 50 178 39 re f", []),
            (b"0 0 0 1 k 11 50 178 39 re f 0 0 0 0 k 60 80 50 9 re f", ["bleed-missing"]),
            (b"0 0 0 1 k 11 50 178 39 re f 0 0 0 0 k 11 60 9 20 re f", ["bleed-missing"]),
            (b"q 20 20 160 60 re W n 0 0 0 1 k 11 50 178 39 re f Q", ["bleed-missing"] * 3),
        ],
        ids=["painted", "covered at the head", "covered at the left", "clipped"],
    )
    def test_the_bleed_is_looked_at(self, kit: Kit, paint: bytes, told: list[str]) -> None:
        """Whatever the outlines say: pixels do not lie."""
        pdf = sheet(kit, paint).file()
        document = Document(pdf, shapes=True)
        findings = verify_bleed_painted(document.pages[0], rasterize_sheet(pdf, 0), document.file)
        assert told == [finding.rule for finding in findings]


class TestMarks:
    def test_marks_stand_outside_of_the_bleed(self, kit: Kit) -> None:
        """In it they would be cut onto the page."""
        assert [] == rules(sheet(kit, b"0.25 w 1 20 m 10 20 l S"))
        assert ["marks-in-bleed"] == rules(sheet(kit, b"0.25 w 1 20 m 15 20 l S"))


class TestPictures:
    @pytest.mark.parametrize(
        ("pixels", "told"),
        [
            (75, []),
            (74, [("picture-coarse", Severity.WARNING)]),
            (57, [("picture-coarse", Severity.WARNING)]),
            (56, [("picture-coarse", Severity.ERROR)]),
        ],
    )
    def test_resolution_at_printed_size(self, kit: Kit, pixels: int, told: list[tuple[str, Severity]]) -> None:
        """300 pixels to the inch are fine, 225 will do."""
        assert told == [(finding.rule, finding.severity) for finding in found(pictured(kit, pixels))]
