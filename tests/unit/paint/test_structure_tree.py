from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from cardprint.model.content import Stroke
from cardprint.model.diagnostics import Span
from cardprint.model.frame import FilledRect, Group, PageFrame, PathItem, RuleItem
from cardprint.model.geometry import IDENTITY, Matrix, Rect
from cardprint.model.structure import Role, Scope, Tag
from cardprint.paint import FrameError, paint_pdf

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def read(*pages: PageFrame) -> Any:
    return PdfReader(io.BytesIO(paint_pdf(pages)))


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return [kid.get_object() for kid in (found if isinstance(found, list) else [found])]


def outline(element: Any) -> Any:
    """The tree as nested lists: tag first, content ids as they are, annotations as "OBJR"."""
    inner = [
        kid if isinstance(kid, int) else "OBJR" if kid.get("/Type") == "/OBJR" else outline(kid)
        for kid in kids(element)
    ]
    return [element["/S"][1:], *inner]


def elements(reader: Any) -> list[Any]:
    found, pending = [], kids(reader.root_object["/StructTreeRoot"])
    while pending:
        element = pending.pop(0)
        found.append(element)
        pending = [kid for kid in kids(element) if not isinstance(kid, int) and "/S" in kid] + pending
    return found


def element(reader: Any, tag: str) -> Any:
    return next(found for found in elements(reader) if found["/S"] == f"/{tag}")


def parent_tree_faults(reader: Any) -> list[str]:
    """Marked content and annotations whose entry in the parent tree is not the element that holds them."""
    faults = []
    nums = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    entries = {nums[at]: nums[at + 1].get_object() for at in range(0, len(nums), 2)}
    for page in reader.pages:
        sequences = re.findall(r"/(\w+)<</MCID (\d+)>>BDC", page.get_contents().get_data().decode())
        owners = [owner.get_object() for owner in entries[page["/StructParents"]]]
        if len(owners) != len(sequences):
            faults.append(f"{len(sequences)} sequences, {len(owners)} owners")
        for tag, content_id in sequences:
            owner = owners[int(content_id)]
            if owner["/S"] != f"/{tag}" or int(content_id) not in kids(owner) or owner["/Pg"] != page:
                faults.append(f"content {content_id}")
        for annotation in page.get("/Annots", []):
            owner = entries[annotation.get_object()["/StructParent"]]
            held = [kid.raw_get("/Obj") for kid in kids(owner) if not isinstance(kid, int) and "/Obj" in kid]
            if owner["/S"] != "/Link" or annotation not in held:
                faults.append("annotation")
    return faults


def test_tree_follows_the_groups(make: Maker) -> None:
    """Every role is an element at its place; content ids run in reading order; decoration is in none."""

    def row(first: int) -> list[Any]:
        fraction = ["Span", first + 2, first + 3]
        return ["TR", ["TH", ["P", first]], ["TD", ["Span", first + 1]], ["TD", fraction]]

    expected = [
        "Document",
        ["H1", 0],
        ["Table", ["THead", ["TR", ["TH", 1], ["TH", 2], ["TH", 3]]], ["TBody", row(4), row(8)]],
        ["Figure", 12],
        ["P", 13, ["Link", 14, "OBJR"], 15],
        ["P", 16],
    ]
    assert outline(element(read(make.card()), "Document")) == expected


def test_parent_tree_leads_back(make: Maker) -> None:
    """From each sequence and annotation to the element that holds it, on every page."""
    assert parent_tree_faults(read(make.card(), make.card())) == []


def test_parent_tree_check_sees_a_swap(make: Maker) -> None:
    """The check above can fail: two owners swapped are two faults."""
    reader = read(make.card())
    owners = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"][1]
    owners[0], owners[1] = owners[1], owners[0]
    assert parent_tree_faults(reader) == ["content 0", "content 1"]


def test_pages_share_one_document_element(make: Maker) -> None:
    """Two pages are one document; each element knows its page."""
    reader = read(
        make.page(make.group(Tag.H1, make.run("One", 36, 60))), make.page(make.group(Tag.P, make.run("Two", 36, 60)))
    )
    root = reader.root_object["/StructTreeRoot"]
    assert outline(root["/K"]) == ["Document", ["H1", 0], ["P", 0]]
    assert [found["/Pg"] for found in elements(reader)[1:]] == list(reader.pages)
    assert [page["/StructParents"] for page in reader.pages] == [0, 1]
    assert root["/ParentTreeNextKey"] == 2


