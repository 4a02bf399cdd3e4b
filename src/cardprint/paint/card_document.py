"""The file: numbered objects, packed where they can be, and the cross-reference stream, through ReportLab's file."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFFile, PDFObject

from cardprint.paint.syntax import deflated_stream, reference

_PACKED_TOGETHER: Final = 400
"""Objects in one object stream at most: readers unfold a stream to get at one of its objects."""

_LEVEL: Final = 4
"""How hard objects and cross-references are deflated: 6 would take twice as long, to save a three-hundredth of the
file."""

_IN_FILE: Final = 1
_IN_STREAM: Final = 2
"""What a cross-reference says of an object (ISO 32000-1 §7.5.8.3): its offset, or its stream and its index there."""

_WIDTHS: Final = "[1 4 2]"
_ENTRY: Final = "BIH"
"""A cross-reference's three numbers, in bytes and as `struct` packs them."""


class IndirectObject(PDFObject):
    """An object of the file's body. `number` is its object number once a document has registered it."""

    number = 0

    def format(self, document: PDFDocument) -> str | bytes:
        """The object's body: text that can be packed with others, or the bytes of a stream."""
        raise NotImplementedError


class ReadyObject(IndirectObject):
    """An object whose body is at hand; it may be given after the object has its number."""

    def __init__(self, body: str | bytes = "") -> None:
        self.body = body

    def format(self, document: PDFDocument) -> str | bytes:  # noqa: ARG002 -- ReportLab's signature
        return self.body


class CardDocument(PDFDocument):
    """A document that comes out as the same bytes whenever and wherever it is written.

    It takes any of ReportLab's objects and does not run PDFDocument's initialiser, which reads the clock and the
    environment and registers the standard fonts; and it writes the file itself, since PDFDocument consults the
    configuration in a user's home, makes the file's identifier from its title, knows no object streams, and takes
    several times as long."""

    def __init__(self) -> None:
        self._objects: list[IndirectObject] = []

    @property
    def next_number(self) -> int:
        """The number of the object that is registered next."""
        return len(self._objects) + 1

    def register(self, obj: IndirectObject) -> int:
        """Give `obj` the next object number."""
        self._objects.append(obj)
        obj.number = number = len(self._objects)
        return number

    def add(self, body: str | bytes) -> int:
        """Register a finished object."""
        return self.register(ReadyObject(body))

    def file(self, catalog: IndirectObject, info: IndirectObject, version: tuple[int, int]) -> bytes:
        """The whole file, of this version of PDF. Its identifier is a hash of all its objects.

        Everything but streams is packed into object streams (§7.5.7): a card's tags shrink to a fifth."""
        file = PDFFile(version)
        entries: list[tuple[int, int, int]] = [(0, 0, 0xFFFF)] * (len(self._objects) + 1)
        packable: list[tuple[int, str]] = []
        for number, obj in enumerate(self._objects, start=1):
            body = obj.format(self)
            if isinstance(body, bytes):
                entries[number] = (_IN_FILE, _added(file, number, body), 0)
            else:
                packable.append((number, body))
        for packed in _split(packable):
            number = len(entries)
            entries.append((_IN_FILE, _added(file, number, _object_stream(packed)), 0))
            for index, (member, _) in enumerate(packed):
                entries[member] = (_IN_STREAM, number, index)
        identifier = hashlib.sha256(b"".join(file.strings)).hexdigest()[:32].upper()
        number = len(entries)
        entries.append((_IN_FILE, file.offset, 0))
        trailer = f"/Root {reference(catalog.number)}/Info {reference(info.number)}/ID[<{identifier}><{identifier}>]"
        start = _added(file, number, _cross_references(entries, trailer))
        file.add(b"startxref\n%d\n%%%%EOF\n" % start)
        data: bytes = file.format(self)
        return data


def _added(file: PDFFile, number: int, body: bytes) -> int:
    """The offset at which the object now stands in the file."""
    offset: int = file.add(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    return offset


def _split(objects: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    for start in range(0, len(objects), _PACKED_TOGETHER):
        yield objects[start : start + _PACKED_TOGETHER]


def _object_stream(objects: Sequence[tuple[int, str]]) -> bytes:
    """The body of an object stream: numbers and offsets of its objects, then the objects."""
    numbers, bodies = zip(*objects, strict=True)
    offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
    head = " ".join([f"{number} {offset}" for number, offset in zip(numbers, offsets, strict=False)]) + "\n"
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}"
    return deflated_stream(entries, (head + "\n".join(bodies)).encode("ascii"), _LEVEL)


def _cross_references(entries: Sequence[tuple[int, int, int]], trailer: str) -> bytes:
    """The body of a cross-reference stream (§7.5.8) that is the file's trailer, too."""
    rows = struct.pack(">" + _ENTRY * len(entries), *chain.from_iterable(entries))
    return deflated_stream(f"/Type/XRef/Size {len(entries)}/W{_WIDTHS}{trailer}", rows, _LEVEL)
