"""A finished card's PDF as art: its page as one form XObject without tags, with what it needs, and its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from cardprint.model.art import ArtLink, ArtObject, CardArt
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import Rect
from cardprint.place.errors import PlaceError, damaged, require_pdf
from cardprint.place.sheet import Box, Sheet, box_of, sheet_of
from cardprint.place.syntax import entry, joined, numbers, spell

_MOST_OBJECTS: Final = 2_000
_WHITE: Final = {3: b"1 1 1 rg", 4: b"0 0 0 0 k"}
"""Paper, by the number of the inks or lights that a card's colours are given in."""

_TAGGED: Final = frozenset({b"BDC", b"BMC", b"EMC", b"DP", b"MP"})
_OF_THE_TREE: Final = ("/StructParent", "/StructParents")


def read_art(
    pdf: bytes, alt: str, language: str = "", name: str = "", page: int | None = None, outlined: Sequence[Rect] = ()
) -> CardArt:
    """A page of `pdf` (from 1), the only one where none is named, as art.

    Marked content is left out: on another page the art is one figure, whose description is `alt`. The rectangles
    `outlined`, in points from the card's top left, are drawn over it.
    Raises `PlaceError`, telling of the file `name`: damaged-pdf, encrypted-pdf, which-page."""
    require_pdf(pdf, name)
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted:
            hint = "Take the card as cardprint rendered it."
            raise PlaceError("encrypted-pdf", "The card is encrypted.", hint, name)
        side = _side(reader, page, name)
        sheet = sheet_of(side, trimmed=True)
        form = _form(reader, side, sheet, outlined)
        return CardArt(sheet.size, tuple(_objects(form)), tuple(_links(side, sheet)), alt, language)
    except DiagnosticError:
        raise
    except Exception as error:  # whatever pypdf raises over a broken file
        raise damaged(f"it cannot be read ({type(error).__name__}: {error})", name) from None


def _side(reader: PdfReader, page: int | None, name: str) -> PageObject:
    """The page that is meant."""
    count = len(reader.pages)
    if (page is None and count != 1) or not 1 <= (page or 1) <= count:
        has = f"The card has {count} pages" if count != 1 else "The card has one page"
        which = f"; there is no page {page}." if page is not None else " and can show one of them."
        raise PlaceError("which-page", has + which, f"Name its page from 1 to {count} with --card-page.", name)
    return reader.pages[(page or 1) - 1]


def _form(reader: PdfReader, page: PageObject, sheet: Sheet, outlined: Sequence[Rect]) -> StreamObject:
    """The page as a form XObject (ISO 32000-1 §8.10), its bottom left at the origin."""
    content = ContentStream(entry(page, "/Contents"), reader, "bytes")
    content.operations = _untagged(content.operations)
    resources = _copy(entry(page, "/Resources"))
    profile = _intent_profile(reader)
    if profile is not None and _channels(reader) == len("RGB"):
        # The art takes it along: another file may have another output intent, or none.
        spaces = _copy(entry(resources, "/ColorSpace"))
        spaces.setdefault(NameObject("/DefaultRGB"), ArrayObject([NameObject("/ICCBased"), profile]))
        resources[NameObject("/ColorSpace")] = spaces
    matrix = sheet.to_view
    box = sheet.user_box(Rect(0.0, 0.0, sheet.size.width, sheet.size.height))
    form = StreamObject()
    white = _WHITE.get(_channels(reader), b"1 g")
    outlines = b"".join([_outline(sheet.user_box(rect)) for rect in outlined])
    form.set_data(_paper(box, white) + b"q\n" + content.get_data() + b"\nQ\n" + outlines)
    entries = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": _array(*box),
        "/Matrix": _array(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f),
        "/Resources": resources,
    }
    if "/Group" in page:
        entries["/Group"] = page.raw_get("/Group")
    form.update({NameObject(key): value for key, value in entries.items()})
    return form.flate_encode()


def _paper(box: Box, white: bytes) -> bytes:
    """The white that the card is printed on: its colours are chosen for it, and other pages may have a ground."""
    left, bottom, right, top = box
    return b"q %b %b re f Q\n" % (white, numbers(left, bottom, right - left, top - bottom))


