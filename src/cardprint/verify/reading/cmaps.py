"""ToUnicode: what text each character code stands for (ISO 32000-1 §9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cardprint.verify.reading.syntax import hexadecimal
from cardprint.verify.reading.values import DamagedFileError

_MOST_CODES: Final = 0x1_0000
_LONGEST_TEXT: Final = 1_024
"""Hexadecimal digits of what one code stands for: many more than any ligature takes."""

_HEX: Final = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*+)>")
_RANGE: Final = re.compile(
    rb"<([0-9A-Fa-f \r\n\t]*+)>[ \r\n\t]*+<([0-9A-Fa-f \r\n\t]*+)>[ \r\n\t]*+(\[[^\]]*+\]|<[0-9A-Fa-f \r\n\t]*+>)"
)


def parse_to_unicode(cmap: bytes) -> dict[int, str]:
    """The text of each code that the CMap maps. Raises `DamagedFileError` for a CMap that maps without end."""
    texts: dict[int, str] = {}
    count = 0
    for section in cmap.split(b"beginbf")[1:]:
        mappings = section.split(b"endbf")[0]
        pairs = _ranges(mappings) if mappings.startswith(b"range") else _chars(mappings)
        for code, text in pairs:
            texts[code] = text
            count += 1
            if count > _MOST_CODES:
                raise DamagedFileError("a ToUnicode CMap maps more codes than there are")
    return texts


def _chars(mappings: bytes) -> Iterator[tuple[int, str]]:
    strings = _HEX.findall(mappings)
    for source, target in zip(strings[::2], strings[1::2], strict=False):
        yield int.from_bytes(hexadecimal(source)), _text(target)


def _ranges(mappings: bytes) -> Iterator[tuple[int, str]]:
    for low, high, target in _RANGE.findall(mappings):
        first, last = (int.from_bytes(hexadecimal(end)) for end in (low, high))
        codes = range(first, min(last, first + _MOST_CODES) + 1)
        if target.startswith(b"["):
            yield from zip(codes, map(_text, _HEX.findall(target)), strict=False)
            continue
        text = _text(target[1:-1])
        for code in codes:
            yield code, text[:-1] + chr(min(ord(text[-1]) + code - first, 0x10FFFF)) if text else ""


def _text(digits: bytes) -> str:
    if len(digits) > _LONGEST_TEXT:
        raise DamagedFileError("a ToUnicode CMap gives one code more text than a glyph can show")
    return hexadecimal(digits).decode("utf-16-be", "replace")
