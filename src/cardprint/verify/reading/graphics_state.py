"""The graphics state (ISO 32000-1 §8.4, §9.3) as far as text and preflight depend on it, and what changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from msgspec import Struct

from cardprint.verify.reading.colours import fill_colour
from cardprint.verify.reading.content_tokens import Operands
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fonts import Font
from cardprint.verify.reading.fragments import Affine, Colour
from cardprint.verify.reading.inks import BLACK, KNOCKOUT, Ink, Overprint
from cardprint.verify.reading.values import Dict

_BLACK: Final[Colour] = (0.0, 0.0, 0.0)
_DEVICE_SPACES: Final = frozenset({b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"})


class GraphicsState(Struct):
    """What holds for everything painted until it is changed; `stretch` is 1 for type of its own width."""

    ctm: Affine
    font: Font | None = None
    size: float = 0.0
    tracking: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render_mode: int = 0
    colour: Colour | None = _BLACK
    alpha: float = 1.0
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_space: bytes = b""
    stroke_space: bytes = b""
    line_width: float = 1.0
    overprint: Overprint = KNOCKOUT


Change = Callable[[GraphicsState], None]
"""What an operator does to the state once its operands are read."""


@lru_cache(maxsize=1024)
def change(statement: bytes) -> Change | None:
    """What a statement, operands and operator, does to the state; None if its operator does something else.

    Raises `ValueError`, `IndexError` or `TypeError` for operands that do not suit. Remembered, because most statements
    recur on every card."""
    *operands, operator = statement.split()
    reader = CHANGES.get(operator)
    return None if reader is None else reader(operator, operands)


def _fill(operator: bytes, operands: Operands) -> Change:
    values = tuple(operands)
    colour, ink = fill_colour(values), Ink(operator, values)
    in_space = operator[:1] == b"s"

    def fill(state: GraphicsState) -> None:
        state.colour = colour
        state.fill = ink._replace(space=state.fill_space) if in_space else ink

    return fill


def _stroke(operator: bytes, operands: Operands) -> Change:
    ink = Ink(operator, tuple(operands))
    in_space = operator[:1] == b"S"

    def stroke(state: GraphicsState) -> None:
        state.stroke = ink._replace(space=state.stroke_space) if in_space else ink

    return stroke


def _fill_space(_: bytes, operands: Operands) -> Change:
    space = operands[-1]
    colour = _BLACK if space in _DEVICE_SPACES else None

    def choose(state: GraphicsState) -> None:
        state.colour, state.fill_space, state.fill = colour, space, Ink(b"cs", (), space)

    return choose


def _stroke_space(_: bytes, operands: Operands) -> Change:
    space = operands[-1]

    def choose(state: GraphicsState) -> None:
        state.stroke_space, state.stroke = space, Ink(b"CS", (), space)

    return choose


def _number(attribute: str, parts: int = 1) -> Callable[[bytes, Operands], Change]:
    """A reader of operators that set one number, given in so many `parts` of one."""

    def read(_: bytes, operands: Operands) -> Change:
        number = float(operands[-1]) / parts

        def set_number(state: GraphicsState) -> None:
            setattr(state, attribute, number)

        return set_number

    return read


def _render_mode(_: bytes, operands: Operands) -> Change:
    mode = int(operands[-1])

    def choose(state: GraphicsState) -> None:
        state.render_mode = mode

    return choose


CHANGES: Final[dict[bytes, Callable[[bytes, Operands], Change]]] = {
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), _fill),
    **dict.fromkeys((b"G", b"RG", b"K", b"SC", b"SCN"), _stroke),
    b"cs": _fill_space,
    b"CS": _stroke_space,
    b"w": _number("line_width"),
    b"Tc": _number("tracking"),
    b"Tw": _number("word_space"),
    b"Tz": _number("stretch", 100),
    b"TL": _number("leading"),
    b"Ts": _number("rise"),
    b"Tr": _render_mode,
}
"""Operators that change the state and nothing else, each with what reads its operands."""


def change_by_name(state: GraphicsState, named: Dict, file: PdfFile, *, overprint: bool) -> None:
    """What a graphics state dictionary says (§8.4.5): its opacity, and what prints over, if that is asked for."""
    alpha = file.number(named.get("ca"))
    if alpha is not None:
        state.alpha = alpha
    if overprint and ("OP" in named or "op" in named or "OPM" in named):
        before = state.overprint
        strokes = named.get("OP", before.strokes)
        fills = named.get("op", strokes if "OP" in named else before.fills)
        mode = file.integer(named.get("OPM"))
        state.overprint = Overprint(strokes is True, fills is True, before.mode if mode is None else mode)
