"""Page frames to a PDF, the same bytes for the same frames.

For screens it is tagged for PDF/UA-1 and archival by PDF/A-2a; for a press it is PDF/X-4 and PDF/A-2b, and keeps its
tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cardprint.model.content import DocumentInfo
from cardprint.model.frame import PageFrame
from cardprint.model.navigation import Navigation
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.paint.card_document import CardDocument, ReadyObject
from cardprint.paint.fonts import FontMemory, FontSource
from cardprint.paint.metadata import info_dictionary, xmp_metadata
from cardprint.paint.navigation import navigation_entries
from cardprint.paint.output_intent import output_intent
from cardprint.paint.page_painter import PagePainter
from cardprint.paint.resources import Resources
from cardprint.paint.structure import StructureTree
from cardprint.paint.syntax import reference, text_string

_SCREEN_VERSION: Final = (1, 7)
_PRESS_VERSION: Final = (1, 6)
"""That of PDF/X-4 (ISO 15930-7 §6.1)."""

_FONTS: Final = FontMemory()
"""Subsets shared by every call in the process. It only saves work: what it returns depends on the arguments alone."""


def paint_pdf(
    pages: Sequence[PageFrame],
    profile: OutputProfile = SCREEN,
    fonts: FontSource | None = None,
    navigation: Navigation | None = None,
) -> bytes:
    """The PDF of `pages`, which is about what the first page's `info` says.

    `fonts` gives the subsets to embed; without it each document has subsets of just its glyphs. With `navigation` it is
    a book: readers find their way in it. Raises `FrameError` for frames that cannot be tagged, and for links to pages
    that `navigation` does not know."""
    if not pages:
        raise ValueError("a document needs at least one page")
    press = profile.press is not None
    document = CardDocument()
    catalog, info = ReadyObject(), ReadyObject(info_dictionary(pages[0].info, press=press))
    page_tree, resource_dictionary = ReadyObject(), ReadyObject()
    tree = StructureTree(len(pages))
    for obj in (catalog, info, page_tree, resource_dictionary, tree):
        document.register(obj)
    resources = Resources(document, pages, fonts or _FONTS, profile.press)
    anchors = navigation.anchors if navigation is not None else {}
    kids = [
        PagePainter(page, document, tree, resources, profile, anchors).paint(
            key, page_tree.number, resource_dictionary.number
        )
        for key, page in enumerate(pages)
    ]
    resource_dictionary.body = resources.body()
    page_tree.body = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(map(reference, kids))}]>>"
    ways = navigation_entries(document, navigation, kids) if navigation is not None else ""
    catalog.body = _catalog(document, pages[0].info, profile, page_tree.number, tree.number, ways)
    return document.file(catalog, info, _PRESS_VERSION if press else _SCREEN_VERSION)


def _catalog(
    document: CardDocument, info: DocumentInfo, profile: OutputProfile, page_tree: int, structure: int, ways: str
) -> str:
    metadata = document.add(xmp_metadata(info, press=profile.press is not None))
    intent = output_intent(profile.press)
    icc = reference(document.add(intent.profile))
    intents = "".join([f"{entries}/DestOutputProfile {icc}>>" for entries in intent.entries])
    return (
        f"<</Type/Catalog/Pages {reference(page_tree)}/Lang{text_string(info.language)}/MarkInfo<</Marked true>>"
        f"/StructTreeRoot {reference(structure)}/ViewerPreferences<</DisplayDocTitle true>>"
        f"/Metadata {reference(metadata)}/OutputIntents[{intents}]{ways}>>"
    )
