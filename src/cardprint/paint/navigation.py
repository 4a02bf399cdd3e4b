"""Ways through the document: named destinations, the outline, page labels (ISO 32000-1 §12.3 and §12.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cardprint.model.navigation import Bookmark, Navigation
from cardprint.paint.card_document import CardDocument, ReadyObject
from cardprint.paint.syntax import reference, text_string


def navigation_entries(document: CardDocument, navigation: Navigation, pages: Sequence[int]) -> str:
    """The catalog's entries. `pages` are the pages' object numbers. Viewers open the file with its outline shown."""
    outline = _outline(document, navigation.bookmarks, pages)
    return (
        f"/PageMode/UseOutlines/Outlines {reference(outline)}"
        f"/Names<</Dests<</Names[{_destinations(navigation.anchors, pages)}]>>>>"
        f"/PageLabels<</Nums[{' '.join(_labels(navigation.labels))}]>>"
    )


def _destination(page: int) -> str:
    """The whole page, in the window as it is."""
    return f"[{reference(page)}/Fit]"


def _destinations(anchors: Mapping[str, int], pages: Sequence[int]) -> str:
    """A name tree of one leaf, its names in the order of their bytes (§7.9.6)."""
    named = sorted((anchor.encode("ascii"), pages[page]) for anchor, page in anchors.items())
    return "".join([f"{text_string(anchor.decode('ascii'))}{_destination(page)}" for anchor, page in named])


def _outline(document: CardDocument, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """The object number of the outline (§12.3.3), all of whose entries stand on one level."""
    root = ReadyObject()
    document.register(root)
    entries = [ReadyObject() for _ in bookmarks]
    numbers = [document.register(entry) for entry in entries]
    following = dict(pairwise(numbers))
    before = {after: number for number, after in following.items()}
    for entry, bookmark in zip(entries, bookmarks, strict=True):
        beside = f"/Prev {reference(before[entry.number])}" if entry.number in before else ""
        beside += f"/Next {reference(following[entry.number])}" if entry.number in following else ""
        title, page = text_string(bookmark.title), _destination(pages[bookmark.page])
        entry.body = f"<</Title{title}/Parent {reference(root.number)}{beside}/Dest{page}>>"
    ends = f"/First {reference(numbers[0])}/Last {reference(numbers[-1])}" if numbers else ""
    root.body = f"<</Type/Outlines{ends}/Count {len(numbers)}>>"
    return root.number


def _labels(labels: Sequence[str]) -> Iterator[str]:
    """Page labels as ranges: numbers that follow one another are one, a word is one of its own."""
    expected = None
    for index, label in enumerate(labels):
        if not label.isdecimal():
            yield f"{index}<</P{text_string(label)}>>"
            expected = None
        else:
            if int(label) != expected:
                yield f"{index}<</S/D/St {int(label)}>>"
            expected = int(label) + 1
