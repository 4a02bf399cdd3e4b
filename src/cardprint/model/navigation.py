"""Ways through a document of several pages: names that links lead to, bookmarks, and what each page is called."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

PAGE_LINK = "#"
"""How an address begins that leads to a page of the same document: "#mississippi"."""


class Bookmark(Struct, frozen=True):
    """An entry of the outline: its words, and the page that it opens, counted from 0."""

    title: str
    page: int


class Navigation(Struct, frozen=True):
    """How readers find their way in a document.

    `anchors` are pages, counted from 0, by the name that links and addresses use ("book.pdf#mississippi"); `labels` are
    what viewers call the pages, in order: a plain number, or a word."""

    anchors: Mapping[str, int]
    bookmarks: tuple[Bookmark, ...]
    labels: tuple[str, ...]
