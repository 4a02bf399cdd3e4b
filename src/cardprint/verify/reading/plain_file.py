"""Files with one cross-reference table or stream that holds good, as paint writes them: read in a moment.

Everything else (updates, encryption, damage) is `NotPlainError`, and the full reader's affair.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from cardprint.verify.reading.cross_references import CrossReferences, NotPlainError, read_rows, read_table
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.syntax import parse_values
from cardprint.verify.reading.values import MOST_OBJECTS, DamagedFileError, Stream, Value

_START: Final = re.compile(rb"startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n ]*\Z")
_HEADER: Final = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![A-Za-z0-9])")
_DATA: Final = re.compile(rb"stream\r?\n")
_END_OF_DATA: Final = re.compile(rb"[\r\n]{0,2}endstream")
_TAIL: Final = 1024
_MOST_TRIES: Final = 4


class PlainFile(PdfFile):
    """A plain file. Every entry of its table has been seen to lead to the object that it names.

    Raises `NotPlainError`, and `DamagedFileError` where another reader should not try either: tables and object streams
    that unfold to more than anybody can bear."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._bodies: dict[int, tuple[int, int]] = {}
        start = _START.search(data, max(0, len(data) - _TAIL))
        if not data.startswith(b"%PDF-") or start is None:
            raise NotPlainError("no cross-reference table")
        table = read_table(data, int(start[1]), start.start()) or self._rows(int(start[1]), start.start())
        self.trailer = table.trailer
        self._bodies = _bodies(data, table)
        self._unpack(table.packed)

    def load(self, number: int) -> Value:
        packed = self._packed.get(number)
        if packed is not None:
            return _only(parse_values(packed), number)
        body = self._bodies.get(number)
        if body is None:
            return None
        begin, end = body
        if self._data.find(b"stream", begin, end) >= 0:
            stream = self._stream(begin, end)
            if stream is not None:
                return stream
        return _only(parse_values(self._data[begin:end]), number)

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

    def _rows(self, start: int, end: int) -> CrossReferences:
        """The cross-reference stream at `start`; all of its own entries are direct objects (§7.5.8.2)."""
        header = _HEADER.match(self._data, start)
        try:
            stream = self._stream(header.end(), end) if header else None
        except DamagedFileError as error:
            raise NotPlainError(str(error)) from None
        if stream is None or stream.entries.get("Type") != "XRef":
            raise NotPlainError("no cross-reference table")
        return read_rows(stream.entries, self.data(stream), end)

    def _unpack(self, packed: dict[int, tuple[int, int]]) -> None:
        """Cut object streams into the objects that the table says they hold (§7.5.7)."""
        parts = {container: self._parts(container) for container in {container for container, _ in packed.values()}}
        try:
            found = [parts[container][place] for container, place in packed.values()]
        except IndexError:
            raise NotPlainError("the cross-reference stream leads astray") from None
        if [number for number, _ in found] != list(packed):
            raise NotPlainError("the cross-reference stream leads astray")
        self._packed = dict(found)

    def _parts(self, number: int) -> list[tuple[int, bytes]]:
        """The objects of an object stream, each with its number."""
        try:
            stream = self.load(number) if number in self._bodies else None
        except DamagedFileError as error:
            raise NotPlainError(str(error)) from None
        if not isinstance(stream, Stream) or stream.entries.get("Type") != "ObjStm":
            raise NotPlainError("an object stream is missing")
        data, first = self.data(stream), self.integer(stream.entries.get("First"))
        if first is None or not 0 <= first <= len(data):
            raise NotPlainError("an object stream has no beginning")
        head = data[:first].split()
        if len(head) != 2 * (self.integer(stream.entries.get("N")) or 0) or len(head) > 2 * MOST_OBJECTS:
            raise NotPlainError("an object stream holds more or fewer objects than it says")
        try:
            numbers, starts = list(map(int, head[::2])), [first + place for place in map(int, head[1::2])]
        except ValueError:
            raise NotPlainError("an object stream does not say where its objects stand") from None
        if starts and min(starts) < first:
            raise NotPlainError("an object stream does not say where its objects stand")
        ends = _ends(starts, len(data))
        return [(number, data[begin:end]) for number, begin, end in zip(numbers, starts, ends, strict=True)]


def _only(values: list[Value], number: int) -> Value:
    if len(values) != 1:
        raise DamagedFileError(f"object {number} is not one value")
    return values[0]


def _bodies(data: bytes, table: CrossReferences) -> dict[int, tuple[int, int]]:
    """Where each object's body begins and the next object starts."""
    bodies = {}
    starts = table.offsets
    for (number, offset), end in zip(starts.items(), _ends(list(starts.values()), table.end), strict=True):
        header = _HEADER.match(data, offset)
        if header is None or int(header[1]) != number:
            raise NotPlainError("the cross-reference table leads astray")
        bodies[number] = (header.end(), end)
    return bodies


def _ends(starts: list[int], end: int) -> list[int]:
    """Where each object ends at the latest, as the next one starts there: no byte belongs to two of them."""
    ordered = sorted(starts)
    if len(set(ordered)) != len(ordered):
        raise NotPlainError("two objects are said to stand at the same place")
    following = [*ordered[1:], end]
    if ordered == starts:
        return following
    after = dict(zip(ordered, following, strict=True))
    return [after[start] for start in starts]
