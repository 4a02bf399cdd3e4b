"""A host's structure tree (ISO 32000-1 §14.7): where a figure goes in it, and whose the content of a page is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
)

from cardprint.place.errors import damaged
from cardprint.place.host import Host
from cardprint.place.syntax import entry

_GROUPING: Final = frozenset({"/Document", "/Part", "/Art", "/Sect", "/Div", "/NonStruct"})
"""Elements of which a figure may be a part of its own (§14.8.4.2)."""

_DEEPEST: Final = 200
_MOST_KIDS: Final = 1_000_000


class _Step(NamedTuple):
    """A kid of an element: the object that the element is or stands in, its entries, and the kid's place in it."""

    owner: IndirectObject
    entries: DictionaryObject
    at: int


class Tags:
    """The tree of a tagged host."""

    def __init__(self, host: Host, root: IndirectObject) -> None:
        self._host = host
        self._root = root
        self._entries = _dictionary(root)
        self._roles = _dictionary(entry(self._entries, "/RoleMap", DictionaryObject()))
        self._visited = 0

    def insert(self, elements: list[IndirectObject], page: int, pages: Mapping[int, int]) -> IndirectObject:
        """Put new elements where page `page` ends in reading order, and return their parent. `pages` are the numbers of
        all pages by their objects'."""
        path: list[_Step] = []
        best = 0
        for number, found in self._leaves(self._root, self._entries, 0, pages, []):
            if best <= number <= page:
                path, best = found, number
        step = self._place(path)
        kids = self._kids(step)
        kids[step.at : step.at] = elements
        return step.owner

    def parent_key(self, owner: PdfObject) -> int:
        """A new key of the parent tree (§14.7.4.4), which leads to `owner`: an element, or the owners of a page's
        content."""
        key = self._next_key()
        self._append(key, owner)
        self._entries[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
        self._host.touch(self._root)
        return key

    def own_content(
        self, page: DictionaryObject, page_object: IndirectObject, least: int, owner: IndirectObject
    ) -> int:
        """The content id, `least` or more, under which content of the page belongs to `owner` from now on."""
        key = entry(page, "/StructParents")
        found = self._found(key) if isinstance(key, int) else None
        if found is None:
            owners = ArrayObject([*[NullObject()] * least, owner])
            page[NameObject("/StructParents")] = NumberObject(self.parent_key(owners))
            self._host.touch(page_object)
            return least
        array_object, array = found
        array.extend([NullObject()] * (least - len(array)))
        array.append(owner)
        self._host.touch(array_object)
        return len(array) - 1

    def _place(self, path: list[_Step]) -> _Step:
        """Where something is inserted that follows the content at the end of `path`: in the innermost group that holds
        it; at the beginning of the document if there is no such content."""
        if not path:
            kids = [kid for kid in _listed(self._entries, "/K") if isinstance(kid, IndirectObject)]
            if len(kids) == 1 and self._groups(_dictionary(kids[0])):
                return _Step(kids[0], _dictionary(kids[0]), 0)
            return _Step(self._root, self._entries, 0)
        chosen = path[0]
        for step in path[1:]:
            if not self._groups(step.entries):
                break
            chosen = step
        return chosen._replace(at=chosen.at + 1)

    def _groups(self, entries: DictionaryObject) -> bool:
        tag = entry(entries, "/S")
        for _ in range(16):
            mapped = entry(self._roles, tag)
            if mapped is None or mapped == tag:
                break
            tag = mapped
        return tag in _GROUPING

    def _leaves(
        self, owner: IndirectObject, entries: DictionaryObject, page: int, pages: Mapping[int, int], path: list[_Step]
    ) -> Iterator[tuple[int, list[_Step]]]:
        """The pages that hold content of an element and of those in it, in order, each with the way there."""
        if len(path) > _DEEPEST:
            raise damaged("its tags nest too deeply")
        page = pages.get(_number(entries, "/Pg"), page)
        for index, kid in enumerate(_listed(entries, "/K")):
            self._visited += 1
            if self._visited > _MOST_KIDS:
                raise damaged("its tags have no end")
            way = [*path, _Step(owner, entries, index)]
            value = kid.get_object()
            if isinstance(value, int):
                yield page, way
            elif isinstance(value, DictionaryObject) and entry(value, "/Type") in ("/MCR", "/OBJR"):
                yield pages.get(_number(value, "/Pg"), page), way
            elif isinstance(value, DictionaryObject):
                inside = kid if isinstance(kid, IndirectObject) else owner
                yield from self._leaves(inside, value, page, pages, way)

    def _kids(self, step: _Step) -> ArrayObject:
        """The kids of an element as an array that can be changed."""
        raw = dict.get(step.entries, "/K")
        value = raw.get_object() if isinstance(raw, IndirectObject) else raw
        if isinstance(value, ArrayObject):
            self._host.touch(raw if isinstance(raw, IndirectObject) else step.owner)
            return value
        kids = ArrayObject([] if raw is None else [raw])
        step.entries[NameObject("/K")] = kids
        self._host.touch(step.owner)
        return kids

    def _next_key(self) -> int:
        """The first key that is free, whatever the host says of it."""
        keys = [key for _, numbers in self._number_leaves() for key in list.__iter__(numbers) if isinstance(key, int)]
        declared = entry(self._entries, "/ParentTreeNextKey", 0)
        return max([declared if isinstance(declared, int) else 0, *(int(key) + 1 for key in keys)])

    def _found(self, key: int) -> tuple[IndirectObject, ArrayObject] | None:
        """The elements that own a page's content, by content id, and the object that lists them."""
        for owner, numbers in self._number_leaves():
            values = list(list.__iter__(numbers))
            for at in range(0, len(values) - 1, 2):
                if values[at] == key:
                    array = values[at + 1].get_object()
                    holder = values[at + 1] if isinstance(values[at + 1], IndirectObject) else owner
                    return (holder, array) if isinstance(array, ArrayObject) else None
        return None

    def _number_leaves(self) -> Iterator[tuple[IndirectObject, ArrayObject]]:
        """The parent tree's arrays of keys and values, each with the object that it stands in."""
        pending: list[tuple[PdfObject, IndirectObject]] = [(self._tree(), self._root)]
        for _ in range(_MOST_KIDS):
            if not pending:
                return
            node, above = pending.pop()
            owner = node if isinstance(node, IndirectObject) else above
            entries = _dictionary(node)
            raw = dict.get(entries, "/Nums")
            if raw is not None:
                numbers = raw.get_object()
                if isinstance(numbers, ArrayObject):
                    yield (raw if isinstance(raw, IndirectObject) else owner), numbers
            pending.extend((kid, owner) for kid in reversed(_listed(entries, "/Kids")))
        raise damaged("its tags have no end")

    def _tree(self) -> PdfObject:
        """The parent tree, made if there is none."""
        if "/ParentTree" not in self._entries:
            self._entries[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): ArrayObject()})
            self._host.touch(self._root)
        tree: PdfObject = dict.__getitem__(self._entries, "/ParentTree")
        return tree

    def _append(self, key: int, value: PdfObject) -> None:
        """Add an entry behind all others of the parent tree, and widen the limits of the nodes above it."""
        node, owner = self._tree(), self._root
        for depth in range(_DEEPEST):
            owner = node if isinstance(node, IndirectObject) else owner
            entries = _dictionary(node)
            limits = entry(entries, "/Limits")
            if depth and isinstance(limits, ArrayObject) and len(limits) == 2:
                entries[NameObject("/Limits")] = ArrayObject([limits[0], NumberObject(key)])
                self._host.touch(owner)
            kids = _listed(entries, "/Kids")
            if not kids:
                break
            node = kids[-1]
        raw = dict.get(entries, "/Nums")
        if raw is None:
            raw = entries[NameObject("/Nums")] = ArrayObject()
        numbers: Any = raw.get_object()
        numbers.extend([NumberObject(key), value])
        self._host.touch(raw if isinstance(raw, IndirectObject) else owner)


def _dictionary(value: PdfObject) -> DictionaryObject:
    found = value.get_object()
    if not isinstance(found, DictionaryObject):
        raise damaged("its tags are no tree")
    return found


def _listed(entries: DictionaryObject, key: str) -> list[PdfObject]:
    """An entry that may be one thing or an array of them, as a list; references in it are not followed."""
    raw = dict.get(entries, key)
    if raw is None:
        return []
    found = raw.get_object()
    return list(list.__iter__(found)) if isinstance(found, ArrayObject) else [raw]


def _number(entries: DictionaryObject, key: str) -> int:
    """The object number that an entry refers to, 0 if it refers to none."""
    raw = dict.get(entries, key)
    return raw.idnum if isinstance(raw, IndirectObject) else 0
