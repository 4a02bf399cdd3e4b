"""What content streams name: fonts and images, each in the document once and shared by its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.frame import Group, PageFrame, ShapedText, TextRun
from cardprint.model.icon import Picture
from cardprint.model.typography import FontFace
from cardprint.paint.card_document import CardDocument
from cardprint.paint.colour import GRAPHICS_STATES, separation, spot_resource
from cardprint.paint.fonts import EmbeddedFont, FontSource, glyph_bits
from cardprint.paint.images import embed_picture
from cardprint.paint.syntax import reference
from cardprint.paint.tounicode import GlyphTexts, glyph_texts

if TYPE_CHECKING:
    from cardprint.model.press import Press


class FontResource(Struct, frozen=True):
    """A font under its resource name ("F1")."""

    name: str
    font: EmbeddedFont


class Resources:
    """The resources of a document. `fonts` go by the hash of their face's file, in the order of first use."""

    def __init__(
        self, document: CardDocument, pages: Iterable[PageFrame], source: FontSource, press: Press | None
    ) -> None:
        self._document = document
        self._press = press
        self._spots: dict[str, Swatch] = {}
        self._fonts: dict[str, FontResource] = {}
        self._font_entries: list[str] = []
        self._images: dict[str, str] = {}
        self._image_entries: list[str] = []
        self.has_transparency = False
        lines = _lines(pages)
        for face, glyphs in _glyphs_by_face(lines):
            font = source.shared(face)
            if font is None or glyphs & ~font.glyphs:
                font = source.embedded(face, _texts(lines, face))
            self._add_font(font, face)

    @property
    def fonts(self) -> Mapping[str, FontResource]:
        return self._fonts

    def _add_font(self, font: EmbeddedFont, face: FontFace) -> None:
        resource = f"F{len(self._fonts) + 1}"
        self._fonts[face.sha256] = FontResource(resource, font)
        for body in _font_objects(font, self._document.next_number):
            number = self._document.add(body)
        self._font_entries.append(f"/{resource} {reference(number)}")

    def image(self, picture: Picture) -> str:
        """The resource name of a picture, whose objects are added at its first use."""
        if picture.sha256 not in self._images:
            embedded = embed_picture(picture, self._press)
            mask = None
            if embedded.alpha is not None:
                mask = self._document.add(embedded.alpha.body())
                self.has_transparency = True
            resource = f"I{len(self._images) + 1}"
            self._images[picture.sha256] = resource
            number = self._document.add(embedded.colours.body(mask))
            self._image_entries.append(f"/{resource} {reference(number)}")
        return self._images[picture.sha256]

    def add_spots(self, spots: Mapping[str, Swatch]) -> None:
        """Have the colour spaces of spot inks, by the inks' names."""
        self._spots.update(spots)

    def body(self) -> str:
        """The resource dictionary (ISO 32000-1 §7.8.3)."""
        fonts = f"/Font<<{''.join(self._font_entries)}>>" if self._font_entries else ""
        images = f"/XObject<<{''.join(self._image_entries)}>>" if self._image_entries else ""
        states = GRAPHICS_STATES if self._press is not None else ""
        spaces = "".join([f"{spot_resource(spot)}{separation(swatch)}" for spot, swatch in self._spots.items()])
        inks = f"/ColorSpace<<{spaces}>>" if spaces else ""
        return f"<<{fonts}{images}{states}{inks}>>"


@lru_cache(maxsize=64)
def _font_objects(font: EmbeddedFont, first: int) -> tuple[str | bytes, ...]:
    """A composite font (§9.7) in five objects numbered from `first`, the last of which is the one to refer to."""
    program, to_unicode, descriptor, descendant = map(reference, range(first, first + 4))
    return (
        font.program,
        font.to_unicode,
        f"{font.descriptor}/FontFile2 {program}>>",
        f"{font.descendant}/FontDescriptor {descriptor}>>",
        f"<</Type/Font/Subtype/Type0/BaseFont{font.base_font}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {to_unicode}>>",
    )


_Line = tuple[ShapedText, ...]
"""The pieces of a run."""


def _lines(pages: Iterable[PageFrame]) -> list[_Line]:
    """The text of the pages, in reading order."""
    lines: list[_Line] = []
    for page in pages:
        for group in (page.root, page.folio, page.furniture):
            if group is not None:
                _gather_lines(group, lines)
    return lines


def _gather_lines(group: Group, lines: list[_Line]) -> None:
    for item in group.items:
        if isinstance(item, TextRun):
            lines.append(item.pieces)
        elif isinstance(item, Group):
            _gather_lines(item, lines)


def _glyphs_by_face(lines: Iterable[_Line]) -> Iterable[tuple[FontFace, int]]:
    """The faces in the order of first use, each with its glyph ids as the bits of an integer."""
    faces: dict[str, FontFace] = {}
    glyphs: dict[str, int] = {}
    for line in lines:
        for face, used in _glyphs(line):
            if face.sha256 in glyphs:
                glyphs[face.sha256] |= used
            else:
                faces[face.sha256], glyphs[face.sha256] = face, used
    return zip(faces.values(), glyphs.values(), strict=True)


@lru_cache(maxsize=2048)
def _glyphs(line: _Line) -> tuple[tuple[FontFace, int], ...]:
    """Likewise those of a line; remembered, because most lines of a card stand on every card."""
    glyphs: dict[FontFace, int] = {}
    for piece in line:
        glyphs[piece.face] = glyphs.get(piece.face, 0) | _glyphs_of_piece(piece)
    return tuple(glyphs.items())


@lru_cache(maxsize=2048)
def _glyphs_of_piece(piece: ShapedText) -> int:
    return glyph_bits([glyph.id for glyph in piece.glyphs])


def _texts(lines: Iterable[_Line], face: FontFace) -> GlyphTexts:
    """What the glyphs of a face stand for on the pages."""
    pieces = {piece for line in lines for piece in line if piece.face.sha256 == face.sha256}
    return frozenset().union(*map(glyph_texts, pieces))
