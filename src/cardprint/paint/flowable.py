"""A finished card in documents that are made with ReportLab: as a flowable, or drawn on a canvas."""

from __future__ import annotations

from typing import Literal

from reportlab.pdfbase.pdfdoc import NoEncryption, PDFDocument, PDFObject, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from cardprint.model.art import ArtObject, CardArt
from cardprint.model.geometry import Rect

_PRINT = 4


def draw_card(canvas: Canvas, art: CardArt, x: float, y: float, width: float) -> None:
    """Draw the art `width` points wide with its bottom left at (x, y) of the canvas, its links over it.

    However often a document shows it, it holds the art once. Raises `ValueError` for an encrypted document."""
    name = f"cardprint.{art.sha256[:32]}"
    if not canvas.hasForm(name):
        _register(canvas._doc, art, name)  # type: ignore[attr-defined] # the stubs leave it out
    scale = width / art.size.width
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    canvas.doForm(name)
    for link in art.links:
        for rect in link.rects:
            contents = PDFString(link.contents)
            canvas.linkURL(link.address, _corners(rect, art), relative=1, Contents=contents, F=_PRINT)
    canvas.restoreState()


class CardFlowable(Flowable):
    """The art as a flowable, `width` points wide, or as wide as there is room; in its proportions, never higher than
    the frame. `align` is LEFT, CENTER or RIGHT.

    Documents of ReportLab have no tags: describe the card in the text beside it (`art.alt`)."""

    def __init__(
        self, art: CardArt, width: float | None = None, align: Literal["LEFT", "CENTER", "RIGHT"] = "CENTER"
    ) -> None:
        super().__init__()
        self._art = art
        self._asked = width
        self.hAlign = align

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size that it takes."""
        size = self._art.size
        width = available_width if self._asked is None else self._asked
        if self._asked is None:
            width = min(width, available_height * size.width / size.height)
        self.width, self.height = width, width * size.height / size.width
        return self.width, self.height

    def draw(self) -> None:
        draw_card(self.canv, self._art, 0, 0, self.width)


class _ArtObject(PDFObject):
    """An object of the art; what it refers to is known when all have their numbers."""

    def __init__(self, body: ArtObject) -> None:
        self.body = body
        self.numbers: list[int] = []

    def format(self, document: PDFDocument) -> bytes:  # noqa: ARG002 -- ReportLab's signature
        return b"".join([b"%d 0 R" % self.numbers[part] if isinstance(part, int) else part for part in self.body])


def _register(document: PDFDocument, art: CardArt, name: str) -> None:
    """Give the art's objects their numbers in the document, the form its name. Raises `ValueError`."""
    if not isinstance(document.encrypt, NoEncryption):
        raise ValueError("a card cannot be drawn in an encrypted document: encrypt the finished file instead")
    objects = [_ArtObject(body) for body in art.objects]
    numbers = []
    for at, obj in enumerate(objects):
        internal = document.getXObjectName(name) if at == 0 else None
        reference = document.Reference(obj, internal)  # type: ignore[no-untyped-call]
        number, _ = document.idToObjectNumberAndVersion[reference.name]
        numbers.append(number)
    for obj in objects:
        obj.numbers = numbers


def _corners(rect: Rect, art: CardArt) -> tuple[float, float, float, float]:
    height = art.size.height
    return rect.x, height - rect.bottom, rect.right, height - rect.y