def test_what_is_read_stands_on_the_element(make: Maker) -> None:
    """The tile says "Grade: F" in the structure, and its letter stays in the text."""
    reader = read(make.page(make.role_group(Role(Tag.SPAN, reads="Grade: F"), make.run("F", 36, 60))))
    assert element(reader, "Span")["/ActualText"] == "Grade: F"
    assert reader.pages[0].extract_text() == "F"
    assert "/ActualText" not in element(read(make.page(make.group(Tag.SPAN, make.run("F", 36, 60)))), "Span")


def test_expansion_and_language_are_entries_of_their_element(make: Maker) -> None:
    """An abbreviation is spelt out; a run in another language says so."""
    role = Role(Tag.SPAN, expansion="Child Labor Trafficking", language="es")
    span = element(read(make.page(make.role_group(role, make.run("CLT", 36, 60)))), "Span")
    assert (span["/E"], span["/Lang"]) == ("Child Labor Trafficking", "es")


def test_cells_declare_scope_and_spans(make: Maker) -> None:
    """A head cell over two rows and a cell over three columns; a plain cell has no attributes."""
    row = make.group(
        Tag.TR,
        make.role_group(Role(Tag.TH, scope=Scope.ROW, row_span=2)),
        make.role_group(Role(Tag.TD, column_span=3)),
        make.role_group(Role(Tag.TD)),
    )
    head, wide, plain = elements(read(make.page(make.group(Tag.TABLE, row))))[-3:]
    assert head["/A"] == {"/O": "/Table", "/Scope": "/Row", "/RowSpan": 2}
    assert wide["/A"] == {"/O": "/Table", "/ColSpan": 3}
    assert "/A" not in plain


def test_figure_has_its_description_and_its_box(make: Maker) -> None:
    """A figure owns what is drawn in it; its box is in the page's user space, also in a turned group."""
    region = Rect(100, 50, 20, 10)
    figure = make.role_group(Role(Tag.FIGURE, alt="A gavel"), FilledRect(region, make.red), region=region)
    found = element(read(make.page(figure)), "Figure")
    assert found["/Alt"] == "A gavel"
    assert found["/A"] == {"/O": "/Layout", "/BBox": [100, 732, 120, 742]}
    turned = make.group(None, figure, matrix=Matrix(0, -1, 1, 0, 0, 400))
    assert element(read(make.page(turned)), "Figure")["/A"]["/BBox"] == [50, 492, 60, 512]


def test_figure_without_description_is_refused(make: Maker) -> None:
    """A picture that nobody describes is decoration or a fault."""
    with pytest.raises(FrameError, match="a figure needs a description"):
        paint_pdf([make.page(make.group(Tag.FIGURE, FilledRect(Rect(0, 0, 9, 9), make.red)))])


def test_drawings_outside_figures_are_artifacts(make: Maker) -> None:
    """Rules, grounds, icons and pictures in a paragraph belong to nobody."""
    drawings = (
        FilledRect(Rect(0, 0, 9, 9), make.red),
        RuleItem(0, 0, 9, 0, Stroke(1, make.ink)),
        PathItem((("M", 0, 0), ("L", 9, 9), ("Z",)), IDENTITY, make.red),
    )
    content = read(make.page(make.group(Tag.P, *drawings))).pages[0].get_contents().get_data()
    assert content.startswith(b"/Artifact<</Type/Layout>>BDC")
    assert content.count(b"BDC") == 1


def test_text_without_a_role_is_refused(make: Maker) -> None:
    """Text right under the document would be read by nobody's rules; a root without its role is no document."""
    run = make.run("stray", 36, 60)
    with pytest.raises(FrameError, match="Document groups elements"):
        paint_pdf([make.page(run)])
    root = Group(Rect(0, 0, 612, 792), (make.group(Tag.P, run),), span=Span("layout.yaml", 3, 1))
    frame = make.page()
    with pytest.raises(FrameError, match=r"layout\.yaml:3:1: a page's root group must have the role Document"):
        paint_pdf([type(frame)(frame.page, root, frame.info)])
    assert paint_pdf([make.page(make.group(Tag.P, run))])
