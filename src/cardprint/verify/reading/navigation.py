"""Ways through a file: named destinations, bookmarks, page labels (ISO 32000-1 §12.3 and §12.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.values import DEEPEST, MOST_PAGES, DamagedFileError, Dict, Ref, Value

_MOST_ENTRIES: Final = 2 * MOST_PAGES
"""Names, bookmarks and labels: about one of each to a page."""

PageIndices = Mapping[int, int]
"""The index of each page, by its object number."""


class ReadBookmark(NamedTuple):
    """An entry of the outline: its words, how deep it stands, the page that it opens (None: none of this file), and all
    that the file says of it."""

    title: str
    depth: int
    page: int | None
    entries: Dict


def read_destinations(file: PdfFile, catalog: Dict, pages: PageIndices) -> dict[str, int]:
    """The pages that have names, by them; names that lead nowhere are left out."""
    tree = file.dict(catalog.get("Names")).get("Dests")
    found = {}
    for key, value in _leaves(file, tree, "Names"):
        name, page = file.text(key), destination_page(file, value, pages)
        if name is not None and page is not None:
            found[name] = page
    return found


def destination_page(file: PdfFile, value: Value, pages: PageIndices) -> int | None:
    """The index of the page that an explicit destination opens, perhaps one in a dictionary (§12.3.2)."""
    value = file.resolve(value)
    if isinstance(value, dict):
        value = value.get("D")
    target = file.array(value)[:1]
    return pages.get(target[0].number) if target and isinstance(target[0], Ref) else None


def read_labels(file: PdfFile, catalog: Dict, count: int) -> tuple[str, ...]:
    """What viewers call each of `count` pages: words and numbers; other styles are read as numbers."""
    starts = {}
    for key, value in _leaves(file, catalog.get("PageLabels"), "Nums"):
        index = file.integer(key)
        if index is not None:
            starts[index] = file.dict(value)
    labels: list[str] = []
    current: Dict = {"S": None} if starts else {}
    since = 0
    for index in range(count):
        if index in starts:
            current, since = starts[index], index
        prefix = file.text(current.get("P")) or ""
        numbered = not starts or current.get("S") is not None
        number = (file.integer(current.get("St")) or 1) + index - since
        labels.append(f"{prefix}{number}" if numbered else prefix)
    return tuple(labels)


def read_bookmarks(file: PdfFile, catalog: Dict, pages: PageIndices) -> list[ReadBookmark]:
    """The outline from top to bottom. Raises `DamagedFileError` for one without an end."""
    found: list[ReadBookmark] = []
    _read_level(file, file.dict(catalog.get("Outlines")).get("First"), 0, pages, found)
    return found


def _read_level(file: PdfFile, first: Value, depth: int, pages: PageIndices, found: list[ReadBookmark]) -> None:
    at = first
    while at is not None:
        entry = file.dict(at)
        if len(found) >= _MOST_ENTRIES or depth > DEEPEST:
            raise DamagedFileError("the outline has no end")
        page = destination_page(file, entry.get("Dest"), pages)
        found.append(ReadBookmark(file.text(entry.get("Title")) or "", depth, page, entry))
        _read_level(file, entry.get("First"), depth + 1, pages, found)
        at = entry.get("Next")


def _leaves(file: PdfFile, tree: Value, entries: str) -> Iterator[tuple[Value, Value]]:
    """The pairs in a name tree or a number tree (§7.9.6 and §7.9.7)."""
    waiting, seen = [tree], 0
    while waiting:
        node = file.dict(waiting.pop(0))
        pairs = file.array(node.get(entries))
        seen += 1 + len(pairs) // 2
        if seen > _MOST_ENTRIES:
            raise DamagedFileError("a tree of names or labels has no end")
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting.extend(file.array(node.get("Kids")))
