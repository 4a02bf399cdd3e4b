from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.verify.reading.passages import read_passages
from cardprint.verify.reading.structure import ContentKid, Element, ObjectKid, read_parent_tree

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit


def outline(element: Element) -> object:
    """An element as nested tuples."""
    kids = tuple(
        outline(kid) if isinstance(kid, Element) else kid.mcid if isinstance(kid, ContentKid) else "object"
        for kid in element.kids
    )
    return (element.tag, *kids)


def test_kids_of_every_kind(kit: Kit) -> None:
    """Content ids, references to marked content and to objects, elements, direct or not, alone or listed."""
    tags = [
        b"<</S/Document/P 3 0 R/Pg 4 0 R/K[21 0 R 22 0 R <</S/P/P 20 0 R/K 5>>]>>",
        b"<</S/P/P 20 0 R/K 0>>",
        b"<</S/Link/P 20 0 R/K[1 <</Type/MCR/Pg 4 0 R/MCID 2>> <</Type/OBJR/Obj 30 0 R>>]>>",
    ]
    (root,) = kit.Sheet(tags=tags).document().tree.roots
    assert outline(root) == ("Document", ("P", 0), ("Link", 1, 2, "object"), ("P", 5))
    link = list(root.children)[1]
    assert (link.kids[-1], link.parent_number) == (ObjectKid(30), 20)


def test_roles_and_attributes(kit: Kit) -> None:
    """Roles are mapped to standard types, attributes of classes and of the element itself are read together."""
    sheet = kit.Sheet(
        tags=[b"<</S/Head/P 3 0 R/C/Wide/A[<</O/Table/Scope/Row>> 0]/Alt(x)/E(y)/Lang(es)/ActualText(z)>>"],
        objects={3: b"<</Type/StructTreeRoot/K 20 0 R/RoleMap<</Head/Top/Top/TH>>/ClassMap<</Wide<</ColSpan 3>>>>>>"},
    )
    (head,) = sheet.document().tree.roots
    assert (head.tag, head.scope, head.column_span, head.row_span) == ("TH", "Row", 3, 1)
    assert (head.alt, head.expansion, head.language, head.actual_text) == ("x", "y", "es", "z")


@pytest.mark.parametrize(
    ("tags", "rule"),
    [
        ([b"<</S/Document/P 3 0 R/K 20 0 R>>"], "tree-loop"),
        ([b"<</S/Document/P 3 0 R/K[21 0 R 21 0 R]>>", b"<</S/P/P 20 0 R>>"], "tree-loop"),
        ([b"<</S/Document/P 3 0 R/K<<>>>>"], "damaged"),
        ([b"<</S/Document/P 3 0 R/Pg 4 0 R/K[0 21 0 R]>>", b"<</S/P/P 20 0 R/Pg 4 0 R/K 0>>"], "mcid-claimed-twice"),
        ([b"<</S/Document/P 3 0 R/K[[1]]>>"], "damaged"),
    ],
)
def test_trees_with_problems(kit: Kit, tags: list[bytes], rule: str) -> None:
    """Circles, elements in two places, content with two owners and things that are no elements are told."""
    assert rule in {problem.rule for problem in kit.Sheet(tags=tags).document().tree.problems}


def test_depth_is_bounded(kit: Kit) -> None:
    """A tree of a thousand levels is read as far as it is sane."""
    tags = [b"<</S/Document/P 3 0 R/K 21 0 R>>"] + [b"<</S/P/P %d 0 R/K %d 0 R>>" % (n, n + 2) for n in range(20, 1020)]
    tree = kit.Sheet(tags=tags).document().tree
    assert {problem.rule for problem in tree.problems} == {"tree-loop"}


def test_spans_are_bounded(kit: Kit) -> None:
    """A cell over a billion columns is not believed."""
    tags = [b"<</S/TD/P 3 0 R/A<</O/Table/ColSpan 1000000000/RowSpan -4>>>>"]
    (cell,) = kit.Sheet(tags=tags).document().tree.roots
    assert (cell.column_span, cell.row_span) == (200, 1)