def _outline(box: Box) -> bytes:
    """A box in magenta on a wider white one, so that it is seen on any ground."""
    left, bottom, right, top = box
    shape = numbers(left, bottom, right - left, top - bottom)
    return b"q 5 w 1 1 1 RG %b re S 2.4 w 0.8 0 0.5 RG %b re S Q\n" % (shape, shape)


def _copy(value: Any) -> DictionaryObject:
    """A dictionary that may be changed, with the entries of another, if there is one."""
    found = value.get_object() if value is not None else None
    return DictionaryObject(dict.items(found)) if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(numbers(value).decode()) for value in values])


def _untagged(operations: list[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """The operators without those that mark content: its tags stay behind. Text that is said otherwise than it is drawn
    (ActualText) keeps that."""
    kept, open_marks = [], []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            about = operands[1] if len(operands) > 1 else None
            open_marks.append(isinstance(about, DictionaryObject) and "/ActualText" in about and "/MCID" not in about)
            if open_marks[-1]:
                kept.append((operands, operator))
        elif operator == b"EMC":
            if open_marks and open_marks.pop():
                kept.append((operands, operator))
        elif operator not in _TAGGED:
            kept.append((operands, operator))
    return kept


def _intent_profile(reader: PdfReader) -> IndirectObject | None:
    """The profile that says what the card's colour values mean."""
    for intent in entry(reader.root_object, "/OutputIntents", ()):
        profile = dict.get(intent.get_object(), "/DestOutputProfile")
        if isinstance(profile, IndirectObject):
            return profile
    return None


def _channels(reader: PdfReader) -> int:
    """In how many inks or lights the card's colours are given; 0: not known."""
    profile = _intent_profile(reader)
    return int(entry(cast(StreamObject, profile.get_object()), "/N", 0)) if profile is not None else 0


def _objects(form: StreamObject) -> Iterator[ArtObject]:
    """The form and every object that it refers to, in the order in which they are met."""
    indices: dict[tuple[int, int], int] = {}
    pending: list[PdfObject] = [form]

    def refer(reference: IndirectObject) -> bytes | int:
        key = (reference.idnum, reference.generation)
        if key not in indices:
            found = reference.get_object()
            if found is None or isinstance(found, NullObject):
                return b"null"
            if isinstance(found, DictionaryObject) and entry(found, "/Type") in ("/Page", "/Pages", "/Catalog"):
                return b"null"  # art knows no pages
            if len(pending) >= _MOST_OBJECTS:
                raise damaged(f"its page needs more than {_MOST_OBJECTS:,} objects")
            indices[key] = len(pending)
            pending.append(found)
        return indices[key]

    at = 0
    while at < len(pending):
        value = pending[at]
        if isinstance(value, DictionaryObject):
            for key in _OF_THE_TREE:
                value.pop(key, None)
        yield joined(spell(value, refer))
        at += 1


def _links(page: PageObject, sheet: Sheet) -> Iterator[ArtLink]:
    """The page's links to addresses."""
    for reference in entry(page, "/Annots", ()):
        annotation = reference.get_object()
        action = entry(annotation, "/A", DictionaryObject())
        if entry(annotation, "/Subtype") != "/Link" or entry(action, "/S") != "/URI" or "/URI" not in action:
            continue
        quads = list(_quads(entry(annotation, "/QuadPoints")))
        bounds = box_of(entry(annotation, "/Rect"))
        rects = tuple(map(sheet.shown_rect, quads or ([bounds] if bounds is not None else [])))
        if rects:
            address = str(action["/URI"])
            yield ArtLink(rects, address, str(entry(annotation, "/Contents", address)))


def _quads(points: Any) -> Iterator[Box]:
    """The boxes of a link that runs over several lines."""
    values = [float(value) for value in points] if isinstance(points, ArrayObject) else []
    for at in range(0, len(values) - 7, 8):
        quad = values[at : at + 8]
        yield min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])
