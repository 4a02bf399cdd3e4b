"""Links lead where they are said to lead, and cover the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.verify.promised import PlacedLink, plain
from cardprint.verify.reading.document import Annotation, Document, Page
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.passages import Owned, fragments_by_owner, join_fragments
from cardprint.verify.reading.structure import ContentKid, Element, ObjectKid

_RESERVED: Final = re.compile(r"%(2[13-9abcf]|3[abdf]|40|5[bd])", re.IGNORECASE)
"""What means another thing when it is not percent-encoded (RFC 3986 §2.2)."""

_NEAR: Final = 0.5
_X_HEIGHT: Final = 0.45
"""What of a line a link must cover, in em above the baseline."""


class TaggedLink(Struct, frozen=True):
    """A Link element: the words in it, and the annotations that it owns, each with its page's number."""

    element: Element
    text: str
    fragments: tuple[Fragment, ...]
    annotations: tuple[tuple[int, Annotation], ...]


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one, however what is not reserved in them is percent-encoded."""
    return one == other or _decoded(one) == _decoded(other)


def _decoded(address: str) -> str:
    """An address without the percent-encodings that change nothing (RFC 3986 §6.2.2)."""
    return unquote(_RESERVED.sub(lambda found: f"%25{found[1].upper()}", address), errors="surrogateescape")


def tagged_links(document: Document, owned: Owned) -> list[TaggedLink]:
    """The Link elements in reading order."""
    by_number = {
        annotation.number: (page.number, annotation) for page in document.pages for annotation in page.annotations
    }
    links = []
    for element in document.tree.walk():
        if element.tag == "Link":
            kids = [kid for inner in element.walk() for kid in inner.kids]
            fragments = tuple(f for kid in kids if isinstance(kid, ContentKid) for f in owned.get(kid, ()))
            annotations = tuple(
                by_number[kid.number] for kid in kids if isinstance(kid, ObjectKid) and kid.number in by_number
            )
            links.append(TaggedLink(element, join_fragments(fragments).strip(), fragments, annotations))
    return links


def verify_links(pages: Sequence[Page], links: Sequence[TaggedLink]) -> Iterator[Finding]:
    """What holds for the links of any file: words under every annotation, an annotation under all the words."""
    owned = {id(annotation) for link in links for _, annotation in link.annotations}
    for link in links:
        if not link.annotations:
            yield Finding("link-dead", f"“{link.text}” is tagged as a link and has nothing to click.")
        for page, annotation in link.annotations:
            if annotation.subtype != "Link" or annotation.address is None:
                yield Finding("link-dead", f"“{link.text}” is tagged as a link and leads nowhere.", page)
        areas = [area for _, annotation in link.annotations for area in annotation.areas]
        for fragment in link.fragments:
            words = _words(fragment)
            if areas and not any(area.contains(words, _NEAR) for area in areas):
                page = link.annotations[0][0]
                yield Finding("link-off-words", f"The link does not cover its words, “{link.text}”.", page, words)
    for page_read in pages:
        for annotation in page_read.annotations:
            if id(annotation) not in owned:
                what = f"A link to {annotation.address}" if annotation.subtype == "Link" else f"A {annotation.subtype}"
                rect = annotation.areas[0] if annotation.areas else None
                yield Finding("link-untagged", f"{what} belongs to no Link in the tags.", page_read.number, rect)


def verify_placed_links(placed: Sequence[PlacedLink], links: Sequence[TaggedLink]) -> Iterator[Finding]:
    """Compare the links that layout placed with those of the tags, in order."""
    for promised, link in zip(placed, links, strict=False):
        found = [annotation for _, annotation in link.annotations]
        addresses = [annotation.address for annotation in found if annotation.address is not None]
        if not addresses:
            continue  # told by verify_links
        if len(addresses) > 1 or not same_address(addresses[0], promised.address):
            message = (
                f"The link “{link.text}” should lead to {promised.address}; it leads to {' and '.join(addresses)}."
            )
            yield Finding("link-address", message, promised.page, promised.areas[0], promised.span)
        elif not _same_areas(promised.areas, found[0].areas):
            message = f"The link to {promised.address} covers another area than its words."
            yield Finding("link-moved", message, promised.page, promised.areas[0], promised.span)
    for promised in placed[len(links) :]:
        message = f"The link to {promised.address} is missing."
        yield Finding("link-missing", message, promised.page, promised.areas[0], promised.span)
    for link in links[len(placed) :]:
        yield Finding("link-unexpected", f"“{link.text}” is a link that was not promised.")


def verify_link_descriptions(document: Document, placed: Sequence[PlacedLink]) -> Iterator[Finding]:
    """Compare what links are said to be, to whoever cannot see them, with what they were to be."""
    links = tagged_links(document, fragments_by_owner(document))
    for promised, link in zip(placed, links, strict=False):
        for _, annotation in link.annotations:
            said = document.file.text(annotation.entries.get("Contents")) or ""
            if plain(said) != plain(promised.contents):
                message = f"The link “{link.text}” should be described as “{promised.contents}”; it is as “{said}”."
                yield Finding("link-description", message, promised.page, promised.areas[0], promised.span)


def _words(fragment: Fragment) -> Rect:
    """What the link must cover of a fragment: its advance, from the baseline to the height of small letters."""
    ink = fragment.ink
    if not fragment.upright:
        return ink
    height = min(_X_HEIGHT * fragment.size, ink.height)
    return Rect(ink.x, fragment.matrix[5] - height, ink.width, height)


def _same_areas(promised: Sequence[Rect], found: Sequence[Rect]) -> bool:
    return len(promised) == len(found) and all(
        one.contains(other, _NEAR) and other.contains(one, _NEAR) for one, other in zip(promised, found, strict=True)
    )
