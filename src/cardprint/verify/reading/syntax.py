"""PDF syntax to values, quickly: one regular expression cuts a whole object into tokens."""

from __future__ import annotations

import re
from typing import Final

from cardprint.verify.reading.values import DEEPEST, MOST_SYNTAX, Array, DamagedFileError, Dict, Name, Ref, Value

_SPACE: Final = rb"[\0\t\n\f\r ]"
_REGULAR: Final = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
STRING: Final = rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\)"
"""A literal string with at most one level of bare parentheses; deeper ones are left to the other reader."""

_TOKENS: Final = re.compile(
    rb"\d++%(s)s++\d++%(s)s++R(?!%(r)s)|/%(r)s*+|%(r)s++|<<|>>|[\[\]]"
    rb"|%(string)s|<[0-9A-Fa-f\0\t\n\f\r ]*+>|%%[^\r\n]*+|\S" % {b"s": _SPACE, b"r": _REGULAR, b"string": STRING},
    re.DOTALL,
)
_REFERENCE: Final = re.compile(rb"(\d{1,10})%(s)s++\d++%(s)s++R" % {b"s": _SPACE})
_NUMBER: Final = re.compile(rb"[-+]?(?:\d++\.?\d*+|\.\d++)")
_HEX_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_KEYWORDS: Final[dict[bytes, Value]] = {b"true": True, b"false": False, b"null": None}

_ATOMS_KEPT: Final = 2_000
_LONGEST_ATOM: Final = 40
_SHORT_KEPT: Final = 1_000
_LONGEST_SHORT: Final = 4_000
_UNKNOWN: Final = object()
_atoms: dict[bytes, Value] = {}
"""Keywords, names, numbers and references already read, by their spelling: most recur on every card."""

_short: dict[bytes, Array] = {}
"""Short objects already read: the elements of one edition's cards are alike down to their numbers."""

_PDF_DOC_ENCODING: Final = (
    {code: chr(code) for code in range(256)}
    | dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True))
    | dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True))
    | {0xA0: "€"}
)
"""Text strings without a mark (§7.9.2.2, annex D.3)."""


def parse_values(data: bytes) -> Array:
    """The values that follow one another in `data`, up to its end or the keyword `endobj`; they are not to be changed.

    Raises `DamagedFileError` for anything that is not a value."""
    known = _short.get(data)
    if known is not None:
        return known
    values = _parse(data)
    if len(data) <= _LONGEST_SHORT:
        if len(_short) >= _SHORT_KEPT:
            _short.clear()
        _short[data] = values
    return values


def _parse(data: bytes) -> Array:
    if len(data) > MOST_SYNTAX:
        raise DamagedFileError(f"an object is {len(data):,} bytes long")
    outer: list[tuple[bytes, Array]] = []
    current: Array = []
    for token in _TOKENS.findall(data):
        value = _atoms.get(token, _UNKNOWN)
        if value is not _UNKNOWN:
            current.append(value)  # type: ignore[arg-type] # what _atoms holds is a Value
        elif token == b"<<" or token == b"[":
            outer.append((token, current))
            current = []
            if len(outer) > DEEPEST:
                raise DamagedFileError("objects nest too deeply")
        elif token == b">>" or token == b"]":
            if not outer or (outer[-1][0] == b"[") is not (token == b"]"):
                raise DamagedFileError("brackets do not match")
            closed = current
            _, current = outer.pop()
            current.append(closed if token == b"]" else _dictionary(closed))
        elif token == b"endobj":
            break
        elif token[0] != 0x25:  # %: a comment
            current.append(_atom(token))
    if outer:
        raise DamagedFileError("an array or a dictionary does not end")
    return current


def _dictionary(items: Array) -> Value:
    if len(items) % 2:
        raise DamagedFileError("a dictionary has a key without a value")
    try:
        # A key that is no name is no key that anybody asks for.
        entries: Dict = dict(zip(items[::2], items[1::2], strict=True))  # type: ignore[arg-type]
    except TypeError:
        raise DamagedFileError("a dictionary has a key that is no name") from None
    if 2 * len(entries) != len(items):
        raise DamagedFileError("a dictionary has a key twice, and readers differ in which of them they take")
    return entries


def _atom(token: bytes) -> Value:
    """A value that is neither an array nor a dictionary."""
    first = token[:1]
    value: Value
    if first == b"(":
        return unescaped(token[1:-1])
    if first == b"<":
        return hexadecimal(token[1:-1])
    if token in _KEYWORDS:
        value = _KEYWORDS[token]
    elif first == b"/":
        value = Name(_HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), token[1:]).decode("utf-8", "replace"))
    elif reference := _REFERENCE.fullmatch(token):
        value = Ref(int(reference[1]))
    elif _NUMBER.fullmatch(token) and len(token) < _LONGEST_ATOM:
        value = float(token) if b"." in token else int(token)
    else:
        raise DamagedFileError(f"{token[:20]!r} is no value")
    if len(token) <= _LONGEST_ATOM:
        if len(_atoms) >= _ATOMS_KEPT:
            _atoms.clear()
        _atoms[token] = value
    return value


def unescaped(inner: bytes) -> bytes:
    """The bytes of a literal string, given without its parentheses (§7.3.4.2)."""
    if b"\\" not in inner:
        return inner
    return _ESCAPE.sub(_escape, inner)


def _escape(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    if escaped[:1].isdigit() and escaped[:1] < b"8":
        return bytes([int(escaped, 8) & 0xFF])
    return _ESCAPES.get(escaped, escaped)


def hexadecimal(inner: bytes) -> bytes:
    """The bytes of a hexadecimal string, given without its brackets (§7.3.4.3)."""
    try:
        return bytes.fromhex(inner.decode("ascii"))
    except ValueError:
        digits = b"".join(inner.replace(b"\0", b"").split())
        try:
            return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))
        except ValueError:
            raise DamagedFileError("a hexadecimal string has other characters") from None


def text_of(string: bytes) -> str:
    """A text string as text: UTF-16 or UTF-8 if marked so, else PDFDocEncoding (§7.9.2.2)."""
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    if string.startswith(b"\xff\xfe"):
        return string[2:].decode("utf-16-le", "replace")
    if string.startswith(b"\xef\xbb\xbf"):
        return string[3:].decode("utf-8", "replace")
    return string.decode("latin-1").translate(_PDF_DOC_ENCODING)
