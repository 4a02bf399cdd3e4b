"""The few tables of a TrueType file that setting text asks for, read with bounds on everything (OpenType 1.9).

Read here rather than by fontTools, which takes 25 ms to import and another 30 for the six shipped faces, in
every cold start; this takes 4. A dozen numbers and one table are needed. The tests hold both against each other.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

_KINDS = {
    b"OTTO": "an OpenType font with PostScript (CFF) outlines",
    b"ttcf": "a collection of several fonts",
    b"wOFF": "a web font (WOFF)",
    b"wOF2": "a web font (WOFF2)",
    b"%!PS": "a PostScript Type 1 font",
    b"\x80\x01": "a PostScript Type 1 font",
}
_UNICODE_MAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of Unicode cmaps, full repertoire first."""

_LAST_CODE_POINT = 0x10FFFF


class FontFileError(ValueError):
    """A font file that breaks its format."""


def foreign_kind(data: bytes) -> str | None:
    """What the file is, in words, if it is not a TrueType font; None if it is one."""
    if data.startswith((b"\0\1\0\0", b"true")):
        return None
    for magic, kind in _KINDS.items():
        if data.startswith(magic):
            return kind
    return "no font file"


def read_tables(data: bytes) -> dict[str, memoryview]:
    """The font's tables by tag. Raises `FontFileError` if one of them reaches beyond the file."""
    view = memoryview(data)
    (count,) = _unpack(">H", view, 4, "the table directory")
    tables: dict[str, memoryview] = {}
    for index in range(count):
        tag, _, offset, length = _unpack(">4sLLL", view, 12 + 16 * index, "the table directory")
        name = tag.decode("latin-1")
        if offset + length > len(data):
            raise FontFileError(f"its table {name!r} reaches beyond the end of the file, which seems cut off")
        tables[name] = view[offset : offset + length]
    return tables


def read_unsigned(table: memoryview, offset: int, name: str) -> int:
    """The uint16 at `offset` of the table `name`."""
    (value,) = _unpack(">H", table, offset, name)
    return int(value)


def read_signed(table: memoryview, offset: int, name: str) -> int:
    """The int16 at `offset` of the table `name`."""
    (value,) = _unpack(">h", table, offset, name)
    return int(value)


def read_character_map(cmap: memoryview, glyph_count: int) -> dict[int, int] | None:
    """Glyph by code point from the best Unicode cmap; None if there is none that can be read.

    Characters mapped to glyph 0, the sign for what is missing, are left out. Raises `FontFileError`.
    """
    (count,) = _unpack(">H", cmap, 2, "cmap")
    offsets: dict[tuple[int, int], int] = {}
    for index in range(count):
        platform, encoding, offset = _unpack(">HHL", cmap, 4 + 8 * index, "cmap")
        offsets.setdefault((platform, encoding), offset)
    for key in _UNICODE_MAPS:
        if key in offsets:
            subtable = cmap[offsets[key] :]
            match read_unsigned(subtable, 0, "cmap"):
                case 4:
                    glyphs = _read_format_4(subtable)
                case 12:
                    glyphs = _read_format_12(subtable, glyph_count)
                case _:
                    continue
            if glyphs and max(glyphs.values()) >= glyph_count:
                raise FontFileError("its character map names glyphs that it does not have")
            return glyphs
    return None


def check_outline_index(tables: Mapping[str, memoryview], glyph_count: int) -> None:
    """Raise `FontFileError` unless the outlines of all glyphs lie one after another inside the table glyf."""
    code, unit = ("L", 1) if read_signed(tables["head"], 50, "head") else ("H", 2)
    layout = f">{glyph_count + 1}{code}"
    if len(tables["loca"]) < struct.calcsize(layout):
        raise FontFileError("its index of outlines does not match the number of its glyphs")
    offsets = _unpack(layout, tables["loca"], 0, "loca")
    if list(offsets) != sorted(offsets) or unit * offsets[-1] > len(tables["glyf"]):
        raise FontFileError("its index of outlines leads astray")


def glyph_top(tables: Mapping[str, memoryview], glyph: int) -> int:
    """The highest y of a glyph's outline in font units; 0 for an empty one. Raises `FontFileError`."""
    if read_signed(tables["head"], 50, "head"):
        begin, end = _unpack(">LL", tables["loca"], 4 * glyph, "loca")
    else:
        begin, end = (2 * value for value in _unpack(">HH", tables["loca"], 2 * glyph, "loca"))
    return read_signed(tables["glyf"], begin + 8, "glyf") if begin < end else 0


def _read_format_4(table: memoryview) -> dict[int, int]:
    """Segments of 16-bit codes (cmap format 4)."""
    (doubled,) = _unpack(">H", table, 6, "cmap")
    count = doubled // 2
    layout = f">{count}H"
    ends = _unpack(layout, table, 14, "cmap")
    starts = _unpack(layout, table, 16 + 2 * count, "cmap")
    deltas = _unpack(layout, table, 16 + 4 * count, "cmap")
    range_offsets = _unpack(layout, table, 16 + 6 * count, "cmap")
    glyphs: dict[int, int] = {}
    following = 0
    for index, (start, end, delta, range_offset) in enumerate(zip(starts, ends, deltas, range_offsets, strict=True)):
        if start > end or start < following:
            raise FontFileError("its character map is out of order")
        following = end + 1
        if range_offset == 0:
            glyphs.update((code, (code + delta) & 0xFFFF) for code in range(start, end + 1))
            continue
        # The offset counts from its own place in the table.
        place = 16 + 6 * count + 2 * index + range_offset
        listed = _unpack(f">{end - start + 1}H", table, place, "cmap")
        glyphs.update((start + i, (glyph + delta) & 0xFFFF) for i, glyph in enumerate(listed) if glyph)
    # The last segment ends at 0xFFFF to close the table; that code is no character.
    return {code: glyph for code, glyph in glyphs.items() if glyph and code != 0xFFFF}


def _read_format_12(table: memoryview, glyph_count: int) -> dict[int, int]:
    """Groups of 32-bit codes (cmap format 12)."""
    (count,) = _unpack(">L", table, 12, "cmap")
    groups = table[16 : 16 + 12 * count]
    if len(groups) < 12 * count:
        raise FontFileError("cmap is cut short")
    glyphs: dict[int, int] = {}
    following = 0
    for start, end, glyph in struct.iter_unpack(">LLL", groups):
        if start > end or start < following or end > _LAST_CODE_POINT:
            raise FontFileError("its character map is out of order")
        if glyph + end - start >= glyph_count:
            raise FontFileError("its character map names glyphs that it does not have")
        following = end + 1
        for code in range(start, following):
            glyphs[code] = glyph + code - start
    return {code: glyph for code, glyph in glyphs.items() if glyph}


def _unpack(layout: str, table: memoryview, offset: int, name: str) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(layout, table, offset)
    except struct.error:
        raise FontFileError(f"{name} is cut short") from None
