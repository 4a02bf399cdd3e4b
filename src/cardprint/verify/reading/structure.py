"""The structure tree of a file (ISO 32000-1 §14.7): elements, what they own, and the way back from content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct, field

from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.page_content import Problem
from cardprint.verify.reading.values import DEEPEST, MOST_ELEMENTS, DamagedFileError, Dict, Ref, Value

_NO_ATTRIBUTES: Final[Dict] = {}
_LONGEST_ROLE_CHAIN: Final = 8
_LONGEST_SPAN: Final = 200


class ContentKid(NamedTuple):
    """Marked content that an element owns: its page, from 0 (-1: none is named), and its content id."""

    page: int
    mcid: int


class ObjectKid(NamedTuple):
    """An object that an element owns through an OBJR, an annotation mostly, by its object number."""

    number: int


Kid: TypeAlias = "Element | ContentKid | ObjectKid"


class Element(Struct, eq=False, gc=False):
    """A structure element. `tag` is its standard type, roles mapped; `number` its object number, 0 for a direct one.

    `parent_number` is what the element itself says its parent is; `described` that it may have any of the texts and
    attributes. It does not lead to its parent: without circles the many elements of a file go as soon as nobody holds
    them."""

    tag: str
    number: int
    parent_number: int
    kids: list[Kid] = field(default_factory=list)
    alt: str | None = None
    actual_text: str | None = None
    expansion: str | None = None
    language: str | None = None
    attributes: Dict = field(default_factory=lambda: _NO_ATTRIBUTES)
    described: bool = False

    @property
    def children(self) -> Iterator[Element]:
        return (kid for kid in self.kids if type(kid) is Element)

    @property
    def scope(self) -> str | None:
        scope = self.attributes.get("Scope")
        return str(scope) if isinstance(scope, str) else None

    @property
    def row_span(self) -> int:
        return _span(self.attributes.get("RowSpan"))

    @property
    def column_span(self) -> int:
        return _span(self.attributes.get("ColSpan"))

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [kid for kid in reversed(element.kids) if type(kid) is Element]


class _Written(NamedTuple):
    """What the dictionary of an element says by itself: `tag` before roles are mapped, `above` the number of what it
    says its parent is, `texts` its Alt, ActualText, E and Lang, and the values of Pg, K, A and C."""

    tag: str
    above: int
    page: Value
    kids: Value
    texts: tuple[str | None, str | None, str | None, str | None]
    attributes: Value
    classes: Value


_NO_TEXTS: Final = (None, None, None, None)
_MOST_KEPT: Final = 1_000
_LONGEST_KEPT: Final = 1_000
_WRITTEN: Final[dict[bytes, _Written]] = {}
"""Elements already read, by how the file spells them: those of one edition's cards are alike down to their numbers.
None is kept of which another object of the file has a say, but for its kids, its parent and its page."""


class StructureTree(Struct, eq=False):
    """The elements under the root. `owners` gives the first element that claims a page's content id; `parent_tree` the
    element numbers that the file itself looks up: by key, a list for a page and a number for an annotation."""

    present: bool = False
    roots: list[Element] = field(default_factory=list)
    owners: dict[ContentKid, Element] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        for root in self.roots:
            yield from root.walk()

    def parents(self) -> dict[Element, Element]:
        """The element that holds each element, the roots left out."""
        return {child: element for element in self.walk() for child in element.children}


class StructureReader:
    """Reads the tree of one file. `pages` gives each page object's index."""

    def __init__(self, file: PdfFile, catalog: Dict, pages: Mapping[int, int]) -> None:
        self._file = file
        self._pages = pages
        self._root = file.dict(catalog.get("StructTreeRoot"))
        self._roles = file.dict(self._root.get("RoleMap"))
        self._classes = file.dict(self._root.get("ClassMap"))
        self._seen: set[int] = set()
        self._count = 0
        self.tree = StructureTree(present=bool(self._root))

    def read(self) -> StructureTree:
        for kid in self._kid_values(self._root.get("K")):
            element = self._kid(kid, None, -1, 0)
            if isinstance(element, Element):
                self.tree.roots.append(element)
        return self.tree

    def _kid_values(self, value: Value) -> list[Value]:
        """K may be one kid or an array of them, and an array may stand in an object of its own."""
        if type(value) is list:
            return value
        if type(value) is int:
            return [value]
        if type(value) is Ref:
            source = self._file.source(value.number)
            if source is not None and source.startswith(b"<<"):
                return [value]
        resolved = self._file.resolve(value)
        if isinstance(resolved, list):
            return resolved
        return [] if resolved is None else [value]

    def _kid(
        self, value: Value, parent: Element | None, page: int, depth: int
    ) -> Element | ContentKid | ObjectKid | None:
        if type(value) is int and parent is not None:
            return self._content(page, value, parent)
        source = self._file.source(value.number) if type(value) is Ref else None
        written = _WRITTEN.get(source) if source is not None else None
        if written is not None:
            return self._element(value, written, page, depth)
        try:
            entries = self._file.dict(value)
        except DamagedFileError as error:
            self._problem("damaged", str(error))
            return None
        kind = entries.get("Type")
        if kind == "MCR" and parent is not None:
            mcid = self._file.integer(entries.get("MCID"))
            return None if mcid is None else self._content(self._page(entries.get("Pg"), page), mcid, parent)
        if kind == "OBJR":
            owned = entries.get("Obj")
            return ObjectKid(owned.number) if isinstance(owned, Ref) else None
        if entries.get("S") is None:
            self._problem("damaged", "the structure tree holds something that is no element")
            return None
        written = self._as_written(entries)
        if source is not None and len(source) <= _LONGEST_KEPT and not _refers(entries):
            if len(_WRITTEN) >= _MOST_KEPT:
                _WRITTEN.clear()
            _WRITTEN[source] = written
        return self._element(value, written, page, depth)

    def _content(self, page: int, mcid: int, owner: Element) -> ContentKid:
        kid = ContentKid(page, mcid)
        if self.tree.owners.setdefault(kid, owner) is not owner:
            self._problem("mcid-claimed-twice", f"content {mcid} of page {page + 1} belongs to two elements")
        return kid

    def _page(self, page: Value, default: int) -> int:
        return default if page is None else self._pages.get(page.number, -1) if isinstance(page, Ref) else -1

    def _element(self, value: Value, written: _Written, page: int, depth: int) -> Element | None:
        number = value.number if type(value) is Ref else 0
        if number in self._seen or depth > DEEPEST or self._count > MOST_ELEMENTS:
            self._problem("tree-loop", "an element stands in the structure tree twice, or too deep")
            return None
        if number:
            self._seen.add(number)
        self._count += 1
        tag, above, own_page, kid_values, texts, attributes, classes = written
        described = texts is not _NO_TEXTS or attributes is not None or classes is not None
        kids: list[Kid] = []
        element = Element(self._standard(tag) if self._roles else tag, number, above, kids)
        if described:
            element.described = True
            element.alt, element.actual_text, element.expansion, element.language = texts
            element.attributes = self._attributes(classes, attributes)
        page = self._page(own_page, page)
        for kid_value in kid_values if type(kid_values) is list else self._kid_values(kid_values):
            if type(kid_value) is int:
                kids.append(self._content(page, kid_value, element))
            elif (kid := self._kid(kid_value, element, page, depth + 1)) is not None:
                kids.append(kid)
        return element

    def _as_written(self, entries: Dict) -> _Written:
        """What the dictionary of an element says."""
        above, text = entries.get("P"), self._file.text
        texts = (
            text(entries.get("Alt")),
            text(entries.get("ActualText")),
            text(entries.get("E")),
            text(entries.get("Lang")),
        )
        return _Written(
            self._file.name(entries.get("S")),
            above.number if isinstance(above, Ref) else 0,
            entries.get("Pg"),
            entries.get("K"),
            _NO_TEXTS if texts == _NO_TEXTS else texts,
            entries.get("A"),
            entries.get("C"),
        )

    def _standard(self, tag: str) -> str:
        for _ in range(_LONGEST_ROLE_CHAIN):
            mapped = self._file.name(self._roles.get(tag))
            if not mapped or mapped == tag:
                break
            tag = mapped
        return tag

    def _attributes(self, classes: Value, attributes: Value) -> Dict:
        """All attributes of an element in one dictionary, those of its classes first."""
        if classes is None and type(attributes) is dict:
            return attributes
        if classes is None and attributes is None:
            return _NO_ATTRIBUTES
        of_classes = [self._classes.get(self._file.name(name)) for name in self._kid_values(classes)]
        merged: Dict = {}
        for value in (*of_classes, attributes):
            for part in self._kid_values(value):
                merged.update(self._file.dict(part))
        return merged

    def _problem(self, rule: str, message: str) -> None:
        if len(self.tree.problems) < 100:
            self.tree.problems.append(Problem(rule, message))


def _refers(entries: Dict) -> bool:
    """Whether what an element says of itself stands in another object."""
    return any(isinstance(entries.get(key), Ref) for key in ("S", "Alt", "ActualText", "E", "Lang"))


def _span(value: Value) -> int:
    return min(value, _LONGEST_SPAN) if isinstance(value, int) and value > 0 else 1


def read_parent_tree(file: PdfFile, catalog: Dict) -> dict[int, Value]:
    """The number tree that leads from content to its element: entries by key, unresolved (§14.7.4.4)."""
    entries: dict[int, Value] = {}
    root = file.dict(catalog.get("StructTreeRoot"))
    pending, seen = [root.get("ParentTree")], set[int]()
    while pending:
        value = pending.pop()
        number = value.number if isinstance(value, Ref) else 0
        if number in seen or len(seen) > MOST_ELEMENTS:
            continue
        seen.add(number)
        node = file.dict(value)
        numbers = file.array(node.get("Nums"))
        for key, owner in zip(numbers[::2], numbers[1::2], strict=False):
            index = file.integer(key)
            if index is not None:
                entries[index] = owner
        pending += file.array(node.get("Kids"))
    return entries
