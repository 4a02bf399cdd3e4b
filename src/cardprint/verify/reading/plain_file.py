"""Files with one classic cross-reference table (ISO 32000-1 §7.5.4), as paint writes them: read in a moment.

Everything else (object streams, updates, encryption, damage) is `NotPlainError`, and the full reader's affair.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.syntax import parse_values
from cardprint.verify.reading.values import MOST_OBJECTS, DamagedFileError, Dict, Stream, Value

_START: Final = re.compile(rb"startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n ]*\Z")
_SECTION: Final = re.compile(rb"xref[\r\n ]+0 (\d{1,7})[ ]*[\r\n]+")
_ENTRY: Final = re.compile(rb"(\d{10}) \d{5} ([nf])[ \r][\r\n]")
_HEADER: Final = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![A-Za-z0-9])")
_DATA: Final = re.compile(rb"stream\r?\n")
_END_OF_DATA: Final = re.compile(rb"[\r\n]{0,2}endstream")
_TAIL: Final = 1024
_MOST_TRIES: Final = 4
_ENTRY_LENGTH: Final = 20


class NotPlainError(Exception):
    """The file needs the full reader."""


class PlainFile(PdfFile):
    """A plain file. Every entry of its table has been seen to lead to the object that it names."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        start = _START.search(data, max(0, len(data) - _TAIL))
        section = _SECTION.match(data, int(start[1])) if start else None
        if not data.startswith(b"%PDF-") or start is None or section is None:
            raise NotPlainError("no classic cross-reference table")
        self._bodies = _bodies(data, section, int(start[1]))
        self.trailer = self._read_trailer(section.end() + _ENTRY_LENGTH * int(section[1]), start.start())

    def _read_trailer(self, begin: int, end: int) -> Dict:
        text = self._data[begin:end].strip()
        if not text.startswith(b"trailer"):
            raise NotPlainError("the cross-reference table has several sections")
        try:
            values = parse_values(text[len(b"trailer") :])
        except DamagedFileError as error:
            raise NotPlainError(str(error)) from None
        match values:
            case [dict() as trailer] if not trailer.keys() & {"Prev", "XRefStm", "Encrypt"}:
                return trailer
        raise NotPlainError("the trailer asks for more")

    def load(self, number: int) -> Value:
        body = self._bodies.get(number)
        if body is None:
            return None
        begin, end = body
        if self._data.find(b"stream", begin, end) >= 0:
            stream = self._stream(begin, end)
            if stream is not None:
                return stream
        values = parse_values(self._data[begin:end])
        if len(values) != 1:
            raise DamagedFileError(f"object {number} is not one value")
        return values[0]

    def _stream(self, begin: int, end: int) -> Stream | None:
        """The stream object that begins at `begin`, None if it is none after all."""
        for keyword in islice(_DATA.finditer(self._data, begin, end), _MOST_TRIES):
            try:
                values = parse_values(self._data[begin : keyword.start()])
            except DamagedFileError:
                continue  # "stream" inside a string
            match values:
                case [dict() as entries]:
                    length = self.integer(entries.get("Length"))
                    if length is None or not _END_OF_DATA.match(self._data, keyword.end() + length, end):
                        raise DamagedFileError("a stream does not end where its length says")
                    return Stream(entries, self._data[keyword.end() : keyword.end() + length])
            return None
        return None


def _bodies(data: bytes, section: re.Match[bytes], table: int) -> dict[int, tuple[int, int]]:
    """Where each object's body begins and the next object starts."""
    count = int(section[1])
    entries = _ENTRY.findall(data, section.end(), section.end() + _ENTRY_LENGTH * count)
    if len(entries) != count or count > MOST_OBJECTS:
        raise NotPlainError("the cross-reference table is damaged or too long")
    offsets = {number: int(offset) for number, (offset, kind) in enumerate(entries) if kind == b"n"}
    starts = sorted(offsets.values())
    if len(set(starts)) != len(starts):
        raise NotPlainError("two objects are said to stand at the same place")
    ends = dict(zip(starts, [*starts[1:], table], strict=True))
    bodies = {}
    for number, offset in offsets.items():
        header = _HEADER.match(data, offset)
        if header is None or int(header[1]) != number:
            raise NotPlainError("the cross-reference table leads astray")
        bodies[number] = (header.end(), ends[offset])
    return bodies
