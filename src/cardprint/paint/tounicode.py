"""Which text each glyph stands for: gathered from shaped text, settled to one text a glyph, written as a CMap.

ToUnicode has one entry for a glyph, yet a glyph may stand for several texts, and a cluster may take several glyphs.
What the settled texts cannot say is said by ActualText where it occurs (`glyph_strings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from cardprint.model.diagnostics import NOWHERE
from cardprint.model.frame import Glyph, ShapedText
from cardprint.model.typography import NO_BREAK_TWINS
from cardprint.paint.errors import FrameError

GlyphTexts = frozenset[tuple[int, str]]
"""Glyph ids of one face, each with a text that it stands for somewhere."""

_NOTHING: Final = "\u200b"
"""What a glyph says whose cluster's text stands on another glyph: PDF/A wants a text for each, and not U+0000."""

_BLOCK: Final = 100
"""A CMap's block of mappings holds at most as many (Adobe Technical Note 5014)."""

_CMAP: Final = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%sendcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def plain(text: str) -> str:
    """`text` as a reader gets it back: no-break spaces and hyphens as spaces and hyphens."""
    return text.translate(NO_BREAK_TWINS)


def clusters(glyphs: Iterable[Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    """The glyphs by cluster, each with its text; glyphs without text belong to the glyph before them."""
    text, members = "", list[Glyph]()
    for glyph in glyphs:
        if glyph.text and members:
            yield text, members
            text, members = "", []
        text += glyph.text
        members.append(glyph)
    if members:
        yield text, members


@lru_cache(maxsize=1024)
def glyph_texts(piece: ShapedText) -> GlyphTexts:
    """The glyphs of a piece with the texts they stand for.

    Raises `FrameError` where a character came out as .notdef: compose refuses text that its fonts do not cover."""
    pairs: set[tuple[int, str]] = set()
    for text, members in clusters(piece.glyphs):
        if any(glyph.id == 0 for glyph in members):
            raise FrameError(f'{piece.face.name} has no glyph for "{text}" in "{piece.text}"', NOWHERE)
        pairs.update(zip((glyph.id for glyph in members), _shares(plain(text), len(members)), strict=True))
    return frozenset(pairs)


def _shares(text: str, count: int) -> Iterable[str]:
    """The text of a cluster dealt out to its `count` glyphs: a character each, or all of it to the first."""
    if count == 1:
        return (text or _NOTHING,)
    if len(text) == count:
        return text
    return (text or _NOTHING, *[_NOTHING] * (count - 1))


def settle(texts: GlyphTexts) -> dict[int, str]:
    """One text for each glyph, by glyph id: of several the shortest, then the lowest in Unicode."""
    settled: dict[int, str] = {}
    for glyph, text in sorted(texts, key=lambda pair: (pair[0], pair[1] == _NOTHING, len(pair[1]), pair[1])):
        settled.setdefault(glyph, text)
    return settled


def to_unicode_cmap(texts: Mapping[int, str]) -> bytes:
    """The ToUnicode CMap for character codes of two bytes and their texts (ISO 32000-1 §9.10.3)."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in sorted(texts.items())]
    blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
    written = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (_CMAP % written).encode("ascii")
