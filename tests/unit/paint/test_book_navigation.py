from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import page as page_validation
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from cardprint.model.frame import LinkArea, PageFrame
from cardprint.model.geometry import Rect
from cardprint.model.navigation import Bookmark, Navigation
from cardprint.model.structure import Tag
from cardprint.paint import FrameError, paint_pdf

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

WAYS = Navigation(
    anchors={"contents": 0, "texas": 2, "alabama": 1},
    bookmarks=(Bookmark("Contents", 0), Bookmark("Alabama", 1), Bookmark("Hawaiʻi & Texas", 2)),
    labels=("Cover", "2", "3"),
)


def book(make: Maker) -> list[PageFrame]:
    """A page that leads to the third, and two with folios."""
    contents = make.page(make.group(Tag.P, make.link("Texas, page 3", "#texas", 36, 60)))
    folios = [make.group(None, make.run(str(number), 560, 780), region=Rect(36, 770, 540, 20)) for number in (2, 3)]
    return [contents, *(replace(make.card(), folio=folio) for folio in folios)]


def links(reader: PdfReader, page: int) -> list[Any]:
    return [annotation.get_object() for annotation in reader.pages[page].get("/Annots", [])]


@pytest.fixture(scope="module")
def pdf(make: Maker) -> bytes:
    return paint_pdf(book(make), navigation=WAYS)


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_book_conforms(pdf: bytes, standard: str) -> None:
    """Links inside, bookmarks, labels, folios and packed objects keep to PDF/UA-1 and PDF/A-2a."""
    report = page_validation.validate_pdf_bytes(pdf, profile=standard)
    assert [failure.message for failure in report.failures] == []


def test_link_lands_on_the_page_of_that_name(pdf: bytes) -> None:
    """The link names a destination, and the name tree leads from there to the page."""
    reader = PdfReader(io.BytesIO(pdf))
    (annotation,) = links(reader, 0)
    assert "texas" == annotation["/Dest"]
    assert "/A" not in annotation
    pages = {name: reader.get_destination_page_number(to) for name, to in reader.named_destinations.items()}
    assert WAYS.anchors == pages
    (elsewhere,) = links(reader, 1)
    assert "/URI" == elsewhere["/A"]["/S"]


def test_names_are_in_the_order_that_readers_search_them(pdf: bytes) -> None:
    """A name tree is sorted by bytes, in whatever order the names were given."""
    names = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
    assert ["alabama", "contents", "texas"] == [str(name) for name in names[::2]]


def test_bookmarks_and_page_labels(pdf: bytes) -> None:
    """Each bookmark opens its page; viewers show the outline, and call the first page by its name."""
    reader = PdfReader(io.BytesIO(pdf))
    found = [(one.title, reader.get_destination_page_number(one)) for one in reader.outline]  # type: ignore[union-attr, arg-type]
    assert [(bookmark.title, bookmark.page) for bookmark in WAYS.bookmarks] == found
    assert ["Cover", "2", "3"] == reader.page_labels
    assert "/UseOutlines" == reader.page_mode


def test_folio_is_pagination_and_no_part_of_the_tags(pdf: bytes) -> None:
    """It is painted as an artifact of pagination, after all that the tags own."""
    content = PdfReader(io.BytesIO(pdf)).pages[1].get_contents().get_data()  # type: ignore[union-attr]
    last = content.rindex(b"BDC")
    assert b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC" == content[content.rindex(b"/Artifact") : last + 3]


def test_link_to_a_page_that_does_not_exist_is_refused(make: Maker) -> None:
    """A link inside must land; a card by itself has no pages to lead to."""
    frames = [make.page(make.group(Tag.P, make.link("Ohio", "#ohio", 36, 60)))]
    with pytest.raises(FrameError, match="no page of the document is called #ohio"):
        paint_pdf(frames)
    with pytest.raises(FrameError, match="no page of the document is called #ohio"):
        paint_pdf(frames, navigation=Navigation({"texas": 0}, (), ("1",)))


def test_folio_cannot_be_a_link(make: Maker) -> None:
    """An artifact has no place in the tags, so that nothing could be said of where it leads."""
    area = LinkArea((Rect(36, 770, 20, 10),), "#contents", "Contents")
    folio = make.group(None, make.run("2", 36, 780), area)
    with pytest.raises(FrameError, match="cannot lead anywhere"):
        paint_pdf([replace(make.card(), folio=folio)], navigation=Navigation({"contents": 0}, (), ("1",)))


def test_book_is_the_same_every_time(make: Maker, pdf: bytes) -> None:
    """Equal frames and ways give equal bytes."""
    assert paint_pdf(book(make), navigation=WAYS) == pdf


def test_objects_are_packed(make: Maker, unpack: Callable[[bytes], bytes]) -> None:
    """Packed, the structure takes less room than in a plain file, on many pages and in several streams."""
    packed = paint_pdf([make.card() for _ in range(60)])
    assert packed.count(b"/Type/ObjStm") > 1
    assert len(packed) < 0.6 * len(unpack(packed))


@pytest.mark.parametrize(
    ("labels", "ranges"),
    [
        (("Cover", "2", "3"), [0, {"/P": "Cover"}, 1, {"/S": "/D", "/St": 2}]),
        (("1", "2", "5"), [0, {"/S": "/D", "/St": 1}, 2, {"/S": "/D", "/St": 5}]),
    ],
)
def test_labels_are_ranges(make: Maker, labels: tuple[str, ...], ranges: list[object]) -> None:
    """Numbers that follow one another are one range; whatever breaks the count begins another."""
    pdf = paint_pdf([make.card() for _ in labels], navigation=Navigation({}, (), labels))
    assert ranges == PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/PageLabels"]["/Nums"]  # type: ignore[index]
