from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.verify.reading.content_tokens import Token, tokens
from cardprint.verify.reading.graphics_state import GraphicsState, change
from cardprint.verify.reading.inks import Ink
from cardprint.verify.reading.marked_content import opening

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit

PAGE = (1.0, 0.0, 0.0, -1.0, 0.0, 100.0)


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (
            b"BT 1 2.5 Td\n/F1 9 Tf\n[<0041> -3<0042>]TJ\nET",
            [{"x": b"1", "y": b"2.5", "font": b"/F1", "size": b"9", "array": b"[<0041> -3<0042>]"}],
        ),
        (b"BT 1 2 Td [<0041>]TJ ET", [{"x": b"1", "y": b"2", "array": b"[<0041>]"}]),
        (b"/P<</MCID 3>>BDC", [{"mark": b"/P<</MCID 3>>BDC"}]),
        (b"0 0 5 5 re f", [{"path": b"0 0 5 5 re", "paints": b"f"}]),
        (b"0 0 m 5 5 l h B*", [{"path": b"0 0 m 5 5 l h", "paints": b"B*"}]),
        (b"0 0 5 5 re W n", [{"path": b"0 0 5 5 re"}, {"word": b"W"}, {"word": b"n"}]),
        (b"0.1 0.2 0.3 rg", [{"statement": b"0.1 0.2 0.3 rg"}]),
        (b"1 0 0 1 5 5 cm 0 0 5 5 re S", [{"statement": b"1 0 0 1 5 5 cm"}, {"path": b"0 0 5 5 re", "paints": b"S"}]),
        (b"(a]TJ ET) Tj", [{"word": b"(a]TJ ET)"}, {"word": b"Tj"}]),
    ],
)
def test_tokens(content: bytes, fields: list[dict[str, bytes]]) -> None:
    """Stretches of a stream that mostly stand together go as one token, cut into their parts."""
    empty = dict.fromkeys(Token._fields, b"")
    assert [Token(*token)._asdict() for token in tokens(content)] == [empty | told for told in fields]


def test_a_text_object_of_literal_strings_is_read_word_by_word() -> None:
    """A string may hold whatever ends an array or a text object."""
    assert all(not Token(*token).array for token in tokens(b"BT 1 2 Td [(a]TJ ET)]TJ ET"))


def test_statements_change_the_state() -> None:
    """A statement sets what its operator is for, and nothing else."""
    state = GraphicsState(PAGE)
    for statement in (b"1 0 0 rg", b"0.5 Tc", b"50 Tz", b"3 Tr"):
        obey = change(statement)
        assert obey is not None
        obey(state)
    assert (state.colour, state.fill) == ((1.0, 0.0, 0.0), Ink(b"rg", (b"1", b"0", b"0")))
    assert (state.tracking, state.stretch, state.render_mode, state.rise) == (0.5, 0.5, 3, 0.0)


def test_a_remembered_statement_counts_for_the_state_it_finds() -> None:
    """The same numbers are another ink in another colour space."""
    state = GraphicsState(PAGE)
    obey = change(b"0.5 sc")
    assert obey is not None
    for space in (b"/DeviceGray", b"/Spot"):
        state.fill_space = space
        obey(state)
        assert state.fill == Ink(b"sc", (b"0.5",), space)


def test_statements_that_do_something_else() -> None:
    """What moves or paints is no change of the state; operands that do not suit are refused."""
    assert change(b"5 5 Td") is None
    with pytest.raises(ValueError, match="1-2"):
        change(b"1-2 Tc")


@pytest.mark.parametrize(
    ("statement", "tag", "mcid", "artifact", "pagination"),
    [
        (b"/P<</MCID 3>>BDC", "P", 3, False, False),
        (b"/Artifact <</Type/Pagination>> BDC", "Artifact", None, True, True),
        (b"/Artifact<</Type/Layout>>BDC", "Artifact", None, True, False),
    ],
)
def test_openings(statement: bytes, tag: str, mcid: int | None, *, artifact: bool, pagination: bool) -> None:
    """Marked content begins with its tag, and with a content id or as an artifact."""
    mark, actual = opening(statement)
    assert mark == (tag, mcid, artifact, pagination)
    assert actual is None


def test_openings_that_mark_nothing() -> None:
    """A sequence that is neither tagged nor an artifact puts no mark on its content."""
    assert opening(b"/Span<</Lang/es>>BDC").mark is None


def test_elements_are_remembered_by_their_spelling_only(kit: Kit) -> None:
    """An element spelt alike in two files is judged by what each file holds: its kids, and the texts that stand in
    objects of their own."""
    tags = [b"<</S/P/P 3 0 R/Pg 4 0 R/K 21 0 R/Alt 22 0 R>>"]
    told = []
    for kid, alt in ((b"<</S/Span/P 20 0 R/K 0>>", b"(one)"), (b"<</S/Quote/P 20 0 R/K 1>>", b"(two)")):
        sheet = kit.Sheet(kit.marked(0, kit.line("a")) + kit.marked(1, kit.line("b")), tags=list(tags))
        sheet.objects.update({21: kid, 22: alt})
        tree = type(sheet.document())(sheet.packed_file()).tree
        (element,) = tree.roots
        told.append((element.alt, [child.tag for child in element.children]))
    assert told == [("one", ["Span"]), ("two", ["Quote"])]
