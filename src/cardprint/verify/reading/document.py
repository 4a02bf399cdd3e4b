"""A finished PDF as a whole: its pages with their text and links, its tags, what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from cardprint.model.geometry import Rect, Size
from cardprint.verify.reading.content import read_content
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fonts import FontReader
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.navigation import (
    ReadBookmark,
    read_bookmarks,
    read_destinations,
    read_labels,
)
from cardprint.verify.reading.opening import open_file
from cardprint.verify.reading.page_content import PageContent, Problem
from cardprint.verify.reading.structure import StructureReader, StructureTree
from cardprint.verify.reading.values import DEEPEST, MOST_PAGES, DamagedFileError, Dict, Ref, Stream, Value

_MOST_AREAS: Final = 64
_ENDLESS: Final = Problem("damaged", "the page tree names a page twice, or has no end")
_INHERITED: Final = ("Resources", "MediaBox", "CropBox", "Rotate")
_LETTER: Final = (0.0, 0.0, 612.0, 792.0)


class Annotation(Struct, eq=False):
    """An annotation of a page. `areas` are where it can be clicked, in points from the page's top left; `address` is
    where it leads ("#ohio": to the page of this file that has that name), None if it leads nowhere."""

    number: int
    subtype: str
    areas: tuple[Rect, ...]
    address: str | None
    entries: Dict


class Page(Struct, eq=False):
    """A page, numbered from 1. `box` is its trim in default user space: left, bottom, right, top. `beside` is the text
    that is cut off: artifacts outside of the bleed, where the page has one."""

    number: int
    object_number: int
    entries: Dict
    box: tuple[float, float, float, float]
    content: PageContent
    annotations: tuple[Annotation, ...]
    beside: Sequence[Fragment] = ()

    @property
    def size(self) -> Size:
        left, bottom, right, top = self.box
        return Size(right - left, top - bottom)


class Document:
    """An open file; with `shapes` its pages tell what they paint besides text. Raises `DamagedFileError` where it
    cannot be opened; later damage is among its `problems`."""

    def __init__(self, pdf: bytes, fonts: FontReader | None = None, *, shapes: bool = False) -> None:
        self.file: PdfFile = open_file(pdf)
        self.catalog: Dict = self.file.dict(self.file.trailer.get("Root"))
        self.problems: list[Problem] = []
        self._fonts = fonts or FontReader()
        self._shapes = shapes
        if not self.catalog:
            raise DamagedFileError("the file has no catalog")

    @cached_property
    def pages(self) -> Sequence[Page]:
        """The pages in order, each with its content read."""
        return [self._page(index, number, entries) for index, (number, entries) in enumerate(self._page_entries)]

    @cached_property
    def tree(self) -> StructureTree:
        """The structure tree."""
        reader = StructureReader(self.file, self.catalog, self._page_indices)
        try:
            return reader.read()
        except DamagedFileError as error:
            reader.tree.problems.append(Problem("damaged", str(error)))
            return reader.tree

    @cached_property
    def destinations(self) -> Mapping[str, int]:
        """The pages that have names, by them; the index of each."""
        try:
            return read_destinations(self.file, self.catalog, self._page_indices)
        except DamagedFileError as error:
            self.problems.append(Problem("damaged", str(error)))
            return {}

    @cached_property
    def bookmarks(self) -> Sequence[ReadBookmark]:
        """The outline from top to bottom."""
        try:
            return read_bookmarks(self.file, self.catalog, self._page_indices)
        except DamagedFileError as error:
            self.problems.append(Problem("damaged", str(error)))
            return []

    @cached_property
    def labels(self) -> Sequence[str]:
        """What viewers call the pages."""
        count = len(self._page_entries)
        try:
            return read_labels(self.file, self.catalog, count)
        except DamagedFileError as error:
            self.problems.append(Problem("damaged", str(error)))
            return [str(number) for number in range(1, count + 1)]

    @cached_property
    def _page_indices(self) -> Mapping[int, int]:
        return {number: index for index, (number, _) in enumerate(self._page_entries)}

    @cached_property
    def _page_entries(self) -> list[tuple[int, Dict]]:
        return list(self._leaves(self.catalog.get("Pages"), {}, set(), 0))

    def _leaves(self, node: Value, inherited: Dict, seen: set[int], depth: int) -> Iterator[tuple[int, Dict]]:
        number = node.number if isinstance(node, Ref) else 0
        if self.problems and self.problems[-1] == _ENDLESS:
            return
        if number in seen or depth > DEEPEST or len(seen) > 2 * MOST_PAGES:
            self.problems.append(_ENDLESS)
            return
        seen.add(number)
        try:
            entries = self.file.dict(node)
            kids = self.file.array(entries.get("Kids"))
        except DamagedFileError as error:
            self.problems.append(Problem("damaged", str(error)))
            return
        inherited = inherited | {key: entries[key] for key in _INHERITED if key in entries}
        if self.file.name(entries.get("Type")) == "Page" or ("Kids" not in entries and entries):
            yield number, inherited | entries
            return
        for kid in kids:
            yield from self._leaves(kid, inherited, seen, depth + 1)

    def _page(self, index: int, number: int, entries: Dict) -> Page:
        file = self.file
        media = file.box(entries.get("MediaBox")) or _LETTER
        box = file.box(entries.get("TrimBox")) or file.box(entries.get("CropBox")) or media
        try:
            content = read_content(
                self._contents(entries),
                file.dict(entries.get("Resources")),
                (1.0, 0.0, 0.0, -1.0, -box[0], box[3]),
                file,
                self._fonts,
                shapes=self._shapes,
            )
        except DamagedFileError as error:
            content = PageContent(problems=[Problem("damaged", str(error))])
        beside = _cut_off(content, box, file.box(entries.get("BleedBox")))
        return Page(index + 1, number, entries, box, content, tuple(self._annotations(entries, box)), beside)

    def _contents(self, entries: Dict) -> bytes:
        value = self.file.resolve(entries.get("Contents"))
        streams = [value] if isinstance(value, Stream) else [self.file.stream(part) for part in self.file.array(value)]
        return b"\n".join([self.file.data(stream) for stream in streams if stream is not None])

    def _annotations(self, entries: Dict, box: tuple[float, float, float, float]) -> Iterator[Annotation]:
        file = self.file
        for value in file.array(entries.get("Annots")):
            try:
                annotation = file.dict(value)
                action = file.dict(annotation.get("A"))
                address = file.text(action.get("URI")) if file.name(action.get("S")) == "URI" else None
                address = address if address is not None else self._anchor(annotation.get("Dest"))
                areas = tuple(_areas(file, annotation, box))
            except DamagedFileError as error:
                self.problems.append(Problem("damaged", str(error)))
                continue
            number = value.number if isinstance(value, Ref) else 0
            yield Annotation(number, file.name(annotation.get("Subtype")), areas, address, annotation)

    def _anchor(self, destination: Value) -> str | None:
        """The address inside the file that a link's destination gives: a name that leads to a page."""
        value = self.file.resolve(destination)
        name = self.file.text(value) if isinstance(value, bytes) else None
        return f"#{name}" if name in self.destinations else None


