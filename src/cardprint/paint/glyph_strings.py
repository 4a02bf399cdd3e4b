"""Shaped text as the strings of the TJ operator (ISO 32000-1 §9.4.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple, cast

from msgspec import Struct, field

from cardprint.model.frame import Glyph, ShapedText
from cardprint.model.typography import FontFace
from cardprint.paint.fonts import EmbeddedFont
from cardprint.paint.syntax import adjustment, text_string
from cardprint.paint.tounicode import clusters, plain

_SPACE_MARK: Final = "|"
"""Stands in encoded strings after each space, where a justified line opens it. No token of a TJ array has it."""

_WORDS_KEPT: Final = 1024

_NEGLIGIBLE: Final = 0.005
"""Adjustments below so many thousandths of an em are rounding."""


class Segment(NamedTuple):
    """What one TJ shows: strings and adjustments, raised by `rise` thousandths of an em."""

    strings: str
    rise: float


class Phrase(NamedTuple):
    """Segments, and the text string of what they stand for where ToUnicode does not say it."""

    segments: tuple[Segment, ...]
    actual_text: str | None


class EncodedText(NamedTuple):
    """A piece in a font's codes. `strings` is all of it where one TJ on the baseline will do."""

    phrases: tuple[Phrase, ...]
    strings: str | None


@lru_cache(maxsize=2048)
def text_array(pieces: tuple[ShapedText, ...], font: EmbeddedFont, word_space: float) -> str | None:
    """The operand of the one TJ that shows the pieces, each space opened by `word_space` thousandths of an em. None
    where it takes more than one TJ: several faces, raised glyphs, text that only ActualText can say.

    Remembered, because most lines of a card stand on every card."""
    strings = list(map(_words(pieces[0].face, font).__getitem__, pieces))
    return None if None in strings else f"[{set_spaces(''.join(cast(list[str], strings)), word_space)}]"


class _Words(dict[ShapedText, str | None]):
    """The strings of words in a font; None where one TJ will not do, or the word is of another face. Remembered,
    because new lines are made of known words; a full memory begins anew."""

    def __init__(self, face: FontFace, font: EmbeddedFont) -> None:
        super().__init__()
        self._face = face
        self._font = font

    def __missing__(self, piece: ShapedText) -> str | None:
        strings = encode(piece, self._font).strings if piece.face is self._face else None
        if len(self) >= _WORDS_KEPT:
            self.clear()
        self[piece] = strings
        return strings


@lru_cache(maxsize=16)
def _words(face: FontFace, font: EmbeddedFont) -> _Words:
    return _Words(face, font)


@lru_cache(maxsize=512)
def encode(piece: ShapedText, font: EmbeddedFont) -> EncodedText:
    """The piece in the font's codes, adjusted so that each glyph advances as it was shaped to."""
    strings = _plain_strings(piece, font)
    if strings:
        return EncodedText((Phrase((Segment(strings, 0.0),), None),), strings)
    per_mille = 1000 / piece.face.units_per_em
    phrases: list[Phrase] = []
    writer = _SegmentWriter(font, per_mille)
    for text, members in clusters(piece.glyphs):
        said = "".join([font.texts[glyph.id] for glyph in members])
        exact = said == plain(text)
        if not exact:
            phrases.extend(writer.finish())
        for glyph in members:
            writer.show(glyph)
        if text == " ":
            writer.mark_space()
        if not exact:
            phrases.extend(writer.finish(text_string(text)))
    phrases.extend(writer.finish())
    return EncodedText(tuple(phrases), _sole_strings(phrases))


def _plain_strings(piece: ShapedText, font: EmbeddedFont) -> str | None:
    """The strings of a piece as nearly all are: each glyph where its advance puts it, and saying what it stands for.
    None for any other."""
    codes, widths, texts = font.codes, font.widths, font.texts
    per_mille = 1000 / piece.face.units_per_em
    written, pending = "", 0.0
    for glyph in piece.glyphs:
        which, text = glyph.id, glyph.text
        if glyph.x_offset or glyph.y_offset or texts[which] != text:
            return None
        written += f"{_adjusted(pending)}<{codes[which]}>" if pending else f"<{codes[which]}>"
        if text == " ":
            written += _SPACE_MARK
        pending = widths[which] - glyph.advance * per_mille
    return joined(written + _adjusted(pending))


def _adjusted(thousandths: float) -> str:
    """A move of the pen. The blank keeps it apart from a number that ends the piece before."""
    return f" {adjustment(thousandths)}" if abs(thousandths) >= _NEGLIGIBLE else ""


def _sole_strings(phrases: list[Phrase]) -> str | None:
    match phrases:
        case [Phrase(segments=(Segment(strings=strings, rise=0.0),), actual_text=None)]:
            return strings
    return None


class _SegmentWriter(Struct):
    """Writes glyphs into segments, a new one wherever the rise changes.

    `pending` is the adjustment owed before the next glyph."""

    font: EmbeddedFont
    per_mille: float
    written: str = ""
    rise: float = 0.0
    pending: float = 0.0
    segments: list[Segment] = field(default_factory=list)

    def show(self, glyph: Glyph) -> None:
        rise = glyph.y_offset * self.per_mille
        if rise != self.rise:
            self._end_segment()
            self.rise = rise
        shift = glyph.x_offset * self.per_mille
        self.pending -= shift
        self._adjust()
        self.written += f"<{self.font.codes[glyph.id]}>"
        self.pending = self.font.widths[glyph.id] + shift - glyph.advance * self.per_mille

    def mark_space(self) -> None:
        self.written += _SPACE_MARK

    def finish(self, actual_text: str | None = None) -> list[Phrase]:
        """The glyphs shown since the last phrase as a phrase (none, if there are none)."""
        self._adjust()
        self._end_segment()
        segments, self.segments = tuple(self.segments), []
        return [Phrase(segments, actual_text)] if segments else []

    def _adjust(self) -> None:
        self.written += _adjusted(self.pending)
        self.pending = 0.0

    def _end_segment(self) -> None:
        if self.written:
            self.segments.append(Segment(joined(self.written), self.rise))
        self.written = ""


def joined(strings: str) -> str:
    """Adjacent strings made one."""
    return strings.replace("><", "")


def set_spaces(strings: str, thousandths: float) -> str:
    """The strings with every space opened by so many thousandths of an em; 0 leaves them as shaped."""
    if thousandths:
        return joined(strings.replace(_SPACE_MARK, f" {adjustment(-thousandths)}"))
    return joined(strings.replace(_SPACE_MARK, ""))
