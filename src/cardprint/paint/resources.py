"""What content streams name: fonts and images, each in the document once and shared by its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.frame import Group, PageFrame, ShapedText, TextRun
from cardprint.model.icon import Picture
from cardprint.model.typography import FontFace
from cardprint.paint.card_document import CardDocument
from cardprint.paint.colour import GRAPHICS_STATES, separation, spot_resource
from cardprint.paint.fonts import EmbeddedFont, FontSource
from cardprint.paint.images import embed_picture
from cardprint.paint.syntax import reference
from cardprint.paint.tounicode import glyph_texts

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
        for face, pieces in _pieces_by_face(pages).values():
            self._add_font(source.embedded(face, frozenset().union(*map(glyph_texts, pieces))), face)

    @property
    def fonts(self) -> Mapping[str, FontResource]:
        return self._fonts

    def _add_font(self, font: EmbeddedFont, face: FontFace) -> None:
        resource = f"F{len(self._fonts) + 1}"
        self._fonts[face.sha256] = FontResource(resource, font)
        self._font_entries.append(f"/{resource} {reference(_add_font_objects(self._document, font))}")

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

    def body(self) -> bytes:
        """The resource dictionary (ISO 32000-1 §7.8.3)."""
        fonts = f"/Font<<{''.join(self._font_entries)}>>" if self._font_entries else ""
        images = f"/XObject<<{''.join(self._image_entries)}>>" if self._image_entries else ""
        states = GRAPHICS_STATES if self._press is not None else ""
        spaces = "".join([f"{spot_resource(spot)}{separation(swatch)}" for spot, swatch in self._spots.items()])
        inks = f"/ColorSpace<<{spaces}>>" if spaces else ""
        return f"<<{fonts}{images}{states}{inks}>>".encode("ascii")


def _add_font_objects(document: CardDocument, font: EmbeddedFont) -> int:
    """A composite font (§9.7) in five objects; the number of the first."""
    program = document.add(font.program)
    to_unicode = document.add(font.to_unicode)
    descriptor = document.add(f"{font.descriptor}/FontFile2 {reference(program)}>>".encode("ascii"))
    descendant = document.add(f"{font.descendant}/FontDescriptor {reference(descriptor)}>>".encode("ascii"))
    body = (
        f"<</Type/Font/Subtype/Type0/BaseFont{font.base_font}/Encoding/Identity-H"
        f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(to_unicode)}>>"
    )
    return document.add(body.encode("ascii"))


def _pieces_by_face(pages: Iterable[PageFrame]) -> dict[str, tuple[FontFace, list[ShapedText]]]:
    """Every face that the pages set text in, by the hash of its file, with the text."""
    pieces: dict[ShapedText, None] = {}
    for page in pages:
        for group in (page.root, page.folio, page.furniture):
            if group is not None:
                _gather_pieces(group, pieces)
    faces: dict[str, tuple[FontFace, list[ShapedText]]] = {}
    for piece in pieces:
        if piece.face.sha256 not in faces:
            faces[piece.face.sha256] = (piece.face, [])
        faces[piece.face.sha256][1].append(piece)
    return faces


def _gather_pieces(group: Group, pieces: dict[ShapedText, None]) -> None:
    """Add the text of a group to `pieces`, each once, in reading order."""
    for item in group.items:
        if isinstance(item, TextRun):
            pieces.update(dict.fromkeys(item.pieces))
        elif isinstance(item, Group):
            _gather_pieces(item, pieces)
