"""Words to glyphs, with HarfBuzz. Shaped words are shared by all cards: most recur on each of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import uharfbuzz as hb
from msgspec.structs import replace

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.frame import Glyph, ShapedText
from cardprint.model.icon import PathCommand
from cardprint.model.typography import NO_BREAK_TWINS, Figures, FontFace

_WORDS_KEPT: Final = 768
"""Shaped words remembered for each face; beyond it the memory starts anew, so that it stays flat."""

_OUTLINES_KEPT: Final = 64


class FaceShaper:
    """Shapes words in one face and remembers them."""

    def __init__(self, face: FontFace) -> None:
        self.face = face
        self._font = hb.Font(hb.Face(face.data))
        self._words: dict[tuple[str, Figures, bool], ShapedText] = {}
        self._outlines: dict[ShapedText, tuple[PathCommand, ...]] = {}
        self._soft_hyphen: ShapedText | None = None

    def shape(self, text: str, figures: Figures = Figures.DEFAULT, ligatures: bool = True) -> ShapedText:
        """`text` shaped from left to right; every call with the same arguments gives the same object.

        Raises `DiagnosticError` (font-broken) where the face has no glyph for what it says that it covers."""
        key = (text, figures, ligatures)
        found = self._words.get(key)
        if found is None:
            if len(self._words) >= _WORDS_KEPT:
                self._words.clear()
            found = self._words[key] = self._shape(text, figures, ligatures)
        return found

    def soft_hyphen(self) -> ShapedText:
        """The hyphen that appears where a word is divided: it is drawn as one and reads back as a soft hyphen."""
        if self._soft_hyphen is None:
            drawn = self.shape("-", ligatures=False)
            (glyph,) = drawn.glyphs
            self._soft_hyphen = replace(drawn, text="\u00ad", glyphs=(replace(glyph, text="\u00ad"),))
        return self._soft_hyphen

    def _shape(self, text: str, figures: Figures, ligatures: bool) -> ShapedText:
        text = text.replace("\u00ad", "")
        if not text:
            return ShapedText("", self.face, (), 0)
        buffer = hb.Buffer()
        buffer.add_str(text.translate(NO_BREAK_TWINS))
        buffer.direction = "ltr"
        buffer.language = "und"  # or HarfBuzz takes the process's locale, and shapes by it
        buffer.guess_segment_properties()
        features = {"kern": True, "liga": ligatures, "clig": ligatures, "tnum": figures is Figures.TABULAR}
        hb.shape(self._font, buffer, features)
        glyphs = tuple(_glyphs(buffer, text))
        if not all(glyph.id for glyph in glyphs):
            message = f'The font {self.face.name} is broken: its tables disagree on whether it has glyphs for "{text}".'
            raise DiagnosticError([Diagnostic("font-broken", message, hint="Fetch the font again from its maker.")])
        return ShapedText(text, self.face, glyphs, sum(glyph.advance for glyph in glyphs))

    def ink(self, shaped: ShapedText) -> tuple[int, int]:
        """The left and right edge of the ink of `shaped`, in font units from its origin."""
        x, left, right = 0, None, 0
        for glyph in shaped.glyphs:
            extents = self._font.get_glyph_extents(glyph.id)
            if extents is not None and extents.width:
                start = x + glyph.x_offset + extents.x_bearing
                left = start if left is None else min(left, start)
                right = max(right, start + extents.width)
            x += glyph.advance
        return (0, shaped.advance) if left is None else (left, right)

    def height(self, shaped: ShapedText) -> tuple[int, int]:
        """The lower and upper edge of the ink of `shaped`, in font units from its baseline, y up."""
        bottom = top = 0
        for glyph in shaped.glyphs:
            extents = self._font.get_glyph_extents(glyph.id)
            if extents is not None and extents.width:
                upper = glyph.y_offset + extents.y_bearing
                bottom, top = min(bottom, upper + extents.height), max(top, upper)
        return bottom, top

    def box(self, glyph: int) -> tuple[int, int, int, int] | None:
        """The left, lower, right and upper edge of a glyph's ink, in font units from its origin; None without ink."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None or not (extents.width and extents.height):
            return None
        left, top = extents.x_bearing, extents.y_bearing
        return left, top + extents.height, left + extents.width, top

    def outline(self, shaped: ShapedText) -> tuple[PathCommand, ...]:
        """The outlines of the glyphs of `shaped`, in font units from its origin, y down."""
        found = self._outlines.get(shaped)
        if found is None:
            if len(self._outlines) >= _OUTLINES_KEPT:
                self._outlines.clear()
            found = self._outlines[shaped] = self._outline(shaped)
        return found

    def _outline(self, shaped: ShapedText) -> tuple[PathCommand, ...]:
        pen = _OutlinePen()
        for glyph in shaped.glyphs:
            pen.x += glyph.x_offset
            pen.y = glyph.y_offset
            self._font.draw_glyph_with_pen(glyph.id, pen)
            pen.x += glyph.advance - glyph.x_offset
        return tuple(pen.commands)


