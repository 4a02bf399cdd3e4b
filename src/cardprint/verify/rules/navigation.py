"""Readers find their way in a book: bookmarks, page labels and the names of pages are the promised ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from cardprint.model.finding import Finding
from cardprint.model.navigation import Navigation
from cardprint.verify.reading.document import Document


def verify_navigation(document: Document, promised: Navigation) -> Iterator[Finding]:
    """Compare the ways through the file with the promised ones."""
    expected = [(bookmark.title, bookmark.page) for bookmark in promised.bookmarks]
    found = [(bookmark.title, bookmark.page) for bookmark in document.bookmarks]
    for one, other in zip_longest(expected, found):
        if one != other:
            message = f"In the bookmarks {_told(one)} was promised; {_told(other)} is there."
            yield Finding("bookmark-wrong", message, 0 if one is None else one[1] + 1)
    for number, (label, other_label) in enumerate(zip(promised.labels, document.labels, strict=False), start=1):
        if label != other_label:
            yield Finding("label-wrong", f"The page should be called {label}; it is called {other_label}.", number)
    for name, index in promised.anchors.items():
        if document.destinations.get(name) != index:
            yield Finding("destination-wrong", f"Links to “{name}” do not lead to its page.", index + 1)


def _told(bookmark: tuple[str, int | None] | None) -> str:
    if bookmark is None:
        return "nothing"
    title, page = bookmark
    return f"“{title}” (page {page + 1})" if page is not None else f"“{title}” (no page)"
