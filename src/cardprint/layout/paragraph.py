"""A paragraph from runs to lines: shaped, divided and ready to be placed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from cardprint.layout.breaking import SPACES, Unit, break_lines, opportunities
from cardprint.layout.shaping import face_shaper, split_by_face
from cardprint.model.content import Run, TextBlock
from cardprint.model.frame import ShapedText
from cardprint.model.typography import Align, FontBook, TextStyle


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a part of one, or a space, shaped, in the style of run number `run`; `width` in points."""

    shaped: ShapedText
    run: int
    width: float
    space: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces on one baseline. `width` leaves out the space that ends the line and the tracking after its last glyph;
    `word_space` is what justifying adds to each space (points)."""

    pieces: tuple[Piece, ...]
    width: float
    word_space: float = 0.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The pieces between two opportunities, and the hyphen that a break after them needs."""

    unit: Unit
    pieces: tuple[Piece, ...]
    hyphen: Piece | None


class Paragraph:
    """Runs shaped once; lines for any width."""

    def __init__(self, runs: tuple[Run, ...], style: TextStyle, fonts: FontBook) -> None:
        self.style = style
        self._chunks = tuple(_chunks(runs, fonts))
        self._units = [chunk.unit for chunk in self._chunks]
        self._lines: dict[float, tuple[Line, ...]] = {}
        self.least_width = max((unit.visible + unit.hyphen for unit in self._units), default=0.0)
        """The widest part that cannot be divided."""
        self.full_width = sum(unit.width for unit in self._units[:-1]) + sum(u.visible for u in self._units[-1:])
        """The width on a single line."""

    def lines(self, width: float) -> tuple[Line, ...]:
        """The paragraph set to `width` points."""
        found = self._lines.get(width)
        if found is None:
            found = self._lines[width] = tuple(self._set(width))
        return found

    def _set(self, width: float) -> Iterator[Line]:
        justify = self.style.align is Align.JUSTIFY
        start = 0
        ends = break_lines(self._units, width, self.style.breaking, justify)
        for end in ends:
            chunks = self._chunks[start:end]
            last = chunks[-1]
            pieces = tuple(piece for chunk in chunks for piece in chunk.pieces)
            visible = sum(chunk.unit.width for chunk in chunks[:-1]) + last.unit.visible
            if last.hyphen is not None and end < len(self._chunks):
                pieces += (last.hyphen,)
                visible += last.unit.hyphen
            spaces = sum(piece.space for piece in pieces[: -1 if pieces[-1].space else None])
            stretch = max(0.0, width - visible) / spaces if justify and spaces and end < len(self._chunks) else 0.0
            yield Line(pieces, visible + stretch * spaces, stretch)
            start = end


def _chunks(runs: tuple[Run, ...], fonts: FontBook) -> Iterator[_Chunk]:
    """The text in chunks: spaces before its first word are dropped, several after a word are one."""
    text = "".join(run.text for run in runs)
    bounds = []
    offset = 0
    for run in runs:
        bounds.append((offset, offset + len(run.text)))
        offset += len(run.text)
    start = len(text) - len(text.lstrip(SPACES))
    for opportunity in opportunities(text):
        pieces: list[Piece] = []
        word_end = opportunity.end - opportunity.space
        for index, (left, right) in enumerate(bounds):
            part = slice(max(left, start), min(right, word_end))
            if part.start < part.stop:
                pieces.extend(_word_pieces(text[part], runs[index].style, index, fonts))
        visible = sum(piece.width for piece in pieces) - (_tracking(pieces[-1], runs) if pieces else 0.0)
        for index, (left, right) in enumerate(bounds):
            if pieces and left <= word_end < min(right, opportunity.end):
                pieces.extend(_pieces(" ", runs[index].style, index, fonts, space=True))
        hyphen = None
        if opportunity.soft and pieces:
            last = pieces[-1]
            shaped = face_shaper(last.shaped.face).soft_hyphen()
            hyphen = Piece(shaped, last.run, advance(shaped, runs[last.run].style), space=False)
        if pieces:
            width = sum(piece.width for piece in pieces)
            unit = Unit(width, visible, hyphen.width if hyphen else 0.0, opportunity.cost)
            yield _Chunk(unit, tuple(pieces), hyphen)
        start = opportunity.end


def _tracking(piece: Piece, runs: tuple[Run, ...]) -> float:
    """The tracking after the piece's last glyph, in points."""
    style = runs[piece.run].style
    return style.tracking * style.size if piece.shaped.glyphs else 0.0


def _word_pieces(text: str, style: TextStyle, run: int, fonts: FontBook) -> Iterator[Piece]:
    """The pieces of a part without an opportunity: mostly a word, or several held together by their spaces."""
    for space, characters in groupby(text, SPACES.__contains__):
        yield from _pieces(" " if space else "".join(characters), style, run, fonts, space=space)


def _pieces(text: str, style: TextStyle, run: int, fonts: FontBook, space: bool = False) -> Iterator[Piece]:
    for stretch, face in split_by_face(text, style, fonts):
        shaped = face_shaper(face).shape(stretch, style.figures, ligatures=not style.tracking)
        yield Piece(shaped, run, advance(shaped, style), space)


def advance(shaped: ShapedText, style: TextStyle) -> float:
    """The width of shaped text in a style, in points: its glyphs and the tracking after each of them."""
    em = shaped.advance / shaped.face.units_per_em + len(shaped.glyphs) * style.tracking
    return em * style.size


_PARAGRAPHS_KEPT: Final = 1024
_paragraphs: dict[tuple[object, ...], Paragraph] = {}


def paragraph(runs: tuple[Run, ...], style: TextStyle, fonts: FontBook) -> Paragraph:
    """The paragraph of these runs; the same words in the same type give the same object, on whatever card."""
    key = (style.align.value, style.breaking.value, *(_set_in(run, fonts) for run in runs))
    found = _paragraphs.get(key)
    if found is None:
        if len(_paragraphs) >= _PARAGRAPHS_KEPT:
            _paragraphs.clear()
        found = _paragraphs[key] = Paragraph(runs, style, fonts)
    return found


def _set_in(run: Run, fonts: FontBook) -> tuple[object, ...]:
    """All of a run on which its shape depends."""
    style = run.style
    faces = (fonts[style.face], *(fonts[name] for name in style.fallback))
    return (run.text, faces, style.size, style.tracking, style.figures.value, style.hyphenate)


def resized(block: TextBlock, size: float) -> TextBlock:
    """The block with all its type scaled so that its own style has `size` points."""
    factor = size / block.style.size

    def scale(style: TextStyle) -> TextStyle:
        return replace(style, size=style.size * factor)

    return replace(
        block,
        style=scale(block.style),
        runs=tuple(replace(run, style=scale(run.style)) for run in block.runs),
    )