def test_parent_tree(kit: Kit) -> None:
    """Entries are found in leaves of any depth; a tree that leads back to itself ends."""
    objects = {
        3: b"<</Type/StructTreeRoot/ParentTree 30 0 R>>",
        30: b"<</Kids[31 0 R 30 0 R 32 0 R]>>",
        31: b"<</Nums[0[20 0 R]]>>",
        32: b"<</Nums[1 21 0 R 2 22 0 R]>>",
    }
    document = kit.Sheet(objects=objects).document()
    assert set(read_parent_tree(document.file, document.catalog)) == {0, 1, 2}


def read(kit: Kit, content: bytes, *tags: bytes) -> list[tuple[str, str]]:
    document = kit.Sheet(content, tags=[b"<</S/Document/P 3 0 R/Pg 4 0 R/K 21 0 R>>", *tags]).document()
    return [(passage.drawn, passage.read) for passage in read_passages(document)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("One", 10, 50), ("two", 60, 50)], "One two"),
        ([("One", 10, 50), (".", 25, 50)], "One."),
        ([("One ", 10, 50), ("two", 10, 38)], "One two"),
        ([("One", 10, 50), ("two", 10, 38)], "One two"),
        ([("well-", 10, 50), ("known", 10, 38)], "well-known"),
        ([("well-", 10, 50), ("known", 60, 50)], "well- known"),
        ([("14", 10, 50), ("27.5", 10, 38)], "14 27.5"),
        ([("unu~", 10, 50), ("sual", 10, 38)], "unusual"),
    ],
)
def test_what_parts_words(kit: Kit, lines: list[tuple[str, float, float]], text: str) -> None:
    """Fragments that touch are one word; lines and gaps part words, but for what a hyphen divides at a line's end
    (~ stands for a soft one)."""
    soft = b"/Span<</ActualText<FEFF00AD>>>BDC<007E>Tj EMC"
    content = kit.marked(0, *(kit.line(words, x, y).replace(b"007e> Tj", b"> Tj %b" % soft) for words, x, y in lines))
    assert read(kit, content, b"<</S/P/P 20 0 R/Pg 4 0 R/K 0>>") == [(text, text)]


def test_links_and_spans_stand_in_their_line(kit: Kit) -> None:
    """Inline elements are part of the passage around them, and may be read otherwise than they are drawn."""
    content = (
        kit.marked(0, kit.line("See ", 10)) + kit.marked(1, kit.line("here", 30)) + kit.marked(2, kit.line(".", 50))
    )
    tags = (
        b"<</S/P/P 20 0 R/Pg 4 0 R/K[0 22 0 R 2]>>",
        b"<</S/Link/P 21 0 R/Pg 4 0 R/K[23 0 R <</Type/OBJR/Obj 99 0 R>>]>>",
        b"<</S/Span/P 22 0 R/Pg 4 0 R/K 1/ActualText(over there)>>",
    )
    assert read(kit, content, *tags) == [("See here.", "See over there.")]


def test_a_block_with_replacing_text(kit: Kit) -> None:
    """ActualText of a paragraph replaces all of it when it is read; the drawn figures stay apart."""
    content = kit.marked(0, kit.line("14", 10, 50)) + kit.marked(1, kit.line("27.5", 10, 38))
    tag = b"<</S/P/P 20 0 R/Pg 4 0 R/K[0 1]/ActualText(14 of 27.5 points)>>"
    assert read(kit, content, tag) == [("14 27.5", "14 of 27.5 points")]


def test_passages_know_their_cells(kit: Kit) -> None:
    """A passage in a table knows its row and its cell; one after the table has neither."""
    content = kit.marked(0, kit.line("a")) + kit.marked(1, kit.line("b")) + kit.marked(2, kit.line("c"))
    tags = [
        b"<</S/Document/P 3 0 R/Pg 4 0 R/K[21 0 R 24 0 R]>>",
        b"<</S/Table/P 20 0 R/Pg 4 0 R/K<</S/TR/P 21 0 R/K[22 0 R 23 0 R]>>>>",
        b"<</S/TH/P 21 0 R/Pg 4 0 R/K<</S/P/Pg 4 0 R/K 0>>>>",
        b"<</S/TD/P 21 0 R/Pg 4 0 R/K 1>>",
        b"<</S/P/P 20 0 R/Pg 4 0 R/K 2>>",
    ]
    head, cell, after = read_passages(kit.Sheet(content, tags=tags).document())
    assert head.row is cell.row is not None
    assert [passage.cell.tag if passage.cell else None for passage in (head, cell, after)] == ["TH", "TD", None]
    assert after.row is None