class _OutlinePen:
    """Takes a glyph as HarfBuzz draws it, y up, at (`x`, `y`); its names are those of fontTools' pens."""

    def __init__(self) -> None:
        self.x = 0
        self.y = 0
        self.commands: list[PathCommand] = []
        self._last = (0.0, 0.0)

    def _placed(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x + point[0], -self.y - point[1]

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 (the pen protocol's name)
        self._last = self._placed(point)
        self.commands.append(("M", *self._last))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._last = self._placed(point)
        self.commands.append(("L", *self._last))

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:  # noqa: N802
        """A quadratic curve, raised to the cubic one that PDF knows."""
        (x0, y0), (x1, y1), (x, y) = self._last, self._placed(control), self._placed(point)
        self._last = (x, y)
        first = x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3
        self.commands.append(("C", *first, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y))

    def curveTo(  # noqa: N802
        self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]
    ) -> None:
        self._last = self._placed(point)
        self.commands.append(("C", *self._placed(first), *self._placed(second), *self._last))

    def closePath(self) -> None:  # noqa: N802
        self.commands.append(("Z",))


def _glyphs(buffer: hb.Buffer, text: str) -> Iterator[Glyph]:
    """The buffer's glyphs, each cluster's characters on its first glyph."""
    infos = buffer.glyph_infos
    starts = [*sorted({info.cluster for info in infos}), len(text)]
    cluster_text = {start: text[start:end] for start, end in pairwise(starts)}
    for info, position in zip(infos, buffer.glyph_positions, strict=True):
        yield Glyph(
            id=info.codepoint,
            advance=position.x_advance,
            x_offset=position.x_offset,
            y_offset=position.y_offset,
            text=cluster_text.pop(info.cluster, ""),
        )


@lru_cache(maxsize=64)
def face_shaper(face: FontFace) -> FaceShaper:
    """The shaper of a face, made once."""
    return FaceShaper(face)


def split_by_face(text: str, chain: Sequence[FontFace]) -> Iterator[tuple[str, FontFace]]:
    """`text` in stretches, each with the first face of the chain that covers it.

    Marks stay with their base. A character that no face covers goes to the first face: compose has
    refused it before, so that only characters that are never drawn come here.
    """
    if len(chain) == 1 or chain[0].coverage.issuperset(map(ord, text)):
        yield text, chain[0]
        return
    stretch, current = "", chain[0]
    for cluster in _base_and_marks(text):
        codes = [ord(NO_BREAK_TWINS.get(ord(c), c)) for c in cluster if ord(c) != 0x00AD]
        face = next((f for f in chain if f.coverage.issuperset(codes)), chain[0])
        if face is not current and stretch:
            yield stretch, current
            stretch = ""
        stretch, current = stretch + cluster, face
    if stretch:
        yield stretch, current


def _base_and_marks(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and not unicodedata.combining(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
