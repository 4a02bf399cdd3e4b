"""Content streams cut into tokens, and the operands of their operators (ISO 32000-1 §7.8.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cardprint.verify.reading.fragments import Affine
from cardprint.verify.reading.syntax import STRING, parse_values, text_of

Operands = list[bytes]
"""What stands before an operator, each as the stream spells it."""

_SPACE: Final = rb"[\0\t\n\f\r ]"
_REGULAR: Final = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
_NUMBER: Final = rb"[-+.0-9]++" + _SPACE + rb"++"
_NUMBERS: Final = rb"[-+.0-9\0\t\n\f\r ]"
"""Bounded where it repeats: a long row of numbers that no operator follows would be read again from each of them."""

_ARRAY: Final = rb"\[[^\[\]()]*+\]"
_TEXT_OBJECT: Final = rb"BT%(w)s++(?:%(n)s){2}Td%(w)s++(?:/%(r)s++%(w)s++%(n)sTf%(w)s++)?%(a)sTJ%(w)s++ET(?!%(r)s)" % {
    b"w": _SPACE,
    b"n": _NUMBER,
    b"r": _REGULAR,
    b"a": _ARRAY,
}
"""A line of text as most are shown. It goes as one token, and is taken apart again by `_text_object`."""

_PATH: Final = rb"[-+.0-9]%(n)s{0,100}+(?:[mlcvy]|re)(?=%(w)s)(?:%(n)s{1,100}+(?:[mlcvyh]|re)(?=%(w)s))*+" % {
    b"w": _SPACE,
    b"n": _NUMBERS,
}
"""Path construction goes as one token too: a reader of text has no use for its numbers."""

_TOKENS: Final = re.compile(
    rb"%(text)s|%(a)s|%(path)s|\[(?:[^\[\]()<>]++|<[^<>]*+>|%(string)s)*+\]"
    rb"|<<(?:[^<>()]++|%(string)s|<(?!<)[^<>]*+>|<<(?:[^<>()]++|%(string)s|<[^<>]*+>)*+>>)*+>>"
    rb"|/%(r)s*+|%(r)s++|<[^<>]*+>|%(string)s|%%[^\r\n]*+|\S"
    % {b"text": _TEXT_OBJECT, b"a": _ARRAY, b"path": _PATH, b"r": _REGULAR, b"string": STRING},
    re.DOTALL,
)
_INLINE_IMAGE: Final = re.compile(rb"(?<![^\0\t\n\f\r ])BI(?=[\0\t\n\f\r /])")
_END_OF_IMAGE: Final = re.compile(rb"[\0\t\n\f\r ]EI(?![^\0\t\n\f\r ])")


def tokens(data: bytes) -> list[bytes]:
    """The tokens of a content stream: operands, operators, and stretches that go as one."""
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


def text_object(token: bytes) -> tuple[list[bytes], bytes]:
    """A text object that went as one token: its words up to the array, which begin with BT, x, y, and the array."""
    head, _, tail = token.partition(b"[")
    return head.split(), b"[" + tail[: tail.rindex(b"]") + 1]


def matrix(operands: Operands) -> Affine:
    """The last six operands as a map."""
    a, b, c, d, e, f = map(float, operands[-6:])
    return a, b, c, d, e, f


@lru_cache(maxsize=4096)
def properties(operand: bytes) -> tuple[str | None, int | None]:
    """The replacing text and the content id of a property list that an operand writes out."""
    match parse_values(operand):
        case [dict() as entries]:
            actual, mcid = entries.get("ActualText"), entries.get("MCID")
            return text_of(actual) if isinstance(actual, bytes) else None, mcid if isinstance(mcid, int) else None
    return None, None


@lru_cache(maxsize=64)
def artifact_type(operand: bytes) -> str:
    """The type of an artifact whose property list an operand writes out; empty where it does not."""
    match parse_values(operand):
        case [{"Type": str() as found}]:
            return found
    return ""


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
