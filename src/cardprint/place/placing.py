"""A card put on a page: its art at its place, its links over it, and its figure in the tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from cardprint.model.art import ArtLink, CardArt
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import TOLERANCE, Rect
from cardprint.place.content import ending_of
from cardprint.place.errors import PlaceError, damaged
from cardprint.place.host import FileHost, Host, WriterHost, reference_bytes
from cardprint.place.sharing import SharedObjects
from cardprint.place.sheet import Box, Sheet, fitted, sheet_of
from cardprint.place.syntax import entry, numbers, text_string
from cardprint.place.tags import Tags

Placement = tuple[CardArt, Rect]
"""A card, and the box in which it is to stand."""

_PRINT: Final = 4
"""The flag of an annotation that is printed with the page (ISO 32000-1 §12.5.3)."""


def place_in_file(host: bytes, art: CardArt, page: int, box: Rect, name: str = "") -> bytes:
    """The PDF `host` with the art on page `page` (from 1), as large as it can be in `box`, in the middle of it.

    `box` is measured in points from the top left of the page as it is shown. The result begins with the bytes of
    `host`. In a tagged host the art becomes a Figure. Raises `PlaceError`, telling of the file `name`: damaged-pdf,
    encrypted-pdf, signed-pdf, no-such-page, box-outside."""
    return place_all_in_file(host, {page: [(art, box)]}, name)


def place_all_in_file(host: bytes, placements: Mapping[int, Sequence[Placement]], name: str = "") -> bytes:
    """The same for any number of pages, each with any number of cards, read in the order given."""
    document = FileHost(host, name)
    try:
        shared = SharedObjects(document)
        for page, placed in placements.items():
            _place(document, shared, document.page_count, page, placed, name)
        return document.updated()
    except DiagnosticError:
        raise
    except Exception as error:  # whatever pypdf raises over a broken file
        raise damaged(f"it cannot be read ({type(error).__name__}: {error})", name) from None


def place_on_page(writer: PdfWriter, page: int, art: CardArt, box: Rect) -> None:
    """Put the art on page `page` (from 1) of a document that is made with pypdf; `box` as in `place_in_file`.

    Raises `PlaceError`: no-such-page, box-outside."""
    host = WriterHost(writer)
    _place(host, SharedObjects(host), len(writer.pages), page, [(art, box)], "")


def _place(
    host: Host, shared: SharedObjects, page_count: int, number: int, placements: Sequence[Placement], name: str
) -> None:
    """Put cards on a page, all in one go: it is wrapped and its tags are looked through once."""
    if not 1 <= number <= page_count:
        only = "one page" if page_count == 1 else f"{page_count} pages"
        hint = f"Name a page from 1 to {page_count}." if page_count > 1 else "Name page 1."
        raise PlaceError("no-such-page", f"The file has {only}; there is no page {number}.", hint, name)
    page = host.page(number)
    page_object = page.indirect_reference
    if page_object is None:
        raise damaged("a page is no object of its own", name)
    sheet, ending, tags = sheet_of(page), ending_of(page), _tags(host)
    for _, box in placements:
        _refuse_outside(box, sheet, number, name)
    cards = [
        _PlacedCard(host, page, page_object, sheet, art, fitted(art.size, box), shared.add(art))
        for art, box in placements
    ]
    if tags is not None:
        pages = {_number_of(host.page(at)): at for at in range(1, page_count + 1)}
        parent = tags.insert([element for card in cards for element in card.elements], number, pages)
        for card in cards:
            card.tag(tags, parent, ending.next_mcid)
    drawn = b"\n".join([card.drawn() for card in cards])
    _wrap(host, page, b"q " * ending.saves, b"%b\n%b\n" % (ending.close, drawn))
    _annotate(page, [annotation for card in cards for annotation in card.annotate()], tagged=tags is not None)
    host.touch(page_object)


class _PlacedCard:
    """A card on its page: its art, its links, and, where the page is tagged, the figure that it is to whoever reads by
    the tags, and behind that a paragraph of its links. Inside the figure, whose description stands for all that it
    holds, nobody would hear of them."""

    def __init__(
        self,
        host: Host,
        page: PageObject,
        page_object: IndirectObject,
        sheet: Sheet,
        art: CardArt,
        rect: Rect,
        form: IndirectObject,
    ) -> None:
        self._host = host
        self._page = page
        self._page_object = page_object
        self._sheet = sheet
        self._art = art
        self._rect = rect
        self._resource = _add_resource(page, form)
        self._annotations = host.reserve(len(art.links))
        self.elements = host.reserve(2 if art.links else 1)
        self._mark = b""
        self._keys: list[int | None] = [None] * len(art.links)

    def tag(self, tags: Tags, parent: IndirectObject, least: int) -> None:
        """Fill the elements, kids of `parent`; the art's content id is `least` or more."""
        art, host, figure = self._art, self._host, self.elements[0]
        mcid = tags.own_content(self._page, self._page_object, least, figure)
        self._mark = b"/Figure <</MCID %d>> BDC" % mcid
        above, on_page = reference_bytes(parent), reference_bytes(self._page_object)
        language = b"/Lang%b" % text_string(art.language) if art.language else b""
        host.fill(
            figure,
            b"<</Type/StructElem/S/Figure/P %b/Pg %b/K %d/Alt%b%b/A<</O/Layout/Placement/Block/BBox[%b]>>>>"
            % (above, on_page, mcid, text_string(art.alt), language, numbers(*self._sheet.user_box(self._rect))),
        )
        if not art.links:
            return
        paragraph, links = self.elements[1], host.reserve(len(art.links))
        kids = b" ".join(map(reference_bytes, links))
        host.fill(paragraph, b"<</Type/StructElem/S/P/P %b/Pg %b/K[%b]>>" % (above, on_page, kids))
        for link, annotation in zip(links, self._annotations, strict=True):
            owned = b"<</Type/OBJR/Obj %b/Pg %b>>" % (reference_bytes(annotation), on_page)
            body = b"<</Type/StructElem/S/Link/P %b/Pg %b/K %b>>" % (reference_bytes(paragraph), on_page, owned)
            host.fill(link, body)
        self._keys = [tags.parent_key(link) for link in links]

    def drawn(self) -> bytes:
        """The operators that paint the art, as marked content once it is tagged."""
        placing = self._sheet.placing(self._art.size, self._rect)
        matrix = numbers(placing.a, placing.b, placing.c, placing.d, placing.e, placing.f)
        painted = b"q %b cm /%b Do Q" % (matrix, self._resource)
        return b"%b\n%b\nEMC" % (self._mark, painted) if self._mark else painted

    def annotate(self) -> list[IndirectObject]:
        """The links, where their words are now."""
        rect, scale = self._rect, self._rect.width / self._art.size.width
        for link, annotation, key in zip(self._art.links, self._annotations, self._keys, strict=True):
            body = _annotation(link, self._sheet, rect, scale, self._page_object, key)
            self._host.fill(annotation, body)
        return self._annotations


