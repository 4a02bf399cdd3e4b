"""A PDF that a card is put into: its objects changed in place, new ones added.

What is done to a file of somebody else's is appended to it (an incremental update, ISO 32000-1 §7.5.6): its own bytes
stay the first bytes of the result, so that whatever was not touched is as it was, to the byte.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from io import BytesIO
from typing import Any, Final, Protocol, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    read_object,
)

from cardprint.model.diagnostics import DiagnosticError
from cardprint.place.errors import PlaceError, damaged, require_pdf
from cardprint.place.syntax import entry, spell

_OBJECT: Final = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
_TABLE: Final = re.compile(rb"xref\b|\d+ \d+ obj\b")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TAIL: Final = 2048
_FREE: Final = 65535
_SIGNED: Final = 1
"""The bit of SigFlags that says that a signature is there (§12.7.2)."""


class Host(Protocol):
    """What placing needs of a document."""

    @property
    def catalog(self) -> IndirectObject: ...

    def page(self, number: int) -> PageObject:
        """The page, counted from 1."""

    def add(self, body: bytes) -> IndirectObject:
        """A new object."""

    def reserve(self, count: int) -> list[IndirectObject]:
        """References of objects whose bodies are given later, by `fill`."""

    def fill(self, reference: IndirectObject, body: bytes) -> None: ...

    def touch(self, reference: IndirectObject) -> None:
        """The object has been changed in place, somewhere below the reference."""


class FileHost:
    """A file. Raises `PlaceError` for one that nothing may be added to: damaged-pdf, encrypted-pdf, signed-pdf."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self._data = data
        self._name = name
        self._changed: dict[int, tuple[int, bytes | None]] = {}
        self._pages: dict[int, PageObject] = {}  # with what they inherit; pypdf's own, not those of get_object
        require_pdf(data, name)
        try:
            self._reader = PdfReader(BytesIO(data))
            self._refuse_sealed()
            self.page_count = len(self._reader.pages)
            self._previous = self._last_table()
            self._next = self._size()
        except DiagnosticError:
            raise
        except Exception as error:  # whatever pypdf raises over a broken file
            raise damaged(f"it cannot be read ({type(error).__name__}: {error})", name) from None

    @property
    def catalog(self) -> IndirectObject:
        root = self._reader.trailer.raw_get("/Root")
        if not isinstance(root, IndirectObject):
            raise damaged("it has no catalog", self._name)
        return root

    def page(self, number: int) -> PageObject:
        page = self._reader.pages[number - 1]
        if page.indirect_reference is not None:
            self._pages[page.indirect_reference.idnum] = page
        return page

    def add(self, body: bytes) -> IndirectObject:
        (reference,) = self.reserve(1)
        self.fill(reference, body)
        return reference

    def reserve(self, count: int) -> list[IndirectObject]:
        references = [IndirectObject(number, 0, self._reader) for number in range(self._next, self._next + count)]
        self._next += count
        return references

    def fill(self, reference: IndirectObject, body: bytes) -> None:
        self._changed[reference.idnum] = (0, body)

    def touch(self, reference: IndirectObject) -> None:
        if reference.idnum not in self._changed:
            self._changed[reference.idnum] = (reference.generation, None)

    def updated(self) -> bytes:
        """The file with what was changed and added at its end."""
        out = bytearray(self._data)
        if not out.endswith((b"\n", b"\r")):
            out += b"\n"
        entries: dict[int, tuple[int, int]] = {}
        for number in sorted(self._changed):
            generation, body = self._changed[number]
            entries[number] = (len(out), generation)
            out += b"%d %d obj\n%b\nendobj\n" % (number, generation, self._body(number, generation, body))
        table = self._data[self._previous :].lstrip()
        self._finish(out, entries, as_stream=not table.startswith(b"xref"))
        return bytes(out)

    def _body(self, number: int, generation: int, body: bytes | None) -> bytes:
        if body is not None:
            return body
        if number in self._pages:
            return _spelled(self._pages[number])
        value = self._reader.get_object(IndirectObject(number, generation, self._reader))
        return _spelled(value if value is not None else NullObject())

    def _finish(self, out: bytearray, entries: dict[int, tuple[int, int]], *, as_stream: bool) -> None:
        """Append the cross-reference section, in the form that the file has already, and the trailer."""
        start = len(out)
        if as_stream:
            entries[self._next] = (start, 0)
        trailer = self._trailer(out, max(self._next, max(entries) + 1))
        runs = _runs(sorted(entries))
        if not as_stream:
            out += b"xref\n"
            for run in runs:
                out += b"%d %d\n" % (run[0], len(run))
                out += b"".join([b"%010d %05d n\r\n" % entries[number] for number in run])
            out += b"trailer\n<<%b>>\n" % trailer
        else:
            index = b" ".join([b"%d %d" % (run[0], len(run)) for run in runs])
            rows = zlib.compress(b"".join([struct.pack(">BIH", 1, *entries[number]) for number in sorted(entries)]))
            out += b"%d 0 obj\n<</Type/XRef/W[1 4 2]/Index[%b]/Filter/FlateDecode/Length %d%b>>\nstream\n%b" % (
                *(self._next, index, len(rows), trailer, rows),
            )
            out += b"\nendstream\nendobj\n"
        out += b"startxref\n%d\n%%%%EOF\n" % start

    def _trailer(self, out: bytearray, size: int) -> bytes:
        """The trailer's entries. Of the identifier the first half stays, the second is that of the update."""
        trailer = self._reader.trailer
        update = hashlib.sha256(out).hexdigest()[:32].upper().encode("ascii")
        identifier = entry(trailer, "/ID")
        first = _spelled(identifier[0]) if isinstance(identifier, ArrayObject) and identifier else b"<%b>" % update
        kept = b"".join(
            [b"%b %b" % (key.encode(), _spelled(trailer.raw_get(key))) for key in ("/Root", "/Info") if key in trailer]
        )
        return b"/Size %d%b/ID[%b<%b>]/Prev %d" % (size, kept, first, update, self._previous)

    def _refuse_sealed(self) -> None:
        """Files that an addition would make invalid, or that it cannot be written into."""
        if self._reader.is_encrypted:
            hint = "Save a copy without password and restrictions, for instance with qpdf --decrypt HOST.pdf OPEN.pdf."
            raise PlaceError("encrypted-pdf", "The file is encrypted: nothing can be placed in it.", hint, self._name)
        form = entry(self._reader.root_object, "/AcroForm", DictionaryObject())
        flags = entry(form, "/SigFlags", 0) if isinstance(form, DictionaryObject) else 0
        if "/Perms" in self._reader.root_object or (
            isinstance(flags, int) and flags & _SIGNED and self._is_signed(form)
        ):
            hint = "Place the card in the unsigned document and have that signed."
            message = "The file is signed: a card placed in it would break the signature."
            raise PlaceError("signed-pdf", message, hint, self._name)

    def _is_signed(self, form: DictionaryObject) -> bool:
        """Whether a field for a signature has been signed; one that waits for it has no value."""
        pending: list[PdfObject] = list(entry(form, "/Fields", ArrayObject()))
        for _ in range(100_000):
            if not pending:
                return False
            field = pending.pop().get_object()
            if isinstance(field, DictionaryObject):
                if entry(field, "/FT") == "/Sig" and "/V" in field:
                    return True
                pending.extend(entry(field, "/Kids", ArrayObject()))
        return True

    def _last_table(self) -> int:
        """Where the last cross-reference section begins; every object that it and its forerunners name must be where
        they say. pypdf would look for them elsewhere, and readers of the result might find others."""
        found = _START.search(self._data[-_TAIL:].rstrip(b"\0"))
        if found is None:
            raise damaged("it does not end as a PDF ends; a part is missing", self._name)
        start = int(found[1])
        if not _TABLE.match(self._data, start):
            raise damaged("its table of contents is not where it should be", self._name)
        for generation, table in self._reader.xref.items():
            for number, offset in table.items():
                if generation == _FREE or not number:
                    continue
                at = _OBJECT.match(self._data, offset) if 0 < offset < len(self._data) else None
                if at is None or int(at[1]) != number:
                    raise damaged(f"object {number} is not where its table of contents says", self._name)
        return start

    def _size(self) -> int:
        """The first object number that is free."""
        known = [number for table in self._reader.xref.values() for number in table]
        known += list(self._reader.xref_objStm)
        return max([*(number + 1 for number in known), int(entry(self._reader.trailer, "/Size", 0))], default=1)


