from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.verify.reading.colours import fill_colour, hexadecimal_colour
from cardprint.verify.reading.fragments import Fragment

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit


def fragments(kit: Kit, content: bytes, **more: bytes) -> list[Fragment]:
    return kit.Sheet(content, **more).document().pages[0].content.fragments  # type: ignore[arg-type]


def problems(kit: Kit, content: bytes) -> list[str]:
    return [problem.rule for problem in kit.Sheet(content).document().pages[0].content.problems]


def test_a_line_of_text(kit: Kit) -> None:
    """A text has its place from the page's top left, its size, its advance, and the box of its ink."""
    (fragment,) = fragments(kit, kit.line("Hello ", 10, 50, 10))
    assert (fragment.text, fragment.origin, fragment.size) == ("Hello ", (10, 50), 10)
    assert (fragment.width, fragment.visible_width) == (30, 25)
    assert kit.rounded(fragment.ink) == (10, 42.5, 25, 10)
    assert fragment.upright


@pytest.mark.parametrize(
    ("array", "width", "visible"),
    [
        (b"[<00480020>]", 10, 5),
        (b"[<00480020> -300]", 13, 5),
        (b"[<0048> -200<0020> -300]", 15, 7),
        (b"[<00480020> -300<0020> -300]", 21, 5),
        (b"[<00480020> -300<0048>]", 18, 18),
        (b"[(\\000H\\000 ) -300]", 13, 5),
    ],
)
def test_what_ends_a_line_is_no_part_of_what_is_seen(kit: Kit, array: bytes, width: float, visible: float) -> None:
    """Neither are its spaces, nor what opens them in a justified line; what moves letters is."""
    (fragment,) = fragments(kit, b"BT 10 50 Td /F1 10 Tf %bTJ ET" % array)
    assert (width, visible) == pytest.approx((fragment.width, fragment.visible_width))


@pytest.mark.parametrize(
    ("operators", "origin", "size"),
    [
        (b"1 0 0 1 20 30 cm BT /F1 10 Tf 5 5 Td %b Tj ET", (25, 65), 10),
        (b"2 0 0 2 0 0 cm BT /F1 10 Tf 5 5 Td %b Tj ET", (10, 90), 20),
        (b"BT /F1 10 Tf 1 0 0 1 30 40 Tm %b Tj ET", (30, 60), 10),
        (b"BT /F1 1 Tf 12 0 0 12 30 40 Tm %b Tj ET", (30, 60), 12),
        (b"BT /F1 10 Tf 10 50 Td 5 -12 Td %b Tj ET", (15, 62), 10),
        (b"BT /F1 10 Tf 10 50 TD 0 -12 TD T* %b Tj ET", (10, 74), 10),
        (b"BT /F1 10 Tf 14 TL 10 50 Td %b ' ET", (10, 64), 10),
        (b'BT /F1 10 Tf 14 TL 10 50 Td 1 2 %b " ET', (10, 64), 10),
        (b"q 3 0 0 3 0 0 cm Q BT /F1 10 Tf 10 50 Td %b Tj ET", (10, 50), 10),
        (b"BT 10 50 Td /F1 10 Tf [%b]TJ ET", (10, 50), 10),
        (b"BT/F1 10 Tf 10 50 Td[%b]TJ ET", (10, 50), 10),
    ],
)
def test_where_text_is_put(kit: Kit, operators: bytes, origin: tuple[float, float], size: float) -> None:
    """Matrices, moves and leading all count, in the file's order."""
    (fragment,) = fragments(kit, operators % kit.codes("Hello"))
    assert (fragment.text, fragment.origin, fragment.size) == ("Hello", origin, size)


@pytest.mark.parametrize(
    ("operators", "width"),
    [
        (b"%b Tj", 10),
        (b"2 Tc %b Tj", 14),
        (b"50 Tz %b Tj", 5),
        (b"[%b -100 100 -300]TJ", 13),
        (b"[%b]TJ [%b]TJ", 20),
    ],
)
def test_how_far_text_reaches(kit: Kit, operators: bytes, width: float) -> None:
    """Tracking, stretching and adjustments count in the advance; what follows without a move goes on."""
    shown = operators.replace(b"%b", kit.codes("ab"))
    (fragment,) = fragments(kit, b"BT /F1 10 Tf 10 50 Td " + shown + b" ET")
    assert fragment.width == pytest.approx(width)


def test_letters_one_by_one(kit: Kit) -> None:
    """The letters of a line stand at their own places, adjustments and tracking counted."""
    (fragment,) = fragments(kit, b"BT 1 Tc /F1 10 Tf 10 50 Td [%b -200 %b]TJ ET" % (kit.codes("ab"), kit.codes("c")))
    assert [(letter.text, letter.ink and round(letter.ink.x, 2)) for letter in fragment.letters()] == [
        *(("a", 10), ("b", 16), ("c", 24)),
    ]


def test_turned_text(kit: Kit) -> None:
    """A text that runs upwards has the box of what it covers."""
    (fragment,) = fragments(kit, b"BT /F1 10 Tf 0 1 -1 0 50 20 Tm %b Tj ET" % kit.codes("ab"))
    assert not fragment.upright
    assert kit.rounded(fragment.ink) == (42.5, 70, 10, 10)


def test_marks(kit: Kit) -> None:
    """Text belongs to the nearest content id around it, or is an artifact, or belongs to nobody."""
    inner = b"/Span<</Lang(es)>>BDC %b EMC" % kit.line("two")
    content = (
        kit.marked(0, kit.line("one"), inner)
        + b"/Artifact BMC\n%b\nEMC\n" % kit.line("three")
        + b"/P/Props BDC %b EMC\n" % kit.line("four")
        + kit.line("five")
    )
    read = fragments(kit, content, resources=b"/Properties<</Props<</MCID 7>>>>")
    assert [(f.text, f.mark and (f.mark.mcid, f.mark.artifact)) for f in read] == [
        ("one", (0, False)),
        ("two", (0, False)),
        ("three", (None, True)),
        ("four", (7, False)),
        ("five", None),
    ]


