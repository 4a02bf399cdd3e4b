"""A finished card in a few sentences, for whoever meets it as a picture: written from its own tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.verify.aloud import grid, label
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.metadata import read_metadata
from cardprint.verify.reading.passages import Passage, read_passages
from cardprint.verify.reading.values import DamagedFileError


class Description(Struct, frozen=True):
    """What the card shows, in words, and their language as a BCP 47 tag (empty: not told)."""

    text: str
    language: str


def describe_card(pdf: bytes) -> Description:
    """The card's title; what is read aloud of its overall grade; each row of its table with the figures in it.

    What is read aloud otherwise than it is drawn is a card's figures ("Grade: F"), whatever its layout. Of a page
    without a table the title and the subject are told. Raises `DiagnosticError`: unreadable-pdf, no-tags."""
    try:
        document = Document(pdf)
        passages = read_passages(document)
        metadata = read_metadata(document)
    except DamagedFileError as error:
        raise DiagnosticError([Diagnostic("unreadable-pdf", f"The file cannot be read: {error}.")]) from None
    if not passages:
        hint = "Take a card that cardprint made, or write the description yourself with --alt."
        message = "The card has no tags from which it could be described."
        raise DiagnosticError([Diagnostic("no-tags", message, hint=hint)])
    title = metadata.info.get("Title", "") or passages[0].read
    rows = [passage for passage in passages if passage.row is not None]
    if rows:
        overall = [p.read for p in passages if p.row is None and p.element.actual_text is not None]
        sentences = [title, *overall, *_rows(document, rows)]
    else:
        sentences = [title, metadata.info.get("Subject", "")]
    language = document.file.text(document.catalog.get("Lang")) or ""
    return Description(" ".join([_sentence(words) for words in sentences if words.strip()]), language)


def _rows(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Each row that has figures: what heads it, also from rows above, and the figures."""
    cells: dict[int, list[Passage]] = {}
    for passage in passages:
        cells.setdefault(id(passage.cell), []).append(passage)
    for root in document.tree.roots:
        for table in (element for element in root.walk() if element.tag == "Table"):
            for row in grid([element for element in table.walk() if element.tag == "TR"]):
                said = [(cell.tag, passage) for _, cell in row for passage in cells.get(id(cell), ())]
                figures = [passage.read for _, passage in said if passage.element.actual_text is not None]
                heads = dict.fromkeys(label(_expanded(passage)) for tag, passage in said if tag == "TH")
                if figures:
                    yield f"{', '.join(heads)}: {', '.join(figures)}"


def _expanded(passage: Passage) -> str:
    """The words of a head; an abbreviation as what it stands for."""
    for piece in passage.pieces:
        if piece.element.expansion and piece.read.strip() == passage.read.strip():
            return piece.element.expansion
    return passage.read


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
