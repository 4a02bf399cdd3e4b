"""How far the glyphs of an embedded TrueType program reach: the boxes in its `glyf` table (OpenType 1.9)."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

_TABLE: Final = struct.Struct(">4sIII")
_BOX: Final = struct.Struct(">hhhhh")


class Box(NamedTuple):
    """Left, bottom, right and top of a glyph's ink, in thousandths of an em from its origin on the baseline."""

    left: float
    bottom: float
    right: float
    top: float


class Outlines:
    """The glyphs of a font program. Anything that is not TrueType, or is damaged, has none that are known."""

    def __init__(self, program: bytes) -> None:
        self._program = program
        self._boxes: dict[int, Box | None] = {}
        self.glyph_count = 0
        try:
            self._read_tables()
        except struct.error:
            self.glyph_count = 0

    def _read_tables(self) -> None:
        program = self._program
        if program[:4] not in (b"\0\1\0\0", b"true"):
            return
        (count,) = struct.unpack_from(">H", program, 4)
        tables = {
            tag: (at, size) for tag, _, at, size in (_TABLE.unpack_from(program, 12 + 16 * i) for i in range(count))
        }
        if not tables.keys() >= {b"head", b"loca", b"glyf", b"maxp"}:
            return
        (units,) = struct.unpack_from(">H", program, tables[b"head"][0] + 18)
        (self._long,) = struct.unpack_from(">h", program, tables[b"head"][0] + 50)
        (glyph_count,) = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)
        self._glyf = tables[b"glyf"][0]
        self._loca = tables[b"loca"][0]
        self._per_mille = 1000 / units if units else 1.0
        self.glyph_count = min(glyph_count, tables[b"loca"][1] // (4 if self._long else 2) - 1)

    def box(self, glyph: int) -> Box | None:
        """The ink of a glyph; None if it has none, as a space."""
        try:
            return self._boxes[glyph]
        except KeyError:
            box = self._boxes[glyph] = self._read_box(glyph)
            return box

    def _read_box(self, glyph: int) -> Box | None:
        if not 0 <= glyph < self.glyph_count:
            return None
        try:
            if self._long:
                begin, end = struct.unpack_from(">II", self._program, self._loca + 4 * glyph)
            else:
                begin, end = (2 * offset for offset in struct.unpack_from(">HH", self._program, self._loca + 2 * glyph))
            if end <= begin:
                return None
            _, left, bottom, right, top = _BOX.unpack_from(self._program, self._glyf + begin)
        except struct.error:
            return None
        scale = self._per_mille
        return Box(left * scale, bottom * scale, right * scale, top * scale)
