"""The file: numbered objects, cross-reference table and trailer, through ReportLab's document classes."""

from __future__ import annotations

import hashlib

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFFile, PDFObject, PDFObjectReference, PDFTrailer


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

    Of PDFDocument it keeps the registry of objects. It does not run its initialiser, which reads the clock and the
    environment and registers the standard fonts; and it writes the file itself, since PDFDocument consults the
    configuration in a user's home, makes the file's identifier from its title, and takes several times as long."""

    def __init__(self) -> None:
        self.objectcounter = 0
        self.idToObjectNumberAndVersion = {}
        self.idToObject = {}
        self.idToOffset = {}
        self.numberToId = {}
        self.objects: list[IndirectObject] = []

    def register(self, obj: IndirectObject) -> int:
        """Give `obj` the next object number."""
        self.Reference(obj)  # type: ignore[no-untyped-call]
        self.objects.append(obj)
        obj.number = self.objectcounter
        return obj.number

    def add(self, body: bytes) -> int:
        """Register a finished object."""
        return self.register(ReadyObject(body))

    def file(self, catalog: IndirectObject, info: IndirectObject, version: tuple[int, int]) -> bytes:
        """The whole file, of this version of PDF. Its identifier is a hash of all its objects."""
        file = PDFFile(version)
        offsets = [file.add(b"%d 0 obj\n%b\nendobj\n" % (obj.number, obj.format(self))) for obj in self.objects]
        identifier = hashlib.sha256(b"".join(file.strings)).hexdigest()[:32].upper()
        size = len(offsets) + 1
        entries = b"".join([b"%010d 00000 n \n" % offset for offset in offsets])
        start = file.add(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, entries))
        trailer = PDFTrailer(
            startxref=start,
            Size=size,
            Root=PDFObjectReference(self.numberToId[catalog.number]),
            Info=PDFObjectReference(self.numberToId[info.number]),
            ID=f"[<{identifier}> <{identifier}>]",
        )
        file.add(trailer.format(self))
        return file.format(self)
