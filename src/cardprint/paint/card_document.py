"""The file: numbered objects, packed where they can be, and the cross-reference stream, through ReportLab's file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFFile, PDFObject

from cardprint.paint.syntax import deflated_stream, reference

_PACKED_TOGETHER: Final = 400
"""Objects in one object stream at most: readers unfold a stream to get at one of its objects."""

_IN_FILE: Final = 1
_IN_STREAM: Final = 2
"""What a cross-reference says of an object (ISO 32000-1 §7.5.8.3): its offset, or its stream and its index there."""


class IndirectObject(PDFObject):
    """An object of the file's body. `number` is its object number once a document has registered it."""

    number = 0

    def format(self, document: PDFDocument) -> bytes:
        """The object's body."""
        raise NotImplementedError


class ReadyObject(IndirectObject):
    """An object whose body is at hand; it may be given after the object has its number."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: PDFDocument) -> bytes:  # noqa: ARG002 -- ReportLab's signature
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

    def add(self, body: bytes) -> int:
        """Register a finished object."""
        return self.register(ReadyObject(body))

    def file(self, catalog: IndirectObject, info: IndirectObject, version: tuple[int, int]) -> bytes:
        """The whole file, of this version of PDF. Its identifier is a hash of all its objects.

        Everything but streams is packed into object streams (§7.5.7): a card's tags shrink to a fifth."""
        file = PDFFile(version)
        entries: list[tuple[int, int, int]] = [(0, 0, 0xFFFF)] * (len(self._objects) + 1)
        packable: list[tuple[int, bytes]] = []
        for number, obj in enumerate(self._objects, start=1):
            body = obj.format(self)
            if body.endswith(b"endstream"):
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


def _split(objects: Sequence[tuple[int, bytes]]) -> Iterator[Sequence[tuple[int, bytes]]]:
    for start in range(0, len(objects), _PACKED_TOGETHER):
        yield objects[start : start + _PACKED_TOGETHER]


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """The body of an object stream: numbers and offsets of its objects, then the objects."""
    numbers, bodies = zip(*objects, strict=True)
    offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
    head = " ".join([f"{number} {offset}" for number, offset in zip(numbers, offsets, strict=False)]) + "\n"
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}"
    return deflated_stream(entries, head.encode("ascii") + b"\n".join(bodies))


def _cross_references(entries: Sequence[tuple[int, int, int]], trailer: str) -> bytes:
    """The body of a cross-reference stream (§7.5.8) that is the file's trailer, too."""
    width = (max([place for _, place, _ in entries]).bit_length() + 7) // 8
    size, kind_at = width + 3, 8 * width + 16
    rows = [(kind << kind_at | place << 16 | index).to_bytes(size, "big") for kind, place, index in entries]
    return deflated_stream(f"/Type/XRef/Size {len(entries)}/W[1 {width} 2]{trailer}", b"".join(rows))