class WriterHost:
    """A document that a program makes with pypdf."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer

    @property
    def catalog(self) -> IndirectObject:
        reference = self._writer.root_object.indirect_reference
        if reference is None:
            raise damaged("it has no catalog")
        return reference

    def page(self, number: int) -> PageObject:
        return self._writer.pages[number - 1]

    def add(self, body: bytes) -> IndirectObject:
        return self._writer._add_object(self._parsed(body))

    def reserve(self, count: int) -> list[IndirectObject]:
        return [self._writer._add_object(NullObject()) for _ in range(count)]

    def fill(self, reference: IndirectObject, body: bytes) -> None:
        self._writer._replace_object(reference, self._parsed(body))

    def touch(self, reference: IndirectObject) -> None:
        """Nothing is to be done: what is changed in place is written as it is."""

    def _parsed(self, body: bytes) -> PdfObject:
        return read_object(BytesIO(body + b"\n"), cast(Any, self._writer))


def reference_bytes(reference: IndirectObject) -> bytes:
    """A reference as the file has it."""
    return b"%d %d R" % (reference.idnum, reference.generation)


def _spelled(value: PdfObject) -> bytes:
    return b"".join([part for part in spell(value, reference_bytes) if isinstance(part, bytes)])


def _runs(numbers: list[int]) -> list[list[int]]:
    """Sorted numbers in runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
