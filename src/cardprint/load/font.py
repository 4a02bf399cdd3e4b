"""Fonts: static TrueType files that may be embedded, with the metrics and the characters that setting needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cardprint.load.refusal import refusal
from cardprint.load.sfnt import (
    FontFileError,
    check_outline_index,
    foreign_kind,
    glyph_top,
    read_character_map,
    read_signed,
    read_tables,
    read_unsigned,
)
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.source import Source
from cardprint.model.typography import FontFace

MAX_BYTES = 32 * 1024 * 1024

_NEEDED = ("head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "OS/2", "name", "post")
_HEAD_MAGIC = (0x5F0F, 0x3CF5)
_POST_VERSIONS = (b"\0\1\0\0", b"\0\2\0\0", b"\0\3\0\0", b"\0\4\0\0")
_LEAST_UNITS, _MOST_UNITS = 16, 16384
_USE_TYPO_METRICS = 0x80
_TRUETYPE_HINT = "Give a static TrueType font (.ttf)."
_BROKEN_HINT = "Fetch the font again from its maker."


def load_font(source: Source, name: str, family: str) -> FontFace:
    """The face `name` of `family`, from a static TrueType file.

    Raises `DiagnosticError` for PostScript outlines, variable fonts, collections, web fonts, fonts whose rights
    forbid embedding or subsetting, and broken files.
    """
    data, place = source.data, Span(source.name)
    if len(data) > MAX_BYTES:
        message = f"The font has {len(data):,} bytes; at most {MAX_BYTES:,} are read."
        raise refusal("file-too-large", message, place, "Check that this is the right file.")
    kind = foreign_kind(data)
    if kind:
        raise refusal("font-kind", f"The file is {kind}; expected a TrueType font.", place, _TRUETYPE_HINT)
    try:
        tables = read_tables(data)
        _refuse_unusable(tables, place)
        return _read_face(data, tables, name, family, place)
    except FontFileError as error:
        raise refusal("font-broken", f"The font is broken: {error}.", place, _BROKEN_HINT) from None


def _refuse_unusable(tables: Mapping[str, memoryview], place: Span) -> None:
    """Report everything for which a sound font cannot be used here."""
    collector = Collector()
    if "fvar" in tables:
        message = "The font is variable; PDF embeds one fixed face."
        hint = "Give the static file of the weight that is wanted (in the family's download, the folder static)."
        collector.error("font-kind", message, place, hint=hint)
    postscript = [tag for tag in ("CFF ", "CFF2") if tag in tables]
    if postscript:
        message = "The font has PostScript (CFF) outlines; expected TrueType outlines."
        collector.error("font-kind", message, place, hint=_TRUETYPE_HINT)
    missing = [tag for tag in _NEEDED if tag not in tables and not (postscript and tag in ("loca", "glyf"))]
    if missing:
        message = f"The font lacks the tables {', '.join(missing)}."
        collector.error("font-broken", message, place, hint=_BROKEN_HINT)
    refused = _refused_rights(read_unsigned(tables["OS/2"], 8, "OS/2")) if "OS/2" in tables else ""
    if refused:
        message = f"The font's licence bits forbid {refused}, which every PDF made here needs."
        hint = "Use another font, or ask the maker for a licence and a file that allow it."
        collector.error("font-rights", message, place, hint=hint)
    collector.raise_errors()


def _refused_rights(fs_type: int) -> str:
    """What the embedding bits of OS/2 refuse (OpenType, fsType): of 0 to 3 the least restrictive counts."""
    if fs_type & 0x000F == 0x0002:
        return "embedding"
    if fs_type & 0x0100:
        return "subsetting"
    if fs_type & 0x0200:
        return "embedding outlines"
    return ""


def _read_face(data: bytes, tables: Mapping[str, memoryview], name: str, family: str, place: Span) -> FontFace:
    head, os2 = tables["head"], tables["OS/2"]
    if (read_unsigned(head, 12, "head"), read_unsigned(head, 14, "head")) != _HEAD_MAGIC:
        raise FontFileError("its head table is not one")
    if bytes(tables["post"][:4]) not in _POST_VERSIONS:
        raise FontFileError("its post table has a version that does not exist")
    units = read_unsigned(head, 18, "head")
    if not _LEAST_UNITS <= units <= _MOST_UNITS:
        raise FontFileError(f"it has {units} units per em, expected {_LEAST_UNITS} to {_MOST_UNITS}")
    glyph_count = read_unsigned(tables["maxp"], 4, "maxp")
    _check_glyph_tables(tables, glyph_count)
    glyphs = read_character_map(tables["cmap"], glyph_count)
    if not glyphs:
        message = "The font has no Unicode character map, so no text can be set in it."
        raise refusal("font-kind", message, place, "Give a font with a Unicode character map; symbol fonts have none.")
    ascent, descent = _ascent_and_descent(tables["hhea"], os2)
    # sxHeight and sCapHeight came with version 2 of the table.
    has_heights = read_unsigned(os2, 0, "OS/2") >= 2
    cap_height = read_signed(os2, 88, "OS/2") if has_heights else 0
    x_height = read_signed(os2, 86, "OS/2") if has_heights else 0
    if cap_height <= 0:
        cap_height = glyph_top(tables, glyphs[ord("H")]) if ord("H") in glyphs else ascent
    if x_height <= 0:
        x_height = glyph_top(tables, glyphs[ord("x")]) if ord("x") in glyphs else cap_height
    return FontFace(
        name=name,
        family=family,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        units_per_em=units,
        ascent=ascent,
        descent=descent,
        cap_height=cap_height,
        x_height=x_height,
        coverage=frozenset(glyphs),
    )


def _check_glyph_tables(tables: Mapping[str, memoryview], glyph_count: int) -> None:
    """Advances and outlines are there for every glyph."""
    metrics = read_unsigned(tables["hhea"], 34, "hhea")
    if not 1 <= metrics <= glyph_count or len(tables["hmtx"]) < 2 * metrics + 2 * glyph_count:
        raise FontFileError("its table of advances does not match the number of its glyphs")
    check_outline_index(tables, glyph_count)


def _ascent_and_descent(hhea: memoryview, os2: memoryview) -> tuple[int, int]:
    """HarfBuzz's choice, which is also that of browsers: the typographic pair where the font asks for it
    (USE_TYPO_METRICS), else that of hhea; the Windows pair only where both are empty."""
    typographic = read_signed(os2, 68, "OS/2"), read_signed(os2, 70, "OS/2")
    horizontal = read_signed(hhea, 4, "hhea"), read_signed(hhea, 6, "hhea")
    windows = read_unsigned(os2, 74, "OS/2"), read_unsigned(os2, 76, "OS/2")
    asked = read_unsigned(os2, 62, "OS/2") & _USE_TYPO_METRICS
    for ascender, descender in (typographic, horizontal, windows) if asked else (horizontal, typographic, windows):
        if ascender or descender:
            # Some fonts give the descender without its sign.
            return abs(ascender), abs(descender)
    raise FontFileError("it gives neither an ascent nor a descent")
