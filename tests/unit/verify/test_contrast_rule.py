from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.model.diagnostics import Severity
from cardprint.verify.reading.raster import extract_text, rasterize
from cardprint.verify.rules.contrast import contrast, verify_contrast, words
from cardprint.verify.rules.second_reader import verify_second_reader, words_read
from cardprint.verify.rules.type_faces import verify_fonts

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit, Sheet

    from cardprint.model.typography import FontBook

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(BLACK, WHITE, 21), (WHITE, WHITE, 1), ((118 / 255,) * 3, WHITE, 4.54), ((119 / 255,) * 3, WHITE, 4.48)],
)
def test_contrast_ratio(one: tuple[float, float, float], other: tuple[float, float, float], ratio: float) -> None:
    """The ratios of WCAG 2.1, whichever colour comes first."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.fixture
def sheet(kit: Kit, faces: FontBook) -> Sheet:
    """A sheet whose font has ink: its codes are the glyphs of a real one."""
    made = kit.Sheet()
    made.objects[9] = b"<</Type/FontDescriptor/FontName/AAAAAA+Plain/Flags 4/FontFile2 30 0 R>>"
    made.streams[30] = (b"", faces["Source Sans 3 Regular"].data)
    return made


def told(sheet: Sheet, content: bytes) -> list[str]:
    sheet.content = content
    (page,) = sheet.document().pages
    return [finding.rule for finding in verify_contrast(page, rasterize(sheet.file(), 0))]


@pytest.mark.parametrize(
    ("before", "after", "size", "rules"),
    [
        (b"0 g", b"", 10, []),
        (b"0.45 g", b"", 10, []),
        (b"0.5 g", b"", 10, ["contrast"]),
        (b"0.5 g", b"", 18, []),
        (b"0.6 g", b"", 18, ["contrast"]),
        (b"0 0 1 rg 0 0 200 100 re f 1 g", b"", 10, []),
        (b"0 0 1 rg 0 0 200 100 re f 0 g", b"", 10, ["contrast"]),
        (b"0.9 g 0 0 17 100 re f 0.3 g 17 0 80 100 re f 0 g", b"", 10, ["contrast"]),
        (b"0 g", b"1 g 10 50 20 10 re f", 10, ["text-covered"]),
        (b"0 g", b"1 g 10 50 20 3 re f", 10, ["text-covered"]),
        (b"0 g", b"1 g 60 50 20 10 re f", 10, []),
        (b"q 0 0 5 5 re W n 0 g", b"Q", 10, ["text-invisible"]),
        (b"/G0 gs 0 g", b"", 10, ["contrast"]),
    ],
)
def test_what_is_seen(sheet: Sheet, before: bytes, after: bytes, size: float, rules: list[str]) -> None:
    """Text stands out from what is under it, large text may be paler, and nothing may cover it."""
    sheet.resources = b"/ExtGState<</G0<</ca 0.3>>>>"
    text = b"BT /F1 %g Tf 10 50 Td <00220023> Tj ET" % size
    assert told(sheet, before + b"\n" + text + b"\n" + after) == rules


def test_words_that_are_pale_in_one_way_are_told_once(sheet: Sheet, kit: Kit) -> None:
    """The first of them, and how many more; another colour is told by itself."""
    sheet.content = b"\n".join(
        [
            b"0.6 g",
            *(kit.line(word, y=y) for word, y in (("ab", 80), ("cd", 60), ("ef", 40))),
            b"0.7 g",
            kit.line("gh", y=20),
        ]
    )
    (page,) = sheet.document().pages
    messages = [finding.message for finding in verify_contrast(page, rasterize(sheet.file(), 0))]
    assert messages == [
        "“ab” and 2 more words (#999999) stand on #ffffff with a contrast of 2.85:1; they need 4.5:1.",
        "“gh” (#b2b2b2) stands on #ffffff with a contrast of 2.11:1; it needs 4.5:1.",
    ]


def test_text_in_a_form_is_no_text_of_the_page(sheet: Sheet, kit: Kit) -> None:
    """A form can be clipped, covered and painted twice: no card has text in one."""
    sheet.resources = b"/XObject<</X1 31 0 R>>"
    sheet.streams[31] = (b"/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</F1 6 0 R>>>>", kit.line("ab"))
    assert told(sheet, b"/X1 Do") == []
    (page,) = sheet.document().pages
    assert "text-in-form" in [finding.rule for finding in verify_fonts(page) if finding.severity is Severity.ERROR]
    sheet.content = kit.line("ab")
    (page,) = sheet.document().pages
    assert "text-in-form" not in [finding.rule for finding in verify_fonts(page)]


def test_words_have_boxes(kit: Kit) -> None:
    """A line is judged word by word."""
    (fragment,) = kit.Sheet(kit.line("One two")).document().pages[0].content.fragments
    assert [(word, round(rect.x), round(rect.right)) for word, rect in words(fragment)] == [
        *(("One", 10, 25), ("two", 30, 45)),
    ]


def test_another_reader_agrees(sheet: Sheet) -> None:
    """PDFium reads the same words in the same order."""
    sheet.content = b"BT /F1 10 Tf 10 50 Td <00480065006C006C006F> Tj ET"
    pages = sheet.document().pages
    assert list(verify_second_reader(pages, extract_text(sheet.file(), 2))) == []
    (finding,) = verify_second_reader(pages, ["Help"])
    assert finding.message == "Where we read “Hello”, another reader (PDFium) gets “Help”."


ADDRESS = [("at example.org/", 10, 50), ("cards. Well-", 10, 38), ("known.", 10, 26)]


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ("at example.org/cards. Well-known.", []),
        ("at example.org/\r\ncards. Well-\r\nknown.", []),
        ("at example.org/\r\ncards. Well\ufffe\r\nknown.", []),
        ("at example. org/\r\ncards. Well-known.", [("example.org/cards.", "example. org/ cards.")]),
        (
            "at example.org/\r\ncards.Well-known.",
            [("example.org/cards. Well-known.", "example.org/ cards.Well-known.")],
        ),
        (
            "at example.org/\r\ncards. Well known.",
            [("example.org/cards. Well-known.", "example.org/ cards. Well known.")],
        ),
    ],
)
def test_lines_may_end_inside_a_word(sheet: Sheet, kit: Kit, theirs: str, told: list[tuple[str, str]]) -> None:
    """Where one of our lines ends after a slash or a hyphen another reader may see a space, and nowhere else."""
    sheet.content = b"\n".join(kit.line(text, x, y) for text, x, y in ADDRESS)
    messages = [finding.message for finding in verify_second_reader(sheet.document().pages, [theirs])]
    assert messages == [f"Where we read “{we}”, another reader (PDFium) gets “{they}”." for we, they in told]


def test_within_a_line_a_slash_or_a_hyphen_parts_nothing(sheet: Sheet, kit: Kit) -> None:
    """A space that only the other reader finds there is told."""
    sheet.content = kit.line("example.org/cards, well-known")
    (finding,) = verify_second_reader(sheet.document().pages, ["example.org/ cards, well- known"])
    assert "gets “example.org/ cards, well- known”" in finding.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two\r\nthree", ["one", "two", "three"]),
        ("well\ufffe\r\nknown non\ufffefamilial", ["well-known", "non-familial"]),
        ("a\u00a0b", ["a", "b"]),
        ("un\u00ad\r\nknown", ["un-known"]),
    ],
)
def test_words_as_extractors_give_them(text: str, words: list[str]) -> None:
    """Words that a hyphen divides at a line's end are one."""
    assert words_read(text) == words
