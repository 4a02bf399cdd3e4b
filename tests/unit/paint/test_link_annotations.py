from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from cardprint.model.frame import FrameItem, LinkArea
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.profile import ColourSpace, OutputProfile
from cardprint.model.structure import Tag
from cardprint.paint import FrameError, paint_pdf

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

ADDRESS = "https://reportcards.sharedhope.org/toolkit"


def painted_links(make: Maker, *items: FrameItem) -> list[Any]:
    reader = PdfReader(io.BytesIO(paint_pdf([make.page(*items)])))
    return [annotation.get_object() for annotation in reader.pages[0].get("/Annots", [])]


def linked(make: Maker, *rects: Rect, address: str = ADDRESS, matrix: Matrix | None = None) -> Any:
    area = LinkArea(rects, address, "the toolkit")
    link = make.group(Tag.LINK, make.run("toolkit", 100, 60), area)
    (annotation,) = painted_links(make, make.group(Tag.P, link, matrix=matrix))
    return annotation


def test_link_leads_to_its_address(make: Maker) -> None:
    """Rectangle, address, contents; printed, without a border, reachable from the structure tree."""
    annotation = linked(make, Rect(100, 50, 40, 12))
    assert annotation["/Rect"] == [100, 730, 140, 742]
    assert annotation["/A"] == {"/S": "/URI", "/URI": ADDRESS}
    assert annotation["/Contents"] == "the toolkit"
    assert (annotation["/F"], annotation["/Border"], annotation["/StructParent"]) == (4, [0, 0, 0], 1)
    assert "/QuadPoints" not in annotation


def test_link_over_two_lines_is_one_annotation(make: Maker) -> None:
    """Its rectangle bounds both lines; a quadrilateral for each keeps the rest of the lines free."""
    annotation = linked(make, Rect(300, 50, 40, 12), Rect(36, 62, 80, 12))
    assert annotation["/Rect"] == [36, 718, 340, 742]
    assert annotation["/QuadPoints"] == [
        *(300, 742, 340, 742, 300, 730, 340, 730),
        *(36, 730, 116, 730, 36, 718, 116, 718),
    ]


def test_link_in_a_turned_group_is_where_its_text_is(make: Maker) -> None:
    """The annotation is in page space: the group's matrix is applied to it."""
    annotation = linked(make, Rect(0, 0, 40, 10), matrix=Matrix(0, -1, 1, 0, 100, 200))
    assert annotation["/Rect"] == [100, 592, 110, 632]


def test_address_is_ascii(make: Maker) -> None:
    """Letters beyond ASCII are percent-encoded; what is encoded already stays."""
    annotation = linked(make, Rect(0, 0, 9, 9), address="https://example.org/año?q=a%20b&c=(1)#x")
    assert annotation["/A"]["/URI"] == "https://example.org/a%C3%B1o?q=a%20b&c=(1)#x"


def test_link_outside_a_link_element_is_refused(make: Maker) -> None:
    """PDF/UA wants every link annotation inside a Link element."""
    with pytest.raises(FrameError, match=r"the link to https://.*/toolkit stands in P, not in a Link"):
        painted_links(make, make.group(Tag.P, LinkArea((Rect(0, 0, 9, 9),), ADDRESS, "the toolkit")))


def test_profile_without_links_keeps_the_words(make: Maker, unpack: Callable[[bytes], bytes]) -> None:
    """Where links are off there is no annotation, and no Link element without one."""
    profile = OutputProfile("proof", ColourSpace.RGB, links=False)
    frame = make.page(make.group(Tag.P, make.link("toolkit", ADDRESS, 100, 60)))
    for output, count in ((profile, 0), (OutputProfile("screen", ColourSpace.RGB, links=True), 1)):
        pdf = paint_pdf([frame], output)
        page = PdfReader(io.BytesIO(pdf)).pages[0]
        assert (len(page.get("/Annots", [])), unpack(pdf).count(b"/S/Link/")) == (count, count)
        assert page.extract_text() == "toolkit"