def test_actual_text_in_the_content(kit: Kit) -> None:
    """ActualText around some glyphs replaces their text, once however many operators show them."""
    said = b"/Span<</ActualText(fi)>>BDC [%b]TJ [%b]TJ EMC" % (kit.codes("x"), kit.codes("y"))
    content = b"BT /F1 10 Tf 10 50 Td [%b]TJ %b [%b]TJ ET" % (kit.codes("of"), said, kit.codes("ce"))
    (fragment,) = fragments(kit, content)
    assert fragment.text == "office"
    assert "".join(letter.text for letter in fragment.letters()) == "office"


def test_colours_and_opacity(kit: Kit) -> None:
    """The colour of fills is told as far as it is plain and no ink, restored with the graphics state; opacity too."""
    content = b"\n".join(
        [
            *(kit.line("a"), b"q 1 0 0 rg /G0 gs", kit.line("b"), b"Q", kit.line("c"), b"0.5 g", kit.line("d")),
            *(b"0 1 1 0 k", kit.line("e"), b"/Pattern cs /P1 scn", kit.line("f")),
        ]
    )
    read = fragments(kit, content, resources=b"/ExtGState<</G0<</ca 0.5>>>>")
    black = (0.0, 0.0, 0.0)
    colours = [black, (1.0, 0.0, 0.0), black, (0.5, 0.5, 0.5), None, None]
    assert [fragment.colour for fragment in read] == colours
    assert [fragment.alpha for fragment in read] == [1, 0.5, 1, 1, 1, 1]


def test_invisible_text(kit: Kit) -> None:
    """Text that is not painted is known to be hidden; text that is, is not."""
    assert [f.hidden for f in fragments(kit, b"3 Tr %b 0 Tr %b" % (kit.line("a"), kit.line("b")))] == [True, False]


def test_forms(kit: Kit) -> None:
    """Text in a form XObject is read where the form is painted, and is known to stand in one."""
    sheet = kit.Sheet(b"1 0 0 1 100 0 cm /X1 Do", resources=b"/XObject<</X1 30 0 R>>")
    sheet.streams[30] = (
        b"/Subtype/Form/Matrix[1 0 0 1 0 10]/Resources<</Font<</F1 6 0 R>>>>",
        kit.line("inside", 10, 50),
    )
    (fragment,) = sheet.document().pages[0].content.fragments
    assert (fragment.text, fragment.origin, fragment.in_form) == ("inside", (110, 40), True)


def test_a_form_in_itself(kit: Kit) -> None:
    """A form that paints itself comes to an end."""
    sheet = kit.Sheet(b"/X1 Do " + kit.line("after"), resources=b"/XObject<</X1 30 0 R>>")
    sheet.streams[30] = (b"/Subtype/Form", b"/X1 Do /X1 Do")
    content = sheet.document().pages[0].content
    assert [fragment.text for fragment in content.fragments] == ["after"]
    assert {problem.rule for problem in content.problems} == {"damaged"}


def test_inline_images(kit: Kit) -> None:
    """Whatever bytes an inline image has, the text after it is read."""
    image = b"BI /W 2 /H 2 /BPC 8 /CS /G ID \x00(Tj [ BT \xff EI "
    assert [f.text for f in fragments(kit, kit.line("a") + b"\n" + image + kit.line("b"))] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"EMC", ["stray-emc"]),
        (b"/P<</MCID 0>>BDC", ["open-marked-content"]),
        (b"Q", ["stray-restore"]),
        (b"q", ["open-graphics-state"]),
        (b"ET", ["stray-et"]),
        (b"BT BT ET", ["nested-text-object"]),
        (b"BT", ["open-text-object"]),
        (b"BT <0041> Tj ET", ["stray-text"]),
        (b"10 50 Td", ["stray-text"]),
        (b"1 0 0 1 10 50 Tm", ["stray-text"]),
        (b"5 /P<</MCID 0>>BDC", ["bad-operator"]),
        (b"BT600 10 50 Td ET", ["stray-text", "stray-et"]),
        (b"BT /F9 10 Tf ET", ["missing-font"]),
        (b"1 0 0 cm", ["bad-operator"]),
        (b"(x) Tc", ["bad-operator"]),
        (b"/P<</MCID 0>>BDC /Artifact BMC EMC EMC", ["nested-artifact"]),
        (b"/Artifact BMC /P<</MCID 0>>BDC EMC EMC", ["nested-artifact"]),
        (b"q Q /P<</MCID 0>>BDC BT ET EMC /Artifact BMC 0 0 5 5 re f EMC", []),
    ],
)
def test_problems(kit: Kit, content: bytes, rules: list[str]) -> None:
    """What does not begin or end is told, as is what makes no sense; a sound stream has no problems."""
    assert problems(kit, content) == rules


def test_paint_outside_marks_is_counted(kit: Kit) -> None:
    """Fills, strokes and pictures that are neither tagged nor artifacts are counted."""
    content = b"0 0 5 5 re f 0 0 m 5 5 l S /Artifact BMC 0 0 5 5 re f EMC"
    assert kit.Sheet(content).document().pages[0].content.unmarked_paint == 2


def test_plain_colours() -> None:
    """Colours in words of the web."""
    colour = fill_colour((b"0.071", b"0.137", b"0.247"))
    assert colour is not None
    assert hexadecimal_colour(colour) == "#12233f"
    assert (fill_colour((b"/P1",)), fill_colour((b"1", b"2"))) == (None, None)
