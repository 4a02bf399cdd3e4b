"""The spelling of PDF objects (ISO 32000-1 §7.3): numbers, strings, names, references, streams."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from math import isfinite
from typing import Final

_ESCAPES: Final = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})
_NAME_DELIMITERS: Final = frozenset("()<>[]{}/%#")
_SPELLINGS_KEPT: Final = 2048


class _Spellings(dict[float, str]):
    """Numbers by their value, as they are written with so many decimals and no idle zeros.

    Remembered, because columns, sizes and rules recur on every page; a full memory begins anew."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self._format = f"%.{places}f"

    def __missing__(self, value: float) -> str:
        if not isfinite(value):
            raise ValueError(f"PDF has no number {value}")
        text = (self._format % value).rstrip("0").rstrip(".")
        if text == "-0":
            text = "0"
        if len(self) >= _SPELLINGS_KEPT:
            self.clear()
        self[value] = text
        return text


number: Final = _Spellings(3).__getitem__
"""A length or a colour, to the thousandth. Raises `ValueError` for what is not finite, as the others do."""

coefficient: Final = _Spellings(6).__getitem__
"""A number of a matrix, to the millionth: a scale of 0.0703128 must not become 0.07."""

adjustment: Final = _Spellings(2).__getitem__
"""A distance between glyphs in thousandths of an em, to the hundredth."""


def numbers(values: Iterable[float]) -> str:
    """Numbers apart by a space."""
    return " ".join(map(number, values))


def coefficients(values: Iterable[float]) -> str:
    """The numbers of a matrix."""
    return " ".join(map(coefficient, values))


def text_string(text: str) -> str:
    """A text string: printable ASCII as it stands, anything else in UTF-16 (§7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name(text: str) -> str:
    """A name object; whatever is not a regular character is written as `#xx`."""
    regular = (
        chr(byte) if 0x21 <= byte <= 0x7E and chr(byte) not in _NAME_DELIMITERS else f"#{byte:02X}"
        for byte in text.encode()
    )
    return "/" + "".join(regular)


def reference(object_number: int) -> str:
    """An indirect reference; every object is of generation 0."""
    return f"{object_number} 0 R"


def stream(entries: str, data: bytes) -> bytes:
    """A stream object's body: a dictionary of `entries` and the length, then `data` as it is.

    After data that end in CR the line ends in CR LF, of which no reader takes the CR for the data's (§7.3.8.1)."""
    end = b"\r\n" if data.endswith(b"\r") else b"\n"
    return b"<<%b/Length %d>>\nstream\n%b%bendstream" % (entries.encode("ascii"), len(data), data, end)


def deflated_stream(entries: str, data: bytes, level: int = 6) -> bytes:
    """A stream object's body with its data deflated."""
    return stream(f"{entries}/Filter/FlateDecode", zlib.compress(data, level))