def _cut_off(
    content: PageContent, trim: tuple[float, float, float, float], bleed: tuple[float, float, float, float] | None
) -> list[Fragment]:
    """Take the text that stands outside of the bleed, as an artifact, out of a page's content."""
    if bleed is None:
        return []
    left, bottom, right, top = bleed
    sheet = Rect(left - trim[0], trim[3] - top, right - left, top - bottom)
    beside = {
        fragment: None
        for fragment in content.fragments
        if fragment.mark is not None and fragment.mark.artifact and not sheet.meets(fragment.ink)
    }
    if beside:
        content.fragments = [fragment for fragment in content.fragments if fragment not in beside]
    return list(beside)


def _areas(file: PdfFile, annotation: Dict, box: tuple[float, float, float, float]) -> Iterator[Rect]:
    """Where an annotation can be clicked: its quadrilaterals inside its rectangle, or else the rectangle."""
    left, top = box[0], box[3]
    rect = file.box(annotation.get("Rect"))
    if rect is None:
        return
    points = file.numbers(annotation.get("QuadPoints"))
    quads = [points[at : at + 8] for at in range(0, min(len(points), 8 * _MOST_AREAS) - 7, 8)]
    boxes = [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads] or [rect]
    for x1, y1, x2, y2 in boxes:
        yield Rect(x1 - left, top - y2, x2 - x1, y2 - y1)
