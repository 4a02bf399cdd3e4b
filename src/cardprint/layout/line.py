"""A short text on a line of its own, centred by its ink: letters in tiles, figures of fractions."""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import NamedTuple

from cardprint.layout.paragraph import Type, set_parts, type_of
from cardprint.layout.shaping import face_shaper
from cardprint.model.content import Run
from cardprint.model.frame import ShapedText, TextRun
from cardprint.model.typography import Align, Breaking, FontBook, TextStyle


class _ShortLine(NamedTuple):
    """A text on one line: its advance, the middle of its ink, and what is painted in one go, from where and how wide.
    Points from its left end."""

    width: float
    middle: float
    parts: tuple[tuple[float, float, tuple[ShapedText, ...]], ...]


def line_width(run: Run, fonts: FontBook) -> float:
    """The advance of the text on one line, in points."""
    return _short_line(run.text, type_of(run.style, fonts)).width


def line_ink(text: str, style: TextStyle, fonts: FontBook) -> tuple[float, float]:
    """How far, in points, ink of the text reaches above its baseline and below it. What the style's face lacks counts
    for nothing where it has no fallback."""
    return _ink(text, type_of(style, fonts))


def centred_line(run: Run, centre: float, baseline: float, fonts: FontBook, optical: bool = True) -> list[TextRun]:
    """The text on a baseline about `centre`: by its ink if `optical`, by its advance otherwise (tabular figures)."""
    style = run.style
    width, middle, parts = _short_line(run.text, type_of(style, fonts))
    x = centre - (middle if optical else width / 2)
    tracking = style.tracking * style.size
    return [
        TextRun(x + start, baseline, wide, pieces, style.size, style.swatch, tracking, span=run.span)
        for start, wide, pieces in parts
    ]


@lru_cache(maxsize=512)
def _short_line(text: str, type_: Type) -> _ShortLine:
    """Most of them, letters and figures, recur on every card."""
    whole = set_parts(((text, type_),), Align.LEFT, Breaking.GREEDY)
    if not whole.lines(inf):
        return _ShortLine(0.0, 0.0, ())
    (line,) = whole.lines(inf)
    *inner, last = line.pieces
    parts: list[tuple[float, float, tuple[ShapedText, ...]]] = []
    x = 0.0
    for piece in inner:
        parts.append((x, piece.width, (piece.shaped,)))
        x += piece.width
    parts.append((x, last.width, (last.shaped, whole.closing.shaped)))
    middle = line.width / 2 if inner else _middle(last.shaped, type_)
    return _ShortLine(whole.full_width, middle, tuple(parts))


@lru_cache(maxsize=512)
def _ink(text: str, type_: Type) -> tuple[float, float]:
    known = [char for char in text if any(ord(char) in face.coverage for face in type_.faces)]
    pieces = [piece for _, _, part in _short_line("".join(known), type_).parts for piece in part]
    reaches = [(face_shaper(piece.face).height(piece), type_.size / piece.face.units_per_em) for piece in pieces]
    return (
        max([top * scale for (_, top), scale in reaches], default=0.0),
        max([-bottom * scale for (bottom, _), scale in reaches], default=0.0),
    )


def _middle(shaped: ShapedText, type_: Type) -> float:
    """The middle of the ink."""
    left, right = face_shaper(shaped.face).ink(shaped)
    tracking = type_.tracking * type_.size * (len(shaped.glyphs) - 1)
    return ((left + right) * type_.size / shaped.face.units_per_em + tracking) / 2
