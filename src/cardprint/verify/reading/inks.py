"""Colours as a content stream sets them, and how they print over one another (ISO 32000-1 §8.6)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple


class Ink(NamedTuple):
    """A colour as a content stream sets it: the operator, its operands and, for `sc` and `scn`, the name of the colour
    space that was chosen before."""

    operator: bytes
    operands: tuple[bytes, ...]
    space: bytes = b""


BLACK: Final = Ink(b"g", (b"0",))


class Overprint(NamedTuple):
    """What prints over and does not knock out: strokes (OP), fills (op), and by which rule (OPM)."""

    strokes: bool = False
    fills: bool = False
    mode: int = 0


KNOCKOUT: Final = Overprint()


@lru_cache(maxsize=512)
def process_inks(ink: Ink) -> tuple[float, float, float, float] | None:
    """Cyan, magenta, yellow and black, 0 to 1; None for what is set otherwise than in greys or the four inks."""
    try:
        shares = tuple(min(max(float(word), 0.0), 1.0) for word in ink.operands)
    except ValueError:
        return None
    if ink.operator in (b"g", b"G") and len(shares) == 1:
        return 0.0, 0.0, 0.0, 1.0 - shares[0]
    if ink.operator in (b"k", b"K") and len(shares) == 4:
        return shares[0], shares[1], shares[2], shares[3]
    return None
