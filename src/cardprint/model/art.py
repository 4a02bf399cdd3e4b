"""A finished card as something that is put on other pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from cardprint.model.geometry import Rect, Size

ArtObject = tuple[bytes | int, ...]
"""The body of a PDF object: bytes as they are, and references to other objects of the art by their index."""


class ArtLink(Struct, frozen=True):
    """A link of the card: where it can be clicked, in points from the card's top left, one rectangle for each line."""

    rects: tuple[Rect, ...]
    address: str
    contents: str


class CardArt(Struct, frozen=True, eq=False):
    """A finished card as vector art for other pages: with `cardprint.place_on_page` for pypdf, with
    `cardprint.CardFlowable` for ReportLab.

    `size` is that of the trimmed card in points. The first of the `objects` is the form XObject, the others are what it
    needs. `alt` says in words what a reader sees, `language` is the BCP 47 tag of those words (empty: not known)."""

    size: Size
    objects: tuple[ArtObject, ...]
    links: tuple[ArtLink, ...]
    alt: str
    language: str = ""

    def bodies(self, numbers: Sequence[int]) -> list[bytes]:
        """The objects' bodies, if they get these object numbers."""
        return [
            b"".join([b"%d 0 R" % numbers[part] if isinstance(part, int) else part for part in body])
            for body in self.objects
        ]

    @property
    def sha256(self) -> str:
        """A hash over all that is painted."""
        return hashlib.sha256(b"\0".join(self.bodies(range(len(self.objects))))).hexdigest()
