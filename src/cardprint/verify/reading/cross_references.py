"""Where the objects of a file stand: its cross-reference table (ISO 32000-1 §7.5.4) or stream (§7.5.8)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from cardprint.verify.reading.syntax import parse_values
from cardprint.verify.reading.values import MOST_OBJECTS, DamagedFileError, Dict, Value

_SECTION: Final = re.compile(rb"xref[\r\n ]+0 (\d{1,7})[ ]*[\r\n]+")
_ENTRY: Final = re.compile(rb"(\d{10}) \d{5} ([nf])[ \r][\r\n]")
_ENTRY_LENGTH: Final = 20
_MORE: Final = frozenset({"Prev", "XRefStm", "Encrypt"})
"""What a trailer says of a file that was updated, has both kinds of table, or is encrypted."""

_FREE, _IN_FILE, _IN_STREAM = 0, 1, 2
_MOST_SECTIONS: Final = 1_000
_WIDEST: Final = 8


class NotPlainError(Exception):
    """The file needs the full reader."""


class CrossReferences(Struct):
    """Objects by number: at which byte of the file, or in which object stream at which place. `end`: where the last of
    them ends at the latest."""

    trailer: Dict
    end: int
    offsets: dict[int, int] = field(default_factory=dict)
    packed: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.trailer.keys() & _MORE:
            raise NotPlainError("the trailer asks for more")


def read_table(data: bytes, start: int, end: int) -> CrossReferences | None:
    """A classic table with one section, and the trailer between it and `end`; None if no table begins at `start`."""
    section = _SECTION.match(data, start)
    if section is None:
        return None
    count = int(section[1])
    after = section.end() + _ENTRY_LENGTH * count
    entries = _ENTRY.findall(data, section.end(), after)
    if len(entries) != count or count > MOST_OBJECTS:
        raise NotPlainError("the cross-reference table is damaged or too long")
    offsets = {number: int(offset) for number, (offset, kind) in enumerate(entries) if kind == b"n"}
    return CrossReferences(_trailer(data[after:end].strip()), start, offsets)


def _trailer(text: bytes) -> Dict:
    if not text.startswith(b"trailer"):
        raise NotPlainError("the cross-reference table has several sections")
    try:
        match parse_values(text[len(b"trailer") :]):
            case [dict() as trailer]:
                return trailer
    except DamagedFileError as error:
        raise NotPlainError(str(error)) from None
    raise NotPlainError("the trailer is no dictionary")


def read_rows(entries: Dict, rows: bytes, end: int) -> CrossReferences:
    """What a cross-reference stream says: its dictionary, which is the trailer too, and its data in the clear.

    Raises `NotPlainError`, and `DamagedFileError` for more objects than a reader can bear."""
    found = CrossReferences(entries, end)
    kinds, first, second = _columns(entries.get("W"), rows)
    numbers = _numbers(entries)
    if len(numbers) != len(kinds) or len(numbers) != len(set(numbers)):
        raise NotPlainError("the rows of the cross-reference stream are not about one object each")
    for number, kind, one, two in zip(numbers, kinds, first, second, strict=True):
        if kind == _IN_FILE:
            found.offsets[number] = one
        elif kind == _IN_STREAM:
            found.packed[number] = (one, two)
        elif kind != _FREE:
            raise NotPlainError("the cross-reference stream has rows of an unknown kind")
    return found


def _columns(value: Value, rows: bytes) -> list[list[int]]:
    """The three fields of every row, column by column; a missing first field means objects in the file."""
    match value:
        case [int() as kind, int() as one, int() as two] if all(0 <= width <= _WIDEST for width in (kind, one, two)):
            pass
        case _:
            raise NotPlainError("the cross-reference stream has no widths")
    width = kind + one + two
    if not one or len(rows) % width:
        raise NotPlainError("the cross-reference stream is damaged")
    count = len(rows) // width
    if count > MOST_OBJECTS:
        raise DamagedFileError(f"the file has {count:,} objects; {MOST_OBJECTS:,} can be judged")
    columns = [_numbers_of(rows, width, begin, end) for begin, end in pairwise((0, kind, kind + one, width))]
    if not kind:
        columns[0] = [_IN_FILE] * count
    return columns


def _numbers_of(rows: bytes, width: int, begin: int, end: int) -> list[int]:
    """The big-endian numbers that stand at `begin` to `end` of each row: a byte of all rows at a time."""
    if begin == end:
        return [0] * (len(rows) // width)
    numbers = list(rows[begin::width])
    for column in range(begin + 1, end):
        numbers = [number << 8 | byte for number, byte in zip(numbers, rows[column::width], strict=True)]
    return numbers


def _numbers(entries: Dict) -> list[int]:
    """The numbers of the objects that the rows are about."""
    size = entries.get("Size")
    index = entries.get("Index", [0, size])
    if not isinstance(index, list) or len(index) % 2 or len(index) > _MOST_SECTIONS:
        raise NotPlainError("the cross-reference stream has no index")
    numbers: list[int] = []
    for first, count in zip(index[::2], index[1::2], strict=True):
        if type(first) is not int or type(count) is not int or not 0 <= count <= MOST_OBJECTS - len(numbers):
            raise NotPlainError("the cross-reference stream has no index")
        numbers += range(first, first + count)
    return numbers
