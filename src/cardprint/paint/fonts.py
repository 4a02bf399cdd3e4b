"""Fonts as PDF embeds them: subsets of TrueType faces under Identity-H, made once and shared by all documents."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Final, Protocol

from msgspec import Struct

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.typography import FontFace
from cardprint.paint.syntax import deflated_stream, name, number, numbers, stream
from cardprint.paint.tounicode import GlyphTexts, settle, to_unicode_cmap

_TABLES: Final = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
"""What a CIDFontType2 program needs (ISO 32000-1 table 126). Hinting is for low-resolution screens of the past."""

_FONTS_KEPT: Final = 24
_SYMBOLIC: Final = 4


class EmbeddedFont(Struct, frozen=True, eq=False):
    """A subset ready to be written and to be set in. Plain values only, so that it can be kept on disk.

    `codes` gives the character code of each glyph id (four hex digits), `widths` its advance as the PDF
    states it, in thousandths of an em, `texts` what ToUnicode says of it. `program` and `to_unicode` are
    the bodies of stream objects; `descriptor` and `descendant` are dictionaries left open for the
    references that only a document can give."""

    base_font: str
    codes: Mapping[int, str]
    widths: Mapping[int, float]
    texts: Mapping[int, str]
    program: bytes
    to_unicode: bytes
    descriptor: str
    descendant: str

    @property
    def glyphs(self) -> int:
        """The glyph ids of the subset as the bits of an integer."""
        return _glyphs_of(self)

    def covers(self, texts: GlyphTexts) -> bool:
        """Whether every glyph of `texts` is in the subset."""
        return all(glyph in self.codes for glyph, _ in texts)


def glyph_bits(glyphs: Iterable[int]) -> int:
    """Glyph ids as the bits of an integer: sets that are joined and compared in no time."""
    bits = 0
    for glyph in glyphs:
        bits |= 1 << glyph
    return bits


@lru_cache(maxsize=_FONTS_KEPT)
def _glyphs_of(font: EmbeddedFont) -> int:
    return glyph_bits(font.codes)


class FontSource(Protocol):
    """Where paint gets its embedded fonts: made on demand, or prepared for a whole edition."""

    def shared(self, face: FontFace) -> EmbeddedFont | None:
        """The subset of `face` that was prepared, if one was: what `embedded` gives for texts that it covers."""
        ...

    def embedded(self, face: FontFace, texts: GlyphTexts) -> EmbeddedFont:
        """A subset of `face` that covers `texts`."""
        ...


class FontMemory:
    """Subsets made on demand, the latest kept. Safe to share between threads.

    Fonts `prepared` for an edition (by the hash of their file) serve whatever they cover; `make` makes the others,
    `embed_font` if it is not given."""

    def __init__(
        self,
        prepared: Mapping[str, EmbeddedFont] | None = None,
        kept: int = _FONTS_KEPT,
        make: Callable[[FontFace, GlyphTexts], EmbeddedFont] | None = None,
    ) -> None:
        self._prepared = dict(prepared or {})
        self._make = make or embed_font
        self._made: OrderedDict[tuple[str, GlyphTexts], EmbeddedFont] = OrderedDict()
        self._kept = kept
        self._lock = Lock()

    @property
    def prepared(self) -> Mapping[str, EmbeddedFont]:
        """The fonts that were given, by the hash of their file."""
        return self._prepared

    def shared(self, face: FontFace) -> EmbeddedFont | None:
        """The prepared font."""
        return self._prepared.get(face.sha256)

    def embedded(self, face: FontFace, texts: GlyphTexts) -> EmbeddedFont:
        """The prepared font if it covers `texts`, with what it lacks added if it does not; where none was prepared, a
        subset of just these glyphs."""
        prepared = self.shared(face)
        if prepared is not None:
            if prepared.covers(texts):
                return prepared
            texts |= frozenset(prepared.texts.items())  # cards that need the same besides share a font again
        key = (face.sha256, texts)
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                self._made.move_to_end(key)
                return found
        made = self._make(face, texts)
        with self._lock:
            # Another thread may have been faster: one font object for all keeps the encoded strings shared.
            made = self._made.setdefault(key, made)
            self._made.move_to_end(key)
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        return made


def embed_font(face: FontFace, texts: GlyphTexts) -> EmbeddedFont:
    """The subset of `face` with the glyphs of `texts`, which ToUnicode maps to those texts.

    The same face and texts give the same bytes. Codes number the glyphs of the subset in the face's order.
    Raises `DiagnosticError` (font-broken) for a file whose faults come to light only here."""
    try:
        subset = _subset(face, {glyph for glyph, _ in texts})
    except Exception as error:  # fontTools raises whatever a broken table leads to
        message = f"The font {face.name} is broken: no subset of it can be made ({type(error).__name__}: {error})."
        hint = "Fetch the font again from its maker."
        raise DiagnosticError([Diagnostic("font-broken", message, hint=hint)]) from error
    settled = settle(texts)
    codes = {glyph: subset.codes[glyph] for glyph in settled}
    to_unicode = to_unicode_cmap({codes[glyph]: text for glyph, text in settled.items()})
    per_mille = 1000 / face.units_per_em
    widths = [round(advance * per_mille, 3) for advance in subset.advances]
    tag = _tag(hashlib.sha256(subset.program + to_unicode).digest())
    base_font = name(f"{tag}+{subset.postscript_name}")
    box = numbers(edge * per_mille for edge in subset.box)
    return EmbeddedFont(
        base_font=base_font,
        codes={glyph: f"{code:04X}" for glyph, code in codes.items()},
        widths={glyph: widths[code] for glyph, code in codes.items()},
        texts=settled,
        program=stream(
            f"/Filter/FlateDecode/Length1 {len(subset.program)}",
            zlib.compress(subset.program, 9),
        ),
        to_unicode=deflated_stream("", to_unicode, 9),
        descriptor=(
            f"<</Type/FontDescriptor/FontName{base_font}/Flags {_SYMBOLIC}/FontBBox[{box}]"
            f"/ItalicAngle {number(subset.italic_angle)}/Ascent {number(face.ascent * per_mille)}"
            f"/Descent {number(-face.descent * per_mille)}/CapHeight {number(face.cap_height * per_mille)}"
            f"/StemV {subset.stem_width}"
        ),
        descendant=(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{base_font}/CIDToGIDMap/Identity"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0[{numbers(widths)}]]"
        ),
    )


class _Subset(Struct, frozen=True):
    """A subset font file and what the PDF says of it: codes by glyph id, advances by code, in font units."""

    program: bytes
    postscript_name: str
    codes: Mapping[int, int]
    advances: tuple[int, ...]
    box: tuple[int, int, int, int]
    italic_angle: float
    stem_width: int


def _subset(face: FontFace, glyphs: set[int]) -> _Subset:
    # fontTools takes longer to import than a page to paint, and is not needed where fonts come from a cache.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(face.data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    postscript_name = font["name"].getDebugName(6) or face.name.replace(" ", "")
    italic_angle, weight = font["post"].italicAngle, font["OS/2"].usWeightClass
    head = font["head"]
    ids = {glyph_name: glyph for glyph, glyph_name in enumerate(font.getGlyphOrder())}
    # Tables that will not be embedded are dropped before they are parsed.
    for tag in set(font.keys()) - _TABLES - {"GlyphOrder"}:
        del font[tag]
    options = Options(hinting=False, glyph_names=False, notdef_outline=False, recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(gids=sorted(glyphs))
    subsetter.subset(font)
    file = io.BytesIO()
    font.save(file, reorderTables=True)
    kept = font.getGlyphOrder()
    return _Subset(
        program=file.getvalue(),
        postscript_name=postscript_name,
        codes={ids[glyph_name]: code for code, glyph_name in enumerate(kept)},
        advances=tuple(font["hmtx"][glyph_name][0] for glyph_name in kept),
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
        italic_angle=italic_angle,
        stem_width=_stem_width(weight),
    )


def _stem_width(weight: int) -> int:
    """A vertical stem's width in thousandths of an em, judged by the weight class; the file does not state it."""
    return round(50 + (weight / 65) ** 2)


def _tag(digest: bytes) -> str:
    """Six capitals that tell subsets of one face apart (ISO 32000-1 §9.6.4)."""
    value = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)
