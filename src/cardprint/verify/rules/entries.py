"""Nothing in the file acts, hides or shows what no card has: its dictionaries hold what cardprint writes into them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cardprint.model.finding import Finding
from cardprint.model.profile import OutputProfile
from cardprint.verify.reading.document import Annotation, Document, Page
from cardprint.verify.reading.values import Dict, Name

_CATALOG: Final = frozenset(
    ("Type", "Version", "Pages", "Lang", "MarkInfo", "StructTreeRoot", "ViewerPreferences", "Metadata", "OutputIntents")
)
_WAYS: Final = frozenset(("PageMode", "Outlines", "Names", "PageLabels"))
"""What the catalog of a book has besides."""

_PREFERENCES: Final = frozenset(("DisplayDocTitle",))
_NAMES: Final = frozenset(("Dests",))
_OUTLINES: Final = frozenset(("Type", "First", "Last", "Count"))
_BOOKMARK: Final = frozenset(("Title", "Parent", "Prev", "Next", "First", "Last", "Count", "Dest"))
_PAGE: Final = frozenset(
    (
        *("Type", "Parent", "MediaBox", "CropBox", "TrimBox", "BleedBox", "Resources", "Contents", "Group"),
        *("Annots", "Tabs", "StructParents", "Rotate"),
    )
)
_LINK: Final = frozenset(
    ("Type", "Subtype", "P", "Rect", "QuadPoints", "Border", "F", "Contents", "StructParent", "A", "Dest")
)
_ACTION: Final = frozenset(("Type", "S", "URI"))
_RESOURCES: Final = frozenset(("Font", "XObject", "ProcSet"))
_PRESS_RESOURCES: Final = frozenset(("ExtGState", "ColorSpace"))
_VERSIONS: Final = frozenset(("1.4", "1.5", "1.6", "1.7"))

_MEANINGS: Final = {
    "OpenAction": "an action on opening",
    "AA": "actions of its own",
    "PA": "another address",
    "Next": "further actions",
    "A": "an action",
    "URI": "a base for its addresses",
    "AcroForm": "a form",
    "OCProperties": "layers that can be hidden",
    "Collection": "other files in it",
    "AF": "other files in it",
    "EmbeddedFiles": "other files in it",
    "JavaScript": "scripts",
    "Requirements": "demands on the viewer",
    "Outlines": "bookmarks",
    "PageLabels": "names for its pages",
    "UserUnit": "a scale of its own",
    "AP": "a picture of its own",
    "PieceInfo": "another program's data",
    "Thumb": "a small picture of its own",
    "Trans": "an effect on turning to it",
    "Dur": "a time after which it is left",
}
"""What entries mean that somebody might add."""


def verify_entries(document: Document, profile: OutputProfile) -> Iterator[Finding]:
    """Judge the dictionaries of an open file. What other programs add without harm when they write it anew is known."""
    file, catalog = document.file, document.catalog
    ways = _WAYS if len(document.pages) > 1 else frozenset[str]()
    yield from _strays("The file", catalog, _CATALOG | ways)
    version = catalog.get("Version")
    if version is not None and file.name(version) not in _VERSIONS:
        yield Finding("stray-entry", f"The file says that it is PDF {file.name(version)}; cards are PDF 1.7.")
    yield from _strays("The file’s display", file.dict(catalog.get("ViewerPreferences")), _PREFERENCES)
    yield from _strays("The file", file.dict(catalog.get("Names")), _NAMES)
    yield from _strays("The outline", file.dict(catalog.get("Outlines")), _OUTLINES)
    for bookmark in document.bookmarks:
        yield from _strays(f"The bookmark “{bookmark.title}”", bookmark.entries, _BOOKMARK)
        if bookmark.page is None:
            yield Finding("bookmark-wrong", f"The bookmark “{bookmark.title}” opens no page of the file.")
    resources = _RESOURCES if profile.press is None else _RESOURCES | _PRESS_RESOURCES
    for page in document.pages:
        yield from _strays("The page", page.entries, _PAGE, page)
        yield from _strays("The page", file.dict(page.entries.get("Resources")), resources, page)
        for annotation in page.annotations:
            yield from _verify_annotation(document, page, annotation)


def _strays(what: str, entries: Dict, known: frozenset[str], page: Page | None = None) -> Iterator[Finding]:
    """Entries that no card has."""
    if entries.keys() <= known:
        return
    for key in sorted(entries.keys() - known):
        number = page.number if page is not None else 0
        if key in _MEANINGS:
            yield Finding("active-content", f"{what} has {_MEANINGS[key]} ({key}); a card has none.", number)
        else:
            yield Finding("stray-entry", f"{what} has an entry {key}, which no card has.", number)


def _verify_annotation(document: Document, page: Page, annotation: Annotation) -> Iterator[Finding]:
    file, entries = document.file, annotation.entries
    rect = annotation.areas[0] if annotation.areas else None
    if annotation.subtype != "Link":
        yield Finding("active-content", f"The page has a {annotation.subtype} annotation.", page.number, rect)
        return
    what = f"The link to {annotation.address}"
    yield from _strays(what, entries, _LINK, page)
    action = file.dict(entries.get("A"))
    yield from _strays(f"The action of {what.replace('The', 'the', 1)}", action, _ACTION, page)
    if action and action.get("S") != Name("URI"):
        yield Finding("active-content", f"{what} does more than lead there.", page.number, rect)
    border = file.numbers(entries.get("Border"))
    if len(border) < 3 or border[2] != 0:
        yield Finding("link-framed", f"{what} has a frame around it.", page.number, rect)


_HEADER: Final = b"%PDF-"
_END: Final = b"%%EOF"


def verify_extent(pdf: bytes) -> Iterator[Finding]:
    """Nothing stands before the beginning of the file or behind its end (ISO 32000-1 §7.5.2 and §7.5.5)."""
    if not pdf.startswith(_HEADER):
        yield Finding("data-outside", "Something stands before the beginning of the PDF that is no part of it.")
    if not pdf.rstrip(b"\r\n").endswith(_END):
        yield Finding("data-outside", "Something stands behind the end of the PDF that is no part of it.")
