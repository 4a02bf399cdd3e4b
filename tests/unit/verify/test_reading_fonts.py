from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.verify.reading.cmaps import parse_to_unicode
from cardprint.verify.reading.fonts import UNREADABLE, Font
from cardprint.verify.reading.outlines import Outlines
from cardprint.verify.reading.values import DamagedFileError

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit

    from cardprint.model.typography import FontBook


def font(kit: Kit, **objects: bytes) -> Font:
    """The font F1 with some of its objects replaced (`n7` for object 7)."""
    sheet = kit.Sheet(kit.line("a"), objects={int(name[1:]): body for name, body in objects.items()})
    return sheet.document().pages[0].content.fragments[0].parts[0].font


@pytest.mark.parametrize(
    ("cmap", "texts"),
    [
        (b"2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar", {1: "A", 2: "fi"}),
        (b"1 beginbfrange <0001> <0003> <0041> endbfrange", {1: "A", 2: "B", 3: "C"}),
        (b"1 beginbfrange <0001> <0002> [<0041> <D83DDE00>] endbfrange", {1: "A", 2: "😀"}),
        (b"1 beginbfchar <01> <0041> endbfchar 1 beginbfchar <02> <0042> endbfchar", {1: "A", 2: "B"}),
        (b"nothing here", {}),
    ],
)
def test_to_unicode(cmap: bytes, texts: dict[int, str]) -> None:
    """Single codes and ranges of either kind are mapped."""
    assert parse_to_unicode(cmap) == texts


def test_to_unicode_is_bounded() -> None:
    """Ranges without end are refused, however little they add."""
    with pytest.raises(DamagedFileError):
        parse_to_unicode(b"beginbfrange " + b"<0000> <FFFF> <0041> " * 1000 + b"endbfrange")


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        (b"/W[97[600 700]]", (600, 700, 500)),
        (b"/W[97 98 650 99[100]]", (650, 650, 100)),
        (b"/W[97[600 700] 98 98 1]", (600, 1, 500)),
        (b"/W[(broken)]", (500, 500, 500)),
    ],
)
def test_widths(kit: Kit, widths: bytes, expected: tuple[float, float, float]) -> None:
    """The widths of a composite font come in lists and in ranges."""
    read = font(kit, n7=b"<</Type/Font/Subtype/CIDFontType2/DW 500/FontDescriptor 9 0 R%b>>" % widths)
    assert tuple(read.show(kit.codes(letter)).advance for letter in "abc") == expected


def test_a_simple_font(kit: Kit) -> None:
    """A font of one byte a code has its widths in one list, spaces that word spacing widens, and a known encoding."""
    read = font(
        kit, n6=b"<</Type/Font/Subtype/TrueType/BaseFont/X/Encoding/WinAnsiEncoding/FirstChar 97/Widths[500 600]>>"
    )
    shown = read.show(b"(ab \\222)")
    assert (shown.text, shown.advance, shown.spaces, shown.glyph_count) == ("ab ’", 1100, 1, 4)
    assert not read.has_to_unicode


def test_what_a_font_does_not_map(kit: Kit) -> None:
    """A glyph without a text is shown to have none."""
    assert font(kit).show(b"<0041 00FF>").text == f"A{UNREADABLE}"


def test_embedding(kit: Kit, faces: FontBook) -> None:
    """A font is embedded if its program is there; .notdef and letters without ink are found by their outlines."""
    assert not font(kit).embedded
    sheet = kit.Sheet(kit.line("a"))
    sheet.objects[9] = b"<</Type/FontDescriptor/FontFile2 30 0 R>>"
    sheet.streams[30] = (b"", faces["Source Sans 3 Regular"].data)
    read = sheet.document().pages[0].content.fragments[0].parts[0].font
    assert (read.embedded, read.outlines is None) == (True, False)
    assert read.show(b"<0000>").notdef
    assert not read.show(b"<0022>").notdef


def test_outlines(faces: FontBook) -> None:
    """The boxes of a font's glyphs: some, like the space, have none."""
    face = faces["Source Sans 3 Regular"]
    outlines = Outlines(face.data)
    boxes = [outlines.box(glyph) for glyph in range(1, 40)]
    assert any(box is None for box in boxes)
    assert max(box.top for box in boxes if box) > 600
    assert outlines.box(10**6) is None


@pytest.mark.parametrize("program", [b"", b"OTTO" + bytes(100), b"\0\1\0\0\xff\xff" + bytes(50), b"true"])
def test_programs_without_outlines(program: bytes) -> None:
    """Of what is no TrueType program nothing is known."""
    assert Outlines(program).glyph_count == 0


def test_a_font_with_damage(kit: Kit) -> None:
    """What is wrong with a font's streams is told with the font."""
    sheet = kit.Sheet(kit.line("a"))
    sheet.streams[8] = (b"/Filter/FlateDecode", b"broken")
    read = sheet.document().pages[0].content.fragments[0].parts[0].font
    assert (read.has_to_unicode, len(read.problems)) == (False, 1)


@pytest.mark.parametrize(
    "operand",
    [
        b"[<00410042>]",
        b"[<0041> -12 <0042>]",
        b"[(\\000A) <0042>]",
        b"[<00 41> <0042>]",
        b"[<0041004> <0042>]",
        b"[<004 > <0042>]",
        b"[<> <0041> <00420>]",
    ],
)
def test_strings_of_an_array_are_read_one_by_one(kit: Kit, operand: bytes) -> None:
    """However strings are spelt, none lends its digits to the next: what is shown is what the glyphs one by one are."""
    (fragment,) = kit.Sheet(b"BT /F1 10 Tf 10 50 Td %b TJ ET" % operand).document().pages[0].content.fragments
    (part,) = fragment.parts
    assert "".join(glyph.text for glyph in part.font.glyphs(operand)) == part.font.show(operand).text
