"""Content streams cut into tokens, and the operands of their operators (ISO 32000-1 §7.8.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cardprint.verify.reading.fragments import Affine
from cardprint.verify.reading.syntax import STRING, parse_values

Operands = list[bytes]
"""What stands before an operator, each as the stream spells it."""

_SPACE: Final = rb"[\0\t\n\f\r ]"
_REGULAR: Final = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
_NUMBER: Final = rb"[-+.0-9]++"
_NUMBERS: Final = rb"[-+.0-9\0\t\n\f\r ]"
"""Bounded where it repeats: a long row of numbers that no operator follows would be read again from each of them."""

_ARRAY: Final = rb"\[[^\[\]()]*+\]"
_PLAIN_ARRAY: Final = rb"\[[-+.0-9A-Fa-f<>\0\t\n\f\r ]*+\]"
"""Hexadecimal strings and adjustments."""

_TEXT_OBJECT: Final = (
    rb"BT%(w)s++(%(n)s)%(w)s++(%(n)s)%(w)s++Td%(w)s++(?:(/%(r)s++)%(w)s++(%(n)s)%(w)s++Tf%(w)s++)?"
    rb"(%(a)s)TJ%(w)s++ET(?!%(r)s)" % {b"w": _SPACE, b"n": _NUMBER, b"r": _REGULAR, b"a": _PLAIN_ARRAY}
)
"""A line of text as most are shown."""

_PATH: Final = (
    rb"([-+.0-9]%(n)s{0,100}+(?:[mlcvy]|re)(?=%(w)s)(?:%(n)s{1,100}+(?:[mlcvyh]|re)(?=%(w)s))*+)"
    rb"(?:%(w)s++([fBb]\*?|[FSsn])(?!%(r)s))?+" % {b"w": _SPACE, b"n": _NUMBERS, b"r": _REGULAR}
)
"""Path construction goes as one token, with what paints it: a reader of text has no use for its numbers."""

_MARK: Final = rb"(/%(r)s*+%(w)s*+<<[^<>()]*+>>%(w)s*+BDC(?!%(r)s))" % {b"w": _SPACE, b"r": _REGULAR}
_STATEMENT: Final = rb"([-+.0-9]%(n)s{0,100}+(?<=%(w)s)[A-Za-z]++(?!%(r)s))" % {
    b"w": _SPACE,
    b"n": _NUMBERS,
    b"r": _REGULAR,
}
_WORD: Final = (
    rb"(%(a)s|\[(?:[^\[\]()<>]++|<[^<>]*+>|%(string)s)*+\]"
    rb"|<<(?:[^<>()]++|%(string)s|<(?!<)[^<>]*+>|<<(?:[^<>()]++|%(string)s|<[^<>]*+>)*+>>)*+>>"
    rb"|/%(r)s*+|%(r)s++|<[^<>]*+>|%(string)s|%%[^\r\n]*+|\S)" % {b"a": _ARRAY, b"r": _REGULAR, b"string": STRING}
)
_TOKENS: Final = re.compile(b"|".join((_TEXT_OBJECT, _MARK, _PATH, _STATEMENT, _WORD)), re.DOTALL)
_INLINE_IMAGE: Final = re.compile(rb"(?<![^\0\t\n\f\r ])BI(?=[\0\t\n\f\r /])")
_END_OF_IMAGE: Final = re.compile(rb"[\0\t\n\f\r ]EI(?![^\0\t\n\f\r ])")


class Token(NamedTuple):
    """A stretch of a content stream, in one of five forms; the fields of the others are empty.

    A text object (`BT x y Td /font size Tf array TJ ET`, the font where it changes), the beginning of marked content
    with its property list, a path with the operator that `paints` it (empty: none follows), numbers with their operator
    (`statement`), or a `word`: any other operand or operator."""

    x: bytes
    y: bytes
    font: bytes
    size: bytes
    array: bytes
    mark: bytes
    path: bytes
    paints: bytes
    statement: bytes
    word: bytes


def tokens(data: bytes) -> list[tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]]:
    """The tokens of a content stream, each with the fields of a `Token`."""
    return _TOKENS.findall(_without_inline_images(data) if b"BI" in data else data)


def _without_inline_images(data: bytes) -> bytes:
    """The content with every inline image cut down to the operator that ends it."""
    kept, at = [], 0
    while image := _INLINE_IMAGE.search(data, at):
        end = _END_OF_IMAGE.search(data, image.end())
        kept.append(data[at : image.start()])
        if end is None:
            return b" ".join(kept)
        kept.append(b" EI ")
        at = end.end()
    return b"".join([*kept, data[at:]])


def matrix(operands: Operands) -> Affine:
    """The last six operands as a map."""
    a, b, c, d, e, f = map(float, operands[-6:])
    return a, b, c, d, e, f


@lru_cache(maxsize=1024)
def name(operand: bytes) -> str:
    """A name without its slash. Raises `ValueError` for anything else."""
    match parse_values(operand):
        case [str() as found]:
            return found
    raise ValueError(operand)


def shown(operands: Operands) -> str:
    """Operands for people, shortened."""
    return b" ".join(operands)[:40].decode("latin-1")