def _refuse_outside(box: Rect, sheet: Sheet, number: int, name: str) -> None:
    width, height = sheet.size.width, sheet.size.height
    if box.width > 0 and box.height > 0 and Rect(0, 0, width, height).contains(box, TOLERANCE):
        return
    right, bottom = _inches(box.right), _inches(box.bottom)
    message = (
        f"Page {number} is {_inches(width)} wide and {_inches(height)} high; "
        f"the box would end {right} from its left and {bottom} from its top."
    )
    raise PlaceError("box-outside", message, "Give a box inside the page: left, top, width and height.", name)


def _inches(points: float) -> str:
    return f"{points / 72:.2f}".rstrip("0").rstrip(".") + " in"


def _add_resource(page: PageObject, form: IndirectObject) -> bytes:
    """Name the form in resources of the page's own: those that it has may be another page's as well."""
    resources = DictionaryObject(dict.items(_dictionary(entry(page, "/Resources"))))
    forms = DictionaryObject(dict.items(_dictionary(entry(resources, "/XObject"))))
    number = 1
    while f"/Card{number}" in forms:
        number += 1
    forms[NameObject(f"/Card{number}")] = form
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    return b"Card%d" % number


def _dictionary(value: object) -> DictionaryObject:
    """A dictionary, an empty one where there is none."""
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _number_of(page: PageObject) -> int:
    return page.indirect_reference.idnum if page.indirect_reference is not None else 0


def _tags(host: Host) -> Tags | None:
    """The tree of a tagged host."""
    raw = dict.get(_dictionary(host.catalog), "/StructTreeRoot")
    if raw is None or not _dictionary(raw):
        return None
    if isinstance(raw, IndirectObject):
        return Tags(host, raw)
    raise damaged("its tags have no object of their own")


def _wrap(host: Host, page: PageObject, before: bytes, after: bytes) -> None:
    """Put content before and after that of the page, whose streams stay as they are."""
    raw = dict.get(page, "/Contents")
    value = raw.get_object() if isinstance(raw, IndirectObject) else raw
    old = list(list.__iter__(value)) if isinstance(value, ArrayObject) else [raw] if raw is not None else []
    first, last = host.add(_stream(before)), host.add(_stream(after))
    page[NameObject("/Contents")] = ArrayObject([first, *old, last])


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data)


def _annotation(link: ArtLink, sheet: Sheet, rect: Rect, scale: float, page: IndirectObject, key: int | None) -> bytes:
    """A link of the card where its words are now."""
    boxes = [
        sheet.user_box(Rect(rect.x + area.x * scale, rect.y + area.y * scale, area.width * scale, area.height * scale))
        for area in link.rects
    ]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    bounds = numbers(min(lefts), min(bottoms), max(rights), max(tops))
    quads = b"/QuadPoints[%b]" % b" ".join(_quads(boxes)) if len(boxes) > 1 else b""
    parent = b"/StructParent %d" % key if key is not None else b""
    return b"<</Type/Annot/Subtype/Link/Rect[%b]%b/Border[0 0 0]/F %d/P %b/Contents%b%b/A<</S/URI/URI%b>>>>" % (
        *(bounds, quads, _PRINT, reference_bytes(page), text_string(link.contents), parent, text_string(link.address)),
    )


def _quads(boxes: list[Box]) -> Iterator[bytes]:
    """Boxes as readers expect quadrilaterals: upper left, upper right, lower left, lower right."""
    for left, bottom, right, top in boxes:
        yield numbers(left, top, right, top, left, bottom, right, bottom)


def _annotate(page: PageObject, annotations: list[IndirectObject], *, tagged: bool) -> None:
    if not annotations:
        return
    found = entry(page, "/Annots")
    old = list(list.__iter__(found)) if isinstance(found, ArrayObject) else []
    page[NameObject("/Annots")] = ArrayObject([*old, *annotations])
    if tagged and "/Tabs" not in page:
        page[NameObject("/Tabs")] = NameObject("/S")
