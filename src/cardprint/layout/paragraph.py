"""A paragraph from runs to lines: shaped, divided and ready to be placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Final, NamedTuple

from msgspec.structs import replace

from cardprint.layout.breaking import DROPPED, SPACES, Unit, break_lines, inside, opportunities, words
from cardprint.layout.shaping import face_shaper, split_by_face
from cardprint.model.content import Run, TextBlock
from cardprint.model.frame import ShapedText
from cardprint.model.typography import Align, Breaking, Figures, FontBook, FontFace, TextStyle


class Piece(NamedTuple):
    """A word, a part of one, or a space, shaped, in the style of run number `run`; `width` in points."""

    shaped: ShapedText
    run: int
    width: float
    space: bool


class Stretch(NamedTuple):
    """Pieces of line number `line` (from 0) that share run and face. `x` counts from the left edge of the column;
    `width` leaves out the space that ends the line; `word_space` is what justifying adds to each space. Points."""

    run: int
    line: int
    x: float
    width: float
    word_space: float
    pieces: tuple[ShapedText, ...]


class Line(NamedTuple):
    """Pieces on one baseline. `width` leaves out the space that ends the line and the tracking after its last glyph;
    `word_space` is what justifying adds to each space (points)."""

    pieces: tuple[Piece, ...]
    width: float
    word_space: float = 0.0

    def stretches(self, number: int, x: float) -> Iterator[Stretch]:
        """The pieces of line `number`, which begins at `x`, joined as far as they share run and face.

        The space that ends the line is painted, so that words stay apart when the text is read out of the PDF."""
        pieces, start = self.pieces, 0
        while start < len(pieces):
            run, face = pieces[start].run, pieces[start].shaped.face
            end, width = start, 0.0
            while end < len(pieces) and pieces[end].run == run and pieces[end].shaped.face is face:
                width += pieces[end].width + (self.word_space if pieces[end].space else 0.0)
                end += 1
            ended = width
            if end == len(pieces) and pieces[-1].space:
                ended -= pieces[-1].width + self.word_space
            shaped = tuple([piece.shaped for piece in pieces[start:end]])
            yield Stretch(run, number, x, ended, self.word_space, shaped)
            x += width
            start = end


class _Chunk(NamedTuple):
    """The pieces between two opportunities, and the hyphen that a break after them needs."""

    unit: Unit
    pieces: tuple[Piece, ...]
    hyphen: Piece | None


class Type:
    """All of a style on which the shape and the width of words depend, its faces found: the first, then fallbacks."""

    def __init__(self, faces: tuple[FontFace, ...], size: float, tracking: float, figures: Figures) -> None:
        self.faces = faces
        self.size = size
        self.tracking = tracking
        self.figures = figures

    def word_pieces(self, text: str, run: int) -> Iterator[Piece]:
        """The pieces of a part without an opportunity: mostly a word, or several held together by their spaces."""
        for space, characters in groupby(text.replace("\u00ad", ""), SPACES.__contains__):
            yield from self.pieces(" " if space else "".join(characters), run, space=space)

    def pieces(self, text: str, run: int, space: bool = False) -> Iterator[Piece]:
        """A word, or a space, in the faces that cover it."""
        for stretch, face in split_by_face(text, self.faces):
            shaped = face_shaper(face).shape(stretch, self.figures, ligatures=not self.tracking)
            yield Piece(shaped, run, self.advance(shaped), space)

    def hyphen(self, piece: Piece) -> Piece:
        """The hyphen that appears after `piece` where its word is divided."""
        shaped = face_shaper(piece.shaped.face).soft_hyphen()
        return Piece(shaped, piece.run, self.advance(shaped), space=False)

    def advance(self, shaped: ShapedText) -> float:
        """The width of shaped text in points: its glyphs and the tracking after each of them."""
        em = shaped.advance / shaped.face.units_per_em + len(shaped.glyphs) * self.tracking
        return em * self.size


def type_of(style: TextStyle, fonts: FontBook) -> Type:
    """The type of a style: the same object for all styles that set words alike."""
    known = _types.get((id(style), id(fonts)))
    if known is not None:
        return known[2]
    if len(_types) >= _TYPES_KEPT:
        _types.clear()
    faces = (fonts[style.face], *[fonts[name] for name in style.fallback])
    found = _type(faces, style.size, style.tracking, style.figures)
    _types[id(style), id(fonts)] = (style, fonts, found)
    return found


_TYPES_KEPT: Final = 1024
_types: dict[tuple[int, int], tuple[TextStyle, FontBook, Type]] = {}
"""Types by the identity of style and fonts, which are kept alive here so that nothing else can have it."""


@lru_cache(maxsize=1024)
def _type(faces: tuple[FontFace, ...], size: float, tracking: float, figures: Figures) -> Type:
    return Type(faces, size, tracking, figures)


Part = tuple[str, Type]
"""The text of a run and the type it is set in."""


class Paragraph:
    """Runs shaped once; lines for any width."""

    def __init__(self, parts: tuple[Part, ...], align: Align, breaking: Breaking) -> None:
        self._align = align
        self._justify = align is Align.JUSTIFY
        self._breaking = breaking
        self._types = [type_ for _, type_ in parts]
        self._chunks = tuple(_chunks(parts))
        self._units = [chunk.unit for chunk in self._chunks]
        self._lines: dict[float, tuple[Line, ...]] = {}
        self._stretches: dict[float, tuple[Stretch, ...]] = {}
        self.least_width = max([unit.visible + unit.hyphen for unit in self._units], default=0.0)
        """The widest part that cannot be divided."""
        self.full_width = sum([unit.width for unit in self._units[:-1]]) + sum([u.visible for u in self._units[-1:]])
        """The width on a single line."""

    @property
    def closing(self) -> Piece:
        """The space to paint after the last word of a paragraph that has one: without it readers of the PDF take it for
        one word with the first below, where that is much smaller."""
        last = self._chunks[-1].pieces[-1]
        return next(self._types[last.run].pieces(" ", last.run, space=True))

    def lines(self, width: float) -> tuple[Line, ...]:
        """The paragraph set to `width` points."""
        found = self._lines.get(width)
        if found is None:
            found = self._lines[width] = tuple(self._set(width))
        return found

    def stretches(self, width: float) -> tuple[Stretch, ...]:
        """The same, each line where its alignment puts it in a column of `width` points, joined to what is painted in
        one go, the space after the last word included."""
        found = self._stretches.get(width)
        if found is None:
            lines = [*self.lines(width)]
            indents = [self._indent(line.width, width) for line in lines]
            if lines and not lines[-1].pieces[-1].shaped.text[-1:].isspace():
                lines[-1] = lines[-1]._replace(pieces=(*lines[-1].pieces, self.closing))
            placed = enumerate(zip(lines, indents, strict=True))
            found = tuple([part for number, (line, x) in placed for part in line.stretches(number, x)])
            self._stretches[width] = found
        return found

    def _indent(self, line_width: float, width: float) -> float:
        match self._align:
            case Align.CENTER:
                return (width - line_width) / 2
            case Align.RIGHT:
                return width - line_width
            case Align.LEFT | Align.JUSTIFY:
                return 0.0

    def _set(self, width: float) -> Iterator[Line]:
        start = 0
        for end in break_lines(self._units, width, self._breaking, self._justify):
            chunks = self._chunks[start:end]
            last = chunks[-1]
            pieces = tuple([piece for chunk in chunks for piece in chunk.pieces])
            visible = sum([chunk.unit.width for chunk in chunks[:-1]]) + last.unit.visible
            if last.hyphen is not None and end < len(self._chunks):
                pieces += (last.hyphen,)
                visible += last.unit.hyphen
            stretch = 0.0
            if self._justify and end < len(self._chunks):
                spaces = sum(piece.space for piece in pieces[: -1 if pieces[-1].space else None])
                stretch = max(0.0, width - visible) / spaces if spaces else 0.0
                visible += stretch * spaces
            yield Line(pieces, visible, stretch)
            start = end


def _chunks(parts: Sequence[Part]) -> Sequence[_Chunk]:
    """The text in chunks: spaces before its first word are dropped, several after a word are one."""
    if len(parts) == 1:
        ((text, type_),) = parts
        if found := words(text):
            last = _word(type_, found.pop(), text[-1] in SPACES)
            return [*[chunk for word in found for chunk in _word(type_, word, spaced=True)], *last]
    return list(_chunks_of_runs(parts))


@lru_cache(maxsize=1024)
def _word(type_: Type, word: str, spaced: bool) -> tuple[_Chunk, ...]:
    """The chunks of a word in the only run of a text. Most words recur on every card."""
    chunks, start = [], 0
    for place in inside(word):
        chunks.append(_chunk([type_], [(0, word[start : place.end])], -1, place.soft, place.cost))
        start = place.end
    chunks.append(_chunk([type_], [(0, word[start:])], 0 if spaced else -1, divided=False, cost=0.0))
    return tuple(chunks)


def _chunks_of_runs(parts: Sequence[Part]) -> Iterator[_Chunk]:
    """The chunks of a text that changes its type, or in which spaces may hold."""
    text = "".join([part for part, _ in parts])
    ends = list(accumulate([len(part) for part, _ in parts]))
    start = len(text) - len(text.lstrip(DROPPED))
    run = 0
    for opportunity in opportunities(text):
        end = opportunity.end
        while run < len(ends) - 1 and ends[run] <= start:
            run += 1
        word_end = end - opportunity.space
        if start < word_end:
            spaced, divided = opportunity.space > 0, opportunity.soft
            if end <= ends[run]:
                yield _chunk_within(parts[run][1], run, text[start:word_end], spaced, divided, opportunity.cost)
            else:
                words = _cut(text, start, word_end, ends)
                space = _cut(text, word_end, end, ends)[0][0] if spaced else -1
                yield _chunk([type_ for _, type_ in parts], words, space, divided, opportunity.cost)
        start = end


def _cut(text: str, start: int, end: int, ends: Sequence[int]) -> list[tuple[int, str]]:
    """The text from `start` to `end` by the runs that it belongs to, which have their `ends`."""
    found = []
    for run, run_end in enumerate(ends):
        if start < min(run_end, end):
            found.append((run, text[start : min(run_end, end)]))
            start = min(run_end, end)
    return found


@lru_cache(maxsize=1024)
def _chunk_within(type_: Type, run: int, word: str, spaced: bool, divided: bool, cost: float) -> _Chunk:
    """The chunk of a word in one run."""
    return _chunk([type_] * (run + 1), [(run, word)], run if spaced else -1, divided, cost)


def _chunk(types: Sequence[Type], words: Sequence[tuple[int, str]], space: int, divided: bool, cost: float) -> _Chunk:
    """The chunk of `words`, each with the number of its run, ended by a space of run number `space` (-1: by none)."""
    pieces = [piece for run, word in words for piece in types[run].word_pieces(word, run)]
    last = pieces[-1]
    type_ = types[last.run]
    width = sum([piece.width for piece in pieces])
    visible = width - (type_.tracking * type_.size if last.shaped.glyphs else 0.0)
    hyphen = type_.hyphen(last) if divided else None
    if space >= 0:
        spaces = list(types[space].pieces(" ", space, space=True))
        pieces += spaces
        width += sum([piece.width for piece in spaces])
    return _Chunk(Unit(width, visible, hyphen.width if hyphen else 0.0, cost), tuple(pieces), hyphen)


def paragraph(runs: tuple[Run, ...], style: TextStyle, fonts: FontBook) -> Paragraph:
    """The paragraph of these runs; the same words in the same type give the same object, on whatever card."""
    return set_parts(tuple([(run.text, type_of(run.style, fonts)) for run in runs]), style.align, style.breaking)


@lru_cache(maxsize=1024)
def set_parts(parts: tuple[Part, ...], align: Align, breaking: Breaking) -> Paragraph:
    """The paragraph of these parts."""
    return Paragraph(parts, align, breaking)


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
